"""Live sessions in the small world: one in preparation, one open, one closed."""

from dataclasses import dataclass, field

from consultation import seances
from consultation.enums import EtatContribution, GenreDeQuestion
from consultation.models import Contribution, Seance

NOM = "seances"
CODES = {"preparation": "PREPAR", "ouverte": "UVERTE", "close": "FERMEE"}


@dataclass
class Seances:
    """By state."""

    seances: dict[str, Seance] = field(default_factory=dict)

    def etats_de(self, modele) -> dict:
        return self.seances if modele is Seance else {}


def construire(monde) -> Seances:
    partie = Seances()
    for etat, code in CODES.items():
        seance = Seance.objects.create(code=code, titre=f"Séance {etat}", date="2026-11-20")
        partie.seances[etat] = seance
        questions = [
            seance.questions.create(genre=genre, intitule=f"Question {genre} ?", ordre=rang)
            for rang, genre in enumerate(("texte", "moi_aussi", "mot"))
        ]
        if etat == "preparation":
            continue
        seance.ouvrir()
        for question in questions:
            question.ouvrir()
            for rang in range(2):
                seances.repondre(question, f"secret {rang}", "Une parole")
            if question.genre in GenreDeQuestion.ecrites():
                montree = question.contributions.order_by("pk").first()
                Contribution.objects.filter(pk=montree.pk).update(etat=EtatContribution.MONTREE)
                if question.genre == GenreDeQuestion.MOI_AUSSI:
                    montree.refresh_from_db()
                    seances.dire_moi_aussi(montree, "secret 9")
        if etat == "close":
            seance.clore()
    return partie
