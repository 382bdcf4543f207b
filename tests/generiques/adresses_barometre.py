"""How the addresses of the barometer in projects are filled: one's own project, another's, none."""

from uuid import UUID

PREFIXE = "ressources/projets/<uuid:projet>/barometre/"
ABSENT = UUID(int=0)


def projets(monde, motif):
    for qui, projet in monde.parties["projets"].projets.items():
        yield qui, {"projet": projet.uuid}
    yield "absent", {"projet": ABSENT}


def passages(outil: str):
    """Each state, then a passage asked under somebody else's project, then none."""

    def remplir(monde, motif):
        deux, des = monde.parties["projets"].projets, monde.parties["projets_outils"].passages
        for etat, passage in des[outil].items():
            yield etat, {"projet": deux["auteur"].uuid, "passage": passage.uuid}
        croise = des[outil]["termine"]
        yield "croise", {"projet": deux["autre"].uuid, "passage": croise.uuid}
        yield "absent", {"projet": deux["auteur"].uuid, "passage": ABSENT}

    return remplir


REMPLISSEURS = {("projet",): projets, ("projet", "passage"): passages("barometre")}
