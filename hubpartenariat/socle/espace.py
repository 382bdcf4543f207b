"""My space: what a person has under way, where their own pages are, why an account cannot go yet.

An app declares all three in its ``espace.py``, read at start like ``admin.py``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Carte:
    """One thing under way: what it is, where it stands, where to go on with it.

    ``attend``: it waits for this person, and is shown first.
    """

    titre: str
    texte: str
    url: str
    action: str = "Continuer"
    attend: bool = False


@dataclass(frozen=True)
class PageASoi:
    """One of a person's own pages. ``pour(person)``: who has it; everybody when None."""

    titre: str
    adresse: str  # name of the address, without parameter
    pour: Callable[[object], bool] | None = None


_PAGES: list[PageASoi] = []
_EN_COURS: list[Callable[[object], Iterable[Carte]]] = []
_ATTACHES: list[Callable[[object], str | None]] = []


def en_cours(fonction):
    """Register ``fonction(person)``, which returns cards, the most urgent first."""
    _EN_COURS.append(fonction)
    return fonction


def page(titre: str, adresse: str, pour=None) -> None:
    """Register a page that a person finds again from their space."""
    _PAGES.append(PageASoi(titre, adresse, pour))


def attache(fonction):
    """Register ``fonction(person)``: a French sentence when something still needs the account."""
    _ATTACHES.append(fonction)
    return fonction


def cartes(personne) -> list[Carte]:
    """Everything this person has under way, trade after trade."""
    return [carte for fonction in _EN_COURS for carte in fonction(personne)]


def pages(personne) -> list[PageASoi]:
    """The pages of this person, trade after trade."""
    return [une for une in _PAGES if une.pour is None or une.pour(personne)]


def attaches(personne) -> list[str]:
    """Why this account may not be deleted now; empty when it may."""
    return [raison for fonction in _ATTACHES if (raison := fonction(personne))]
