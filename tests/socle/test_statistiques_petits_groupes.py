"""Small groups: thresholds, partners, one variable at a time, hidden and empty alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubpartenariat.socle.statistiques import (
    Plan,
    PlanEmboite,
    PlusieursVariables,
    Seuils,
    une_seule_variable,
    ventiler,
    ventiler_en_deux_niveaux,
)

GROUPES = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(*[st.integers(0, 9)] * 4),
    min_size=2,
    max_size=8,
)


def test_the_collèges_of_2025_are_all_shown():
    plan = Plan({"concernees": 20, "associations": 12, "soin": 28, "appui": 18}, 11)
    assert plan.effectifs() == {"concernees": 20, "associations": 12, "soin": 28, "appui": 18}


@pytest.mark.parametrize(("exprimes", "montre"), [(11, True), (10, False)])
def test_a_collège_is_shown_from_eleven_answers(exprimes, montre):
    table = {"a": (exprimes - 2, 2, 5), "b": (20, 9, 1), "c": (30, 9, 2)}
    assert (ventiler(table, 11, 2).lignes["a"] is not None) is montre


def test_what_is_hidden_has_a_partner():
    table = {"petit": (2, 1, 0), "moyen": (8, 5, 1), "grand": (20, 9, 1)}
    resultat = ventiler(table, 5, 2)
    assert resultat.caches == ("petit", "moyen")
    assert resultat.lignes["grand"] == (20, 9, 1)
    assert resultat.reunis == (10, 6, 1)
    assert resultat.ensemble == (30, 15, 2)


def test_partners_leave_no_column_at_zero():
    table = {"petit": (2, 1, 0), "moyen": (8, 5, 0), "autre": (9, 6, 2), "grand": (20, 9, 1)}
    assert ventiler(table, 5, 2).caches == ("petit", "moyen", "autre")


def test_hidden_groups_together_reach_the_threshold():
    table = {"a": (1, 1), "b": (1, 1), "c": (3, 3), "d": (9, 9)}
    assert ventiler(table, 5, 2).caches == ("a", "b", "c")


def test_hidden_and_empty_look_the_same():
    autres = {"b": (2, 2), "c": (3, 3), "d": (9, 9), "e": (9, 9)}
    vide, petit = ventiler({"a": (0, 0)} | autres, 5, 2), ventiler({"a": (2, 1)} | autres, 5, 2)
    assert vide.lignes["a"] is None and petit.lignes["a"] is None
    assert set(vide.caches) == {"a", "b", "c"} and set(petit.caches) == {"a", "b"}
    plan = Plan({"77": 0, "91": 2, "93": 4, "75": 20}, 5)
    assert plan.effectifs() == {"77": None, "91": None, "93": None, "75": 20}


def test_under_the_threshold_of_the_whole_nothing_is_published():
    resultat = ventiler({"a": (2, 1), "b": (1, 0)}, 5, 2)
    assert resultat.ensemble is None and resultat.reunis is None and not resultat.montres


def test_a_coarser_table_is_tried_before_hiding_everybody():
    table = {"a": (2, 0, 1, 0), "b": (8, 4, 2, 0), "c": (30, 4, 0, 2), "d": (20, 9, 0, 1)}
    fine = ventiler(table, 5, 4)
    assert len(fine.montres) < 2
    grosse = ventiler(table, 5, 4, regroupements=[((0, 1), (2, 3))])
    assert grosse.montres == ("c", "d")
    assert grosse.colonnes == ((0, 1), (2, 3))
    assert grosse.lignes["c"] == (34, 2)
    assert grosse.ensemble == (60, 17, 3, 3)  # the whole keeps its detail


@pytest.mark.parametrize("colonnes", [((0, 1),), ((0,), (1, 2)), ((2,), (0, 1)), ((0, 0), (1, 2))])
def test_a_grouping_mixes_nothing_and_loses_nothing(colonnes):
    with pytest.raises(ValueError, match="grouping|expressed"):
        ventiler({"a": (2, 0, 1), "b": (8, 4, 2)}, 5, 2, regroupements=[colonnes])


def test_a_small_group_keeps_the_same_partners_for_every_question():
    """Otherwise the partner, shown elsewhere, gives its size; then the small group's follows."""
    plan = Plan({"petit": 3, "b": 6, "c": 7, "d": 20}, 5)
    assert plan.effectifs() == {"petit": None, "b": None, "c": 7, "d": 20}
    question = {"petit": (2, 1, 0), "b": (3, 3, 0), "c": (3, 3, 1), "d": (9, 9, 2)}
    assert plan.ventiler(question, 2).caches == ("petit", "b", "c")


