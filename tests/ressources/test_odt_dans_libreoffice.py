"""The texts taken away as ODT, opened by LibreOffice itself: whole, and without a word from it."""

import io
import zipfile

import pytest

from tests.outils.libreoffice import lire
from tests.ressources.outils_deux_voix import projet_a_deux
from tests.ressources.test_projets import charte, proposer, signer

HOSTILE = "Relire & <b>réécrire</b> 😀 \u202eenvers — «\u00a0ensemble\u00a0» ]]> {structure}"


@pytest.fixture
def libreoffice(tmp_path):
    """Open files in one run; {name: text it shows, or None when it could not}, what it said."""

    def ouvrir(fichiers: dict[str, bytes]):
        lus, dit = lire(tmp_path, {f"{nom}.odt": contenu for nom, contenu in fichiers.items()})
        return {nom: lus[f"{nom}.odt"] for nom in fichiers}, dit

    return ouvrir


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
