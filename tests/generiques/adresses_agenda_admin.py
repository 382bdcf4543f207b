"""How the pages of events in the administration are filled."""

from tests.generiques import decisions

PREFIXE = "administration/ressources/evenement/"
DECISIONS = (
    ("propose", "publier"),
    ("propose", "refuser"),
    ("brouillon", "publier"),
    ("publie", "annuler"),
    ("publie", "reprendre"),
    ("annule", "publier"),
)


def _evenements(monde):
    return monde.parties["agenda"].evenements


REMPLISSEURS = {("cle", "transition"): decisions.remplisseur(_evenements, DECISIONS)}
