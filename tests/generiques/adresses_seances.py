"""How the addresses of live sessions are filled: a code in each state, and one that is nobody's."""

from tests.generiques.monde_seances import CODES

PREFIXE = "seance/"


def _codes(monde, motif):
    for etat, code in CODES.items():
        yield etat, {"code": code}
    yield "absente", {"code": "ZZZZZZ"}


REMPLISSEURS = {("code",): _codes}
