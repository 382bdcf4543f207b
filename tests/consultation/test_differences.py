"""Who came and who left between two versions are never few, nor are those who voted."""

import pytest

from consultation.differences import VOTES, Trop, trop_petite


def contenu(tout, votants=None, voix=()) -> dict:
    """One question, no group: what a version holds of it."""
    rangs = [{"code": code, "voix": n} for code, n in zip("ABC", voix, strict=False)]
    return {
        "questionnaire": {"colleges": [], "profil": []},
        "questions": {"A": {"e": {"comptes": tout, "coupes": {}}}},
        "top3": {"votants": votants, "rangs": rangs},
    }


@pytest.mark.parametrize(
    ("apres", "trop"),
    [
        ([20, 20], None),
        ([23, 17], 3),  # three people replaced by three others: the size says nothing
        ([23, 18], 2),
        ([26, 19], 1),  # six came, and the only one who left is read
        ([15, 19], None),
        ([25, 15], None),
        ([26, 20], None),
        ([15, 20], None),
    ],
)
def test_neither_those_who_came_nor_those_who_left_are_few(apres, trop):
    trouve = trop_petite(contenu([20, 20]), contenu(apres), 5, 5)
    assert (trouve and trouve.nombre) == trop


@pytest.mark.parametrize(
    ("votants", "voix", "trop"),
    [
        (21, [11, 10, 10], 1),
        (24, [14, 12, 12], 4),
        (25, [15, 15, 15], None),
        (20, [11, 9, 10], 1),
        (20, [10, 10, 10], None),
        (None, [], None),
    ],
)
def test_the_votes_of_a_few_people_are_not_read_either(votants, voix, trop):
    """Many people came, a few of them voted: their priorities are the difference."""
    avant = contenu([20, 20], 20, [10, 10, 10])
    trouve = trop_petite(avant, contenu([40, 20], votants, voix), 5, 5)
    assert trouve == (trop and Trop(VOTES, trop))


def groupes(tout, lignes: dict) -> dict:
    """One question cut by trade: {"a+b": counts} or {"a": counts, "b": None}."""
    coupes = {c: n and {"colonnes": [[0], [1]], "comptes": n} for c, n in lignes.items()}
    categories = [{"code": c, "libelle": c, "college": ""} for c in "abc"]
    return {
        "questionnaire": {
            "colleges": [],
            "profil": [{"code": "metier", "categories": categories}],
        },
        "questions": {"A": {"e": {"comptes": tout, "coupes": {"metier": coupes}}}},
    }


@pytest.mark.parametrize(
    ("apart", "trop"),
    [
        ({"a": [10, 5], "b": [6, 5], "c": [9, 10]}, 1),  # a and b together grew by one
        ({"a": [10, 5], "b": [10, 5], "c": [5, 10]}, None),
        ({"a": [10, 5], "b": None, "c": None}, None),  # nothing to subtract one from the other
    ],
)
def test_categories_put_together_in_one_version_are_compared_together(apart, trop):
    ensemble = groupes([20, 20], {"a+b": [15, 10], "c": [5, 10]})
    tout = [25, 20]
    for avant, apres in ((ensemble, groupes(tout, apart)), (groupes(tout, apart), ensemble)):
        trouve = trop_petite(avant, apres, 5, 5)
        assert (trouve and trouve.nombre) == trop
