"""By what the directory is filtered: each facet is a key of the public address, never renamed."""

from annuaire.enums import Lieu, Mission
from hubpartenariat.socle.indexation import Facette
from hubpartenariat.socle.vocabulaires import (
    Domaine,
    FormeAction,
    Statut,
    Territoire,
    TypeStructure,
)

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

FACETTES_DES_APPELS = (
    Facette(
        "domaine",
        "Domaine d’intervention",
        Domaine,
        "domaine",
        multiple=False,
        poids="B",
        ouverte=True,
        parlante=True,
    ),
    Facette("mission", "Mission", Mission, "mission", multiple=False, poids="B", parlante=True),
    Facette(
        "departement",
        "Territoire",
        Territoire,
        "departements",
        poids="B",
        ouverte=True,
        parlante=True,
    ),
    Facette(
        "lieu", "Sur place ou à distance", Lieu, "lieu", multiple=False, ouverte=True, parlante=True
    ),
    Facette("statut", "Statut proposé", Statut, "statut", multiple=False),
)
