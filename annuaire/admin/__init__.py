"""The directory in the administration, one file per subject."""

from annuaire.admin import appels, profils, relations, structures  # noqa: F401
