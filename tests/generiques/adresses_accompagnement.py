"""How the addresses of the support are filled: each state, and none."""

from tests.generiques.monde import ABSENT

PREFIXE = "ressources/accompagnements/"


def _suivis(monde, motif):
    for etat, un in monde.parties["projets_suivi"].accompagnements.items():
        yield etat, {"accompagnement": un.uuid}
    yield "absent", {"accompagnement": ABSENT}


REMPLISSEURS = {("accompagnement",): _suivis}
