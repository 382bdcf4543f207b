"""From the file of another tool to the published table: nothing lost, nothing doubled."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from consultation.models import Avis, Consultation, Reponse
from consultation.publication import publier
from consultation.restitution import repondants_de_2025
from tests.consultation.outils import CORRESPONDANCE, en_csv, les_21

pytestmark = pytest.mark.django_db


@pytest.fixture
def importer(tmp_path, capsys):
    regles = tmp_path / "correspondance.toml"
    regles.write_text(CORRESPONDANCE, encoding="utf-8")

    def faire(fichier, consultation="les-21", **options):
        call_command(
            "importer_reponses",
            str(fichier),
            consultation=consultation,
            correspondance=regles,
            **options,
        )
        return capsys.readouterr().out

    return faire


def test_the_published_table_of_2025_comes_out_of_78_answers(importer, tmp_path, client):
    """Page, JSON and CSV agree with it to one decimal, and the impossible figures are flagged."""
    consultation = les_21()
    sortie = importer(en_csv(tmp_path / "a.csv", repondants_de_2025()))
    assert "78 importées." in sortie
    consultation.fermer()
    publier(consultation)

    ici = client.get(reverse("consultation:resultats_format", args=["les-21", "json"])).json()
    la = client.get(reverse("consultation:resultats_format", args=["consultation-2025", "json"]))
    publies = {p["code"]: p for p in la.json()["propositions"]}
    assert ici["repondants"] == 78
    tableur = {
        (x["proposition"], x["echelle"], x["reponse"]): x
        for x in _tableur(client, "les-21")
        if not x["variable"]
    }
    compares, marques = 0, set()
    for proposition in ici["propositions"]:
        code = proposition["code"]
        page = client.get(reverse("consultation:proposition", args=["les-21", code]))
        for nom, critere in proposition["criteres"].items():
            assert critere["exprimes"] + critere["nsp"] + critere["sans_reponse"] == 78
            imprime = publies[code]["criteres"][nom]
            for modalite, valeur in imprime["modalites"].items():
                obtenu = critere["modalites"][modalite]["pourcentage"]
                ligne = tableur[code, nom, modalite]
                assert ligne["pourcentage"] == f"{obtenu:.1f}".replace(".", ",")
                assert int(ligne["exprimes"]) == critere["exprimes"]
                assert f"{obtenu:.1f}".replace(".", ",") in page.content.decode()
                if imprime["anomalie"]:
                    marques.add((code, nom))
                    continue
                assert obtenu == valeur["pourcentage"], (code, nom, modalite)
                assert critere["exprimes"] == imprime["exprimes"] <= 78
                compares += 1
        vote = publies[code]["priorite_top3"]["pourcentage"]
        assert vote is None or proposition["priorite_top3"]["pourcentage"] == vote
    assert compares == 87
    assert marques == {
        ("P15", "faisabilite"), ("P15", "impact"), ("P17", "faisabilite"), ("P18", "faisabilite"),
        ("P19", "faisabilite"), ("P20", "impact"),
    }  # fmt: skip


def test_impossible_figures_are_told_on_the_page_of_2025(client):
    page = client.get(reverse("consultation:resultats", args=["consultation-2025"]))
    texte = page.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    assert "Aucun nombre entier de personnes ne donne ces pourcentages ensemble" in texte
    assert texte.count("à lire avec précaution") == 6 + 1
    assert "30,9" in texte, "kept as published"


def _tableur(client, slug):
    reponse = client.get(reverse("consultation:resultats_format", args=[slug, "csv"]))
    texte = reponse.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texte), delimiter=";"))


@pytest.mark.parametrize(
    "forme",
    [
        {"encodage": "cp1252", "separateur": ";"},
        {"encodage": "utf-8-sig", "separateur": "\t"},
        {"codes": True},
    ],
)
def test_labels_codes_encodings_and_separators(importer, tmp_path, forme):
    les_21()
    gens = repondants_de_2025()[:6]
    assert "6 importées." in importer(en_csv(tmp_path / "a.csv", gens, **forme))
    assert Avis.objects.count() == sum(bool(v) for une in gens for v in une["avis"].values())


def test_running_twice_changes_nothing(importer, tmp_path):
    les_21()
    fichier = en_csv(tmp_path / "a.csv", repondants_de_2025()[:5])
    importer(fichier)
    avant = list(Avis.objects.order_by("pk").values_list("pk", flat=True))
    assert "5 déjà là." in importer(fichier)
    assert list(Avis.objects.order_by("pk").values_list("pk", flat=True)) == avant


def test_two_people_who_said_the_same_are_two(importer, tmp_path):
    les_21()
    une = repondants_de_2025()[0]
    fichier = en_csv(tmp_path / "a.csv", [une, une])
    texte = fichier.read_text().replace("2026-01-02", "2026-01-01")
    fichier.write_text(texte)
    importer(fichier)
    assert Reponse.objects.count() == 2


def test_simulating_writes_nothing(importer, tmp_path):
    les_21()
    sortie = importer(en_csv(tmp_path / "a.csv", repondants_de_2025()[:2]), simuler=True)
    assert "Rien n’a été écrit." in sortie
    assert not Reponse.objects.exists()


def test_a_line_not_understood_is_refused_whole_and_the_others_stay(importer, tmp_path, capsys):
    les_21()
    gens = repondants_de_2025()[:3]
    fichier = en_csv(tmp_path / "a.csv", gens)
    fichier.write_text(fichier.read_text().replace("Oui, tout à fait", "Peut-être", 1))
    with pytest.raises(CommandError, match="Corrigez"):
        importer(fichier)
    sortie = capsys.readouterr().out
    assert "« Peut-être » n’est pas une réponse" in sortie
    assert Reponse.objects.count() == 2
    assert Avis.objects.filter(reponse__isnull=False).count() == sum(
        bool(v) for une in gens[1:] for v in une["avis"].values()
    )


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (b"", "aucune"),
        (b"a,a\n1,2\n", "Plusieurs colonnes"),
        (b"\x00\x01", "CSV"),
        (b"a;b\n1;2\n", "pas de colonne|Aucune colonne"),
    ],
)
def test_unusable_files_are_refused_with_a_reason(importer, tmp_path, contenu, phrase):
    les_21()
    (tmp_path / "a.csv").write_bytes(contenu)
    with pytest.raises(CommandError, match=phrase):
        importer(tmp_path / "a.csv")


def test_figures_published_elsewhere_take_no_answers(importer, tmp_path):
    fichier = en_csv(tmp_path / "a.csv", repondants_de_2025()[:1])
    with pytest.raises(CommandError, match="publiés ailleurs"):
        importer(fichier, consultation="consultation-2025")
    assert Consultation.objects.get(slug="consultation-2025").reponses.count() == 0
