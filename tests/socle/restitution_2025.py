"""The table published in December 2025: per question, the percentages, then base and counts.

Counts are those that the domain notes deduce; None where no whole numbers give the figures.
"""

_TABLE = """
P1 pertinence 73.1 78 57|faisabilite 48.7 78 38|impact 50.0 78 39|priorite 51.3 78 40
P2 pertinence 66.7 78 52|faisabilite 42.3 78 33|impact 51.3 78 40|priorite 50.0 78 39
P3 pertinence 50.0 78 39|faisabilite 41.0,43.6 78 32,34|impact 48.7 78 38|priorite 51.3 78 40
P4 pertinence 67.9 78 53|faisabilite 44.9 78 35|impact 56.4 78 44|priorite 55.1 78 43
P5 pertinence 64.1 78 50|faisabilite 48.7 78 38|impact 48.1 77 37|priorite 42.3 78 33
P6 pertinence 87.2 78 68|faisabilite 48.7 78 38|impact 67.9 78 53|priorite 64.1 78 50
P7 pertinence 64.1 78 50|faisabilite 33.3,33.3 78 26,26
P7 impact 44.9 78 35|priorite 38.5,37.2 78 30,29
P8 pertinence 70.5 78 55|faisabilite 51.3 78 40|impact 57.7 78 45|priorite 56.4 78 44
P9 pertinence 76.9 78 60|faisabilite 43.6 78 34|impact 59.0 78 46|priorite 57.7 78 45
P10 pertinence 82.1 78 64|faisabilite 41.0 78 32|impact 57.7 78 45|priorite 56.4 78 44
P11 pertinence 73.1 78 57|faisabilite 52.6 78 41|impact 53.8 78 42|priorite 50.0 78 39
P12 pertinence 66.7 78 52|faisabilite 34.6,37.2 78 27,29|impact 50.0 78 39|priorite 48.7 78 38
P13 pertinence 47.4 78 37|faisabilite 30.8 78 24|impact 30.8,30.8 78 24,24|priorite 26.9 78 21
P14 pertinence 70.5 78 55|faisabilite 42.3 78 33|impact 55.1 78 43|priorite 52.6 78 41
P15 pertinence 48.7 78 38|faisabilite 25.3,36.7 79 20,29
P15 impact 24.4,29.5,37.2 78 19,23,29|priorite 26.9,28.2,30.8 78 21,22,24
P16 pertinence 41.0,46.2 78 32,36|faisabilite 47.4 78 37|impact 42.3 78 33|priorite 41.0 78 32
P17 pertinence 62.8 78 49|faisabilite 25.6,30.9,38.5 - -|impact 44.9 78 35|priorite 41.0 78 32
P18 pertinence 56.4 78 44|faisabilite 45.6 79 36|impact 42.3 78 33|priorite 43.6 78 34
P19 pertinence 84.6 78 66|faisabilite 25.6,28.2,39.7 78 20,22,31
P19 impact 76.9 78 60|priorite 70.5 78 55
P20 pertinence 64.1 78 50|faisabilite 49.4 77 38|impact 43.0 79 34|priorite 41.0 78 32
P21 pertinence 67.5 77 52|faisabilite 53.2 77 41|impact 40.3,41.6 77 31,32|priorite 44.2 77 34
"""


def questions():
    """(proposition, scale, percentages, base or None, counts or None)."""
    for ligne in _TABLE.strip().splitlines():
        code, _, reste = ligne.partition(" ")
        for morceau in reste.split("|"):
            echelle, imprimes, base, effectifs = morceau.split()
            connus = None if base == "-" else tuple(map(int, effectifs.split(",")))
            yield code, echelle, imprimes.split(","), None if base == "-" else int(base), connus
