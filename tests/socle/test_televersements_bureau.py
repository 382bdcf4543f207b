"""Office files that people really send: they are taken, cleaned, and open again."""

import io
import re

import odfdo
import openpyxl
import pytest
from django.core.exceptions import ValidationError

from hubpartenariat.socle.televersements import accueil
from tests.outils import bilan, libreoffice
from tests.outils.bureau_hostile import REFUSE, liaisons, ouvert, partie
from tests.outils.documents_de_bureau import (
    EMBARQUE,
    REL,
    WORD,
    archive,
    classeur,
    classeur_avec_imprimante,
    ouvrir,
    relations,
    texte,
    texte_avec_graphique,
)
from tests.socle.test_televersements import accueillir

# What LibreOffice is given, and the formats that it saves it in.
DIAPORAMA = """<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body>
 <office:presentation><draw:page draw:name="un"><draw:frame svg:width="9cm" svg:height="3cm"
 svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>Bonjour de loin</text:p></draw:text-box>
 </draw:frame></draw:page></office:presentation></office:body></office:document>"""
PAR_LIBREOFFICE = (
    ("texte.txt", b"Bonjour de loin", ("odt", "docx")),
    ("liste.csv", b"Bonjour de loin,2", ("ods", "xlsx")),
    ("diapos.fodp", DIAPORAMA.encode(), ("odp", "pptx")),
)


def sans_appel_dans_le_vide(morceaux: dict[str, bytes]) -> None:
    """Each relation leads to a part, each call has its relation."""
    for nom in (n for n in morceaux if n.endswith(".rels")):
        dossier, _, fin = nom.rpartition("_rels/")
        source = dossier + fin.removesuffix(".rels")
        connues = set(re.findall(rb'\bId="([^"]+)"', morceaux[nom]))
        appels = set(re.findall(rb'\br:(?:id|embed|link)="([^"]+)"', morceaux.get(source, b"")))
        assert appels <= connues, (nom, appels, connues)
        for but in re.findall(rb'Target="([^"]+)"', morceaux[nom]):
            assert any(n.endswith(but.decode().lstrip("./")) for n in morceaux), (nom, but)


def test_a_workbook_saved_with_a_printer_is_taken_without_it():
    depot = accueillir("liste.xlsx", classeur_avec_imprimante())
    morceaux = ouvrir(depot.contenu)
    assert not [nom for nom in morceaux if nom.endswith(".bin")]
    sans_appel_dans_le_vide(morceaux)
    feuille = morceaux["xl/worksheets/sheet1.xml"]
    assert b'paperSize="9"' in feuille  # the rest of what the printer was asked is kept
    assert openpyxl.load_workbook(io.BytesIO(depot.contenu)).active["A1"].value.startswith("Bonj")


def test_the_numbers_of_a_chart_are_cleaned_like_the_document():
    depot = accueillir("bilan.docx", texte_avec_graphique())
    morceaux = ouvrir(depot.contenu)
    sans_appel_dans_le_vide(morceaux)
    assert b"printerSettings" not in morceaux["word/document.xml"]
    dedans = ouvrir(morceaux[EMBARQUE])
    assert "xl/workbook.xml" in dedans and not [nom for nom in dedans if nom.endswith(".bin")]
    sans_appel_dans_le_vide(dedans)


def avec(contenu: bytes, **autres: bytes) -> bytes:
    return archive(ouvrir(contenu) | autres)


