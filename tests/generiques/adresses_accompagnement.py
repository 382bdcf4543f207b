"""How the addresses of the support are filled: each state, and none."""

from tests.generiques.monde import ABSENT

PREFIXE = "ressources/accompagnements/"


def _suivis(monde, motif):
    for etat, un in monde.parties["projets_suivi"].accompagnements.items():
        yield etat, {"accompagnement": un.uuid}
    yield "absent", {"accompagnement": ABSENT}


def _rencontres(monde, motif):
    partie = monde.parties["projets_suivi"]
    for etat, une in partie.rencontres.items():
        un = partie.accompagnements[etat]
        yield etat, {"accompagnement": un.uuid, "rencontre": une.pk}
    croisee = partie.rencontres["demande"].pk
    yield "croisee", {"accompagnement": partie.accompagnements["suivi"].uuid, "rencontre": croisee}


REMPLISSEURS = {("accompagnement",): _suivis, ("accompagnement", "rencontre"): _rencontres}
