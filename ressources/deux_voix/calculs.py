"""Comparing two voices, and one date with another. Pure functions over codes, no database.

Codes are those of the tools (outils.py): « 0 » to « 4 », « so », « oui », « non », « en_cours »; ""
stands for no answer. Lists of codes are in the order of the criteria.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

ECART_FORT = 2  # levels from which an action is asked


def niveau(code: str) -> int | None:
    """The level of a code of the barometer; None when it has none."""
    return int(code) if code.isascii() and code.isdigit() else None


def ecart(un: str, autre: str) -> int | None:
    """How many levels apart, 0 to 4; None when one of the two has no level."""
    a, b = niveau(un), niveau(autre)
    return None if a is None or b is None else abs(a - b)


def desaccord(un: str, autre: str) -> bool:
    """Both answered, not the same. No answer from one side is no disagreement."""
    return bool(un and autre) and un != autre


@dataclass(frozen=True)
class Comparaison:
    """Two voices side by side. Numbers of criteria start at 1."""

    ecarts: tuple[int | None, ...]
    desaccords: tuple[int, ...]
    forts: tuple[int, ...]  # gaps of ECART_FORT levels or more
    ecart_moyen: Fraction | None  # over the criteria that both scored
    communs: int  # criteria that both answered

    @property
    def accords(self) -> int:
        return self.communs - len(self.desaccords)


def comparer(professionnel: Sequence[str], patient: Sequence[str]) -> Comparaison:
    """Raises ValueError when the two lists have not the same length."""
    paires = list(zip(professionnel, patient, strict=True))
    ecarts = tuple(ecart(*paire) for paire in paires)
    connus = [e for e in ecarts if e is not None]
    return Comparaison(
        ecarts=ecarts,
        desaccords=tuple(n for n, paire in enumerate(paires, 1) if desaccord(*paire)),
        forts=tuple(n for n, e in enumerate(ecarts, 1) if e is not None and e >= ECART_FORT),
        ecart_moyen=Fraction(sum(connus), len(connus)) if connus else None,
        communs=sum(1 for un, autre in paires if un and autre),
    )


def evolution(avant: str, apres: str) -> int | None:
    """Levels gained (or lost, negative) from one date to the next; None when one has none."""
    a, b = niveau(avant), niveau(apres)
    return None if a is None or b is None else b - a


def valeur(professionnel: str, patient: str, commune: str = "") -> str:
    """What a criterion is worth at a date: the joint answer, else the one that both gave."""
    return commune or (professionnel if professionnel == patient else "")


@dataclass(frozen=True)
class Ensemble:
    """One criterion over many pairs: means, and how many pairs they rest on; None below the
    threshold."""

    base: int
    professionnel: Fraction | None
    patient: Fraction | None
    ecart: Fraction | None


def ensemble(
    paires: Sequence[tuple[Sequence[str], Sequence[str]]], nombre: int, par: int = 5
) -> list[Ensemble]:
    """Means of each criterion over ``paires`` (professional, patient), the oldest first.

    Only whole groups of ``par`` pairs are counted: between two readings, what changes is always
    the doing of at least ``par`` pairs, so that nobody's answers are found by subtraction.
    """
    resultats = []
    for rang in range(nombre):
        notees = [
            (a, b)
            for un, autre in paires
            if (a := niveau(un[rang])) is not None and (b := niveau(autre[rang])) is not None
        ]
        notees = notees[: len(notees) // par * par]
        base = len(notees)
        sommes = [sum(a for a, _ in notees), sum(b for _, b in notees)]
        sommes.append(sum(abs(a - b) for a, b in notees))
        resultats.append(
            Ensemble(base, *(Fraction(s, base) for s in sommes))
            if base
            else Ensemble(0, None, None, None)
        )
    return resultats


def six_mois_apres(jour):
    """The same day six months later, or the last day of that month when it is shorter."""
    mois = jour.month + 6
    annee, mois = jour.year + (mois - 1) // 12, (mois - 1) % 12 + 1
    for quantieme in range(jour.day, 27, -1):
        try:
            return jour.replace(year=annee, month=mois, day=quantieme)
        except ValueError:
            continue
    return jour.replace(year=annee, month=mois)
