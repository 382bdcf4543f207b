"""Administration of the directory: each subject in its file."""

from annuaire.admin import relations  # noqa: F401
