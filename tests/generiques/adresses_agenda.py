"""How the addresses of the agenda are filled: an event in each state, and none."""

from uuid import UUID

PREFIXE = "agenda/"


def _evenements(monde, motif):
    for etat, un in monde.parties["agenda"].evenements.items():
        yield etat, {"evenement": un.uuid}
    yield "absent", {"evenement": UUID(int=0)}


REMPLISSEURS = {("evenement",): _evenements}
