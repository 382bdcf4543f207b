"""What the library offers to lists and searches: read at start, each subject has its file."""

from ressources import recherche_glossaire

__all__ = ["recherche_glossaire"]
