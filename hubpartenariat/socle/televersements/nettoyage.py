"""Reads a file from the standard input, writes it back without anything that acts.

A program of its own, started without Django by ``accueil.py``: ``nettoyage.py FORMAT``. Everything
is written anew from what was understood, so that a second file hidden behind the first is lost.
Exit status: 0, the clean file is on the standard output; 3, the standard error says in French why
not; anything else, the file cannot be read.
"""

import io
import re
import sys
import zipfile
from pathlib import PurePosixPath

MO = 1024 * 1024
MEMOIRE = 700 * MO
SECONDES = 20
PIXELS_AU_PLUS = 40_000_000
COTE_AU_PLUS = 4000
PAGES_AU_PLUS = 2000
ENTREES_AU_PLUS = 2000
DEPLIE_AU_PLUS = 120 * MO
PROFONDEUR = 60
# What a PDF may do by itself: all of it goes.
ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition"),
    *("/RichMediaExecute", "/Movie", "/Sound", "/Trans", "/GoTo3DView"),
}
CLES_ACTIVES = ("/AA", "/OpenAction", "/JS", "/EmbeddedFiles", "/JavaScript", "/XFA", "/AF", "/EF")
MIME_ODF = "mimetype"
# Macros, programs and embedded objects of office files.
INTERDITS = {
    ".bin",
    ".exe",
    ".dll",
    ".js",
    ".vbs",
    ".jar",
    ".bat",
    ".cmd",
    ".ps1",
    ".class",
    ".xlb",
}
# What an ordinary file holds all the same: what Excel notes of a printer, the workbook of a chart.
IMPRIMANTE = re.compile(r"(?:xl|ppt)/printerSettings/printerSettings\d*\.bin")
CLASSEUR_DE_GRAPHIQUE = re.compile(r"(?:word|xl|ppt)/embeddings/[^/]+\.xlsx")
DOSSIERS_INTERDITS = {"basic", "scripts", "activex", "embeddings", "macros"}


class Refus(Exception):
    """Why the file is not taken, in French."""


def borner() -> None:
    """Little memory and little time, whatever the file does. Nothing where it is not known."""
    try:
        import resource
    except ImportError:  # not a Unix
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDES, SECONDES))


