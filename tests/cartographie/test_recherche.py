"""French search: what people type finds what teams wrote; no input breaks it."""

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cartographie.recherche import INDEX
from hubpartenariat.socle.facettes import compter, identifiants
from hubpartenariat.socle.liste import Demande
from hubpartenariat.socle.recherche import chercher_partout, sql_de_requete, termes
from tests import fabriques

pytestmark = pytest.mark.django_db


def trouve(texte: str, q: str) -> bool:
    """Does ``q`` find ``texte``? Asked of PostgreSQL alone."""
    condition, valeurs = sql_de_requete(q)
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT hub_vecteur(%s) @@ {condition}", [texte, *valeurs])
        return curseur.fetchone()[0]


@pytest.mark.parametrize(
    ("texte", "recherches"),
    [
        ("Des décisions partagées", ["partagées", "partagee", "partage", "PARTAGÉE", "décision"]),
        ("Un hôpital de jour", ["hôpital", "hopital", "hôpitaux", "hopitaux", "HÔPITAL"]),
        ("Les hôpitaux voisins", ["hôpital", "hopital", "hôpitaux", "hopitaux"]),
        ("Patients et soignants", ["soignants", "soignant", "Soignante", "patient"]),
        ("L’éducation thérapeutique", ["l'éducation", "l’education", "éducation", "educations"]),
        ("L'éducation thérapeutique", ["l’éducation", "education therapeutique"]),
        ("Co-construction d’outils", ["co-construction", "co construction", "outil"]),
        ("Le cœur et la mère", ["coeur", "cœur", "COEUR", "mere"]),
        ("Évaluer à l’aîné", ["evaluer", "évaluer", "aine", "aînés"]),
        ("Drépanocytose aux urgences", ["drepanocytose", "drépanocytoses", "urgence"]),
        ("E\u0301cole d’e\u0301te\u0301", ["école", "ecole"]),
        ("soignants/soignant@exemple", ["soignant", "exemple"]),
        ("Éducation thérapeutique du patient", ['"éducation thérapeutique"', '"education du"']),
        ("Diabète et obésité", ["diabète -cancer", "obesite diabete", "diabète de"]),
    ],
)
def test_words_are_found_however_they_are_typed(texte, recherches):
    for q in recherches:
        if q == '"education du"':  # words kept together must follow one another
            assert not trouve(texte, '"education patient"')
            continue
        assert trouve(texte, q), q


@pytest.mark.parametrize(
    ("texte", "q"),
    [
        ("Diabète et obésité", "diabète -obésité"),
        ("Diabète et obésité", '"obésité diabète"'),
        ("Diabète et obésité", "diabète cancer"),
        ("Hôpital", "hospice"),
        ("Hôpital", "de la"),
        ("Hôpital", ""),
        ("Hôpital", "!!! & | ()"),
    ],
)
def test_what_must_not_be_found(texte, q):
    assert not trouve(texte, q)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(q=st.text(max_size=80) | st.text(alphabet="\"'-!&|():*<>\\ %aé\x00", max_size=40))
def test_no_search_ever_fails(db, q):
    assert trouve("Un texte quelconque", q) in (True, False)
    # The propositions of 2025, the library and the glossary are in every hub; nothing else is here.
    partout = {"proposition", "ressource", "terme"}
    assert {trouvaille.genre.code for trouvaille in chercher_partout(q)} <= partout


@pytest.mark.parametrize(
    "q",
    ["'; DROP TABLE x; --", "a & | b", '"', '-"', "%s %(x)s", "\\", "🎈", "a:*"],
)
def test_hostile_searches_answer(client, q):
    for adresse in ("/recherche/", "/cartographie/", "/cartographie/fiches.json"):
        assert client.get(adresse, {"q": q}).status_code == 200


@pytest.mark.parametrize("q", ["\x00", "a\x00b"])
def test_a_search_that_no_one_can_type_is_refused(client, q):
    for adresse in ("/recherche/", "/cartographie/", "/cartographie/fiches.json"):
        assert client.get(adresse, {"q": q}).status_code == 400


def test_a_huge_search_is_refused_clearly(client):
    for adresse in ("/recherche/", "/cartographie/", "/cartographie/fiches.csv"):
        reponse = client.get(adresse, {"q": "a" * 100_000})
        assert reponse.status_code == 400
        assert "200 caractères" in reponse.content.decode().replace("\u00a0", " ")


def test_terms_are_read_as_people_write_them():
    assert termes('santé "du patient" -ville «en clair» - "x') == [
        (False, "santé"),
        (False, "du patient"),
        (True, "ville"),
        (False, "en clair"),
        (False, "x"),
    ]
    assert len(termes("mot " * 100)) == 12


def test_title_comes_before_summary_and_labels_count(personne):
    auteur = personne()
    au_resume = fabriques.fiche(auteur, "publiee", titre="Rien", resume="La dialyse à domicile.")
    au_titre = fabriques.fiche(auteur, "publiee", titre="La dialyse", resume="Rien.")
    par_etiquette = fabriques.fiche(auteur, "publiee", titre="Autre", formes=["article_51"])
    question = Demande.lire(INDEX, QueryDict("q=dialyses"))
    assert identifiants(question, compter(question)) == [au_titre.pk, au_resume.pk]
    etiquette = Demande.lire(INDEX, QueryDict("q=dispositif+article"))
    assert identifiants(etiquette, compter(etiquette)) == [par_etiquette.pk]


def test_what_is_private_is_not_searched(personne):
    fabriques.fiche(
        personne(), "publiee", contact_nom="Zéphyrine", contact_courriel="zephyrine@exemple.fr"
    )
    assert chercher_partout("zephyrine") == []


def test_search_across_the_hub(client, personne):
    auteur = personne()
    for rang in range(7):
        fabriques.fiche(auteur, "publiee", titre=f"Atelier mémoire {rang}")
    fabriques.fiche(auteur, "soumise", titre="Atelier mémoire caché")
    page = client.get("/recherche/", {"q": "memoires"}).content.decode()
    assert "7 résultats" in page
    assert page.count('class="vignette"') == 5
    assert "/cartographie/?q=memoires" in page
    assert "caché" not in page


def test_nothing_found_says_what_to_do(client):
    page = client.get("/recherche/", {"q": "zorglub"}).content.decode()
    assert "Rien ne correspond à « zorglub »" in page.replace("\u202f", " ")
    assert "orthographe" in page
