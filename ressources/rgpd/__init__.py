"""What the library and its projects hold about people. Each subject has its file."""

from ressources.rgpd import (
    accompagnement,
    agenda,
    bibliotheque,
    deux_voix,
    ecrits,
    fiche_projet,
    glossaire,
    paroles,
    projets,
)

__all__ = [
    "accompagnement",
    "agenda",
    "bibliotheque",
    "deux_voix",
    "ecrits",
    "fiche_projet",
    "glossaire",
    "paroles",
    "projets",
]
