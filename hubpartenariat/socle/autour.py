"""What the trades say of one thing of another: stories told of a fiche, a project born from it…

An app declares its own in its ``autour.py``, read at start like ``admin.py``. The page of the thing
shows what is said, without knowing which app it comes from; it shows the follow-ups (``suites``)
to those who hold the thing, and to nobody else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Mention:
    """One public thing that speaks of another. ``texte`` says a little more, in a sentence."""

    titre: str
    texte: str
    url: str


@dataclass(frozen=True)
class Groupe:
    """Mentions of one kind: their title, what to say when there is none, where to add one."""

    titre: str
    mentions: tuple[Mention, ...]
    vide: str = ""  # without it, a group without mentions is not shown
    suites: tuple[tuple[str, str], ...] = ()  # (words, address)


_SUITES: dict[str, list[Callable[[object], tuple[str, str] | None]]] = {}
_DIRES: dict[str, list[Callable[[object], Iterable[Groupe]]]] = {}


def autour_de(modele: str):
    """Register ``fonction(thing)`` for the model named so (« cartographie.Fiche »). It returns
    groups of public mentions, in a fixed number of queries."""

    def enregistrer(fonction):
        _DIRES.setdefault(modele, []).append(fonction)
        return fonction

    return enregistrer


def autour(objet) -> list[Groupe]:
    """Everything that the apps say of ``objet``, app after app; silent groups are left out."""
    fonctions = _DIRES.get(objet._meta.label, ())
    return [
        groupe for dire in fonctions for groupe in dire(objet) if groupe.mentions or groupe.vide
    ]


def suite_de(modele: str):
    """Register ``fonction(thing) -> (words, address)``, or None: what those who hold a thing of
    the model named so may begin with it elsewhere. Without a query: lists call it for each."""

    def enregistrer(fonction):
        _SUITES.setdefault(modele, []).append(fonction)
        return fonction

    return enregistrer


def suites(objet) -> list[tuple[str, str]]:
    """What may be begun with ``objet`` in the other apps, for those who hold it."""
    fonctions = _SUITES.get(objet._meta.label, ())
    return [suite for dire in fonctions if (suite := dire(objet))]
