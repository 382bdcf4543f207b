"""Gaps, agreement, comparisons over time: pure functions, by hand and by the thousand."""

from datetime import date
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressources.deux_voix import calculs
from ressources.deux_voix.comparaison import dans_le_temps
from ressources.deux_voix.outils import BAROMETRE, CHECK_LIST
from tests.ressources.outils_deux_voix import OUI, PATIENT, PROFESSIONNEL

CODES = st.sampled_from(["0", "1", "2", "3", "4", "so", ""])


def test_the_criteria_are_those_of_the_sources():
    assert [c.numero for c in BAROMETRE.criteres] == list(range(1, 12))
    assert [c.numero for c in CHECK_LIST.criteres] == list(range(1, 11))
    assert BAROMETRE.criteres[9].texte == "Exercer un leadership partagé et collaboratif"
    assert CHECK_LIST.criteres[1].texte == "Au moins 2 patients partenaires sont impliqués"


def test_gaps_by_hand():
    compare = calculs.comparer(PROFESSIONNEL, PATIENT)
    assert compare.ecarts == (4, 2, 1, None, 0, 0, 0, 0, 0, 0, 0)
    assert compare.forts == (1, 2)
    assert compare.desaccords == (1, 2, 3, 4), "« sans objet » on one side is a disagreement"
    assert compare.ecart_moyen == Fraction(7, 10)
    assert (compare.accords, compare.communs) == (7, 11)


def test_nothing_to_compare():
    vide = calculs.comparer(["so", ""], ["so", "3"])
    assert vide.ecart_moyen is None
    assert vide.desaccords == ()
    assert (vide.accords, vide.communs) == (1, 1)
    with pytest.raises(ValueError, match="zip"):
        calculs.comparer(["1"], ["1", "2"])


@given(st.lists(st.tuples(CODES, CODES), min_size=1, max_size=15))
def test_sides_may_be_swapped(paires):
    un, autre = [a for a, _ in paires], [b for _, b in paires]
    aller, retour = calculs.comparer(un, autre), calculs.comparer(autre, un)
    assert aller == retour
    assert set(aller.forts) <= set(aller.desaccords)
    assert aller.accords + len(aller.desaccords) == aller.communs


@given(st.lists(st.tuples(CODES, CODES), max_size=23))
def test_what_changes_between_two_readings_is_at_least_five_pairs(paires):
    """Add pairs one by one: each change of a mean rests on five new pairs or more."""
    dites = [([a], [b]) for a, b in paires]
    bases = [calculs.ensemble(dites[:n], 1)[0].base for n in range(len(dites) + 1)]
    assert all(base % 5 == 0 for base in bases)
    for n in range(len(dites)):
        avant, apres = (calculs.ensemble(dites[:m], 1)[0] for m in (n, n + 1))
        assert avant == apres or apres.base - avant.base == 5


def test_means_by_hand():
    [un] = calculs.ensemble([(["4"], ["1"])] * 3 + [(["2"], ["so"])] + [(["0"], ["1"])] * 2, 1)
    assert (un.base, un.professionnel, un.patient, un.ecart) == (
        5,
        Fraction(12, 5),
        Fraction(1),
        Fraction(11, 5),
    )
    assert calculs.ensemble([(["4"], ["1"])] * 4, 1)[0].professionnel is None


@pytest.mark.parametrize(
    ("jour", "apres"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 3, 31), date(2026, 9, 30)),
        (date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_six_months(jour, apres):
    assert calculs.six_mois_apres(jour) == apres


def _passage(jour, un, autre, communes=None):
    from django.utils import timezone

    quand = timezone.make_aware(timezone.datetime(*jour))
    return SimpleNamespace(ouvert_le=quand, deux=(un, autre), communes=communes or {})


def test_dates_side_by_side():
    avant = _passage((2026, 1, 5), PROFESSIONNEL, PATIENT, {1: "1"})
    apres = _passage((2026, 7, 5), ["4"] * 11, ["4"] * 11)
    table = dans_le_temps(BAROMETRE, [avant, SimpleNamespace(deux=None), apres])
    assert table.entetes[1:] == ["5\xa0janvier\xa02026", "5\xa0juillet\xa02026", "Évolution"]
    assert table.lignes[0][1:] == ["4 / 0, commun : 1", "4", "+3"]
    assert table.lignes[1][1:] == ["3 / 1", "4", "–"], "no agreed value before: no evolution"
    assert table.lignes[8][1:] == ["0", "4", "+4"]
    assert table.bilan == ["0,7", "0,0"]
    assert dans_le_temps(BAROMETRE, [avant]) is None


def test_words_side_by_side():
    avant = _passage((2026, 1, 5), ["non"] * 10, ["non", *OUI[1:]])
    apres = _passage((2026, 7, 5), OUI, OUI)
    table = dans_le_temps(CHECK_LIST, [avant, apres])
    assert table.lignes[0][1:] == ["Non", "Oui", "Non → Oui"]
    assert table.lignes[1][1:] == ["Non / Oui", "Oui", "–"]
    assert table.bilan == ["1 sur 10", "10 sur 10"]
