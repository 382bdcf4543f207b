"""What the library offers to lists and searches: read at start, each subject has its file."""

from ressources import (
    recherche_agenda,
    recherche_bibliotheque,
    recherche_glossaire,
    recherche_paroles,
)

__all__ = ["recherche_agenda", "recherche_bibliotheque", "recherche_glossaire", "recherche_paroles"]
