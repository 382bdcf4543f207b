"""Ordinary files, as office programs write them, and what stands in front of the hub."""

import io
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.chart import BarChart, Reference

from hubpartenariat.socle.televersements import accueil, reception
from tests.outils.fichiers_hostiles import archive, docx


def accueillir(nom: str, contenu: bytes):
    return accueil.accueillir(SimpleUploadedFile(nom, contenu))


def classeur(**autres) -> bytes:
    """A real workbook with a chart, and what else its program would have put in it."""
    un = openpyxl.Workbook()
    feuille = un.active
    for ligne in (("Mois", "Rencontres"), ("mai", 3), ("juin", 5)):
        feuille.append(ligne)
    dessin = BarChart()
    dessin.add_data(Reference(feuille, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    feuille.add_chart(dessin, "D2")
    sortie = io.BytesIO()
    un.save(sortie)
    with zipfile.ZipFile(sortie, "a") as suite:
        for nom, contenu in autres.items():
            suite.writestr(nom, contenu)
    return sortie.getvalue()


def noms(contenu: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(contenu)) as ouvert:
        return {nom: ouvert.read(nom) for nom in ouvert.namelist()}


def test_what_excel_notes_of_a_printer_does_not_refuse_a_workbook():
    reglages = {"xl/printerSettings/printerSettings1.bin": b"\\\\serveur\\imprimante du service"}
    depot = accueillir("suivi.xlsx", classeur(**reglages))
    assert noms(depot.contenu)["xl/printerSettings/printerSettings1.bin"] == b""
    lu = openpyxl.load_workbook(io.BytesIO(depot.contenu)).active
    assert [c.value for c in lu["B"]] == ["Rencontres", 3, 5]


def test_the_workbook_behind_a_chart_is_cleaned_and_kept():
    dedans = classeur(**{"xl/printerSettings/printerSettings1.bin": b"secret"})
    depot = accueillir("bilan.docx", docx(**{"word/embeddings/Microsoft_Excel_Sheet.xlsx": dedans}))
    garde = noms(depot.contenu)["word/embeddings/Microsoft_Excel_Sheet.xlsx"]
    assert openpyxl.load_workbook(io.BytesIO(garde)).active["B2"].value == 3
    assert noms(garde)["xl/printerSettings/printerSettings1.bin"] == b""


@pytest.mark.parametrize(
    "autres",
    [
        {"xl/vbaProject.bin": b"macro"},
        {"xl/printerSettings/autre.bin": b"x"},
        {"xl/embeddings/oleObject1.bin": b"x"},
        {"xl/activeX/activeX1.bin": b"x"},
        {"xl/embeddings/classeur.xlsx": b"pas un classeur"},
        {"xl/embeddings/classeur.xlsx": archive({"xl/vbaProject.bin": b"macro"})},
        {"xl/embeddings/un.xlsx": classeur(**{"xl/embeddings/deux.xlsx": classeur()})},
    ],
)
def test_what_acts_stays_refused_wherever_it_hides(autres):
    with pytest.raises(ValidationError):
        accueillir("suivi.xlsx", classeur(**autres))


def test_what_office_programs_write_still_opens_in_one(tmp_path):
    """Written by LibreOffice from our workbook, taken in, then read by LibreOffice again."""
    commande = shutil.which("soffice")
    if commande is None:
        pytest.skip("LibreOffice is not installed")

    def convertir(vers: str, *fichiers):
        subprocess.run(
            [commande, f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless"]
            + ["--convert-to", vers, "--outdir", tmp_path / vers, *fichiers],
            capture_output=True, check=True, timeout=180,
        )  # fmt: skip
        return sorted((tmp_path / vers).iterdir())

    source = tmp_path / "note.html"
    source.write_text("<h1>Compte rendu</h1><p>Nous avons relu la lettre.</p>", encoding="utf-8")
    pris = []
    for format_ in ("odt", "docx"):
        [fait] = convertir(format_, source)
        source = fait
        propre = tmp_path / f"propre.{format_}"
        propre.write_bytes(accueillir(fait.name, fait.read_bytes()).contenu)
        pris.append(propre)
    for propre in pris:
        shutil.rmtree(tmp_path / "txt", ignore_errors=True)
        [lu] = convertir("txt", propre)
        assert "Nous avons relu la lettre." in lu.read_text(encoding="utf-8-sig", errors="replace")


def test_the_proxy_lets_the_hub_say_what_is_too_heavy():
    """nginx refuses only what the hub would not read either, and says so in French."""
    dossier = settings.BASE_DIR / "deploiement"
    reglages = (dossier / "nginx.conf").read_text(encoding="utf-8")
    limite = int(re.search(r"client_max_body_size (\d+)m;", reglages)[1]) * 1024**2
    assert limite > reception.CORPS_AU_PLUS
    page = re.search(r"error_page 413 /(\S+);", reglages)[1]
    assert f"location = /{page}" in reglages
    texte = (dossier / "pages" / page).read_text(encoding="utf-8")
    assert 'lang="fr"' in texte and "trop lourd" in texte and "10 Mo" in texte
    assert "./deploiement/pages:/etc/nginx/pages" in (
        settings.BASE_DIR / "docker-compose.yml"
    ).read_text(encoding="utf-8")
