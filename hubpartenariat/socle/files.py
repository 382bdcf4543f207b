"""What waits for the team of the hub: one list for every app, shown where they arrive.

An app declares its queues in its ``espace.py``. A queue is counted for whoever may open it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.urls import reverse

from hubpartenariat.socle.espace import Carte, en_cours


@dataclass(frozen=True)
class File:
    """A queue of the administration: its name for one and for several, where it opens, who may."""

    un: str
    plusieurs: str
    adresse: str  # name of the address of its list
    droit: str
    compter: Callable[[], int]
    filtre: str = ""  # query of the list that shows this queue and nothing else


_FILES: list[File] = []


def file(un: str, plusieurs: str, adresse: str, droit: str, compter, filtre: str = "") -> None:
    """Register a queue."""
    _FILES.append(File(un, plusieurs, adresse, droit, compter, filtre))


def dans_l_etat(modele: str, etat: str) -> Callable[[], int]:
    """How many rows of a model (« app.Model ») are in this state, counted when asked."""

    def compter() -> int:
        return apps.get_model(modele).objects.filter(etat=etat).count()

    return compter


def a_traiter(personne) -> list[dict]:
    """[{"texte", "url"}]: the queues of this person that are not empty. One query for each."""
    lignes = []
    for une in _FILES:
        nombre = une.compter() if personne.has_perm(une.droit) else 0
        if nombre:
            mots = une.un if nombre == 1 else une.plusieurs
            url = reverse(une.adresse) + (f"?{une.filtre}" if une.filtre else "")
            lignes.append({"texte": f"{nombre} {mots}", "url": url})
    return lignes


@en_cours
def moderation(personne):
    """For the team: everything that waits, in one card."""
    if not personne.is_staff:
        return
    if lignes := a_traiter(personne):
        texte = ", ".join(ligne["texte"] for ligne in lignes)
        yield Carte("À traiter par l’équipe", texte, reverse("admin:index"), "Ouvrir", attend=True)
