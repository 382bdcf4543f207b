"""The directory in the administration, one file per subject."""

from annuaire.admin import appels, profils, relations, signalements, structures  # noqa: F401
