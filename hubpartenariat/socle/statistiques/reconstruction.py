"""Which whole numbers of people can stand behind published percentages?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True)
class Reconstruction:
    """One base (people) and one count per printed percentage that give exactly these figures."""

    base: int
    effectifs: tuple[int, ...]


def reconstruire(
    pourcentages: Sequence[Decimal | str], bases: Iterable[int], *, exclusives: bool = True
) -> list[Reconstruction]:
    """Every base among ``bases``, with every tuple of counts, that prints these percentages.

    Percentages are given as printed ("73.1", Decimal): their number of decimals is their
    precision; a half may have been rounded either way. ``exclusives``: one choice per person, so
    counts cannot exceed the base. Counts that a base leaves open (large bases) are all listed,
    in the order of the bases given.
    Vectors (restitution of 2025): 73.1 on 78 → 57; 48.1 on 77 → 37; 25.6, 30.9 and 38.5
    together → nothing on 77, 78 or 79.
    """
    imprimes = [Decimal(p) for p in pourcentages]
    trouvees = []
    for base in bases:
        if base < 1:
            continue
        choix: list[tuple[int, ...]] = [()]
        for imprime in imprimes:
            possibles = _effectifs(imprime, base)
            choix = [
                (*debut, n)
                for debut in choix
                for n in possibles
                if not exclusives or sum(debut) + n <= base
            ]
            if not choix:
                break
        trouvees += [Reconstruction(base, effectifs) for effectifs in choix]
    return trouvees


def _effectifs(imprime: Decimal, base: int) -> range:
    """Counts that print this percentage on this base; exact, bounds included."""
    demi = Fraction(1, 2 * 10 ** max(0, -imprime.as_tuple().exponent))
    bas = (Fraction(imprime) - demi) * base / 100
    haut = (Fraction(imprime) + demi) * base / 100
    return range(max(0, ceil(bas)), min(base, floor(haut)) + 1)


@dataclass(frozen=True)
class Diagnostic:
    """What the percentages of one question tell of their base."""

    retenue: Reconstruction | None  # the most likely: the number of people, else the nearest below
    bases: tuple[int, ...]  # every base that works
    personnes: int

    @property
    def impossible(self) -> bool:
        """No whole numbers of people give these figures together."""
        return self.retenue is None

    @property
    def double_compte(self) -> bool:
        """Only more answers than people explain the figures."""
        return bool(self.bases) and min(self.bases) > self.personnes

    @property
    def unique(self) -> bool:
        return len(self.bases) == 1


def diagnostiquer(
    pourcentages: Sequence[Decimal | str], personnes: int, *, tolerance: int = 1
) -> Diagnostic:
    """Look for a base from ``personnes - tolerance`` to ``personnes + tolerance``.

    The base that is kept is ``personnes`` if it works, else the nearest, below first (people who
    did not answer are likelier than people counted twice).
    """
    proches = sorted(
        range(max(1, personnes - tolerance), personnes + tolerance + 1),
        key=lambda base: (abs(base - personnes), base > personnes),
    )
    trouvees = reconstruire(pourcentages, proches)
    return Diagnostic(
        trouvees[0] if trouvees else None,
        tuple(sorted({r.base for r in trouvees})),
        personnes,
    )
