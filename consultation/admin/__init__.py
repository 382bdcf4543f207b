"""The administration of the consultations, a file per subject."""

from consultation.admin import lecture, questionnaire, seances, suites

__all__ = ["lecture", "questionnaire", "seances", "suites"]
