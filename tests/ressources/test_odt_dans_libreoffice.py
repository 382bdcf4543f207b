"""The texts taken away as ODT, opened by LibreOffice itself: whole, and without a word from it."""

import io
import shutil
import subprocess
import zipfile

import pytest

from tests.ressources.outils_deux_voix import projet_a_deux
from tests.ressources.test_projets import charte, proposer, signer

HOSTILE = "Relire & <b>réécrire</b> 😀 \u202eenvers — «\u00a0ensemble\u00a0» ]]> {structure}"
# Said of Java, which it looks for to run macros, whatever the file.
DE_LIBREOFFICE = "failed to launch javaldx"


@pytest.fixture
def libreoffice(tmp_path):
    """Open files in one run; {name: text it shows, or None when it could not}, what it said."""
    commande = shutil.which("soffice")
    if commande is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice or pdftotext is not installed")

    def ouvrir(fichiers: dict[str, bytes]):
        for nom, contenu in fichiers.items():
            (tmp_path / f"{nom}.odt").write_bytes(contenu)
        profil = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
        sortie = subprocess.run(
            [commande, profil, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
            + [tmp_path / f"{nom}.odt" for nom in fichiers],
            capture_output=True,
            text=True,
            timeout=180,
        )
        dit = [une for une in sortie.stderr.splitlines() if une.strip()]
        return {nom: _texte(tmp_path / f"{nom}.pdf") for nom in fichiers}, [
            une for une in dit if DE_LIBREOFFICE not in une
        ]

    return ouvrir


def _texte(pdf) -> str | None:
    if not pdf.exists():
        return None
    return subprocess.run(
        ["pdftotext", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout


def _abime(odt: bytes) -> bytes:
    """The same package with half of its text: what LibreOffice must not open in silence."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odt)) as avant, zipfile.ZipFile(sortie, "w") as apres:
        for nom in avant.namelist():
            contenu = avant.read(nom)
            apres.writestr(nom, contenu[: len(contenu) // 2] if nom == "content.xml" else contenu)
    return sortie.getvalue()


def test_every_odt_opens_without_a_warning(db, client, client_de, libreoffice):
    projet, pro, patient = projet_a_deux(HOSTILE)
    lui, elle = client_de(pro), client_de(patient)
    texte = charte(lui, projet)
    proposer(lui, texte, **{"clause-0-titre": "Une clause à nous", "clause-0-texte": HOSTILE})
    signer(lui, texte, "Paul & <Fils>")
    signer(elle, texte, "Inès")
    fichiers = {"signee": lui.get(texte.adresse("ecrit_odt", 1)).content}
    for genre in ("charte", "lettre-de-mission", "fiche-projet"):
        adresse = f"/ressources/outils/{genre}/telecharger/"
        champs = {"projet": HOSTILE, "structure": HOSTILE, "format": "odt"}
        fichiers[genre] = client.post(adresse, champs).content
    lus, dit = libreoffice(fichiers)
    assert all(lus.values()), lus
    assert dit == []
    signee = " ".join(lus["signee"].split())
    assert "1. Une clause à nous" in signee and "& <b>réécrire</b>" in signee
    assert "Paul & <Fils>" in signee and "Inès" in signee
    for clause in texte.clauses[1:]:
        assert " ".join(clause["titre"].split()) in signee
    lus, dit = libreoffice({"abimee": _abime(fichiers["signee"])})
    assert lus == {"abimee": None} and dit  # what a damaged file looks like here
