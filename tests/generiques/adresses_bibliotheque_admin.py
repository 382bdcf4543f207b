"""How the pages of the library in the administration are filled."""

from ressources.enums import TransitionRessource

PREFIXE = "administration/ressources/ressource/"
# What is decided from where; a transition that the state forbids leads back to the entry.
DECISIONS = (
    ("proposee", "publier"),
    ("proposee", "refuser"),
    ("publiee", "archiver"),
    ("publiee", "relire"),
    ("proposee", "archiver"),
)


def _cles(monde, motif):
    for etat, une in monde.parties["bibliotheque"].entrees.items():
        yield etat, {"cle": une.pk}
    yield "absente", {"cle": 999_999}


def _decisions(monde, motif):
    entrees = monde.parties["bibliotheque"].entrees
    for etat, transition in DECISIONS:
        yield f"{etat}/{transition}", {"cle": entrees[etat].pk, "transition": transition}
    yield "absente", {"cle": 999_999, "transition": TransitionRessource.PUBLIER}
    yield "inconnue", {"cle": entrees["proposee"].pk, "transition": "ailleurs"}


REMPLISSEURS = {("cle",): _cles, ("cle", "transition"): _decisions}
