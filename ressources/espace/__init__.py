"""What the library, the projects and the agenda show in a person's own space."""

from hubpartenariat.socle.espace import page
from ressources.espace import (
    accompagnement,
    agenda,
    bibliotheque,
    deux_voix,
    equipe,
    paroles,
    projets,
)

__all__ = [
    "accompagnement",
    "agenda",
    "bibliotheque",
    "deux_voix",
    "equipe",
    "paroles",
    "projets",
]

page("Mes projets", "ressources:projets")
page("Mes attestations", "ressources:mes_attestations")
page("Mes ressources gardées", "ressources:gardees")
page("Mes ressources proposées", "ressources:mes_propositions")
page("Mes récits", "ressources:paroles_miennes")
