"""Public counts: who is counted, and what cannot be worked out of them."""

import itertools
from collections import defaultdict
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from annuaire.compteurs import PAS, SEUIL, compteurs_publics, publiables, total_publiable
from annuaire.models import Profil
from hubpartenariat.comptes.consentements import Consentement, Finalite, retirer
from tests.annuaire.outils_profils import profil

EFFECTIFS = st.dictionaries(st.sampled_from("abcdefghi"), st.integers(0, 40), min_size=2)


def montres(groupes) -> dict:
    return {groupe.code: groupe.nombre for groupe in groupes if groupe.nombre}


# --- Who is counted ------------------------------------------------------------------------
@pytest.mark.django_db
def test_only_open_profiles_whose_owner_agreed_are_counted():
    faits = [profil(territoires=["94"], domaines=["parcours"]) for _ in range(12)]
    comptes = compteurs_publics()
    assert comptes.total == 10
    assert montres(comptes.territoires) == {"94": 10}
    assert montres(comptes.domaines) == {"parcours": 10}
    retirer(faits[0].personne, Finalite.STATISTIQUES)
    faits[1].fermer(faits[1].personne)
    faits[2].personne.activer(False)
    assert compteurs_publics().total is None, "nine are left"
    assert montres(compteurs_publics().territoires) == {"94": 5}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("regard", "compte"),
    [("jamais", False), ("appariement", True), ("accord", True), ("membres", True), (None, True)],
)
def test_an_attribute_never_used_is_not_counted(regard, compte):
    visibilites = {"territoires": regard} if regard else {}
    for _ in range(10):
        profil(territoires=["75"], domaines=["parcours"], visibilites=visibilites)
    comptes = compteurs_publics()
    assert comptes.total == 10
    assert montres(comptes.territoires) == ({"75": 10} if compte else {})
    assert montres(comptes.domaines) == {"parcours": 10}


@pytest.mark.django_db
def test_an_expired_agreement_counts_for_nothing():
    for _ in range(10):
        profil()
    Consentement.objects.filter(finalite="statistiques").update(
        expire_le=timezone.now() - timedelta(days=1)
    )
    assert compteurs_publics().vides


@pytest.mark.django_db
def test_three_queries_whatever_the_number(django_assert_num_queries):
    for _ in range(6):
        profil()
    with django_assert_num_queries(3):
        compteurs_publics()


@pytest.mark.django_db
def test_the_door_shows_the_counts_and_explains_them(client):
    page = client.get("/annuaire/").content.decode()
    assert "Trop peu de personnes" in page
    for _ in range(13):
        profil(territoires=["94"], savoirs="Secret", pseudonyme="Hirondelle")
    page = client.get("/annuaire/").content.decode()
    assert "10</strong> personnes" in page
    assert "13" not in page.partition("titre-compteurs")[2].partition("</section>")[0]
    assert "moins de cinq personnes" in page
    assert "Hirondelle" not in page
    assert "Secret" not in page
    assert Profil.objects.count() == 13


# --- What cannot be worked out --------------------------------------------------------------
@given(EFFECTIFS)
def test_a_small_group_is_hidden_and_never_alone(effectifs):
    vus = publiables(effectifs)
    caches = {code for code, nombre in vus.items() if nombre is None}
    assert {code for code, nombre in effectifs.items() if nombre < SEUIL} <= caches
    assert len(caches) != 1
    for code in effectifs.keys() - caches:
        assert 0 <= effectifs[code] - vus[code] < PAS


@pytest.mark.parametrize("nombre", [2, 3])
def test_a_hidden_group_may_still_be_any_small_number(nombre):
    """Every world of a few groups is tried: what is shown fits all sizes of a hidden group.

    First as things are (a person may be in several groups or in none). Then for the worst
    reader, who would know that everybody is in one group only: the total leaves a doubt.
    """
    mondes, exclusifs = defaultdict(set), defaultdict(set)
    for effectifs in itertools.product(range(16), repeat=nombre):
        vus = tuple(publiables(dict(enumerate(effectifs))).values())
        mondes[vus].add(effectifs)
        exclusifs[vus, total_publiable(sum(effectifs))].add(effectifs)
    for vus, possibles in mondes.items():
        for rang, vu in enumerate(vus):
            if vu is None:
                assert {un[rang] for un in possibles} >= set(range(SEUIL))
    for (vus, _), possibles in exclusifs.items():
        for rang, vu in enumerate(vus):
            if vu is None:
                assert len({un[rang] for un in possibles}) >= 3


@given(EFFECTIFS, st.sampled_from("abcdefghi"))
def test_one_more_person_does_not_betray_a_hidden_group(effectifs, code):
    """Somebody joins a small group that stays small: nothing moves but, at most, the total."""
    if code not in effectifs or effectifs[code] + 1 >= SEUIL:
        return
    assert publiables(effectifs) == publiables(effectifs | {code: effectifs[code] + 1})
