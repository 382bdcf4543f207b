"""How the pages of the library in the administration are filled."""

from tests.generiques import decisions

PREFIXE = "administration/ressources/ressource/"
DECISIONS = (
    ("proposee", "publier"),
    ("proposee", "refuser"),
    ("publiee", "archiver"),
    ("publiee", "relire"),
    ("proposee", "archiver"),
)


def _entrees(monde):
    return monde.parties["bibliotheque"].entrees


def _cles(monde, motif):
    for etat, une in _entrees(monde).items():
        yield etat, {"cle": une.pk}
    yield "absente", {"cle": 999_999}


REMPLISSEURS = {
    ("cle",): _cles,
    ("cle", "transition"): decisions.remplisseur(_entrees, DECISIONS),
}
