"""The list for machines: exact shapes, public data only, same filters."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from django.core.management import call_command

from cartographie import exports
from cartographie.models import Fiche
from hubpartenariat.socle.territoire import Commune
from tests import fabriques

pytestmark = pytest.mark.django_db
FORMATS = ("csv", "geojson", "json", "atom")


def lire(client, ext, requete=""):
    reponse = client.get(f"/cartographie/fiches.{ext}{requete}")
    assert reponse.status_code == 200
    contenu = b"".join(reponse) if reponse.streaming else reponse.content
    return reponse, contenu.decode()


@pytest.fixture
def fiche(personne):
    return fabriques.fiche(
        personne(),
        "publiee",
        titre="Café des pairs",
        commune=Commune.objects.get(code="94028"),
        contact_nom="Personne à joindre",
        contact_courriel="a-joindre@exemple.fr",
        contact_telephone="01 23 45 67 89",
    )


def test_json_has_the_shape_that_others_rely_on(client, fiche):
    _, texte = lire(client, "json", "?departement=94")
    donnees = json.loads(texte)
    assert list(donnees) == ["total", "page", "pages", "facettes", "fiches"]
    assert (donnees["total"], donnees["page"], donnees["pages"]) == (1, 1, 1)
    assert donnees["facettes"]["departement"]["77"] == 0
    assert len(donnees["facettes"]) == 13
    [une] = donnees["fiches"]
    assert une == {
        "id": str(fiche.uuid),
        "url": f"http://testserver/cartographie/fiches/{fiche.slug}/",
        "titre": "Café des pairs",
        "type_structure": "hopital",
        "departements": ["94"],
        "commune": "94028",
        "publiee_le": fiche.publiee_le.date().isoformat(),
    }


@pytest.mark.parametrize("ext", FORMATS)
@pytest.mark.parametrize("visibilite", ["moderation", "membres", "publique"])
def test_contact_is_there_only_if_public(client, fiche, personne, ext, visibilite):
    Fiche.objects.update(contact_visibilite=visibilite)
    client.force_login(personne("moderatrice@exemple.fr", "moderateur"))  # even for moderators
    _, texte = lire(client, ext)
    for secret in ("Personne à joindre", "a-joindre@exemple.fr", "01 23 45 67 89"):
        assert (secret in texte) == (visibilite == "publique" and ext in ("csv", "geojson"))


@pytest.mark.parametrize("ext", FORMATS)
def test_every_format_takes_the_filters_of_the_list(client, ext, personne):
    auteur = personne()
    fabriques.fiche(auteur, "publiee", titre="Ici", departements=["75"])
    fabriques.fiche(auteur, "publiee", titre="Ailleurs", departements=["95"])
    fabriques.fiche(auteur, "soumise", titre="Pas encore", departements=["75"])
    _, texte = lire(client, ext, "?departement=75")
    assert "Ici" in texte
    assert "Ailleurs" not in texte
    assert "Pas encore" not in texte


@pytest.mark.parametrize("ext", FORMATS)
def test_an_unknown_value_is_a_clear_400(client, ext):
    reponse = client.get(f"/cartographie/fiches.{ext}?domaine=inconnu")
    assert reponse.status_code == 400
    assert "« inconnu »" in reponse.json()["erreur"]


def test_unknown_format_and_far_page(client):
    assert client.get("/cartographie/fiches.exe").status_code == 404
    assert client.get("/cartographie/fiches.json?page=2").status_code == 404


def test_csv_opens_right_in_a_french_spreadsheet(client, fiche):
    reponse, texte = lire(client, "csv")
    assert texte.startswith("\ufeff")
    assert "attachment" in reponse["Content-Disposition"]
    lignes = list(csv.DictReader(io.StringIO(texte[1:]), delimiter=";"))
    assert lignes[0]["titre"] == "Café des pairs"
    assert lignes[0]["commune"] == "Créteil"
    assert lignes[0]["territoires"] == "94 – Val-de-Marne"
    assert lignes[0]["contact : e-mail"] == ""
    assert set(lignes[0]) == set(exports.COLONNES)


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t=", "＝"])
def test_csv_disarms_formulas(client, personne, debut):
    fabriques.fiche(personne(), "publiee", titre=f'{debut}HYPERLINK("http://x")')
    [ligne] = csv.DictReader(io.StringIO(lire(client, "csv")[1][1:]), delimiter=";")
    assert ligne["titre"].startswith("'")


def test_geojson_points_at_the_town_hall(client, fiche, personne):
    fabriques.fiche(personne("b@exemple.fr"), "publiee", titre="Sans commune")
    reponse, texte = lire(client, "geojson")
    assert reponse["Content-Type"] == "application/geo+json"
    objets = {o["properties"]["titre"]: o for o in json.loads(texte)["features"]}
    creteil = Commune.objects.get(code="94028")
    longitude, latitude = objets["Café des pairs"]["geometry"]["coordinates"]
    assert longitude == pytest.approx(creteil.longitude, abs=1e-4)
    assert latitude == pytest.approx(creteil.latitude, abs=1e-4)
    assert objets["Sans commune"]["geometry"] is None


def test_empty_geojson_is_valid(client):
    assert json.loads(lire(client, "geojson")[1]) == {"type": "FeatureCollection", "features": []}


def test_atom_is_well_formed_whatever_was_typed(client, personne):
    fabriques.fiche(personne(), "publiee", titre="<b>&\x0b “titre”", resume="]]> & <script>")
    fil = ET.fromstring(lire(client, "atom")[1])
    espace = {"a": "http://www.w3.org/2005/Atom"}
    assert fil.find("a:entry/a:title", espace).text == "<b>& “titre”"
    assert fil.find("a:entry/a:id", espace).text.startswith("urn:uuid:")


def test_whole_list_is_exported_in_the_order_asked(client):
    call_command("semer", fiches=60, graine=3, verbosity=0)
    _, texte = lire(client, "csv", "?tri=titre")
    assert len(list(csv.reader(io.StringIO(texte), delimiter=";"))) == 61


def test_other_sites_may_read_and_caches_must_ask(client, fiche):
    reponse, _ = lire(client, "json")
    assert reponse["Access-Control-Allow-Origin"] == "*"
    assert "no-cache" in reponse["Cache-Control"]
    encore = client.get("/cartographie/fiches.json", headers={"if-none-match": reponse["ETag"]})
    assert encore.status_code == 304
    Fiche.objects.update(titre="Un autre titre")
    apres = client.get("/cartographie/fiches.json", headers={"if-none-match": reponse["ETag"]})
    assert apres.status_code == 200
