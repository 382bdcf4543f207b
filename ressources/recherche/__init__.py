"""What the library offers to lists and searches: read at start, each subject has its file."""

from ressources.recherche import agenda, bibliotheque, glossaire, paroles

__all__ = ["agenda", "bibliotheque", "glossaire", "paroles"]
