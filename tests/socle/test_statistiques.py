"""Statistics of the consultations: published vectors, properties, what must be refused."""

import random
from decimal import Decimal
from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubpartenariat.socle.statistiques import (
    Etiquette,
    RegleDAccord,
    Repartition,
    accord_entre_groupes,
    consensus,
    etiqueter,
    mediane,
    pourcentage,
    rangs_du_vote,
    wilson,
)

EFFECTIFS = st.lists(st.integers(0, 300), min_size=2, max_size=7)


# --- Shares and percentages --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("effectif", "base", "attendu"),
    [(57, 78, "73.1"), (38, 77, "49.4"), (36, 79, "45.6"), (1, 8, "12.5"), (1, 80, "1.3"),
     (0, 12, "0.0"), (12, 12, "100.0"), (1, 3, "33.3")],
)  # fmt: skip
def test_percentages_are_those_that_were_published(effectif, base, attendu):
    assert pourcentage(effectif, base) == Decimal(attendu)


def test_no_answer_is_not_zero_per_cent():
    vide = Repartition((0, 0, 0), sans_avis=3, manquants=2)
    assert vide.pourcentages == (None, None, None)
    assert vide.mediane is None and vide.consensus is None and vide.part_favorable(1) is None
    assert vide.personnes == 5


def test_percentages_are_on_expressed_answers_only():
    question = Repartition.de((57, 15, 3, 1), sans_avis=1, personnes=78)
    assert (question.base, question.sans_avis, question.manquants) == (76, 1, 1)
    assert question.pourcentages[0] == Decimal("75.0")
    assert question.colonnes == (57, 15, 3, 1, 1, 1)
    assert question.part_favorable(2) == Fraction(72, 76)


def test_more_answers_than_people_are_refused():
    """The error of 2025: bases of 79 for 78 respondents."""
    with pytest.raises(ValueError, match="twice"):
        Repartition.de((40, 39), personnes=78)
    with pytest.raises(ValueError, match="zero or more"):
        Repartition((3, -1))


@given(EFFECTIFS, st.integers(0, 9), st.integers(0, 9))
def test_a_distribution_adds_up(effectifs, sans_avis, manquants):
    question = Repartition(tuple(effectifs), sans_avis, manquants)
    assert sum(question.colonnes) == question.personnes
    if question.base:
        assert abs(sum(question.pourcentages) - 100) <= Decimal("0.05") * len(effectifs)
        assert question.part_favorable(len(effectifs)) == 1


@given(EFFECTIFS)
def test_half_of_the_answers_lie_on_each_side_of_the_median(effectifs):
    if not sum(effectifs):
        assert mediane(effectifs) is None
        return
    basse, haute = mediane(effectifs)
    reponses = [i for i, n in enumerate(effectifs) for _ in range(n)]
    milieu = len(reponses) // 2
    assert haute == reponses[milieu]
    assert basse == reponses[milieu if len(reponses) % 2 else milieu - 1]


def test_a_median_between_two_categories_says_both():
    assert mediane([5, 0, 5]) == (0, 2)
    assert mediane([5, 1, 5]) == (1, 1)


