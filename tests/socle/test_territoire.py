"""Finding a commune: by name, by postal code, in a form with and without JavaScript."""

from collections import Counter

import pytest
from django import forms
from django.http import QueryDict

from hubpartenariat.socle.champs import CommuneField
from hubpartenariat.socle.territoire import Commune, charger_communes, cle_de_nom

pytestmark = pytest.mark.django_db


class Formulaire(forms.Form):
    commune = CommuneField(required=False)


def remplir(texte, **autres):
    donnees = QueryDict(mutable=True)
    donnees.update({"commune": texte} | autres)
    return Formulaire(donnees)


def trouver(texte):
    return [c.libelle for c in Commune.objects.chercher(texte)[:6]]


def test_every_commune_of_the_region_is_there():
    comptes = Counter(Commune.objects.values_list("departement", flat=True))
    assert comptes == {
        "75": 21, "77": 507, "78": 259, "91": 194, "92": 36, "93": 39, "94": 47, "95": 183,
    }  # fmt: skip
    assert Commune.objects.filter(parent__nom="Paris").count() == 20


def test_no_two_communes_read_the_same():
    libelles = [c.libelle for c in Commune.objects.all()]
    assert len(libelles) == len(set(libelles))


def test_positions_are_inside_the_region():
    for commune in Commune.objects.all():
        assert 48.1 < commune.latitude < 49.3, commune
        assert 1.4 < commune.longitude < 3.6, commune


def test_loading_twice_changes_nothing(django_assert_max_num_queries):
    avant = list(Commune.objects.order_by("code").values())
    with django_assert_max_num_queries(6):
        charger_communes()
    assert list(Commune.objects.order_by("code").values()) == avant


@pytest.mark.parametrize(
    ("texte", "attendue"),
    [
        ("Créteil", "Créteil (94)"),
        ("creteil", "Créteil (94)"),
        ("CRÉTEIL", "Créteil (94)"),
        ("94000", "Créteil (94)"),
        ("94028", "Créteil (94)"),
        ("Créteil (94)", "Créteil (94)"),
        ("hay les roses", "L’Haÿ-les-Roses (94)"),
        ("L'Haÿ", "L’Haÿ-les-Roses (94)"),
        ("st denis", "Saint-Denis (93)"),
        ("St-Ouen-l'Aumône", "Saint-Ouen-l’Aumône (95)"),
        ("ste genevieve des bois", "Sainte-Geneviève-des-Bois (91)"),
        ("Paris", "Paris (75)"),
        ("Paris 12", "Paris 12e arrondissement (75)"),
        ("12e", "Paris 12e arrondissement (75)"),
        ("75012", "Paris 12e arrondissement (75)"),
        ("paris douzième", "Paris 12e arrondissement (75)"),
        ("Paris 1", "Paris 1er arrondissement (75)"),
        ("75116", "Paris 16e arrondissement (75)"),
        ("billancourt", "Boulogne-Billancourt (92)"),
        ("Pierrefitte", "Saint-Denis (93)"),
        ("méréville", "Le Mérévillois (91)"),
    ],
)
def test_best_answer_comes_first(texte, attendue):
    assert trouver(texte)[0] == attendue


@pytest.mark.parametrize("texte", ["", " ", "---", "xyzzy", "13001", "999999", "%", "_", "é" * 81])
def test_nothing_is_found_for_nonsense(texte):
    assert trouver(texte) == []


def test_same_name_in_two_departements_gives_both():
    assert trouver("Marolles-en-Brie")[:2] == ["Marolles-en-Brie (94)", "Marolles-en-Brie (77)"]


def test_folding_ignores_accents_case_hyphens_and_abbreviations():
    assert cle_de_nom("ST. Ouen-l’AUMÔNE") == cle_de_nom("saint ouen l'aumone")


def test_completion_answers_labels_and_may_be_cached(client):
    reponse = client.get("/territoire/communes.json", {"q": "crete"})
    assert reponse.json() == [{"code": "94028", "libelle": "Créteil (94)"}]
    assert "public" in reponse["Cache-Control"]


def test_completion_gives_at_most_ten(client):
    assert len(client.get("/territoire/communes.json", {"q": "saint"}).json()) == 10


@pytest.mark.parametrize("q", [None, "", "  ", "a" * 81, "a\x00b", "a\nb", "\u202e"])
def test_completion_refuses_absurd_input(client, q):
    reponse = client.get("/territoire/communes.json", {} if q is None else {"q": q})
    assert reponse.status_code == 400
    assert "erreur" in reponse.json()


def test_field_accepts_one_clear_answer():
    formulaire = remplir("  creteil ")
    assert formulaire.is_valid()
    assert formulaire.cleaned_data["commune"].code == "94028"


def test_field_may_stay_empty():
    assert remplir("").is_valid()


def test_field_asks_which_one_and_keeps_what_was_typed():
    formulaire = remplir("Marolles-en-Brie")
    assert "Plusieurs communes" in formulaire.errors["commune"][0]
    page = str(formulaire["commune"])
    assert 'value="Marolles-en-Brie"' in page
    assert page.count('type="radio"') == 2
    assert 'value="Marolles-en-Brie (77)"' in page


def test_field_takes_the_radio_button_chosen():
    choix = "Marolles-en-Brie (77)"
    formulaire = remplir("Marolles-en-Brie", commune_choix=choix, commune_pour="Marolles-en-Brie")
    assert formulaire.is_valid()
    assert formulaire.cleaned_data["commune"].libelle == choix


def test_field_forgets_the_radio_button_when_the_text_changed():
    formulaire = remplir(
        "Créteil", commune_choix="Marolles-en-Brie (77)", commune_pour="Marolles-en-Brie"
    )
    assert formulaire.is_valid()
    assert formulaire.cleaned_data["commune"].code == "94028"


def test_every_choice_offered_for_a_shared_postal_code_is_accepted():
    page = remplir("77120")
    assert not page.is_valid()
    for commune in Commune.objects.designees_par("77120"):
        formulaire = remplir("77120", commune_choix=commune.libelle, commune_pour="77120")
        assert formulaire.is_valid()
        assert formulaire.cleaned_data["commune"] == commune


@pytest.mark.parametrize(
    "texte", ["Lyon", "<script>", "\x00", "9" * 5000, "%s %(x)s {0}", "Paris ("]
)
def test_field_refuses_hostile_text_in_plain_words(texte):
    formulaire = remplir(texte)
    if formulaire.is_valid():
        assert formulaire.cleaned_data["commune"] is None or texte == "Paris ("
    assert "<script>" not in str(formulaire["commune"])


def test_stored_code_is_shown_as_a_name_and_unchanged():
    formulaire = Formulaire(initial={"commune": "94028"})
    assert 'value="Créteil (94)"' in str(formulaire["commune"])
    donnees = QueryDict(mutable=True)
    donnees.update({"commune": "Créteil (94)"})
    assert not Formulaire(donnees, initial={"commune": "94028"}).has_changed()
