"""How the addresses of projects are filled: one's own, another's, none; each of its texts."""

from tests.generiques.adresses_barometre import projets
from tests.generiques.monde import ABSENT

PREFIXE = "ressources/projets/"


def _partie(monde):
    return monde.parties["projets_ecrits"]


def _ecrits(monde, motif):
    siens = monde.parties["projets"].projets
    for genre, un in _partie(monde).ecrits.items():
        yield genre, {"projet": siens["auteur"].uuid, "ecrit": un.uuid}
    croise = _partie(monde).ecrits["charte"].uuid
    yield "croise", {"projet": siens["autre"].uuid, "ecrit": croise}
    yield "absent", {"projet": siens["auteur"].uuid, "ecrit": ABSENT}


def _versions(monde, motif):
    for etat, quoi in _ecrits(monde, motif):
        yield f"{etat}/1", quoi | {"numero": 1}
    yield "charte/9", next(_ecrits(monde, motif))[1] | {"numero": 9}


def _releves(monde, motif):
    siens, releve = monde.parties["projets"].projets, _partie(monde).releve.pk
    yield "sien", {"projet": siens["auteur"].uuid, "releve": releve}
    yield "croise", {"projet": siens["autre"].uuid, "releve": releve}
    yield "absent", {"projet": siens["auteur"].uuid, "releve": 999_999}


def _attestations(monde, motif):
    siens, faites = monde.parties["projets"].projets, monde.parties["projets_suivi"].attestations
    for etat, une in faites.items():
        yield etat, {"projet": siens["auteur"].uuid, "attestation": une.uuid}
    croisee = faites["cosignee"].uuid
    yield "croisee", {"projet": siens["autre"].uuid, "attestation": croisee}
    yield "absente", {"projet": siens["auteur"].uuid, "attestation": ABSENT}


def _invitations(monde, motif):
    for etat, jeton in _partie(monde).invitations.items():
        yield etat, {"jeton": jeton}


def _a_annuler(monde, motif):
    siens = monde.parties["projets"].projets
    for une in siens["auteur"].invitations.order_by("pk"):
        etat = "servie" if une.acceptee_le else "ouverte"
        yield etat, {"projet": siens["auteur"].uuid, "invitation": une.uuid}
        yield f"{etat}/croisee", {"projet": siens["autre"].uuid, "invitation": une.uuid}
    yield "absente", {"projet": siens["auteur"].uuid, "invitation": ABSENT}


REMPLISSEURS = {
    ("projet",): projets,
    ("projet", "ecrit"): _ecrits,
    ("projet", "ecrit", "numero"): _versions,
    ("projet", "releve"): _releves,
    ("projet", "attestation"): _attestations,
    ("projet", "invitation"): _a_annuler,
    ("jeton",): _invitations,
}
