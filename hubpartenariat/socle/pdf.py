"""PDF made by WeasyPrint behind one function: tagged, reproducible, cut off from the world.

What is learned the hard way is written where it is applied: the fetcher opens nothing but our own
files (F4, F5), drawings are images with an alternative text, margin boxes become artifacts (F6).
"""

import contextlib
import logging
import os
import re
import unicodedata
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath

import pikepdf
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import mark_safe
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

logger = logging.getLogger(__name__)

TYPES = {".css": "text/css", ".woff2": "font/woff2", ".png": "image/png", ".svg": "image/svg+xml"}


class NosFichiers(URLFetcher):
    """Opens ``statique:css/pdf.css`` and ``image:nom`` (drawings given by the caller), only.

    Everything else (http, file, data, ftp, relative paths …) is refused before any system call.
    A class and not a function: WeasyPrint 70 crashes when a function raises.
    """

    def __init__(self, images: dict[str, str] | None = None):
        super().__init__(allowed_protocols=set(), allow_redirects=False)
        self.images = images or {}

    def fetch(self, url, headers=None):
        schema, _, reste = url.partition(":")
        if schema == "image" and reste in self.images:
            corps, genre = self.images[reste].encode(), "image/svg+xml"
        elif schema == "statique":
            corps, genre = self.statique(reste)
        else:
            raise ValueError(f"address refused in a PDF: {url[:80]}")
        return URLFetcherResponse(url, corps, {"Content-Type": genre})

    @staticmethod
    def statique(nom: str) -> tuple[bytes, str]:
        """One of our static files, by its name; nothing outside their folder."""
        genre = TYPES.get(PurePosixPath(nom).suffix)
        racine = Path(settings.STATICFILES_DIRS[0]).resolve()
        chemin = (racine / nom).resolve()
        if genre is None or not chemin.is_relative_to(racine):
            raise ValueError(f"not a static file of ours: {nom[:80]}")
        return chemin.read_bytes(), genre


def rendre(
    html: str,
    *,
    titre: str,
    date: str,
    images: dict[str, str] | None = None,
    places: dict[str, int] | None = None,
):
    """The PDF/UA of an HTML page, and its number of pages. Same arguments, same bytes.

    ``html`` comes from our own templates, where user text is escaped. ``date`` (ISO 8601) dates
    the document: the clock is not read. ``places``, if given, receives the page of each id.
    """
    polices = FontConfiguration()
    # A base that leads nowhere: without one, WeasyPrint fails on a relative address.
    document = HTML(string=html, base_url="nulle-part:/", url_fetcher=NosFichiers(images)).render(
        font_config=polices, presentational_hints=False
    )
    document.metadata.title = lisible(titre)[:250]
    document.metadata.lang = "fr"
    quand = datetime.fromisoformat(date)
    quand = (quand if quand.tzinfo else quand.replace(tzinfo=UTC)).astimezone(UTC)
    if places is not None:
        places |= {nom: n for n, page in enumerate(document.pages) for nom in page.anchors}
    with _horloge_des_polices(quand):
        brut = document.write_pdf(pdf_variant="pdf/ua-1")
    return finir(brut, quand), len(document.pages)


@contextlib.contextmanager
def _horloge_des_polices(quand: datetime):
    """fontTools dates the subset fonts; this variable is how it is told which date to write."""
    avant = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(max(0, int(quand.timestamp())))
    try:
        yield
    finally:
        if avant is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = avant


