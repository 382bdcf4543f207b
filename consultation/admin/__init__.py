"""The administration of the consultations, a file per subject."""

from consultation.admin import lecture, questionnaire, suites

__all__ = ["lecture", "questionnaire", "suites"]
