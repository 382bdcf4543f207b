"""Whole numbers behind published percentages: the table of 2025, and any table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubpartenariat.socle.statistiques import diagnostiquer, pourcentage, reconstruire
from tests.socle.restitution_2025 import questions

QUESTIONS = list(questions())


def test_the_whole_table_is_here():
    assert len(QUESTIONS) == 84
    assert sum(len(imprimes) for *_, imprimes, _, _ in QUESTIONS) == 100


@pytest.mark.parametrize(("code", "echelle", "imprimes", "base", "effectifs"), QUESTIONS)
def test_each_published_percentage_finds_its_people(code, echelle, imprimes, base, effectifs):
    diagnostic = diagnostiquer(imprimes, 78)
    if base is None:
        assert diagnostic.impossible and not diagnostic.double_compte
        return
    assert diagnostic.retenue.base == base
    assert diagnostic.retenue.effectifs == effectifs
    assert diagnostic.double_compte == (base == 79)


def test_the_anomalies_of_2025_are_named():
    trouves = {(c, e): diagnostiquer(imprimes, 78) for c, e, imprimes, *_ in QUESTIONS}
    assert [k for k, d in trouves.items() if d.impossible] == [("P17", "faisabilite")]
    assert [k for k, d in trouves.items() if d.double_compte] == [
        ("P15", "faisabilite"),
        ("P18", "faisabilite"),
        ("P20", "impact"),
    ]


def test_30_9_alone_fits_no_base():
    assert reconstruire(["30.9"], range(77, 80)) == []
    assert [r.effectifs for r in reconstruire(["25.6", "38.5"], [78])] == [(20, 30)]


def test_the_votes_for_the_priorities_of_2025():
    voix = reconstruire(["35.9", "34.6", "34.6", "30.8"], [78], exclusives=False)
    assert [r.effectifs for r in voix] == [(28, 27, 27, 24)]
    assert reconstruire(["35.9", "34.6", "34.6", "30.8"], [78]) == []  # more than 100 %


def test_a_half_may_have_been_rounded_either_way():
    assert reconstruire(["1.2"], [80])[0].effectifs == (1,)
    assert reconstruire(["1.3"], [80])[0].effectifs == (1,)
    assert reconstruire(["1.25"], [80])[0].effectifs == (1,)
    assert reconstruire(["1.26"], [80]) == []


def test_a_large_base_leaves_several_counts():
    assert len(reconstruire(["50.0"], [5000])) > 1
    assert reconstruire(["50.0"], [0]) == []


@given(st.lists(st.integers(0, 60), min_size=1, max_size=4), st.integers(0, 20))
def test_whatever_was_counted_is_found_again(effectifs, autres):
    base = sum(effectifs) + autres
    if not base:
        return
    imprimes = [pourcentage(n, base) for n in effectifs]
    trouvees = reconstruire(imprimes, range(1, base + 1))
    assert tuple(effectifs) in [r.effectifs for r in trouvees if r.base == base]
    for r in trouvees:
        for n, imprime in zip(r.effectifs, imprimes, strict=True):
            assert abs(float(imprime) - 100 * n / r.base) <= 0.05 + 1e-9
