"""The sheet of a project and its records: saved together, refused when stale, validated by all."""

from django.db import IntegrityError, transaction
from django.db.models import F

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.enums import Voix
from ressources.models import FicheProjet, MembreDuPilotage, Projet, Releve, Validation

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
RELEVES_AU_PLUS = 200


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
        for nom in CHAMPS:
            setattr(fiche, nom, champs[nom])
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


# --- Records -------------------------------------------------------------------------------------
def corriger(releve: Releve, champs: dict, revision: int, par) -> None:
    """A new state of the text: it is to be validated again by everyone."""
    with transaction.atomic():
        faits = Releve.objects.filter(pk=releve.pk, revision=revision).update(
            **champs, revision=F("revision") + 1
        )
        if faits != 1:
            raise FichePerimee
        consigner(releve.projet, "corriger_releve", par)


def valider(releve: Releve, participation, revision: int) -> None:
    """This person vouches for the text that they have read."""
    if releve.revision != revision:
        raise TransitionRefusee("Le texte a changé pendant que vous le lisiez : relisez-le.")
    try:
        with transaction.atomic():
            Validation.objects.create(releve=releve, participation=participation, revision=revision)
            consigner(releve.projet, "valider_releve", participation.personne)
    except IntegrityError:
        raise TransitionRefusee("Vous avez déjà validé ce texte.") from None


def qui_valide(releve: Releve) -> list[dict]:
    """Everyone of the project, in the same order for all: name, side, since when, or None."""
    faites = {
        v.participation_id: v for v in releve.validations.all() if v.revision == releve.revision
    }
    return [
        {"nom": p.nom, "voix": p.get_voix_display(), "validation": faites.get(p.pk)}
        for p in releve.projet.presents()
    ]
