"""The bilan: two halves, written together, given back to everyone who took part.

Neither side gives it back alone: one says that it agrees with these words, the other says so of the
same words. Any change in between asks both again. A side with nobody left cannot answer: the bilan
is then given back without it, and says so.
"""

from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.accompagnement import avis
from ressources.models import Bilan, Participation, Projet

MOITIES = (
    ("Les effets du projet", ("effets_patients", "effets_equipe", "effets_suite")),
    ("Le partenariat lui-même", ("partenariat_bien", "partenariat_mal", "partenariat_autre")),
)
CHAMPS = tuple(nom for _, noms in MOITIES for nom in noms)


class BilanPerime(Exception):
    """Somebody saved meanwhile; nothing was written."""


def le_bilan(projet: Projet) -> Bilan:
    """The bilan of a project, saved or not yet."""
    return Bilan.objects.filter(projet=projet).first() or Bilan(projet=projet)


def enregistrer(projet: Projet, champs: dict, revision: int, par) -> None:
    """Save if nobody did since ``revision``; BilanPerime otherwise."""
    with transaction.atomic():
        Projet.objects.select_for_update().get(pk=projet.pk)
        bilan, _ = Bilan.objects.get_or_create(projet=projet)
        if bilan.revision != revision:
            raise BilanPerime
        if any(getattr(bilan, nom) != champs[nom] for nom in CHAMPS):
            bilan.accord_de = None
        for nom in CHAMPS:
            setattr(bilan, nom, champs[nom])
        bilan.revision += 1
        bilan.save()
        consigner(projet, "ecrire_bilan", par)


def raison_de_ne_pas_rendre(bilan: Bilan) -> str | None:
    vides = [titre for titre, noms in MOITIES if not any(getattr(bilan, n) for n in noms)]
    if vides:
        return f"Écrivez d’abord un mot dans « {vides[0]} » : un bilan a deux moitiés."
    if bilan.rendu_revision == bilan.revision:
        return "Ce bilan a déjà été rendu à chacun."
    return None


def autre_cote(projet: Projet, moi: Participation):
    """Those of the other side who take part today."""
    return projet.presents().exclude(voix=moi.voix)


def accord_de_l_autre(bilan: Bilan, moi: Participation) -> bool:
    """Has the other side agreed to these words? Nobody agrees with themself by changing side."""
    deja = bilan.accord_de
    return bool(deja and deja.voix != moi.voix and deja.personne_id != moi.personne_id)


def rendre(projet: Projet, moi: Participation, revision: int) -> Bilan:
    """Agree, for one's side, to give back the words read at ``revision``.

    With the agreement of the other side, or with nobody there, everyone who took part gets the
    bilan by mail; otherwise the other side is asked.
    """
    with transaction.atomic():
        Projet.objects.select_for_update().get(pk=projet.pk)
        bilan = le_bilan(projet)
        if raison := raison_de_ne_pas_rendre(bilan):
            raise TransitionRefusee(raison)
        if bilan.revision != revision:
            raise TransitionRefusee("Le bilan a changé entre-temps : relisez-le d’abord.")
        accorde = accord_de_l_autre(bilan, moi)
        if accorde or not autre_cote(projet, moi).exists():
            _rendre_a_chacun(bilan, moi, un_seul_cote=not accorde)
        elif bilan.accord_de != moi:
            bilan.accord_de = moi
            bilan.save(update_fields=["accord_de"])
            consigner(projet, "proposer_bilan", moi.personne)
            avis.bilan_a_accepter(bilan, autre_cote(projet, moi))
    return bilan


def _rendre_a_chacun(bilan: Bilan, moi: Participation, un_seul_cote: bool) -> None:
    projet = bilan.projet
    bilan.rendu_le, bilan.rendu_revision = timezone.now(), bilan.revision
    bilan.accord_de, bilan.un_seul_cote = None, un_seul_cote
    bilan.save(update_fields=["rendu_le", "rendu_revision", "accord_de", "un_seul_cote"])
    consigner(projet, "rendre_bilan", moi.personne)
    # Once to whoever left and came back, as they are named now.
    toutes = projet.participations.select_related("personne", "projet")
    par_personne = {une.personne_id: une for une in toutes}
    for participation in par_personne.values():
        avis.bilan_rendu(bilan, participation)
