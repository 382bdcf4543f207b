"""How one's own attestations are filled: each state, and none."""

from tests.generiques.monde import ABSENT

PREFIXE = "ressources/mes-attestations/"


def _attestations(monde, motif):
    for etat, une in monde.parties["projets_suivi"].attestations.items():
        yield etat, {"attestation": une.uuid}
    yield "absente", {"attestation": ABSENT}


REMPLISSEURS = {("attestation",): _attestations}
