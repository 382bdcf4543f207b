"""Nothing hidden can be rebuilt: a solver reads everything published and tries."""

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubpartenariat.socle.statistiques import Seuils, petits_groupes
from tests.socle.attaque import Attaquant, Consultation, determines

# The respondents of 2025, as published.
PROFILS = {
    "concernees": {"patient_partenaire": 13, "personne_concernee": 5, "proche_aidant": 2},
    "associations": {"association_patients": 8, "representant_usagers": 4},
    "soin": {"hopital": 19, "ville": 8, "exercice_coordonne": 1},
    "appui": {"structure_appui": 10, "direction": 2, "recherche": 2, "autre": 4},
}
LIEUX = {"region": 23, "75": 20, "94": 9, "92": 8, "78": 8, "93": 4, "95": 4, "91": 2, "77": 0}
# Scale of four, no opinion, missing.
PENTES = [(50, 18, 4, 2, 3, 1), (33, 24, 14, 3, 4, 0), (12, 40, 13, 9, 3, 1)]


def consultation_2025(graine: int, questions: int = 2, **autres) -> Consultation:
    hasard = random.Random(graine)
    profils = [c for dedans in PROFILS.values() for c, n in dedans.items() for _ in range(n)]
    lieux = [t for t, n in LIEUX.items() for _ in range(n)]
    hasard.shuffle(lieux)
    reponses = []
    for q in range(questions):
        colonne = [j for j, n in enumerate(PENTES[q % len(PENTES)]) for _ in range(n)]
        hasard.shuffle(colonne)
        reponses.append(colonne)
    personnes = list(zip(profils, lieux, zip(*reponses, strict=True), strict=True))
    return Consultation(
        {k: list(d) for k, d in PROFILS.items()},
        list(LIEUX),
        6,
        4,
        personnes,
        regroupements=(((0, 1), (2, 3), (4, 5)),),
        **autres,
    )


@pytest.mark.parametrize("graine", [1, 2])
def test_the_solver_finds_nothing_in_the_consultation_of_2025(graine):
    consultation = consultation_2025(graine)
    attaquant = Attaquant(consultation)
    assert len(attaquant.secrets) > 50  # an attack on nothing would prove nothing
    trop_justes = {n: (b, h) for n, (b, h) in attaquant.attaquer().items() if h - b < 1 - 1e-4}
    assert trop_justes == {}


def test_the_solver_rebuilds_hidden_counts_when_suppression_is_turned_off(monkeypatch):
    """Small groups hidden, and nothing else: the totals give them back, exactly."""
    monkeypatch.setattr(petits_groupes, "_protege", lambda *a: True)
    consultation = consultation_2025(1)
    trouves = determines(consultation)
    nom = "categorie exercice_coordonne, question 0, column 0"
    assert nom in trouves
    vrai = consultation.comptes(0, 0)["exercice_coordonne"][0]
    assert trouves[nom] == pytest.approx((vrai, vrai), abs=1e-4)


def sans_colonnes(somme, peuples, ensemble, seuil, exprimees):
    return peuples >= 2 and sum(somme[:exprimees]) >= seuil


def test_a_column_at_zero_for_the_hidden_groups_would_tell_of_each(monkeypatch):
    monkeypatch.setattr(petits_groupes, "_protege", sans_colonnes)
    trouves = {}
    for graine in (1, 2, 3):
        trouves |= determines(consultation_2025(graine, 1))
    assert trouves and all(haut == pytest.approx(0, abs=1e-4) for _, haut in trouves.values())


def test_partners_that_change_would_give_the_size_of_a_small_group(monkeypatch):
    """Rule 4: a plan that forgets who is hidden by size lets the size be found by comparison."""
    table = {"petit": (2, 1, 0), "b": (3, 3, 0), "c": (3, 3, 1), "d": (9, 9, 2)}
    personnes = [
        ("x", code, (j,))
        for code, ligne in table.items()
        for j, n in enumerate(ligne)
        for _ in range(n)
    ]
    consultation = Consultation({"tous": ["x"]}, list(table), 3, 2, personnes)
    assert determines(consultation) == {}

    a_cacher = petits_groupes._a_cacher
    monkeypatch.setattr(
        petits_groupes, "_a_cacher", lambda g, s, e, jamais: a_cacher(g, s, e, frozenset())
    )
    assert [n for n in determines(consultation) if "petit" in n]


@st.composite
def consultations(tirer):
    """Small consultations: two to four collèges of one to three categories, three territories."""
    tailles = tirer(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3),
                             min_size=2, max_size=4))  # fmt: skip
    colleges = {
        f"c{i}": [f"c{i}{k}" for k in range(len(dedans))] for i, dedans in enumerate(tailles)
    }
    exprimees, autres = tirer(st.integers(1, 3)), tirer(st.integers(0, 1))
    colonnes, questions = exprimees + autres, tirer(st.integers(1, 2))
    hasard = random.Random(tirer(st.integers(0, 10**6)))
    poids = [[hasard.random() ** 2 for _ in range(colonnes)] for _ in range(questions)]
    personnes = [
        (
            f"c{i}{k}",
            hasard.choice("tuv"),
            tuple(hasard.choices(range(colonnes), poids[q])[0] for q in range(questions)),
        )
        for i, dedans in enumerate(tailles)
        for k, nombre in enumerate(dedans)
        for _ in range(nombre)
    ]
    seuils = Seuils(tirer(st.sampled_from([5, 11])), tirer(st.sampled_from([3, 5])))
    grosse = (tuple(range(exprimees)), *((j,) for j in range(exprimees, colonnes)))
    regroupements = tirer(st.sampled_from([(), (grosse,)]))
    return Consultation(
        colleges, list("tuv"), colonnes, exprimees, personnes, seuils, regroupements
    )


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(consultations())
def test_the_solver_finds_nothing_in_any_small_consultation(consultation):
    assert determines(consultation) == {}


def test_random_tables_would_fall_without_suppression(monkeypatch):
    """The property above is not empty: the same tables fall when suppression is turned off."""
    bilan = Counter()

    @settings(max_examples=30, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(consultations())
    def tenter(consultation):
        bilan["vus"] += 1
        bilan["tombes"] += bool(determines(consultation))

    monkeypatch.setattr(petits_groupes, "_protege", lambda *a: True)
    tenter()
    assert bilan["tombes"] >= bilan["vus"] / 3
