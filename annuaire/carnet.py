"""Sums over the lines of a carnet d'engagement."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Max, Min

LIGNES_AU_PLUS = 2000


def totaux(lignes) -> dict:
    """Hours in all, co-signed, by year and by role; the largest first among roles."""
    annees, roles = defaultdict(Decimal), defaultdict(Decimal)
    for ligne in lignes:
        annees[ligne.quand.year] += ligne.heures
        roles[ligne.role] += ligne.heures
    return {
        "heures": sum((ligne.heures for ligne in lignes), Decimal()),
        "cosignees": sum((ligne.heures for ligne in lignes if ligne.cosignee_le), Decimal()),
        "annees": sorted(annees.items(), reverse=True),
        "roles": sorted(roles.items(), key=lambda paire: (-paire[1], paire[0])),
    }


def periode(lignes) -> dict:
    """First and last day of these lines. One query."""
    bornes = lignes.aggregate(du=Min("quand"), au=Max("quand"))
    return {cle: jour for cle, jour in bornes.items() if jour}
