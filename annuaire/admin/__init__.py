"""The directory in the administration, one file per subject."""

from annuaire.admin import relations, structures  # noqa: F401
