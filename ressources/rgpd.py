"""What the library and its projects hold about people. Each subject has its file."""

from ressources import (
    rgpd_accompagnement,
    rgpd_agenda,
    rgpd_bibliotheque,
    rgpd_deux_voix,
    rgpd_ecrits,
    rgpd_fiche_projet,
    rgpd_glossaire,
    rgpd_paroles,
    rgpd_projets,
)

__all__ = [
    "rgpd_accompagnement",
    "rgpd_agenda",
    "rgpd_bibliotheque",
    "rgpd_deux_voix",
    "rgpd_ecrits",
    "rgpd_fiche_projet",
    "rgpd_glossaire",
    "rgpd_paroles",
    "rgpd_projets",
]
