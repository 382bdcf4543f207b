"""The sheet of a project: its parts and its steering body, saved together, refused when stale."""

from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.journal import consigner
from ressources.enums import Voix
from ressources.models import FicheProjet, MembreDuPilotage, Projet

CHAMPS = ("diagnostic", "objectifs", "plan", "moyens", "calendrier", "criteres")
# What each part asks, in words for both sides.
QUESTIONS = {
    "diagnostic": "Qu’est-ce qui ne va pas, pour qui, et comment le savons-nous ensemble ?",
    "objectifs": "Qu’est-ce qui aura changé, que chacun pourra voir ?",
    "plan": "Qu’allons-nous faire, et qui fait quoi ?",
    "moyens": "Quel temps, quel argent, quelle salle ? Qui rembourse les frais des patients ?",
    "calendrier": "Quand commençons-nous, quand faisons-nous le point, quand finissons-nous ?",
    "criteres": "À quoi verrons-nous que cela a marché ? À fixer maintenant, des deux côtés.",
}
SANS_VOTE = (
    "Aucun patient partenaire n’a de voix dans les décisions. La Haute Autorité de santé en fait "
    "un critère : prévoyez-en au moins un, ou dites pourquoi."
)


class FichePerimee(Exception):
    """Somebody saved meanwhile; nothing was written."""


def la_fiche(projet: Projet) -> FicheProjet:
    """The sheet of a project, saved or not yet."""
    return FicheProjet.objects.filter(projet=projet).first() or FicheProjet(projet=projet)


def enregistrer(projet: Projet, champs: dict, pilotage: list[dict], revision: int, par) -> None:
    """The six parts and the steering body, if nobody saved since ``revision``."""
    with transaction.atomic():
        Projet.objects.select_for_update().get(pk=projet.pk)
        fiche, _ = FicheProjet.objects.get_or_create(projet=projet)
        if fiche.revision != revision:
            raise FichePerimee
        deja = bool(fiche.criteres)
        for nom in CHAMPS:
            setattr(fiche, nom, champs[nom])
        if not fiche.criteres:
            fiche.criteres_le = None
        elif not deja:
            fiche.criteres_le = timezone.now()
        fiche.revision += 1
        fiche.save()
        fiche.pilotage.all().delete()
        MembreDuPilotage.objects.bulk_create(
            MembreDuPilotage(fiche=fiche, **membre) for membre in pilotage
        )
        consigner(projet, "ecrire_fiche", par)


def remarque(membres) -> str | None:
    """What is said when no patient partenaire has a vote; None when one has."""
    return None if any(m.vote and m.voix == Voix.PATIENT for m in membres) else SANS_VOTE