@pytest.mark.parametrize(
    "chiffres",
    [
        avec(classeur(), **{"xl/vbaProject.bin": b"x"}),
        avec(classeur(), **{"xl/embeddings/Microsoft_Excel_Sheet1.xlsx": classeur()}),
        avec(classeur(), **{"xl/bombe.xml": b"0" * 120_000_000, "xl/b2.xml": b"0" * 11_000_000}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100,
        b"MZ\x90\x00",
        texte(),
    ],
    ids=["macro", "boîte dans la boîte", "bombe", "OLE", "programme", "autre document"],
)
def test_a_hostile_workbook_inside_a_document_refuses_the_whole(chiffres):
    with pytest.raises(ValidationError) as refus:
        accueillir("bilan.docx", texte_avec_graphique(chiffres))
    assert "document" in refus.value.messages[0]


@pytest.mark.parametrize("nom", ["oleObject1.bin", "Microsoft_Word_Document.docx", "notes.xlsm"])
def test_other_embedded_objects_stay_refused(nom):
    with pytest.raises(ValidationError, match="une macro ou un autre fichier"):
        accueillir("bilan.docx", texte_avec_graphique(sous=f"word/embeddings/{nom}"))


@pytest.mark.parametrize(
    ("genre", "extension"), [("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp")]
)
def test_an_opendocument_file_is_taken_and_read_again(genre, extension):
    document, sortie = odfdo.Document(genre), io.BytesIO()
    document.body.append(odfdo.Paragraph("Bonjour de loin"))
    document.save(sortie)
    garde = accueillir(f"a.{extension}", sortie.getvalue()).contenu
    assert "Bonjour de loin" in str(odfdo.Document(io.BytesIO(garde)).body.serialize())


@pytest.mark.parametrize("une", [u for u in liaisons() if u[3] == REFUSE], ids=lambda u: u[0])
def test_each_refusal_says_its_own_reason(une):
    """Not « this file does not open »: they would, and that is why they are refused."""
    with pytest.raises(ValidationError) as refus:
        accueillir(une[1], une[2])
    assert refus.value.messages != [accueil.ILLISIBLE]


def test_links_that_people_click_are_kept():
    lies = (
        ("rId1", "hyperlink", 'https://www.has-sante.fr/" TargetMode="External'),
        ("rId2", "hyperlink", 'mailto:pole@exemple.fr" TargetMode="External'),
        ("rId3", "hyperlink", 'javascript:alert(1)" TargetMode="External'),
    )
    rels = ouvrir(accueillir("a.docx", texte("", lies)).contenu)["word/_rels/document.xml.rels"]
    assert b"https://www.has-sante.fr/" in rels and b"mailto:pole@exemple.fr" in rels
    assert b"javascript" not in rels and b"about:blank" in rels


def test_the_ordinary_content_of_an_opendocument_file_is_kept():
    corps = (
        "<office:event-listeners>"
        '<presentation:event-listener presentation:action="next-page"/></office:event-listeners>'
        '<text:p>Avant <text:a xlink:href="https://www.has-sante.fr/">la HAS</text:a> après'
        "<text:script>x</text:script> la fin</text:p>"
        '<draw:image xlink:href="Pictures/un.png"/><draw:object xlink:href="./Object 1"/>'
        '<table:table-cell table:formula="of:=SUM([.A1:.A2])"/>'
    )
    meta = (
        "<office:meta><dc:title>Le titre</dc:title><dc:creator>Camille</dc:creator></office:meta>"
    )
    envoi = ouvert(corps, **{"meta.xml": partie(meta, "document-meta")})
    garde = ouvrir(accueillir("a.odt", envoi).contenu)
    lu = garde["content.xml"].decode()
    for attendu in (
        *("next-page", "https://www.has-sante.fr/", "après la fin", "Pictures/un.png"),
        *("./Object 1", "SUM([.A1:.A2])"),
    ):
        assert attendu in lu, attendu
    assert b"Le titre" in garde["meta.xml"] and b"Camille" not in garde["meta.xml"]


def test_a_document_without_its_distant_model_calls_it_no_more():
    modele = ("rId1", "attachedTemplate", 'file:///C:/Modeles/lettre.dotm" TargetMode="External')
    reglages = (
        f'<w:settings xmlns:w="{WORD}" xmlns:r="{REL}"><w:attachedTemplate r:id="rId1"/>'
        '<w:zoom w:percent="100"/></w:settings>'
    )
    envoi = texte(
        **{
            "word/settings.xml": reglages.encode(),
            "word/_rels/settings.xml.rels": relations(modele),
        }
    )
    garde = ouvrir(accueillir("a.docx", envoi).contenu)
    assert (
        b"attachedTemplate" not in garde["word/settings.xml"]
        and b"zoom" in (garde["word/settings.xml"])
    )
    assert b"Relationship " not in garde["word/_rels/settings.xml.rels"]


def test_what_is_kept_opens_again_in_libreoffice(tmp_path):
    """What Word and Excel save, and what the programs of LibreOffice that are here save."""
    gardes = {"word.docx": accueillir("a.docx", texte_avec_graphique()).contenu}
    for nom, contenu, formats in PAR_LIBREOFFICE:
        for extension in formats:
            faits, _ = libreoffice.convertir(tmp_path, {nom: contenu}, extension)
            for fait in faits.glob(f"*.{extension}"):  # none without Calc or without Impress
                gardes[f"{extension}.{extension}"] = accueillir(
                    fait.name, fait.read_bytes()
                ).contenu
    assert {"odt.odt", "docx.docx"} <= set(gardes)
    for rang, une in enumerate(u for u in liaisons() if u[1] == "note.docx" and u[3] != REFUSE):
        gardes[f"desarme-{rang}.docx"] = accueillir(*une[1:3]).contenu
    if "xlsx.xlsx" in gardes:
        gardes["excel.xlsx"] = accueillir("a.xlsx", classeur_avec_imprimante()).contenu
    bilan.dire(f"fichiers de bureau rouverts par LibreOffice : {', '.join(sorted(gardes))}")
    lus, dit = libreoffice.lire(tmp_path, gardes)
    assert dit == []
    assert [nom for nom, lu in lus.items() if "Bonjour" not in (lu or "")] == []
