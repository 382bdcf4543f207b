"""A team asks for support, a référent follows it, meeting after meeting."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.accompagnement import avis
from ressources.enums import EtatAccompagnement
from ressources.models import Accompagnement, Projet, Rencontre

DROIT = "ressources.suivre_accompagnement"


def accompagne(personne) -> bool:
    """May this person follow teams? Référents of a territory, and the team of the Pôle."""
    return personne.is_authenticated and (
        personne.a_role(Role.REFERENT_TERRITORIAL) or personne.has_perm(DROIT)
    )


def demander(projet: Projet, texte: str, par) -> Accompagnement:
    """Ask for support; a project has one support open at a time."""
    try:
        with transaction.atomic():
            un = Accompagnement.objects.create(projet=projet, demande=texte)
            consigner(projet, "demander_accompagnement", par)
            avis.demande(un)
    except IntegrityError:
        raise TransitionRefusee("Ce projet est déjà accompagné, ou sa demande attend.") from None
    return un


def prendre(accompagnement: Accompagnement, personne) -> None:
    """Become the one who follows this team; the team is told. Two at once: one is refused."""
    with transaction.atomic():
        faits = Accompagnement.objects.filter(
            pk=accompagnement.pk, etat=EtatAccompagnement.DEMANDE
        ).update(etat=EtatAccompagnement.SUIVI, referent=personne, pris_le=timezone.now())
        if faits != 1:
            raise TransitionRefusee("Quelqu’un suit déjà cette équipe.")
        accompagnement.refresh_from_db()
        consigner(accompagnement.projet, "prendre_accompagnement", personne)
        avis.pris(accompagnement)


def raison_de_ne_pas_suivre(accompagnement: Accompagnement, personne) -> str | None:
    if accompagnement.etat != EtatAccompagnement.SUIVI:
        return "Cet accompagnement n’est pas en cours."
    if accompagnement.referent_id != personne.pk and not personne.has_perm(DROIT):
        return "Une autre personne suit cette équipe."
    return None


def raconter(accompagnement: Accompagnement, champs: dict, par) -> Rencontre:
    """One more meeting."""
    if raison := raison_de_ne_pas_suivre(accompagnement, par):
        raise TransitionRefusee(raison)
    return Rencontre.objects.create(accompagnement=accompagnement, ecrite_par=par, **champs)


def clore(accompagnement: Accompagnement, par) -> None:
    """End the support; the project keeps what was written and is asked for its bilan."""
    if raison := raison_de_ne_pas_suivre(accompagnement, par):
        raise TransitionRefusee(raison)
    with transaction.atomic():
        faits = Accompagnement.objects.filter(
            pk=accompagnement.pk, etat=EtatAccompagnement.SUIVI
        ).update(etat=EtatAccompagnement.CLOS, clos_le=timezone.now())
        if faits != 1:
            raise TransitionRefusee("Cet accompagnement est déjà terminé.")
        accompagnement.refresh_from_db()
        consigner(accompagnement.projet, "clore_accompagnement", par)
        avis.termine(accompagnement)
