"""By what stories are filtered: each facet is a key of the public address, never renamed."""

from hubpartenariat.socle.indexation import Facette
from hubpartenariat.socle.vocabulaires import Domaine, Territoire
from ressources.enums import QuiRaconte

FACETTES = (
    Facette("qui", "Qui raconte", QuiRaconte, "raconte", multiple=False, poids="B", ouverte=True,
            parlante=True),
    Facette("domaine", "Domaine", Domaine, "domaines", parlante=True),
    Facette("departement", "Territoire", Territoire, "departements", parlante=True),
)  # fmt: skip
