"""By what the library is filtered: each facet is a key of the public address, never renamed."""

from hubpartenariat.socle.indexation import Facette
from hubpartenariat.socle.vocabulaires import Besoin, Domaine, Territoire
from ressources.enums import Niveau, Pas, Public, TypeRessource

FACETTES = (
    Facette("besoin", "Ce que vous cherchez", Besoin, "besoins", poids="B", ouverte=True,
            parlante=True),
    Facette("etape", "Où vous en êtes", Pas, "pas", poids="B", ouverte=True, parlante=True),
    Facette("type", "Type", TypeRessource, "type_ressource", multiple=False, poids="B",
            parlante=True),
    Facette("niveau", "Niveau", Niveau, "niveau", multiple=False, parlante=True),
    Facette("public", "Pour qui", Public, "publics", parlante=True),
    Facette("domaine", "Domaine", Domaine, "domaines", parlante=True),
    Facette("departement", "Territoire", Territoire, "departements", parlante=True),
)  # fmt: skip
