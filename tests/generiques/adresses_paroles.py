"""How the addresses of stories are filled: one in each state, and none."""

from tests.generiques.monde import ABSENT

PREFIXE = "ressources/paroles/"


def _paroles(monde, motif):
    for etat, une in monde.parties["paroles"].paroles.items():
        yield etat, {"parole": une.uuid}
    yield "absente", {"parole": ABSENT}


def _citees(monde, motif):
    partie = monde.parties["paroles"]
    for etat, une in partie.paroles.items():
        yield etat, {"parole": une.uuid, "citee": partie.citees[etat].uuid}
    croisee = partie.citees["a_revoir"].uuid  # of another story
    yield "croisee", {"parole": partie.paroles["brouillon"].uuid, "citee": croisee}


def _jetons(monde, motif):
    for etat, jeton in monde.parties["paroles"].jetons.items():
        yield etat, {"jeton": jeton}


REMPLISSEURS = {("parole",): _paroles, ("parole", "citee"): _citees, ("jeton",): _jetons}
