"""The list of structures: exact counts, exact formats, the same cost at every size."""

import csv
import io
import json
import random
import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from django.http import QueryDict

from annuaire.models import Rattachement, Structure
from annuaire.recherche import INDEX_DES_STRUCTURES as INDEX
from hubpartenariat.socle.facettes import compter
from hubpartenariat.socle.liste import Demande
from hubpartenariat.socle.territoire import Commune
from hubpartenariat.socle.vocabulaires import Domaine, FormeAction, Territoire, TypeStructure
from tests.annuaire.outils_structures import rattacher, structure

pytestmark = pytest.mark.django_db
LISTE = "/annuaire/structures/"


def lire(client, ext, requete=""):
    reponse = client.get(f"/annuaire/structures.{ext}{requete}")
    assert reponse.status_code == 200
    return (b"".join(reponse) if reponse.streaming else reponse.content).decode()


def au_hasard(hasard, vocabulaire):
    return sorted(hasard.sample(vocabulaire.values, hasard.randint(1, 3)))


@pytest.fixture
def quarante():
    hasard = random.Random(5)
    for rang in range(40):
        structure(
            hasard.choice(["publiee", "publiee", "publiee", "proposee", "retiree"]),
            nom=f"Structure {rang}",
            type_structure=hasard.choice(TypeStructure.values),
            departements=au_hasard(hasard, Territoire),
            domaines=au_hasard(hasard, Domaine),
            formes=au_hasard(hasard, FormeAction),
        )
    return list(Structure.objects.filter(etat="publiee"))


COLONNES = {
    "type_structure": lambda s: {s.type_structure},
    "departement": lambda s: set(s.departements),
    "domaine": lambda s: set(s.domaines),
    "forme": lambda s: set(s.formes),
}


@pytest.mark.parametrize(
    "choix",
    [
        {},
        {"departement": {"75", "93"}},
        {"domaine": {"parcours"}, "departement": {"94", "region"}},
        {"type_structure": {"hopital", "association"}, "forme": {"etp", "outils"}},
    ],
)
def test_counts_are_those_of_plain_python(quarante, choix):
    requete = QueryDict(mutable=True)
    for nom, codes in choix.items():
        requete.setlist(nom, codes)
    comptes = compter(Demande.lire(INDEX, requete))

    def passe(une, sauf=None):
        return all(COLONNES[n](une) & codes for n, codes in choix.items() if n != sauf)

    assert comptes.total == sum(map(passe, quarante)) > 0
    for nom, lire_codes in COLONNES.items():
        attendu = Counter(c for une in quarante if passe(une, nom) for c in lire_codes(une))
        obtenu = {code: n for code, n in comptes.facettes[nom].items() if n}
        assert obtenu == dict(attendu), nom


def test_json_answers_as_the_fiches_do(client):
    une = structure(nom="Maison des Aulnes", commune=Commune.objects.get(code="94028"))
    structure("proposee", nom="Pas encore")
    donnees = json.loads(lire(client, "json", "?departement=94"))
    assert list(donnees) == ["total", "page", "pages", "facettes", "structures"]
    assert (donnees["total"], donnees["page"], donnees["pages"]) == (1, 1, 1)
    assert donnees["facettes"]["departement"]["77"] == 0
    assert donnees["structures"] == [
        {
            "id": str(une.uuid),
            "url": f"http://testserver/annuaire/structures/{une.slug}/",
            "nom": "Maison des Aulnes",
            "type_structure": "hopital",
            "departements": ["94"],
            "commune": "94028",
            "publiee_le": une.publiee_le.date().isoformat(),
        }
    ]


def test_formats_name_no_person_and_disarm_formulas(client, personne):
    une = structure(
        nom="=1+1",
        commune=Commune.objects.get(code="94028"),
        proposee_par=personne("lea@exemple.fr"),
    )
    claire = personne("claire@exemple.fr", nom="Claire Référente")
    rattacher(claire, une, montre_mon_nom=True)
    [ligne] = csv.DictReader(io.StringIO(lire(client, "csv").lstrip("\ufeff")), delimiter=";")
    assert ligne["nom"] == "'=1+1"
    [point] = json.loads(lire(client, "geojson"))["features"]
    assert point["geometry"]["type"] == "Point"
    assert point["properties"]["commune_nom"] == "Créteil"
    fil = ET.fromstring(lire(client, "atom"))
    assert len(fil.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    for ext in ("csv", "geojson", "json", "atom"):
        assert "Claire" not in lire(client, ext)
        assert "exemple.fr" not in lire(client, ext)


@pytest.mark.parametrize(
    ("requete", "statut"),
    [("?departement=99", 400), ("?page=2", 404), ("?commune=00000", 400), ("?tri=x", 400)],
)
def test_what_means_nothing_is_said(client, requete, statut):
    assert client.get(LISTE + requete).status_code == statut
    if "commune" not in requete:
        reponse = client.get(f"/annuaire/structures.json{requete}")
        assert reponse.status_code == statut
        assert "erreur" in reponse.json()


def test_page_shows_map_facets_and_rows(client):
    structure(nom="Hôpital des Aulnes")
    structure("retiree", nom="Hôpital fermé")
    page = client.get(LISTE).content.decode()
    assert "Hôpital des Aulnes" in page
    assert "Hôpital fermé" not in page
    assert "Nombre de structures par département" in page
    assert "1 structure" in page
    assert "fiche" not in page.partition("resultats__liste")[0].partition("<main")[2].lower()
    precis = client.get(LISTE + "?departement=94").content.decode()
    assert "Nombre de structures par commune" in precis


def test_search_finds_names_places_and_texts(client):
    structure(
        nom="Maison Églantine", commune=Commune.objects.get(code="94028"), groupe="Réseau Sud"
    )
    structure(nom="Autre maison", partenariat="Ateliers de tricot thérapeutique.")
    for mot, nombre in (("eglantines", 1), ("créteil", 1), ("reseau", 1), ("tricot", 1)):
        assert json.loads(lire(client, "json", f"?q={mot}"))["total"] == nombre, mot
    partout = client.get("/recherche/?q=eglantine").content.decode()
    assert "Maison Églantine" in partout
    assert "Structures de l’annuaire" in partout


def test_as_many_queries_for_three_as_for_thirty(client, sans_n_plus_1):
    def ajouter(nombre):
        for _ in range(nombre):
            structure(commune=Commune.objects.get(code="94028"))

    sans_n_plus_1(client, LISTE, ajouter)
    for ext in ("json", "csv", "geojson", "atom"):
        sans_n_plus_1(client, f"/annuaire/structures.{ext}", ajouter)


def test_list_costs_three_queries(client, django_assert_num_queries):
    structure()
    client.get(LISTE)
    with django_assert_num_queries(3):
        client.get(LISTE)


def test_site_map_and_open_data_know_them(client):
    une = structure()
    structure("proposee", slug="secrete")
    plan = client.get("/sitemap.xml").content.decode()
    assert f"/annuaire/structures/{une.slug}/" in plan
    assert "secrete" not in plan
    assert "/annuaire/structures.csv" in client.get("/donnees/").content.decode()
    assert Rattachement.objects.count() == 0
