"""The bilan: two halves, written together, given back to everyone who took part."""

from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.accompagnement import avis
from ressources.models import Bilan, Projet

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


def rendre(projet: Projet, par) -> Bilan:
    """Give it back: everyone who took part, those who left included, gets a mail."""
    with transaction.atomic():
        Projet.objects.select_for_update().get(pk=projet.pk)
        bilan = le_bilan(projet)
        if raison := raison_de_ne_pas_rendre(bilan):
            raise TransitionRefusee(raison)
        bilan.rendu_le, bilan.rendu_revision = timezone.now(), bilan.revision
        bilan.save(update_fields=["rendu_le", "rendu_revision"])
        consigner(projet, "rendre_bilan", par)
        # Once to whoever left and came back, as they are named now.
        toutes = projet.participations.select_related("personne", "projet")
        par_personne = {une.personne_id: une for une in toutes}
        for participation in par_personne.values():
            avis.bilan_rendu(bilan, participation)
    return bilan
