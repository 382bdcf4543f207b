"""How the answers to one question spread over its ordered scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from math import log2

DIXIEME = Decimal("0.1")


def part(effectif: int, base: int) -> Fraction | None:
    """Exact share, from 0 to 1. None when the base is empty: no answer is not 0 %."""
    return Fraction(effectif, base) if base else None


def pourcentage(effectif: int, base: int) -> Decimal | None:
    """Percentage with one decimal, halves rounded up: 57 of 78 → 73.1. None when no base.

    Each percentage is rounded alone: those of a question may add up to 99.9 or 100.1.
    """
    if not base:
        return None
    return (Decimal(effectif * 100) / Decimal(base)).quantize(DIXIEME, ROUND_HALF_UP)


def mediane(effectifs: Sequence[int]) -> tuple[int, int] | None:
    """Positions of the lower and upper median categories of an ordered scale.

    They are the same unless the middle falls exactly between two categories: an ordinal scale has
    no average, so the pair is given and shown as such ("entre … et …"). None without any answer.
    """
    total = sum(effectifs)
    if not total:
        return None
    return _position(effectifs, (total + 1) // 2), _position(effectifs, total // 2 + 1)


def _position(effectifs: Sequence[int], rang: int) -> int:
    """Category of the answer number ``rang`` (from 1), when answers are put in order."""
    cumul = 0
    for position, effectif in enumerate(effectifs):
        cumul += effectif
        if cumul >= rang:
            return position
    raise ValueError("no such answer")


def consensus(effectifs: Sequence[int]) -> float | None:
    """Tastle–Wierman consensus of an ordered scale: 1 all in one category, 0 half at each end.

    Cns = 1 + Σ pᵢ log₂(1 − |i − μ| / d), with μ the mean position and d the length of the scale.
    Categories that nobody chose count in d: give them, as 0. None without any answer.
    Source: W. J. Tastle, M. J. Wierman, "Consensus and dissention: a measure of ordinal
    dispersion", International Journal of Approximate Reasoning 45 (2007) 531–545.
    Vector: [30, 40, 210, 130, 530, 50, 10] → 0.7256876.
    """
    total, longueur = sum(effectifs), len(effectifs) - 1
    if not total:
        return None
    if longueur < 1:
        return 1.0
    moyenne = sum(i * n for i, n in enumerate(effectifs)) / total
    somme = sum(
        n / total * log2(1 - abs(i - moyenne) / longueur) for i, n in enumerate(effectifs) if n
    )
    return min(1.0, max(0.0, 1 + somme))


@dataclass(frozen=True)
class Repartition:
    """Counts of one question. ``effectifs`` follow the scale, from the most favourable down.

    ``sans_avis``: people who chose « ne se prononce pas », outside the order.
    ``manquants``: people who left the question. Neither enters any percentage; both are printed.
    """

    effectifs: tuple[int, ...]
    sans_avis: int = 0
    manquants: int = 0

    def __post_init__(self):
        if not self.effectifs or min(*self.effectifs, 0, self.sans_avis, self.manquants) < 0:
            raise ValueError("counts are zero or more, on a scale of one category at least")

    @classmethod
    def de(
        cls, effectifs: Iterable[int], sans_avis: int = 0, personnes: int | None = None
    ) -> "Repartition":
        """With the number of people asked, which gives the missing; more answers than people is
        the double count of 2025, and is refused."""
        effectifs = tuple(effectifs)
        recus = sum(effectifs) + sans_avis
        if personnes is not None and recus > personnes:
            raise ValueError(f"{recus} answers for {personnes} people: somebody counts twice")
        return cls(effectifs, sans_avis, 0 if personnes is None else personnes - recus)

    @cached_property
    def base(self) -> int:
        """Expressed answers: the base of every percentage."""
        return sum(self.effectifs)

    @property
    def personnes(self) -> int:
        return self.base + self.sans_avis + self.manquants

    @property
    def colonnes(self) -> tuple[int, ...]:
        """Everything that is counted, in one tuple: scale, no opinion, missing."""
        return (*self.effectifs, self.sans_avis, self.manquants)

    @property
    def pourcentages(self) -> tuple[Decimal | None, ...]:
        return tuple(pourcentage(n, self.base) for n in self.effectifs)

    @property
    def mediane(self) -> tuple[int, int] | None:
        return mediane(self.effectifs)

    @property
    def consensus(self) -> float | None:
        return consensus(self.effectifs)

    def favorables(self, premieres: int) -> int:
        """Answers in the ``premieres`` most favourable categories."""
        return sum(self.effectifs[:premieres])

    def part_favorable(self, premieres: int) -> Fraction | None:
        """Share (0 to 1) of expressed answers in the ``premieres`` most favourable categories."""
        return part(self.favorables(premieres), self.base)

    def __add__(self, autre: "Repartition") -> "Repartition":
        """Two groups put together, on the same scale."""
        return Repartition(
            tuple(a + b for a, b in zip(self.effectifs, autre.effectifs, strict=True)),
            self.sans_avis + autre.sans_avis,
            self.manquants + autre.manquants,
        )