# --- After WeasyPrint ----------------------------------------------------------------------------
def finir(brut: bytes, quand: datetime) -> bytes:
    """Mark the margin boxes as artifacts, give headers their scope, fix the dates."""
    with pikepdf.open(BytesIO(brut)) as document:
        retenus = _contenus_structures(document)
        for numero, page in enumerate(document.pages):
            _marquer_artefacts(document, page, retenus.get(numero, set()))
        _elaguer_l_arbre(document, retenus)
        for element in _elements(document):
            if element.get("/S") == "/TH":
                _donner_la_portee(element)
        document.docinfo["/CreationDate"] = quand.strftime("D:%Y%m%d%H%M%SZ")
        document.docinfo["/ModDate"] = quand.strftime("D:%Y%m%d%H%M%SZ")
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = quand.strftime("%Y-%m-%dT%H:%M:%SZ")
            xmp["xmp:CreatorTool"] = "Hub du partenariat en santé"
            xmp["dc:language"] = {"fr"}
        document.docinfo["/Creator"] = "Hub du partenariat en santé"
        sortie = BytesIO()
        document.save(
            sortie,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return sortie.getvalue()


def _elements(document):
    """Every structure element that hangs from the root of the tree, in reading order."""
    racine = document.Root.get("/StructTreeRoot")
    pile = list(_enfants(racine))[::-1] if racine is not None else []
    while pile:
        element = pile.pop()
        yield element
        pile += list(_enfants(element))[::-1]


def _enfants(element):
    enfants = element.get("/K", [])
    if isinstance(enfants, pikepdf.Dictionary):
        enfants = [enfants]
    if not isinstance(enfants, (pikepdf.Array, list)):
        return
    for enfant in enfants:
        if isinstance(enfant, pikepdf.Dictionary) and "/S" in enfant:
            yield enfant


def _contenus_structures(document) -> dict[int, set[int]]:
    """Per page, the marked contents (MCID) that the structure tree really holds."""
    pages = {page.objgen: numero for numero, page in enumerate(document.pages)}
    trouves: dict[int, set[int]] = {}
    for element in _elements(document):
        contenus = element.get("/K", [])
        contenus = contenus if isinstance(contenus, pikepdf.Array) else [contenus]
        for contenu in contenus:
            if isinstance(contenu, int) and "/Pg" in element:
                trouves.setdefault(pages[element["/Pg"].objgen], set()).add(int(contenu))
    return trouves


def _marquer_artefacts(document, page, retenus: set[int]) -> None:
    """Marked content that no element holds (running head, page number) is said an artifact."""
    pagination = pikepdf.Dictionary(Type=pikepdf.Name.Pagination)
    instructions = []
    for operandes, operateur in pikepdf.parse_content_stream(page):
        if str(operateur) == "BDC" and isinstance(operandes[1], pikepdf.Dictionary):
            mcid = operandes[1].get("/MCID")
            if mcid is not None and int(mcid) not in retenus:
                operandes = [pikepdf.Name.Artifact, pagination]
        instructions.append((operandes, operateur))
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))


def _elaguer_l_arbre(document, retenus: dict[int, set[int]]) -> None:
    """The parent tree forgets the artifacts, which have no parent."""
    racine = document.Root.get("/StructTreeRoot")
    nombres = racine.get("/ParentTree", {}).get("/Nums") if racine is not None else None
    for indice in range(0, len(nombres or []), 2):
        numero, parents = int(nombres[indice]), nombres[indice + 1]
        if not isinstance(parents, pikepdf.Array) or numero >= len(document.pages):
            continue
        for mcid in range(len(parents)):
            if mcid not in retenus.get(numero, set()):
                parents[mcid] = None
    if nombres is not None:
        racine.ParentTreeNextKey = len(nombres) // 2


def _donner_la_portee(cellule) -> None:
    """A header cell says what it heads: its row when other cells follow in a body row."""
    attributs = cellule.get("/A")
    if attributs is None or isinstance(attributs, pikepdf.Array) or "/Scope" in attributs:
        return
    groupe = cellule.get("/P", {}).get("/P", {})
    attributs.Scope = pikepdf.Name.Row if groupe.get("/S") == "/TBody" else pikepdf.Name.Column


# --- Text of users ---------------------------------------------------------------------------
_CONTROLES = {"Cc", "Cs", "Co", "Cn"}
_FORCAGES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # bidi overrides
_MOT_ENORME = re.compile(r"\S{31,}")
LIGNES_MAX = 60  # of one text: laying out thousands of lines of one block takes minutes


def lisible(texte: str) -> str:
    """``texte`` without control characters nor direction overrides; lines and tabs stay."""
    texte = texte.translate(_FORCAGES)
    return "".join(c for c in texte if c in "\n\t" or unicodedata.category(c) not in _CONTROLES)


def borner(texte: str, maximum: int) -> str:
    """``texte`` fit for a document: readable, no longer than ``maximum``, and saying so if cut."""
    texte = re.sub(r"\n{3,}", "\n\n", lisible(texte).replace("\t", " ")).strip()
    lignes = texte[:maximum].split("\n")
    court = "\n".join(lignes[:LIGNES_MAX])
    if len(court) == len(texte):
        return texte
    return court.rstrip() + "… (texte coupé : la suite est sur le site)"


def secable(texte: str) -> str:
    """Escaped text whose huge words may break every 30 characters."""

    def couper(mot: re.Match) -> str:
        brut = mot.group()
        return "\u200b".join(escape(brut[i : i + 30]) for i in range(0, len(brut), 30))

    morceaux, fin = [], 0
    for mot in _MOT_ENORME.finditer(texte):
        morceaux += [escape(texte[fin : mot.start()]), couper(mot)]
        fin = mot.end()
    return mark_safe("".join([*morceaux, escape(texte[fin:])]))  # noqa: S308 — each part escaped
