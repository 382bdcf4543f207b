"""Structural checks of PDF/UA-1, done by pikepdf since veraPDF is in no registry we use.

``defauts(pdf)`` returns what is wrong, in words. Checked:

1. the document says it is PDF/UA, has a title shown in the window, a language, a structure tree;
2. every figure has an alternative text; every link annotation has a description;
3. tables are made of rows and cells, have headers, each header with its scope;
4. headings start at H1 and never skip a level;
5. everything drawn is either marked content held by the structure tree, or an artifact;
6. fonts are embedded and their characters map to Unicode;
7. nothing is attached, nothing runs.
"""

from io import BytesIO

import pikepdf

DESSIN = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "EI"}


def defauts(contenu: bytes) -> list[str]:
    with pikepdf.open(BytesIO(contenu)) as document:
        racine = document.Root
        trouves = [*_entete(document), *_pages(document), *_polices(document)]
        if "/StructTreeRoot" not in racine:
            return [*trouves, "no structure tree"]
        return trouves + _arbre(document)


def elements(document):
    """Every structure element in reading order, with its type."""
    pile = _enfants(document.Root.StructTreeRoot)[::-1]
    while pile:
        element = pile.pop()
        yield element
        pile += _enfants(element)[::-1]


def _enfants(element) -> list:
    enfants = element.get("/K", [])
    if not isinstance(enfants, pikepdf.Array):
        enfants = [enfants]
    return [e for e in enfants if isinstance(e, pikepdf.Dictionary) and "/S" in e]


def _entete(document):
    racine = document.Root
    xmp = document.open_metadata()
    if xmp.get("pdfuaid:part") != "1":
        yield "not declared PDF/UA-1"
    if not xmp.get("dc:title"):
        yield "no title"
    if not str(racine.get("/Lang", "")):
        yield "no language"
    if not racine.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked"
    if not racine.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the window shows the file's name"
    if "/EmbeddedFiles" in racine.get("/Names", {}) or "/AF" in racine:
        yield "something is attached"
    if "/OpenAction" in racine or "/AA" in racine or "/JavaScript" in racine.get("/Names", {}):
        yield "something runs"
    if "/Outlines" not in racine:
        yield "no bookmarks"


def _arbre(document):
    trouves, niveau = [], 0
    for element in elements(document):
        genre = str(element.S)[1:]
        if genre == "Figure" and not str(element.get("/Alt", "")).strip():
            trouves.append("figure without alternative text")
        if genre == "Table":
            trouves += _table(element)
        if genre == "TH" and "/Scope" not in element.get("/A", {}):
            trouves.append("header cell without scope")
        if len(genre) == 2 and genre[0] == "H" and genre[1].isdigit():
            if int(genre[1]) > niveau + 1:
                trouves.append(f"heading {genre} after level {niveau}")
            niveau = int(genre[1])
    if not niveau:
        trouves.append("no heading")
    return trouves


def _table(table):
    cellules, pile = [], [table]
    while pile:
        element = pile.pop()
        for enfant in _enfants(element):
            genre = str(enfant.S)[1:]
            if genre in {"TH", "TD"}:
                if str(element.S) != "/TR":
                    yield "cell outside a row"
                cellules.append(genre)
            elif genre in {"TR", "THead", "TBody", "TFoot"}:
                pile.append(enfant)
    if "TH" not in cellules:
        yield "table without headers"


def _pages(document):
    retenus = _retenus(document)
    for numero, page in enumerate(document.pages):
        pile, nus = [], 0
        for operandes, operateur in pikepdf.parse_content_stream(page):
            nom = str(operateur)
            if nom in {"BMC", "BDC"}:
                pile.append(_sorte(operandes, retenus.get(numero, set())))
            elif nom == "EMC":
                pile.pop()
            elif nom in DESSIN and not {"artefact", "structure"} & set(pile):
                nus += 1
        if nus:
            yield f"page {numero + 1}: {nus} drawings neither tagged nor artifacts"
        if page.obj.get("/Tabs") != "/S" and "/Annots" in page.obj:
            yield f"page {numero + 1}: links not in reading order"
        for annotation in page.obj.get("/Annots", []):
            if not str(annotation.get("/Contents", "")).strip():
                yield f"page {numero + 1}: link without description"
            if "/StructParent" not in annotation:
                yield f"page {numero + 1}: link outside the structure"


def _sorte(operandes, retenus: set[int]) -> str:
    if str(operandes[0]) == "/Artifact":
        return "artefact"
    if len(operandes) > 1 and isinstance(operandes[1], pikepdf.Dictionary):
        mcid = operandes[1].get("/MCID")
        if mcid is not None and int(mcid) in retenus:
            return "structure"
    return "rien"


def _retenus(document) -> dict[int, set[int]]:
    pages = {page.objgen: numero for numero, page in enumerate(document.pages)}
    trouves: dict[int, set[int]] = {}
    for element in elements(document):
        contenus = element.get("/K", [])
        contenus = contenus if isinstance(contenus, pikepdf.Array) else [contenus]
        for contenu in contenus:
            if isinstance(contenu, int):
                trouves.setdefault(pages[element.Pg.objgen], set()).add(int(contenu))
    return trouves


def _polices(document):
    for objet in document.objects:
        if not isinstance(objet, pikepdf.Dictionary) or objet.get("/Type") != "/Font":
            continue
        if objet.get("/Subtype") == "/Type0" and "/ToUnicode" not in objet:
            yield "font without Unicode map"
        descripteur = objet.get("/FontDescriptor")
        if descripteur is not None and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(
            descripteur.keys()
        ):
            yield "font not embedded"
