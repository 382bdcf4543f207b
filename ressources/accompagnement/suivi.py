"""A team asks for support, a référent follows it, meeting after meeting."""

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.accompagnement import avis
from ressources.enums import EtatAccompagnement
from ressources.models import Accompagnement, Projet, Rencontre
from ressources.models.accompagnement import A_PRENDRE

DROIT = "ressources.suivre_accompagnement"


def accompagne(personne) -> bool:
    """May this person follow teams? Référents of a territory, and the team of the Pôle."""
    return personne.is_authenticated and (
        personne.a_role(Role.REFERENT_TERRITORIAL) or personne.has_perm(DROIT)
    )


def lisibles_par(personne):
    """What this person may read: what waits for somebody, their own; all for the Pôle."""
    tous = Accompagnement.objects.select_related("projet", "referent")
    if personne.has_perm(DROIT):
        return tous
    return tous.filter(Q(referent=personne) | A_PRENDRE)


def qui_peut_suivre():
    """The accounts that a support may be handed to."""
    roles = [Role.REFERENT_TERRITORIAL, *Role.d_equipe()]
    comptes = get_user_model().objects.filter(groups__name__in=roles, is_active=True)
    return comptes.distinct().order_by("nom", "pk")


# --- The team ------------------------------------------------------------------------------------
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


def retirer(projet: Projet, par) -> None:
    """Take the request back while nobody has taken it up: it is erased."""
    with transaction.atomic():
        attend = Accompagnement.objects.filter(projet=projet, etat=EtatAccompagnement.DEMANDE)
        demande = attend.select_for_update().first()
        if demande is None:
            raise TransitionRefusee("Aucune demande n’attend : quelqu’un suit peut-être ce projet.")
        demande.delete()
        consigner(projet, "retirer_accompagnement", par)


# --- Who follows ---------------------------------------------------------------------------------
def prendre(accompagnement: Accompagnement, personne) -> None:
    """Become the one who follows this team; the team is told. Two at once: one is refused."""
    with transaction.atomic():
        un = _tenir(accompagnement)
        if not un.a_prendre:
            raise TransitionRefusee("Quelqu’un suit déjà cette équipe.")
        _donner(un, personne)
        consigner(un.projet, "prendre_accompagnement", personne)


def raison_de_ne_pas_confier(accompagnement: Accompagnement, par) -> str | None:
    if not par.has_perm(DROIT):
        return "Seule l’équipe du hub confie une équipe à quelqu’un."
    if accompagnement.etat == EtatAccompagnement.CLOS:
        return "Cet accompagnement est terminé."
    return None


def confier(accompagnement: Accompagnement, personne, par) -> None:
    """Hand a support to somebody, asked or followed; they and the team are told."""
    with transaction.atomic():
        un = _tenir(accompagnement)
        if raison := raison_de_ne_pas_confier(un, par):
            raise TransitionRefusee(raison)
        if un.referent_id == personne.pk:
            raise TransitionRefusee("Cette personne suit déjà l’équipe.")
        _donner(un, personne)
        consigner(un.projet, "confier_accompagnement", par)
        avis.confie(un)


def _tenir(accompagnement: Accompagnement) -> Accompagnement:
    """The row as it is now, locked until the end of the transaction."""
    lignes = Accompagnement.objects.select_for_update(of=("self",))
    try:
        return lignes.select_related("projet", "referent").get(pk=accompagnement.pk)
    except Accompagnement.DoesNotExist:
        raise TransitionRefusee("L’équipe vient de retirer sa demande.") from None


def _donner(un: Accompagnement, personne) -> None:
    un.etat, un.referent = EtatAccompagnement.SUIVI, personne
    un.pris_le = un.pris_le or timezone.now()
    un.save(update_fields=["etat", "referent", "pris_le"])
    avis.pris(un)


def raison_de_ne_pas_suivre(accompagnement: Accompagnement, personne) -> str | None:
    if accompagnement.etat != EtatAccompagnement.SUIVI:
        return "Cet accompagnement n’est pas en cours."
    if accompagnement.referent_id != personne.pk and not personne.has_perm(DROIT):
        return "Une autre personne suit cette équipe."
    return None


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


# --- Meetings ------------------------------------------------------------------------------------
def raconter(accompagnement: Accompagnement, champs: dict, par) -> Rencontre:
    """One more meeting, at the step where the project is today."""
    if raison := raison_de_ne_pas_suivre(accompagnement, par):
        raise TransitionRefusee(raison)
    return Rencontre.objects.create(
        accompagnement=accompagnement,
        ecrite_par=par,
        pas=accompagnement.projet.pas,
        **champs,
    )


def rencontres_de(accompagnement: Accompagnement, personne):
    """The meetings of this support that this person noted: theirs to correct or to remove."""
    return accompagnement.rencontres.filter(ecrite_par=personne)


def corriger(rencontre: Rencontre, champs: dict, par) -> None:
    """Write a meeting again; its step stays that of the day."""
    with transaction.atomic():
        faits = rencontres_de(rencontre.accompagnement, par).filter(pk=rencontre.pk)
        if not faits.update(**champs):
            raise TransitionRefusee("Cette rencontre n’est plus là.")
        consigner(rencontre.accompagnement.projet, "corriger_rencontre", par)


def oter(rencontre: Rencontre, par) -> None:
    """Remove a meeting noted by mistake."""
    with transaction.atomic():
        if not rencontres_de(rencontre.accompagnement, par).filter(pk=rencontre.pk).delete()[0]:
            raise TransitionRefusee("Cette rencontre n’est plus là.")
        consigner(rencontre.accompagnement.projet, "oter_rencontre", par)