# --- Images --------------------------------------------------------------------------------------
def image(contenu: bytes, format_: str) -> bytes:
    """Drawn again: no metadata (a place, a camera), nothing behind the picture."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = PIXELS_AU_PLUS
    ouverte = Image.open(io.BytesIO(contenu), formats=[format_])
    if ouverte.width * ouverte.height > PIXELS_AU_PLUS:
        raise Refus("Cette image est trop grande : réduisez-la à 4 000 pixels de côté.")
    ouverte.load()
    dessin = ImageOps.exif_transpose(ouverte)
    dessin.thumbnail((COTE_AU_PLUS, COTE_AU_PLUS))
    couleurs = "RGB" if format_ == "JPEG" or "A" not in dessin.getbands() else "RGBA"
    propre = Image.new(couleurs, dessin.size)
    propre.paste(dessin.convert(couleurs))
    sortie = io.BytesIO()
    propre.save(sortie, format_, quality=88)
    return sortie.getvalue()


# --- PDF -----------------------------------------------------------------------------------------
def pdf(contenu: bytes, _format: str) -> bytes:
    """Written again without scripts, actions, attachments nor the name of who made it."""
    import pikepdf

    try:
        ouvert = pikepdf.open(io.BytesIO(contenu))
    except pikepdf.PasswordError:
        raise Refus("Ce PDF demande un mot de passe : enregistrez-le sans protection.") from None
    with ouvert as document:
        if ouvert.is_encrypted:
            raise Refus("Ce PDF est protégé : enregistrez-le sans protection.")
        if not 0 < len(document.pages) <= PAGES_AU_PLUS:
            raise Refus(f"Un PDF compte de 1 à {PAGES_AU_PLUS} pages.")
        for objet in document.objects:
            _desarmer(objet, pikepdf)
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        if "/Metadata" in document.Root:
            del document.Root["/Metadata"]
        sortie = io.BytesIO()
        document.remove_unreferenced_resources()
        document.save(sortie)
    return sortie.getvalue()


def _desarmer(objet, pikepdf, profondeur: int = 0) -> None:
    """Take the actions out of this object and of those written inside it."""
    if profondeur > PROFONDEUR:
        raise Refus("Ce PDF est écrit d’une façon trop compliquée : imprimez-le en PDF à nouveau.")
    if isinstance(objet, pikepdf.Array):
        for un in objet:
            if isinstance(un, (pikepdf.Dictionary, pikepdf.Array)) and not un.is_indirect:
                _desarmer(un, pikepdf, profondeur + 1)
    elif isinstance(objet, (pikepdf.Dictionary, pikepdf.Stream)):
        for cle in CLES_ACTIVES:
            if cle in objet:
                del objet[cle]
        if str(objet.get("/S", "")) in ACTIONS:
            objet["/S"] = pikepdf.Name("/Rien")
        for cle in list(objet.keys()):
            un = objet.get(cle)
            if isinstance(un, (pikepdf.Dictionary, pikepdf.Array)) and not un.is_indirect:
                _desarmer(un, pikepdf, profondeur + 1)


# --- Office files --------------------------------------------------------------------------------
def bureau(contenu: bytes, mime: str, *, dans_un_autre: bool = False) -> bytes:
    """An OpenDocument or Office Open XML file, packed again without macros nor programs.

    The workbook behind a chart is cleaned in the same way; it holds no other (``dans_un_autre``).
    """
    sortie, deplie = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        entrees = archive.infolist()
        if len(entrees) > ENTREES_AU_PLUS:
            raise Refus("Ce document contient trop de morceaux.")
        _verifier_le_genre(archive, mime)
        with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as propre:
            for entree in entrees:
                if entree.is_dir():
                    continue
                if entree.flag_bits & 1:
                    raise Refus("Ce document est protégé : enregistrez-le sans mot de passe.")
                classeur = bool(CLASSEUR_DE_GRAPHIQUE.fullmatch(entree.filename))
                if dans_un_autre or not classeur:
                    _verifier_le_nom(entree.filename)
                morceau = _deplier(archive, entree, DEPLIE_AU_PLUS - deplie)
                deplie += len(morceau)
                if classeur:
                    morceau = bureau(morceau, _CLASSEUR, dans_un_autre=True)
                elif IMPRIMANTE.fullmatch(entree.filename):
                    morceau = b""  # its place stays, so that nothing points to what is not there
                # An OpenDocument file says first, uncompressed, what it is.
                mode = zipfile.ZIP_STORED if entree.filename == MIME_ODF else None
                neuve = zipfile.ZipInfo(entree.filename, (2026, 1, 1, 0, 0, 0))
                propre.writestr(neuve, morceau, mode if mode is not None else zipfile.ZIP_DEFLATED)
    return sortie.getvalue()


def _verifier_le_genre(archive, mime: str) -> None:
    noms = archive.namelist()
    if "opendocument" in mime:
        if noms[:1] != [MIME_ODF] or archive.read(MIME_ODF).decode("ascii", "replace") != mime:
            raise Refus("Ce fichier n’est pas le document que son nom annonce.")
    elif "[Content_Types].xml" not in noms or not any(n.startswith(_DOSSIER[mime]) for n in noms):
        raise Refus("Ce fichier n’est pas le document que son nom annonce.")


_OFFICE = "application/vnd.openxmlformats-officedocument"
_DOSSIER = {
    f"{_OFFICE}.wordprocessingml.document": "word/",
    f"{_OFFICE}.spreadsheetml.sheet": "xl/",
    f"{_OFFICE}.presentationml.presentation": "ppt/",
}


_CLASSEUR = f"{_OFFICE}.spreadsheetml.sheet"


def _verifier_le_nom(nom: str) -> None:
    if IMPRIMANTE.fullmatch(nom):
        return
    chemin = PurePosixPath(nom.replace("\\", "/"))
    dossiers = {partie.lower() for partie in chemin.parts[:-1]}
    if chemin.is_absolute() or ".." in chemin.parts:
        raise Refus("Ce document contient un nom de fichier dangereux.")
    if chemin.suffix.lower() in INTERDITS or dossiers & DOSSIERS_INTERDITS:
        raise Refus(
            "Ce document contient une macro ou un autre fichier : enregistrez-le sans, ou en PDF."
        )


def _deplier(archive, entree, au_plus: int) -> bytes:
    """The content of one entry, read no further than what is left, whatever it announces."""
    with archive.open(entree) as source:
        morceau = source.read(au_plus + 1)
    if len(morceau) > au_plus:
        raise Refus("Une fois ouvert, ce document est trop grand.")
    return morceau


# --- Texts ---------------------------------------------------------------------------------------
def texte(contenu: bytes, _format: str) -> bytes:
    """A text in UTF-8, without control characters nor signs that turn the reading round."""
    try:
        lu = contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refus("Ce texte n’est pas en UTF-8 : enregistrez-le en PDF ou en UTF-8.") from None
    if any(ord(lettre) < 32 and lettre not in "\t\n\r" for lettre in lu) or "\x7f" in lu:
        raise Refus("Ce fichier n’est pas un texte.")
    return lu.translate(dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])).encode()


NETTOYEURS = {"image": image, "pdf": pdf, "bureau": bureau, "texte": texte}


def principal() -> int:
    genre, format_ = sys.argv[1:3]
    borner()
    contenu = sys.stdin.buffer.read()
    try:
        propre = NETTOYEURS[genre](contenu, format_)
    except Refus as refus:
        sys.stderr.buffer.write(str(refus).encode())
        return 3
    sys.stdout.buffer.write(propre)
    return 0


if __name__ == "__main__":
    sys.exit(principal())
