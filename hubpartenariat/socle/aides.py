"""From a need to what answers it: each app says what it has for the codes of ``Besoin``.

An app declares its own in its ``aides.py``, read at start like ``admin.py``. A fiche, an appel, a
proposition or a path page then shows what helps, without knowing which app it comes from.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Aide:
    """One thing that answers needs. ``genre`` in a word: « Guide », « Démarche », « Formation »."""

    genre: str
    titre: str
    texte: str
    url: str
    besoins: frozenset[str]


_AIDES: dict[str, Callable[[Collection[str], int], Iterable[Aide]]] = {}


def aide_aux_besoins(cle: str):
    """Register ``fonction(codes, at most)`` under ``cle``; it returns the best first, public ones
    only, in a fixed number of queries."""

    def enregistrer(fonction):
        _AIDES[cle] = fonction
        return fonction

    return enregistrer


def aides(codes: Collection[str], au_plus: int = 4, cles: Collection[str] = ()) -> list[Aide]:
    """What answers these needs, app after app (all, or those of ``cles``)."""
    if not codes:
        return []
    return [
        aide
        for cle, fonction in _AIDES.items()
        if not cles or cle in cles
        for aide in fonction(codes, au_plus)
    ]


def besoins_sans_reponse(codes: Collection[str]) -> list[str]:
    """Those of ``codes`` that nothing answers: the gaps that the Pôle has to fill."""
    couverts = {code for aide in aides(codes, au_plus=10_000) for code in aide.besoins}
    return [code for code in codes if code not in couverts]
