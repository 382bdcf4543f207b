"""Every number of a report: the same in the PDF, in the JSON, in the tables, and true."""

import csv
import io
import random

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cartographie.models import Fiche
from hubpartenariat.socle.documents import GENRES
from hubpartenariat.socle.rapports.blocs import table
from hubpartenariat.socle.rapports.registre import TERRITOIRES
from hubpartenariat.syntheses.management.commands.synthese import rendre
from tests.outils.pdfua import defauts
from tests.syntheses.outils import aujourd_hui, ecarts, pages_de, semer

pytestmark = pytest.mark.django_db
JEUX = 20


@pytest.mark.lourd
def test_twenty_random_datasets_say_the_same_everywhere(client, tmp_path):
    hasard = random.Random(20261126)  # noqa: S311 — an invented draw
    for jeu in range(JEUX):
        Fiche.objects.all().delete()
        semer(jeu, hasard.choice([0, 1, 2, 5, 13, 40, 90]))
        territoire = hasard.choice(list(TERRITOIRES))
        adresse = reverse("syntheses:rapport_chiffres", args=["cartographie"])
        json = client.get(adresse, {"territoire": territoire}).json()
        contenu, _ = rendre("rapport_cartographie", {"territoire": territoire, "au": json["date"]})
        pages = pages_de(contenu, tmp_path)
        assert ecarts(json, pages) == [], (jeu, territoire)
        assert json["empreinte"] in pages[0]
        assert json["empreinte"] in pages[-1]


def test_the_figures_are_true(client):
    """Against counts made another way, by the database."""
    semer(7, 60)
    json = client.get(reverse("syntheses:rapport_chiffres", args=["cartographie"])).json()
    blocs = {b["cle"]: b for c in json["chapitres"] for b in c["blocs"] if "cle" in b}
    publiees = Fiche.objects.publiees()
    chiffres = {u["libelle"]: u["valeur"] for u in blocs["demarches-en-bref"]["chiffres"]}
    assert chiffres["démarches publiées"] == publiees.count() == 60
    debutantes = publiees.filter(avancement__in=["reflexion", "demarrage"])
    assert chiffres["démarches débutantes"] == debutantes.count()
    assert blocs["carte"]["comptes"]["94"] == (
        publiees.filter(departements__contains=["94"]).count()
    )
    freins = {ligne["libelle"]: ligne["cases"] for ligne in blocs["freins"]["lignes"]}
    attendu = debutantes.filter(freins__contains=["moyens"]).count()
    assert freins["Manque de temps ou de moyens"][0]["valeur"] == attendu
    base = blocs["freins"]["groupes"][0]["base"]
    assert base == debutantes.count()
    assert freins["Manque de temps ou de moyens"][0]["part"] == f"{100 * attendu / base:.1f}"


@pytest.mark.parametrize("ext", ["csv", "xlsx"])
def test_the_table_behind_a_chart_holds_its_numbers(client, ext):
    semer(3, 30)
    json = client.get(reverse("syntheses:rapport_chiffres", args=["cartographie"])).json()
    [bloc] = [b for c in json["chapitres"] for b in c["blocs"] if b.get("cle") == "leviers"]
    reponse = client.get(
        reverse("syntheses:rapport_donnees", args=["cartographie", "leviers", ext])
    )
    entetes, lignes = table(bloc)
    if ext == "csv":
        lues = list(csv.reader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
        attendues = [[str(c).replace(".", ",") for c in ligne] for ligne in [entetes, *lignes]]
    else:
        feuille = load_workbook(io.BytesIO(reponse.content)).worksheets[0]
        lues = [list(ligne) for ligne in feuille.values]
        attendues = [entetes, *lignes]
    assert lues == attendues


def test_the_same_data_give_the_same_document():
    semer(5, 8)
    parametres = aujourd_hui()
    un, autre = (rendre("rapport_cartographie", parametres)[0] for _ in range(2))
    assert un == autre
    assert defauts(un) == []


def test_an_empty_map_makes_a_report_too(client):
    contenu, _ = rendre("rapport_cartographie", aujourd_hui("77"))
    assert defauts(contenu) == []
    reponse = client.get(reverse("syntheses:rapport", args=["cartographie"]), {"territoire": "77"})
    assert "Aucune démarche n’est encore publiée" in reponse.content.decode()


@pytest.mark.parametrize(
    "parametres", [{}, {"au": "hier"}, {"au": "2026-11-26", "territoire": "2A"}]
)
def test_parameters_that_mean_nothing_open_nothing(personne, parametres):
    une = personne("ars@exemple.fr", "relecteur_ars")
    assert not GENRES["rapport_cartographie"].autorise(une, parametres)
