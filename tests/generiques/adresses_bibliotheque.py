"""How the addresses of the library are filled: an entry in each state, and none."""

from ressources.enums import Pas
from tests.generiques.monde import ABSENT

PREFIXE = "ressources/"


def _ressources(monde, motif):
    """Only published entries have an address; those that were withdrawn keep theirs."""
    for etat, une in monde.parties["bibliotheque"].entrees.items():
        if une.slug:
            yield etat, {"ressource": une.slug}
    yield "absente", {"ressource": "n-existe-pas"}


def _anciennes(monde, motif):
    partie = monde.parties["bibliotheque"]
    for etat, une in partie.entrees.items():
        if une.slug:
            cle = partie.anciennes[etat].uuid
            yield etat, {"ressource": une.slug, "ancienne": cle}
    publiee = partie.entrees["publiee"]
    yield "d-une-autre", {"ressource": publiee.slug, "ancienne": partie.anciennes["refusee"].uuid}


def _selections(monde, motif):
    for qui, une in monde.parties["bibliotheque"].selections.items():
        yield qui, {"selection": une.uuid}
    yield "absente", {"selection": ABSENT}


def _pas(monde, motif):
    yield "idee", {"pas": Pas.IDEE}
    yield "inconnu", {"pas": "ailleurs"}


REMPLISSEURS = {
    ("ressource",): _ressources,
    ("ressource", "ancienne"): _anciennes,
    ("selection",): _selections,
    ("pas",): _pas,
}
