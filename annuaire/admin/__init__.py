"""The directory in the administration, one file per subject."""

from annuaire.admin import profils, relations, structures  # noqa: F401
