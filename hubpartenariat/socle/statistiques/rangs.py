"""The vote for a few priorities: ranks, and how far chance alone could move them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

# From this many ballots on, resampling is replaced by its normal limit: same intervals, and a
# cost that no longer depends on the number of people.
GRAND = 2000


@dataclass(frozen=True)
class RangEstime:
    """One option of the vote. Ranks start at 1; ``bas`` is the best rank, ``haut`` the worst."""

    code: str
    voix: int
    rang: int
    ex_aequo: bool
    bas: int
    haut: int
    voisins: frozenset[str]  # options whose order with this one could have been the other way


def rangs_du_vote(
    bulletins: Iterable[Sequence[str]],
    codes: Sequence[str],
    *,
    tirages: int = 1000,
    graine: int = 2025,
    confiance: float = 0.95,
) -> list[RangEstime]:
    """Options from the most to the least chosen, each with its interval of ranks.

    ``bulletins``: for each person, the options chosen, without order; people who chose none count
    (they are resampled too). Ties share the best of their ranks: 1, 2, 2, 4. The interval is the
    percentile bootstrap over people (B. Efron, Annals of Statistics 7 (1979) 1–26), ties counted
    on both sides so that it is never too narrow, and always holds the observed rank. Same input,
    same ``graine``: same result, on every machine.
    ``voisins`` are the options that come level or pass in more than (1 − confiance) / 2 of the
    draws: the page says so rather than let three votes make a ranking.
    """
    places = {code: i for i, code in enumerate(codes)}
    paniers = Counter(tuple(sorted({places[c] for c in bulletin})) for bulletin in bulletins)
    urne = sorted(paniers.items())
    voix = _depouiller(urne, len(codes))
    rangs = _rangs(voix)
    egaux = Counter(voix)
    if not sum(voix):
        tous = frozenset(codes)
        return [RangEstime(c, 0, 1, len(codes) > 1, 1, len(codes), tous - {c}) for c in codes]

    meilleurs, pires = [[] for _ in codes], [[] for _ in codes]
    passages = [[0] * len(codes) for _ in codes]  # [i][j]: draws in which i is level with j or over
    for tirage in _tirer(urne, voix, tirages, Random(graine)):  # noqa: S311 — no secret here
        tri = sorted(tirage)
        for i, nombre in enumerate(tirage):
            meilleurs[i].append(len(tri) - bisect_right(tri, nombre) + 1)
            pires[i].append(len(tri) - bisect_left(tri, nombre))
            ligne = passages[i]
            for j, autre in enumerate(tirage):
                if nombre >= autre:
                    ligne[j] += 1
    queue = (1 - confiance) / 2
    rang_bas, rang_haut = int(queue * tirages), min(tirages - 1, int((1 - queue) * tirages))
    resultat = []
    for i, code in enumerate(codes):
        voisins = frozenset(
            autre
            for j, autre in enumerate(codes)
            if j != i
            and (
                voix[i] == voix[j]
                or (voix[i] > voix[j] and passages[j][i] > queue * tirages)
                or (voix[i] < voix[j] and passages[i][j] > queue * tirages)
            )
        )
        bas = min(rangs[i], sorted(meilleurs[i])[rang_bas])
        haut = max(rangs[i] + egaux[voix[i]] - 1, sorted(pires[i])[rang_haut])
        resultat.append(RangEstime(code, voix[i], rangs[i], egaux[voix[i]] > 1, bas, haut, voisins))
    return sorted(resultat, key=lambda r: (r.rang, places[r.code]))


def _rangs(voix: Sequence[int]) -> list[int]:
    return [1 + sum(autre > nombre for autre in voix) for nombre in voix]


def _depouiller(urne: Iterable[tuple[tuple[int, ...], int]], longueur: int) -> list[int]:
    voix = [0] * longueur
    for panier, fois in urne:
        for i in panier:
            voix[i] += fois
    return voix


def _tirer(urne, voix, tirages: int, hasard: Random) -> Iterator[list[float]]:
    """Votes of each option in each draw of as many people, with replacement."""
    total = sum(fois for _, fois in urne)
    if total >= GRAND:
        yield from _tirages_normaux(urne, voix, total, tirages, hasard)
        return
    bulletins = [panier for panier, fois in urne for _ in range(fois)]
    for _ in range(tirages):
        tirage = [0] * len(voix)
        for panier in hasard.choices(bulletins, k=total):
            for i in panier:
                tirage[i] += 1
        yield tirage


def _tirages_normaux(urne, voix, total: int, tirages: int, hasard: Random) -> Iterator[list[float]]:
    """The normal limit of the bootstrap: mean the votes, covariance n (pᵢⱼ − pᵢ pⱼ)."""
    k = len(voix)
    ensemble = [[0] * k for _ in range(k)]
    for panier, fois in urne:
        for i in panier:
            for j in panier:
                ensemble[i][j] += fois
    covariance = [[ensemble[i][j] - voix[i] * voix[j] / total for j in range(k)] for i in range(k)]
    racine = _cholesky(covariance)
    for _ in range(tirages):
        bruit = [hasard.gauss(0, 1) for _ in range(k)]
        yield [round(voix[i] + sum(map(float.__mul__, racine[i], bruit))) for i in range(k)]


def _cholesky(matrice: list[list[float]]) -> list[list[float]]:
    """Lower triangle L with L Lᵀ = matrice; a null pivot (options always together) gives zeros."""
    k = len(matrice)
    racine = [[0.0] * (i + 1) for i in range(k)]
    for i in range(k):
        for j in range(i + 1):
            reste = matrice[i][j] - sum(racine[i][m] * racine[j][m] for m in range(j))
            if i == j:
                racine[i][i] = sqrt(reste) if reste > 1e-9 else 0.0
            elif racine[j][j]:
                racine[i][j] = reste / racine[j][j]
    return racine
