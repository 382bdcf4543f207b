"""Office files are archives: read entry by entry under a budget, written anew."""

import io
import posixpath
import zipfile
from dataclasses import dataclass

from commun import Refus
from lxml import etree

MO = 1024 * 1024
ENTREES_AU_PLUS = 2000
DEPLIE_AU_PLUS = 120 * MO
MIME_ODF = "mimetype"
# Macros, programs and embedded objects of office files.
INTERDITS = {
    *(".bin", ".exe", ".dll", ".js", ".vbs", ".jar", ".bat", ".cmd", ".ps1", ".class", ".xlb"),
}
DOSSIERS_INTERDITS = {"basic", "scripts", "activex", "embeddings", "macros", "macrosheets"}
# Programs and former office files, which may hold macros, whatever name they are given.
DEBUTS_INTERDITS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
AUTRE_FICHIER = (
    "Ce document contient une macro ou un autre fichier : enregistrez-le sans, ou en PDF."
)


@dataclass
class Budget:
    """What a file may still open to, the files inside it included."""

    entrees: int = ENTREES_AU_PLUS
    octets: int = DEPLIE_AU_PLUS


def lire(contenu: bytes, budget: Budget) -> dict[str, bytes]:
    """{name: content} in the order of the archive, read no further than the budget."""
    morceaux: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        entrees = archive.infolist()
        budget.entrees -= len(entrees)
        if budget.entrees < 0:
            raise Refus("Ce document contient trop de morceaux.")
        for entree in entrees:
            if entree.is_dir():
                continue
            if entree.flag_bits & 1:
                raise Refus("Ce document est protégé : enregistrez-le sans mot de passe.")
            if entree.filename in morceaux:  # what is checked must be what is opened
                raise Refus("Ce document contient deux fois le même morceau.")
            morceaux[entree.filename] = _deplier(archive, entree, budget)
    return morceaux


def _deplier(archive, entree, budget: Budget) -> bytes:
    """The content of one entry, read no further than what is left, whatever it announces."""
    with archive.open(entree) as source:
        morceau = source.read(budget.octets + 1)
    budget.octets -= len(morceau)
    if budget.octets < 0:
        raise Refus("Une fois ouvert, ce document est trop grand.")
    return morceau


def ecrire(morceaux: dict[str, bytes]) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as propre:
        for nom, morceau in morceaux.items():
            # An OpenDocument file says first, uncompressed, what it is.
            mode = zipfile.ZIP_STORED if nom == MIME_ODF else zipfile.ZIP_DEFLATED
            propre.writestr(zipfile.ZipInfo(nom, (2026, 1, 1, 0, 0, 0)), morceau, mode)
    return sortie.getvalue()


def verifier(nom: str, contenu: bytes) -> None:
    """Neither a macro, nor a program, nor an object that is opened by another program."""
    verifier_le_chemin(nom)
    *dossiers, fin = nom.replace("\\", "/").lower().split("/")
    if posixpath.splitext(fin)[1] in INTERDITS or DOSSIERS_INTERDITS & set(dossiers):
        raise Refus(AUTRE_FICHIER)
    if contenu.startswith(DEBUTS_INTERDITS):
        raise Refus(AUTRE_FICHIER)


def verifier_le_chemin(nom: str) -> None:
    chemin = nom.replace("\\", "/")
    if chemin.startswith("/") or ".." in chemin.split("/"):
        raise Refus("Ce document contient un nom de fichier dangereux.")


# --- XML -----------------------------------------------------------------------------------------
def lire_xml(contenu: bytes, recoller: bool = False):
    """The root of a part; nothing is fetched, no entity is opened."""
    analyseur = etree.XMLParser(resolve_entities=False, no_network=True, recover=recoller)
    racine = etree.fromstring(contenu, analyseur)
    if racine is None or any(True for _ in racine.iter(etree.Entity)):
        raise Refus("Ce document est écrit d’une façon inhabituelle : enregistrez-le en PDF.")
    return racine


def ecrire_xml(racine) -> bytes:
    """Without the declaration of types that came with it."""
    return etree.tostring(racine, xml_declaration=True, encoding="UTF-8", standalone=True)


def nom_court(element) -> str:
    """« p » for « {http://…}p »; nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def retirer(element) -> None:
    """Take an element away, not the text that follows it."""
    parent, suite = element.getparent(), element.tail or ""
    if parent is None:
        raise Refus("Ce document est écrit d’une façon inhabituelle : enregistrez-le en PDF.")
    avant = element.getprevious()
    if avant is None:
        parent.text = (parent.text or "") + suite
    else:
        avant.tail = (avant.tail or "") + suite
    parent.remove(element)
