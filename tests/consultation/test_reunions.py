"""Categories put together before anything is hidden: what is merged, and what that may not say."""

from consultation import resultats, reunions
from consultation.depouillement import SANS, Depouillement
from consultation.regles import Regles


def question(*categories) -> dict:
    return {
        "code": "lieu",
        "libelle": "Où ?",
        "categories": [
            {"code": c, "libelle": libelle, "college": college, "parent": parent}
            for c, libelle, college, parent in categories
        ],
    }


def depouille(une: dict, tailles: dict[str, int]) -> Depouillement:
    """Nobody answered anything: sizes alone decide."""
    echelle = {"code": "e", "favorables": 1, "modalites": [{"code": "o"}, {"code": "n"}]}
    contenu = {
        "themes": [{"code": "t", "propositions": [{"code": "P"}]}],
        "echelles": [echelle],
        "colleges": [],
        "profil": [une],
    }
    comptes = {code: (0, 0, 0, n) for code, n in tailles.items()}
    return Depouillement(
        contenu, sum(tailles.values()), {"lieu": tailles}, {"lieu": {("P", "e"): comptes}}, []
    )


def montres(une: dict, tailles: dict[str, int]) -> dict[str, int | None]:
    regles = Regles.de({})
    return resultats._coupes(depouille(une, tailles), regles).effectifs()["lieu"]


def test_families_are_the_same_wider_category_in_the_same_college():
    une = question(
        ("a", "A", "x", "Large"),
        ("b", "B", "x", "Large"),
        ("c", "C", "y", "Large"),
        ("d", "D", "x", ""),
    )
    assert [f.codes for f in reunions.familles(une)] == [("a", "b")]


def test_the_wider_category_may_be_one_of_the_answers_and_have_one_too():
    une = question(("a", "A", "", "B"), ("b", "B", "", "C"), ("c", "C", "", ""), ("d", "D", "", ""))
    assert [(f.libelle, f.codes) for f in reunions.familles(une)] == [("C", ("a", "b", "c"))]
    boucle = question(("a", "A", "", "B"), ("b", "B", "", "A"))
    assert {c for f in reunions.familles(boucle) for c in f.codes} <= {"a", "b"}


def test_too_few_people_are_counted_with_their_wider_category():
    une = question(("a", "A", "", "L"), ("b", "B", "", "L"), ("c", "C", "", ""))
    assert montres(une, {"a": 2, "b": 9, "c": 20, SANS: 6}) == {"a+b": 11, "c": 20, SANS: 6}


def test_enough_people_everywhere_stay_apart():
    une = question(("a", "A", "", "L"), ("b", "B", "", "L"), ("c", "C", "", ""))
    tailles = {"a": 7, "b": 9, "c": 20, SANS: 6}
    assert montres(une, tailles) == tailles


def test_a_category_hidden_beside_another_is_merged_too():
    """Apart, it would be known to reach five; with x, six together, x would be known to be one."""
    une = question(("x", "X", "", ""), ("c", "C", "", "L"), ("d", "D", "", "L"), ("e", "E", "", ""))
    dits = montres(une, {"x": 1, "c": 5, "d": 9, "e": 30, SANS: 20})
    assert "c" not in dits and "d" not in dits
    assert dits["x"] is None and list(dits.values()).count(None) >= 2
