"""How the addresses of the reports are filled; see adresses_annuaire.py."""

import uuid

ABSENT = uuid.UUID("00000000-0000-4000-8000-000000000000")


def _codes(monde, motif):
    yield "cartographie", {"code": "cartographie"}
    yield "etat-annuel", {"code": "etat-annuel"}
    yield "absent", {"code": "n-existe-pas"}


def _tables_de_rapport(monde, motif):
    for ext in ("csv", "xlsx"):
        yield f"cartographie/{ext}", {"code": "cartographie", "cle": "avancement", "ext": ext}
    yield "etat-annuel", {"code": "etat-annuel", "cle": "avancement", "ext": "csv"}
    yield "absent", {"code": "cartographie", "cle": "rien", "ext": "csv"}
    yield "absent/ext", {"code": "cartographie", "cle": "avancement", "ext": "exe"}


def _editions(monde, motif):
    for etat, edition in monde.syntheses.editions.items():
        yield etat, {"uuid": edition.uuid}
    yield "absente", {"uuid": ABSENT}


def _tables_d_edition(monde, motif):
    for etat, edition in monde.syntheses.editions.items():
        yield etat, {"uuid": edition.uuid, "cle": "avancement", "ext": "csv"}
    yield "absente", {"uuid": ABSENT, "cle": "avancement", "ext": "csv"}


def _annotations(monde, motif):
    edition = monde.syntheses.editions["publiee"].uuid
    for qui, annotation in monde.syntheses.annotations.items():
        yield qui, {"uuid": edition, "cle": annotation.pk}
    yield "absente", {"uuid": edition, "cle": 999_999}


REMPLISSEURS = {
    ("code",): _codes,
    ("code", "cle", "ext"): _tables_de_rapport,
    ("uuid",): _editions,
    ("uuid", "cle", "ext"): _tables_d_edition,
    ("uuid", "cle"): _annotations,
}
