"""From a file that somebody sends to one that may be kept: type, size, name, cleaning."""

import re
import subprocess
import sys
import threading
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

NETTOYAGE = Path(__file__).with_name("nettoyage")
TAILLE_AU_PLUS = 10 * 1024 * 1024
# Waiting and cleaning together last less than the reverse proxy waits.
SECONDES = 20
ATTENTE = 10
# Each cleaner may hold 700 MB: so many at once in one process of the site, the others wait.
NETTOYEURS_A_LA_FOIS = 2
_PLACES = threading.BoundedSemaphore(NETTOYEURS_A_LA_FOIS)
NOM_AU_PLUS = 90
ILLISIBLE = "Ce fichier ne s’ouvre pas : il est abîmé, ou n’est pas ce que son nom annonce."
VIDE = "Ce fichier est vide."
OCCUPE = "Beaucoup de fichiers arrivent en même temps : réessayez dans un instant."
TROP_LOURD = "Ce fichier pèse plus de 10 Mo. Réduisez-le, ou donnez un lien."
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Format:
    """One kind of file that is taken: how it begins, what cleans it."""

    extension: str
    mime: str
    nettoyeur: str
    debut: bytes = b""
    detail: str = ""  # what the cleaner wants to know: a format of image, a type of document


FORMATS = {
    un.extension: un
    for un in (
        Format("pdf", "application/pdf", "pdf", b"%PDF-"),
        Format("odt", f"{_ODF}.text", "bureau", b"PK\x03\x04"),
        Format("ods", f"{_ODF}.spreadsheet", "bureau", b"PK\x03\x04"),
        Format("odp", f"{_ODF}.presentation", "bureau", b"PK\x03\x04"),
        Format("docx", f"{_OFFICE}.wordprocessingml.document", "bureau", b"PK\x03\x04"),
        Format("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "bureau", b"PK\x03\x04"),
        Format("pptx", f"{_OFFICE}.presentationml.presentation", "bureau", b"PK\x03\x04"),
        Format("png", "image/png", "image", b"\x89PNG\r\n\x1a\n", "PNG"),
        Format("jpg", "image/jpeg", "image", b"\xff\xd8\xff", "JPEG"),
        Format("webp", "image/webp", "image", b"RIFF", "WEBP"),
        Format("txt", "text/plain; charset=utf-8", "texte"),
        Format("csv", "text/csv; charset=utf-8", "texte"),
    )
}
ALIAS = {"jpeg": "jpg"}
EN_MOTS = "PDF, texte (odt, docx, txt), tableur (ods, xlsx, csv), diaporama ou image"


@dataclass(frozen=True)
class Depot:
    """A file that may be kept."""

    nom: str
    mime: str
    contenu: bytes


def accueillir(televerse) -> Depot:
    """Take what was sent (a Django UploadedFile). ValidationError says in French why not."""
    if not televerse.size:
        raise ValidationError(VIDE)
    if televerse.size > TAILLE_AU_PLUS:
        raise ValidationError(TROP_LOURD)
    souche, extension = nom_lisible(televerse.name or "")
    un = FORMATS.get(extension)
    if un is None:
        raise ValidationError(f"Ce genre de fichier n’est pas accepté. Acceptés : {EN_MOTS}.")
    televerse.seek(0)
    contenu = televerse.read(TAILLE_AU_PLUS + 1)
    if not contenu.startswith(un.debut):
        raise ValidationError(ILLISIBLE)
    return Depot(f"{souche}.{un.extension}", un.mime, nettoyer(contenu, un))


def nettoyer(contenu: bytes, un: Format) -> bytes:
    """Cleaned in a process of its own. ValidationError when it refuses or does not come back."""
    detail, au_plus = un.detail or un.mime, str(TAILLE_AU_PLUS)
    commande = [sys.executable, "-I", str(NETTOYAGE), un.nettoyeur, detail, au_plus]
    try:
        with _une_place():
            fait = subprocess.run(commande, input=contenu, capture_output=True, timeout=SECONDES)
    except subprocess.TimeoutExpired:
        raise ValidationError(ILLISIBLE) from None
    if fait.returncode == 3:
        raise ValidationError(fait.stderr.decode())
    if fait.returncode == 4:
        raise ValidationError(TROP_LOURD)
    if fait.returncode or not fait.stdout:
        raise ValidationError(ILLISIBLE)
    return fait.stdout


@contextmanager
def _une_place():
    """One of the few places for a cleaner. ValidationError when none is free for too long."""
    if not _PLACES.acquire(timeout=ATTENTE):
        raise ValidationError(OCCUPE)
    try:
        yield
    finally:
        _PLACES.release()


def nom_lisible(nom: str) -> tuple[str, str]:
    """(name without its ending, ending) as they may be shown: no path, no sign that reads
    backwards, no control character. The ending is the last one: « facture.pdf.exe » is an exe."""
    nom = re.split(r"[/\\]", unicodedata.normalize("NFC", nom))[-1]
    visible = "".join(
        " " if lettre.isspace() else lettre
        for lettre in nom
        if lettre.isspace() or unicodedata.category(lettre)[0] not in "C"
    )
    souche, _, extension = visible.strip().rpartition(".")
    souche = " ".join(re.sub(r'["<>:|?*;%]+', " ", souche).split()).strip(". ")[:NOM_AU_PLUS]
    extension = extension.strip().lower()
    return souche or "document", ALIAS.get(extension, extension)
