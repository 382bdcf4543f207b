"""Index of the library's models: each lives in the file of its subject."""

from ressources.models.projets import Participation, Projet

__all__ = ["Participation", "Projet"]
