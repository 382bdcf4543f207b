"""Tools offered beside a mission: models of charter, of mission letter… declared by the apps.

An app declares its own in its ``outils.py``, read at start like ``admin.py``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Outil:
    """One thing that helps the two sides of a mission: what it is, and where."""

    titre: str
    texte: str
    url: str


_OUTILS: list[Callable[[object], Iterable[Outil]]] = []


def outil_de_mission(fonction):
    """Register ``fonction(mission)``, which returns what it has for this mission."""
    _OUTILS.append(fonction)
    return fonction


def outils_de_mission(mission) -> list[Outil]:
    """Everything that the apps offer for this mission, in the order of the apps."""
    return [outil for fonction in _OUTILS for outil in fonction(mission)]