# --- Consensus ---------------------------------------------------------------------------------
def test_consensus_gives_the_published_vector():
    assert consensus([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.7256876, abs=5e-8)


@pytest.mark.parametrize(
    ("effectifs", "attendu"),
    [([0, 12, 0, 0], 1), ([9, 0, 0, 9], 0), ([0, 0, 0], None), ([4], 1), ([4, 0, 4], 0)],
)
def test_consensus_at_the_ends(effectifs, attendu):
    assert consensus(effectifs) == (attendu if attendu is None else pytest.approx(attendu))


@given(EFFECTIFS)
def test_consensus_is_a_share_without_direction_nor_size(effectifs):
    valeur = consensus(effectifs)
    if valeur is None:
        return
    assert 0 <= valeur <= 1
    assert isclose(valeur, consensus(effectifs[::-1]), abs_tol=1e-9)
    assert isclose(valeur, consensus([3 * n for n in effectifs]), abs_tol=1e-9)


# --- Wilson ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("effectif", "base", "bas", "haut"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_wilson_gives_the_published_vectors(effectif, base, bas, haut):
    assert wilson(effectif, base) == pytest.approx((bas, haut), abs=5e-5)


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_mirrors(base, tirer):
    effectif = tirer.draw(st.integers(0, base))
    bas, haut = wilson(effectif, base)
    assert 0 <= bas <= effectif / base <= haut <= 1 and bas < haut
    assert wilson(base - effectif, base) == pytest.approx((1 - haut, 1 - bas))
    assert wilson(effectif, base, 0.99)[0] <= bas
    assert wilson(0, 0) is None


# --- Agreement ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("groupes", "attendu"),
    [([(18, 20), (25, 28)], 0.748), ([(18, 20), (8, 28)], 0.259), ([(0, 0)], 0.5), ([], 1)],
)
def test_agreement_between_groups_gives_the_published_vectors(groupes, attendu):
    assert accord_entre_groupes(groupes) == pytest.approx(attendu, abs=5e-4)


def test_more_agreements_than_answers_are_refused():
    with pytest.raises(ValueError, match="more agreements"):
        accord_entre_groupes([(3, 2)])


def q(*effectifs):
    return Repartition(effectifs)


@pytest.mark.parametrize(
    ("ensemble", "colleges", "attendue"),
    [
        (q(60, 15, 3), {"a": q(15, 4, 1), "b": q(45, 11, 2)}, Etiquette.CONSENSUS_FORT),
        (q(45, 30, 25), {}, Etiquette.CONSENSUS_FORT),  # 75 % is enough
        (q(4499, 3000, 2501), {}, Etiquette.DISPERSES),  # 74,99 % is not
        (q(50, 20, 30), {"a": q(7, 5, 8)}, Etiquette.SOUS_CONDITIONS),
        (q(50, 30, 20), {"a": q(6, 5, 9), "b": q(44, 25, 11)}, Etiquette.DESACCORD),
        (q(10, 20, 60), {}, Etiquette.RESERVES),
        (q(40, 25, 35), {}, Etiquette.DISPERSES),
        (q(5, 5, 0), {}, Etiquette.INSUFFISANT),
        # a collège of ten does not weigh, of eleven does
        (q(80, 0, 20), {"a": q(3, 0, 7), "b": q(77, 0, 13)}, Etiquette.CONSENSUS_FORT),
        (q(80, 0, 20), {"a": q(3, 0, 8), "b": q(77, 0, 12)}, Etiquette.DESACCORD),
        # strong on both sides but 28 points apart: the gap is said
        (q(86, 0, 14), {"a": q(50, 0, 0), "b": q(36, 0, 14)}, Etiquette.DESACCORD),
        (q(76, 0, 24), {"a": q(11, 0, 9), "b": q(65, 0, 15)}, Etiquette.DESACCORD),
        (q(76, 0, 24), {"a": q(19, 0, 13), "b": q(57, 0, 11)}, Etiquette.SOUS_CONDITIONS),
    ],
)
def test_labels_follow_the_rule(ensemble, colleges, attendue):
    if attendue is Etiquette.SOUS_CONDITIONS and "b" in colleges:
        # 59,4 % in one collège of 32, 24,5 points away from the other
        assert etiqueter(ensemble, colleges, 2).ecart < Fraction(1, 4)
    assert etiqueter(ensemble, colleges, 2).etiquette is attendue


def test_a_rule_is_fixed_exact_and_printed():
    regle = RegleDAccord(favorable=0.8, college_minimum=12)
    assert regle.favorable == Fraction(4, 5)
    assert etiqueter(q(79, 0, 21), {}, 1, regle).etiquette is Etiquette.SOUS_CONDITIONS
    assert etiqueter(q(80, 0, 20), {}, 1, regle).etiquette is Etiquette.CONSENSUS_FORT
    phrases = " ".join(regle.phrases())
    assert "80 %" in phrases and "60 %" in phrases and "25 points" in phrases and "12" in phrases
    with pytest.raises(AttributeError):
        regle.favorable = Fraction(1)
    with pytest.raises(ValueError, match="share"):
        RegleDAccord(ecart=25)


