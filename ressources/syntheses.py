"""Documents made from the library and its tools: read at start, registered by their own files."""

from ressources.deux_voix import documents, panneaux
from ressources.projets import documents as ecrits
from ressources.projets import panneau

__all__ = ["documents", "ecrits", "panneau", "panneaux"]
