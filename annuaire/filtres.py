"""By what the directory is filtered: each facet is a key of the public address, never renamed."""

from hubpartenariat.socle.indexation import Facette
from hubpartenariat.socle.vocabulaires import Domaine, FormeAction, Territoire, TypeStructure

FACETTES_DES_STRUCTURES = (
    Facette(
        "type_structure",
        "Type de structure",
        TypeStructure,
        "type_structure",
        multiple=False,
        poids="B",
        ouverte=True,
        parlante=True,
    ),
    Facette(
        "departement",
        "Territoire",
        Territoire,
        "departements",
        poids="B",
        ouverte=True,
        parlante=True,
    ),
    Facette("domaine", "Domaine d’intervention", Domaine, "domaines", ouverte=True, parlante=True),
    Facette("forme", "Forme d’action", FormeAction, "formes", parlante=True),
)
