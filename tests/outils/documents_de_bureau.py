"""Ordinary office files, as Word, Excel and PowerPoint save them: a printer, a chart, an author."""

import io
import zipfile

import openpyxl

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAQUETS = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "application/vnd.openxmlformats-officedocument"
IMPRIMANTE = b"P\0I\0L\0O\0T\0E\0" * 40


def archive(entrees: dict[str, bytes], compresse=True) -> bytes:
    sortie = io.BytesIO()
    mode = zipfile.ZIP_DEFLATED if compresse else zipfile.ZIP_STORED
    with zipfile.ZipFile(sortie, "w", mode) as une:
        for nom, contenu in entrees.items():
            une.writestr(nom, contenu, zipfile.ZIP_STORED if nom == "mimetype" else mode)
    return sortie.getvalue()


def ouvrir(contenu: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(contenu)) as lue:
        return {nom: lue.read(nom) for nom in lue.namelist()}


def relations(*unes: tuple[str, str, str]) -> bytes:
    """A part of relations: (identifier, last word of its type, target and what follows it)."""
    lignes = "".join(
        f'<Relationship Id="{cle}" Type="{REL}/{genre}" Target="{but}"/>'
        for cle, genre, but in unes
    )
    return f'<Relationships xmlns="{PAQUETS}/relationships">{lignes}</Relationships>'.encode()


def types(defauts: dict[str, str], parties: dict[str, str]) -> bytes:
    lignes = "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in defauts.items())
    lignes += "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in parties.items())
    return f'<Types xmlns="{PAQUETS}/content-types">{lignes}</Types>'.encode()


def classeur(mot: str = "Bonjour du classeur") -> bytes:
    livre = openpyxl.Workbook()
    livre.active.append([mot, 12])
    livre.active.append(["Deuxième ligne", 30])
    sortie = io.BytesIO()
    livre.save(sortie)
    return sortie.getvalue()


def classeur_avec_imprimante() -> bytes:
    """A printer chosen in Excel: its settings, their relation, the call of the sheet to it."""
    morceaux = ouvrir(classeur())
    feuille = "xl/worksheets/sheet1.xml"
    appel = f'<pageSetup xmlns:r="{REL}" paperSize="9" r:id="rId1"/></worksheet>'.encode()
    morceaux[feuille] = morceaux[feuille].replace(b"</worksheet>", appel)
    morceaux["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        ("rId1", "printerSettings", "../printerSettings/printerSettings1.bin")
    )
    morceaux["xl/printerSettings/printerSettings1.bin"] = IMPRIMANTE
    genre = f'<Default Extension="bin" ContentType="{_OFFICE}.printerSettings"/></Types>'.encode()
    morceaux["[Content_Types].xml"] = morceaux["[Content_Types].xml"].replace(b"</Types>", genre)
    return archive(morceaux)


def texte(corps: str = "", lies: tuple = (), **autres: bytes) -> bytes:
    """A Word document: « Bonjour du texte », then ``corps``; ``lies``: its relations."""
    return archive(
        {
            "[Content_Types].xml": types(
                {
                    "rels": "application/vnd.openxmlformats-package.relationships+xml",
                    "xml": "application/xml",
                    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
                    "bin": f"{_OFFICE}.printerSettings",
                },
                {
                    "word/document.xml": f"{_OFFICE}.wordprocessingml.document.main+xml",
                    "word/charts/chart1.xml": f"{_OFFICE}.drawingml.chart+xml",
                },
            ),
            "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": (
                f'<w:document xmlns:w="{WORD}" xmlns:r="{REL}"><w:body>'
                f"<w:p><w:r><w:t>Bonjour du texte</w:t></w:r></w:p>{corps}</w:body></w:document>"
            ).encode(),
            "word/_rels/document.xml.rels": relations(*lies),
        }
        | autres
    )


_DESSIN = "http://schemas.openxmlformats.org/drawingml/2006"
_CADRE = (
    f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_DESSIN}/wordprocessingDrawing">'
    '<wp:extent cx="4000000" cy="2500000"/><wp:docPr id="1" name="Graphique"/>'
    f'<a:graphic xmlns:a="{_DESSIN}/main"><a:graphicData uri="{_DESSIN}/chart">'
    f'<c:chart xmlns:c="{_DESSIN}/chart" r:id="rId7"/></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r></w:p>"
    '<w:sectPr><w:printerSettings r:id="rId8"/></w:sectPr>'
)
_GRAPHIQUE = (
    f'<c:chartSpace xmlns:c="{_DESSIN}/chart" xmlns:r="{REL}"><c:chart><c:plotArea><c:barChart>'
    '<c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:val><c:numRef>'
    '<c:f>Sheet!$B$1:$B$2</c:f><c:numCache><c:ptCount val="2"/>'
    '<c:pt idx="0"><c:v>12</c:v></c:pt><c:pt idx="1"><c:v>30</c:v></c:pt></c:numCache>'
    '</c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart>'
    '<c:catAx><c:axId val="1"/><c:crossAx val="2"/></c:catAx>'
    '<c:valAx><c:axId val="2"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart>'
    '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
).encode()
EMBARQUE = "word/embeddings/Microsoft_Excel_Worksheet.xlsx"


def texte_avec_graphique(chiffres: bytes | None = None, sous: str = EMBARQUE) -> bytes:
    """A chart pasted in Word: its numbers are a workbook inside the document; a printer too."""
    return texte(
        _CADRE,
        (
            ("rId7", "chart", "charts/chart1.xml"),
            ("rId8", "printerSettings", "printerSettings/printerSettings1.bin"),
        ),
        **{
            "word/charts/chart1.xml": _GRAPHIQUE,
            "word/charts/_rels/chart1.xml.rels": relations(
                ("rId1", "package", f"/{sous}"),
            ),
            sous: classeur_avec_imprimante() if chiffres is None else chiffres,
            "word/printerSettings/printerSettings1.bin": IMPRIMANTE,
        },
    )
