"""Index of the consultation's models: each lives in the file of its subject."""

from consultation.models.questionnaire import (
    CategorieDeProfil,
    College,
    Consultation,
    Echelle,
    Modalite,
    Proposition,
    QuestionDeProfil,
    Questionnaire,
    Theme,
)
from consultation.models.reponses import Abonnement, Avis, Priorite, Remarque, Reponse
from consultation.models.resultats import VersionDeResultats
from consultation.models.seances import (
    Contribution,
    Participant,
    QuestionDeSeance,
    Seance,
    Soutien,
)
from consultation.models.suites import ActionDeSuite, Phrase, Suite

__all__ = [
    "Abonnement",
    "ActionDeSuite",
    "Avis",
    "CategorieDeProfil",
    "College",
    "Consultation",
    "Contribution",
    "Echelle",
    "Modalite",
    "Participant",
    "Phrase",
    "Priorite",
    "Proposition",
    "QuestionDeProfil",
    "QuestionDeSeance",
    "Questionnaire",
    "Remarque",
    "Reponse",
    "Seance",
    "Soutien",
    "Suite",
    "Theme",
    "VersionDeResultats",
]
