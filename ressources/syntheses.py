"""Documents and panels of the library and its tools: read at start, registered by their files."""

from ressources.accompagnement import documents as de_l_accompagnement
from ressources.accompagnement import panneaux as panneaux_de_l_accompagnement
from ressources.deux_voix import documents, panneaux
from ressources.projets import documents as des_projets
from ressources.projets import panneau

__all__ = [
    "de_l_accompagnement",
    "des_projets",
    "documents",
    "panneau",
    "panneaux",
    "panneaux_de_l_accompagnement",
]
