"""The demonstration equals the published table, and may be loaded twice."""

from collections import Counter

import pytest

from cartographie import demo
from cartographie.models import Fiche
from hubpartenariat.socle.vocabulaires import Territoire, TypeStructure

pytestmark = pytest.mark.django_db
# The facets of the fourteen fiches published in 2025; every other code is zero.
TYPES = {"association": 3, "hopital": 7, "universite": 2, "autre": 2}
TERRITOIRES = {"75": 3, "78": 1, "91": 1, "92": 1, "93": 2, "94": 1, "95": 1, "region": 4}


@pytest.fixture
def fiches(personne):
    demo.charger([personne("a@exemple.fr"), personne("b@exemple.fr")])


def test_the_demo_equals_the_published_table(client, fiches):
    reponse = client.get("/cartographie/fiches.json").json()
    assert reponse["total"] == 14
    attendus = dict.fromkeys(TypeStructure.values, 0) | TYPES
    assert reponse["facettes"]["type_structure"] == attendus
    assert reponse["facettes"]["departement"] == dict.fromkeys(Territoire.values, 0) | TERRITOIRES
    assert reponse["facettes"]["departement"]["77"] == 0


def test_other_fiches_are_on_their_way(fiches):
    etats = Counter(Fiche.objects.values_list("etat", flat=True))
    assert etats == {"publiee": 14, "brouillon": 3, "soumise": 3, "a_completer": 1}
    assert Fiche.objects.filter(exemple=False).count() == 0
    assert Fiche.objects.filter(auteurs=None).count() == 0
    assert Fiche.objects.get(etat="a_completer").remarques.count() == 2


def test_what_is_sent_is_complete(fiches):
    for fiche in Fiche.objects.exclude(etat="brouillon"):
        assert fiche.ce_qui_manque() == [], fiche.titre
        fiche.full_clean(exclude=["slug"])


def test_loading_twice_changes_nothing(fiches, personne):
    avant = list(Fiche.objects.order_by("pk").values())
    assert demo.charger([personne("c@exemple.fr")]) == 0
    assert list(Fiche.objects.order_by("pk").values()) == avant


def test_a_reader_sees_that_they_are_invented(client, fiches):
    fiche = Fiche.objects.publiees().first()
    assert (
        "inventée pour la démonstration"
        in client.get(f"/cartographie/fiches/{fiche.slug}/").content.decode()
    )
