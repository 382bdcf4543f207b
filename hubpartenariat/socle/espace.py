"""My space: what each trade says a person has under way, and why an account cannot go yet.

An app declares both in its ``espace.py``, read at start like ``admin.py``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Carte:
    """One thing under way: what it is, where it stands, where to go on with it."""

    titre: str
    texte: str
    url: str
    action: str = "Continuer"


_EN_COURS: list[Callable[[object], Iterable[Carte]]] = []
_ATTACHES: list[Callable[[object], str | None]] = []


def en_cours(fonction):
    """Register ``fonction(person)``, which returns cards, the most urgent first."""
    _EN_COURS.append(fonction)
    return fonction


def attache(fonction):
    """Register ``fonction(person)``: a French sentence when something still needs the account."""
    _ATTACHES.append(fonction)
    return fonction


def cartes(personne) -> list[Carte]:
    """Everything this person has under way, trade after trade."""
    return [carte for fonction in _EN_COURS for carte in fonction(personne)]


def attaches(personne) -> list[str]:
    """Why this account may not be deleted now; empty when it may."""
    return [raison for fonction in _ATTACHES if (raison := fonction(personne))]
