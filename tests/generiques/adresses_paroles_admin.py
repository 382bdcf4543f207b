"""How the pages of stories in the administration are filled."""

from tests.generiques import decisions

PREFIXE = "administration/ressources/parole/"
DECISIONS = (
    ("proposee", "publier"),
    ("proposee", "faire_revoir"),
    ("proposee", "refuser"),
    ("publiee", "retirer"),
    ("publiee", "publier"),
    ("brouillon", "publier"),
)


def _paroles(monde):
    return monde.parties["paroles"].paroles


REMPLISSEURS = {("cle", "transition"): decisions.remplisseur(_paroles, DECISIONS)}
