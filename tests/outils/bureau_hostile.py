"""Office files that fetch, run or tell: relations that lead out, scripts, names of authors."""

from collections.abc import Iterator

from tests.outils.documents_de_bureau import (
    REL,
    archive,
    classeur,
    classeur_avec_imprimante,
    ouvrir,
    relations,
    texte,
    texte_avec_graphique,
)

REFUSE, NEUTRALISE = "refusé", "neutralisé"
MARQUE = b"MARQUEHOSTILE"  # what must not be found in a file that is kept
_M = MARQUE.decode()
_DEHORS = '" TargetMode="External'
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_ESPACES = " ".join(
    f'xmlns:{nom}="{_URN}:{long}:1.0"'
    for nom, long in (
        *(("office", "office"), ("text", "text"), ("script", "script"), ("table", "table")),
        *(("draw", "drawing"), ("presentation", "presentation"), ("meta", "meta")),
        *(("config", "config"), ("form", "form"), ("manifest", "manifest")),
    )
)
_ESPACES += (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ODF = "application/vnd.oasis.opendocument"


def ouvert(corps: str, genre="text", **autres: bytes) -> bytes:
    """An OpenDocument file whose content is ``corps``."""
    contenu = f"<office:document-content {_ESPACES}>{corps}</office:document-content>"
    return archive(
        {"mimetype": f"{ODF}.{genre}".encode(), "content.xml": contenu.encode()} | autres
    )


def partie(corps: str, racine: str) -> bytes:
    return f"<office:{racine} {_ESPACES}>{corps}</office:{racine}>".encode()


def avec(contenu: bytes, **autres: bytes) -> bytes:
    return archive(ouvrir(contenu) | autres)


def lie(genre: str, but: str, corps: str = "") -> bytes:
    """A Word document with one relation that leads out of it."""
    return texte(corps, (("rId9", genre, but + _DEHORS),))


def liaisons() -> Iterator[tuple[str, str, bytes, str]]:
    """(what it is, name, content, what must become of it)."""
    yield from _word()
    yield from _excel()
    for quoi, contenu in _odf().items():
        yield quoi, "note.odt", contenu, NEUTRALISE
    formule = f'<table:table-cell table:formula="of:=DDE(&quot;{_M}&quot;;1)"/>'
    yield "formule DDE", "liste.ods", ouvert(formule, "spreadsheet"), NEUTRALISE
    ecoute = f'<presentation:event-listener presentation:action="execute" xlink:href="{_M}"/>'
    yield "programme au clic", "diapos.odp", ouvert(ecoute, "presentation"), NEUTRALISE
    cle = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    protege = f"<manifest:manifest {_ESPACES}>{cle}</manifest:manifest>".encode()
    yield "ODF protégé", "note.odt", ouvert("", **{"META-INF/manifest.xml": protege}), REFUSE
    entite = b'<!DOCTYPE x [<!ENTITY a "MARQUEHOSTILE">]><x>&a;</x>'
    yield "entité", "note.odt", ouvert("", **{"styles.xml": entite}), REFUSE


def _word() -> Iterator[tuple[str, str, bytes, str]]:
    image = f'<a:blip xmlns:a="x" xmlns:r="{REL}" r:link="rId9"/>'
    for quoi, genre, but, corps in (
        ("modèle distant", "attachedTemplate", f"https://{_M}.test/m.dotm", ""),
        ("image distante", "image", f"https://{_M}.test/pixel.png", image),
        (
            "vidéo distante",
            "video",
            f"https://{_M}.test/v",
            '<a:videoFile r:link="rId9" xmlns:a="x"/>',
        ),
        ("lien vers un script", "hyperlink", f"javascript:{_M}", ""),
        ("lien vers un poste", "hyperlink", f"file:///C:/{_M}", ""),
        ("lien vers un partage", "hyperlink", f"\\\\{_M}\\partage", ""),
    ):
        yield quoi, "note.docx", lie(genre, but, corps), NEUTRALISE
    for quoi, genre in (
        ("objet lié", "oleObject"),
        ("cadre distant", "frame"),
        ("sous-document distant", "subDocument"),
        ("publipostage", "mailMergeSource"),
        ("morceau importé", "aFChunk"),
    ):
        yield quoi, "note.docx", lie(genre, f"https://{_M}.test/"), REFUSE
    yield (
        "macro sous un autre nom",
        "note.docx",
        texte("", (("rId9", "vbaProject", "a.xml"),)),
        REFUSE,
    )
    macro = b'<Override PartName="/word/a" ContentType="application/vnd.ms-office.vbaProject"/>'
    avoue = ouvrir(texte())["[Content_Types].xml"].replace(b"</Types>", macro + b"</Types>")
    yield "macro avouée", "note.docx", avec(texte(), **{"[Content_Types].xml": avoue}), REFUSE
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + MARQUE
    yield "objet OLE nommé image", "note.docx", texte(**{"word/media/image1.png": ole}), REFUSE
    for champ in (
        f"<w:instrText>DDEAUTO c:\\\\{_M}</w:instrText>",
        f"<w:instrText>DDE</w:instrText><w:instrText>AUTO {_M}</w:instrText>",
    ):
        yield "champ DDE", "note.docx", texte(f"<w:p><w:r>{champ}</w:r></w:p>"), REFUSE
    yield (
        "champ DDE simple",
        "note.docx",
        texte(f'<w:p><w:fldSimple w:instr="DDE {_M}"/></w:p>'),
        REFUSE,
    )
    auteur = {
        "docProps/core.xml": MARQUE,
        "docProps/app.xml": MARQUE,
        "docProps/custom.xml": MARQUE,
    }
    yield "nom de l’auteur", "note.docx", texte(**auteur), NEUTRALISE
    signee = {"_xmlsignatures/sig1.xml": MARQUE}
    yield "signature", "note.docx", texte(**signee), NEUTRALISE
    tableau = relations(("rId1", "oleObject", f"file:///C:/{_M}.xlsx{_DEHORS}"))
    graphique = avec(texte_avec_graphique(), **{"word/charts/_rels/chart1.xml.rels": tableau})
    yield "graphique lié", "note.docx", graphique, NEUTRALISE
    yield (
        "imprimante du graphique",
        "note.docx",
        texte_avec_graphique(
            avec(classeur_avec_imprimante(), **{"xl/printerSettings/printerSettings1.bin": MARQUE})
        ),
        NEUTRALISE,
    )


def _excel() -> Iterator[tuple[str, str, bytes, str]]:
    auteur = {"docProps/core.xml": MARQUE, "docProps/app.xml": MARQUE}
    yield "nom de l’auteur", "liste.xlsx", avec(classeur(), **auteur), NEUTRALISE
    imprimante = {"xl/printerSettings/printerSettings1.bin": MARQUE}
    yield "imprimante", "liste.xlsx", avec(classeur_avec_imprimante(), **imprimante), NEUTRALISE
    for quoi, chemin in (
        ("classeur lié", "xl/externalLinks/externalLink1.xml"),
        ("connexions", "xl/connections.xml"),
        ("macros d’Excel 4", "xl/macrosheets/sheet1.xml"),
    ):
        yield quoi, "liste.xlsx", avec(classeur(), **{chemin: b"<x/>"}), REFUSE


def _odf() -> dict[str, bytes]:
    """Texts: each must lose the mark and be kept."""
    ecouteur = f'<script:event-listener xlink:href="vnd.sun.star.script:{_M}"/>'
    source = f'xlink:href="https://{_M}.test/x"'
    corps = {
        "macro à l’ouverture": f"<office:event-listeners>{ecouteur}</office:event-listeners>",
        "script": f"<office:scripts><office:script>{_M}</office:script></office:scripts>",
        "lien vers une macro": f'<text:a xlink:href="vnd.sun.star.script:{_M}">ici</text:a>',
        "lien déguisé": f'<text:a xlink:href=" java&#x9;script:{_M}">ici</text:a>',
        "bouton": f'<form:button xlink:href="macro:///{_M}"/>',
        "image distante": f"<draw:image {source}/>",
        "section distante": f"<text:section><text:section-source {source}/></text:section>",
        "table distante": f"<table:table-source {source}/>",
        "cadre flottant": f"<draw:floating-frame {source}/>",
        "objet hors du document": f'<draw:object xlink:href="../../{_M}"/>',
        "champ DDE": f'<text:dde-connection-decls office:name="{_M}"/>',
        "champ de macro": f'<text:execute-macro text:name="{_M}">ici</text:execute-macro>',
    }
    faits = {quoi: ouvert(un) for quoi, un in corps.items()}
    meta = (
        f"<office:meta><meta:initial-creator>{_M}</meta:initial-creator><dc:creator>{_M}</dc:creator>"
        f"<meta:printed-by>{_M}</meta:printed-by><meta:auto-reload {source}/>"
        f'<meta:template xlink:href="file:///{_M}"/><dc:title>Le titre</dc:title></office:meta>'
    )
    reglages = f'<config:config-item config:name="PrinterName">{_M}</config:config-item>'
    return faits | {
        "auteur": ouvert("", **{"meta.xml": partie(meta, "document-meta")}),
        "imprimante": ouvert("", **{"settings.xml": partie(reglages, "document-settings")}),
        "menus": ouvert("", **{"Configurations2/accelerator/current.xml": MARQUE}),
        "vignette": ouvert("", **{"Thumbnails/thumbnail.png": MARQUE}),
        "macro d’un objet": ouvert(
            "", **{"Object 1/content.xml": partie(ecouteur, "document-content")}
        ),
    }
