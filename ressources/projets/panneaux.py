"""What the page of a project shows besides its texts: each tool declares its own panel.

A tool of the library adds ``@panneau`` functions in its own package; the page does not know them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Panneau:
    """One tool as the project sees it: where it stands, in a line, and where to go."""

    titre: str
    texte: str
    url: str
    action: str


_PANNEAUX: list[tuple[int, Callable]] = []


def panneau(rang: int):
    """Register ``fonction(projet) -> Panneau``s, shown in the order of ``rang``."""

    def enregistrer(fonction):
        _PANNEAUX.append((rang, fonction))
        return fonction

    return enregistrer


def panneaux(projet) -> Iterable[Panneau]:
    """What every tool says of this project, in order. A fixed number of queries by tool."""
    return [p for _, dire in sorted(_PANNEAUX, key=lambda un: un[0]) for p in dire(projet)]
