"""How the pages of stories in the administration are filled."""

from ressources.enums import DecisionParole

PREFIXE = "administration/ressources/parole/"
# What is decided from where; a decision that the state forbids leads back to the story.
DECISIONS = (
    ("proposee", "publier"),
    ("proposee", "faire_revoir"),
    ("proposee", "refuser"),
    ("publiee", "retirer"),
    ("publiee", "publier"),
    ("brouillon", "publier"),
)


def _decisions(monde, motif):
    paroles = monde.parties["paroles"].paroles
    for etat, transition in DECISIONS:
        yield f"{etat}/{transition}", {"cle": paroles[etat].pk, "transition": transition}
    yield "absente", {"cle": 999_999, "transition": DecisionParole.PUBLIER}
    yield "inconnue", {"cle": paroles["proposee"].pk, "transition": "ailleurs"}


REMPLISSEURS = {("cle", "transition"): _decisions}