# --- The vote for priorities -------------------------------------------------------------------
CODES = [f"P{n}" for n in range(1, 22)]


def vote_de_2025():
    """78 ballots of at most three, with the four published numbers of votes."""
    voix = {"P19": 28, "P1": 27, "P2": 27, "P4": 24}
    autres = [c for c in CODES if c not in voix]
    voix |= {c: 8 - i % 3 for i, c in enumerate(autres)}
    bulletins, hasard = [[] for _ in range(78)], random.Random(2025)
    for code, nombre in voix.items():
        libres = [b for b in bulletins if len(b) < 3]
        for bulletin in hasard.sample(libres, nombre):
            bulletin.append(code)
    return bulletins


def test_the_top_of_2025_is_not_a_ranking():
    rangs = rangs_du_vote(vote_de_2025(), CODES)
    assert [(r.code, r.voix, r.rang, r.ex_aequo) for r in rangs[:4]] == [
        ("P19", 28, 1, False),
        ("P1", 27, 2, True),
        ("P2", 27, 2, True),
        ("P4", 24, 4, False),
    ]
    tete = {"P19", "P1", "P2", "P4"}
    for r in rangs[:4]:
        assert r.bas == 1 and r.haut >= 3
        assert r.voisins == tete - {r.code}
    assert all(r.bas > 4 for r in rangs[4:])


def test_the_same_seed_gives_the_same_intervals():
    bulletins = vote_de_2025()
    assert rangs_du_vote(bulletins, CODES) == rangs_du_vote(bulletins[::-1], CODES)


def test_a_clear_winner_is_said_to_be_one():
    rangs = rangs_du_vote([["a"]] * 60 + [["b"]] * 12 + [[]] * 6, ["a", "b", "c"])
    assert [(r.code, r.bas, r.haut, r.voisins) for r in rangs] == [
        ("a", 1, 1, frozenset()),
        ("b", 2, 2, frozenset()),
        ("c", 3, 3, frozenset()),
    ]


def test_without_any_vote_all_are_level():
    assert {(r.rang, r.ex_aequo, r.bas, r.haut) for r in rangs_du_vote([[]], "abc")} == {
        (1, True, 1, 3)
    }


def test_a_choice_counts_once_on_a_ballot():
    assert rangs_du_vote([["a", "a"]], ["a", "b"])[0].voix == 1


@given(st.lists(st.sets(st.sampled_from("abcde"), max_size=3), max_size=30))
def test_intervals_hold_the_observed_rank(bulletins):
    rangs = rangs_du_vote(bulletins, "abcde", tirages=60)
    assert {r.code for r in rangs} == set("abcde")
    for r in rangs:
        assert 1 <= r.bas <= r.rang <= r.haut <= 5
        assert r.voix == sum(r.code in b for b in bulletins)
        # being neighbours goes both ways, and those level are neighbours
        assert all(r.code in autre.voisins for autre in rangs if autre.code in r.voisins)
        assert all(a.code in r.voisins for a in rangs if a.voix == r.voix and a is not r)


def test_many_people_take_the_normal_limit_and_find_the_same_intervals(monkeypatch):
    bulletins = vote_de_2025() * 30
    limite = rangs_du_vote(bulletins, CODES, tirages=400)
    monkeypatch.setattr("hubpartenariat.socle.statistiques.rangs.GRAND", 10**9)
    exact = rangs_du_vote(bulletins, CODES, tirages=400)
    assert [(r.code, r.rang) for r in limite] == [(r.code, r.rang) for r in exact]
    assert [(r.bas, r.haut) for r in limite[:4]] == [(r.bas, r.haut) for r in exact[:4]]
    for un, autre in zip(limite, exact, strict=True):
        assert abs(un.bas - autre.bas) <= 2 and abs(un.haut - autre.haut) <= 2