def test_rows_must_hold_everybody():
    plan = Plan({"a": 6, "b": 7}, 5)
    with pytest.raises(ValueError, match="adds up"):
        plan.ventiler({"a": (3, 2), "b": (4, 3)}, 1)
    with pytest.raises(ValueError, match="all of them"):
        plan.ventiler({"a": (3, 3)}, 1)


def test_a_category_too_small_is_only_seen_in_its_collège():
    table = {
        "soin": {"hopital": (12, 7), "ville": (5, 3), "coordonne": (1, 0)},
        "appui": {"direction": (2, 1), "autre": (1, 2)},
        "associations": {"association": (8, 6)},
        "concernees": {"patient": (10, 6), "proche": (4, 4)},
    }
    haut, bas = ventiler_en_deux_niveaux(table, 2)
    # « appui » has six answers: hidden, with a partner, and its categories with it
    assert haut.lignes["appui"] is None and len(haut.caches) == 2
    assert set(bas["appui"].lignes.values()) == {None}
    assert bas["appui"].ensemble is None and bas["appui"].reunis is None
    # « coordonne » is one person: hidden with « ville », seen in « soin »
    assert haut.lignes["soin"] == (18, 10)
    assert bas["soin"].lignes == {"hopital": (12, 7), "ville": None, "coordonne": None}
    assert bas["soin"].reunis == (6, 3)
    assert bas["concernees"].lignes == {"patient": (10, 6), "proche": (4, 4)}


def test_categories_are_never_cut_finer_than_their_collège():
    table = {
        "a": {"a1": (9, 4, 0, 1), "a2": (8, 0, 2, 1)},
        "b": {"b1": (2, 0, 1, 0), "b2": (1, 0, 1, 0)},
        "c": {"c1": (9, 1, 1, 0), "c2": (9, 0, 1, 0)},
        "d": {"d1": (6, 1, 0, 0), "d2": (6, 1, 0, 0)},
    }
    grosse = ((0, 1), (2, 3))
    haut, bas = ventiler_en_deux_niveaux(table, 4, regroupements=[grosse])
    assert haut.colonnes == grosse and haut.ensemble == (50, 7, 6, 2)
    assert {detail.colonnes for detail in bas.values()} == {grosse}
    assert bas["a"].lignes == {"a1": (13, 1), "a2": (8, 3)}


def test_sizes_of_collèges_and_categories():
    plan = PlanEmboite({"a": {"a1": 12, "a2": 1}, "b": {"b1": 3}, "c": {"c1": 9, "c2": 9}})
    colleges, categories = plan.effectifs()
    assert colleges == {"a": None, "b": None, "c": 18}
    assert categories == {"a1": None, "a2": None, "b1": None, "c1": 9, "c2": 9}


def test_never_two_profile_variables_together():
    assert une_seule_variable({"college": "", "territoire": None}) is None
    assert une_seule_variable({"college": "soin", "territoire": ""}) == "college"
    with pytest.raises(PlusieursVariables):
        une_seule_variable({"college": "soin", "territoire": "77"})


def test_thresholds_that_protect_nobody_are_refused():
    with pytest.raises(ValueError, match="nobody"):
        Seuils(categorie=1)


@given(GROUPES, st.integers(2, 11))
def test_the_rules_hold_for_any_table(groupes, seuil):
    resultat = ventiler(groupes, seuil, 3)
    if resultat.ensemble is None:
        assert sum(sum(ligne[:3]) for ligne in groupes.values()) < 5
        return
    for code in resultat.montres:
        assert resultat.lignes[code] == groupes[code] and sum(groupes[code][:3]) >= seuil
    if resultat.reunis is not None:
        assert sum(resultat.reunis[:3]) >= seuil
        assert sum(any(groupes[c]) for c in resultat.caches) >= 2
        assert all(r for r, t in zip(resultat.reunis, resultat.ensemble, strict=True) if t)
    assert not (len(resultat.caches) == 1 and resultat.montres)


@given(GROUPES, st.integers(2, 11), st.randoms())
def test_the_order_of_the_groups_changes_nothing(groupes, seuil, hasard):
    codes = list(groupes)
    hasard.shuffle(codes)
    autre = ventiler({c: groupes[c] for c in codes}, seuil, 3)
    assert autre.lignes == ventiler(groupes, seuil, 3).lignes
