"""By what the fiches are filtered: each facet is a key of the public address, never renamed."""

from hubpartenariat.socle.indexation import Facette
from hubpartenariat.socle.vocabulaires import (
    Acteur,
    Avancement,
    Besoin,
    Cadre,
    Degre,
    Domaine,
    FormeAction,
    Frein,
    Levier,
    Recrutement,
    Statut,
    Territoire,
    TypeStructure,
)

# The order is the one of the page and of the canonical address.
FACETTES = (
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
    Facette("acteurs", "Acteurs impliqués", Acteur, "acteurs", parlante=True),
    Facette("degre", "Degré d’engagement", Degre, "degre", multiple=False),
    Facette("avancement", "Avancement", Avancement, "avancement", multiple=False),
    Facette("recrutement", "Recrutement des patients partenaires", Recrutement, "recrutements"),
    Facette("statut", "Statut et reconnaissance", Statut, "statuts"),
    Facette("cadre", "Cadre formalisé", Cadre, "cadres"),
    Facette("frein", "Freins", Frein, "freins"),
    Facette("levier", "Leviers", Levier, "leviers"),
    Facette("besoin", "Besoins d’appui", Besoin, "besoins"),
)
