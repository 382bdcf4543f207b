"""Intervals around a share."""

from math import sqrt
from statistics import NormalDist


def wilson(effectif: int, base: int, confiance: float = 0.95) -> tuple[float, float] | None:
    """Wilson score interval of a share, bounds from 0 to 1. None when the base is empty.

    It says how far chance alone could move the share, were these people drawn at random. They are
    not: they volunteered. So it is printed with the sentence that says so, and never as a margin
    of error about the population.
    Source: E. B. Wilson, JASA 22 (1927) 209–212. Vectors (R. G. Newcombe, Statistics in Medicine
    17 (1998) 857–872): 81 of 263 → 0.2553 to 0.3662; 15 of 148 → 0.0624 to 0.1605;
    0 of 20 → 0 to 0.1611.
    """
    if not base:
        return None
    if not 0 <= effectif <= base:
        raise ValueError("a count lies between 0 and its base")
    z = NormalDist().inv_cdf((1 + confiance) / 2)
    p, denominateur = effectif / base, 1 + z * z / base
    centre = (p + z * z / (2 * base)) / denominateur
    rayon = z * sqrt(p * (1 - p) / base + z * z / (4 * base * base)) / denominateur
    bas = 0.0 if effectif == 0 else max(0.0, centre - rayon)
    haut = 1.0 if effectif == base else min(1.0, centre + rayon)
    return bas, haut
