"""Office Open XML files (docx, xlsx, pptx): parts, and the relations that tie them.

What is dropped leaves no trace in the relations nor in the parts that called it: a call to nothing
makes an office program say that the file is damaged.
"""

import posixpath
import re
from urllib.parse import unquote

import paquet
from commun import Refus

OFFICE = "application/vnd.openxmlformats-officedocument"
DOSSIERS = {
    f"{OFFICE}.wordprocessingml.document": "word/",
    f"{OFFICE}.spreadsheetml.sheet": "xl/",
    f"{OFFICE}.presentationml.presentation": "ppt/",
}
CLASSEUR = f"{OFFICE}.spreadsheetml.sheet"
TYPES = "[Content_Types].xml"
# The settings of the printer of who saved the file: of no use to anybody else.
A_RETIRER = re.compile(r"(?:xl|word|ppt)/printerSettings/printerSettings\d*\.bin", re.IGNORECASE)
# The numbers behind a chart.
CLASSEUR_D_UN_DESSIN = re.compile(r"(?:xl|word|ppt)/embeddings/[^/]+\.xlsx", re.IGNORECASE)
# Elements that are nothing but a call: without their part, they go.
APPELS = {"printerSettings"}
_ESPACE_DES_APPELS = re.compile(r"\{http://[^}]*/officeDocument/(?:2006/)?relationships\}")


def est_un(mime: str, morceaux: dict[str, bytes]) -> bool:
    return TYPES in morceaux and any(nom.startswith(DOSSIERS[mime]) for nom in morceaux)


def nettoyer(morceaux: dict[str, bytes], budget, emboite: bool = False) -> dict[str, bytes]:
    """``emboite``: this workbook lies in another document; it may hold no other itself."""
    retires = {nom for nom in morceaux if A_RETIRER.fullmatch(nom)}
    gardes = {nom: contenu for nom, contenu in morceaux.items() if nom not in retires}
    for nom, contenu in gardes.items():
        if CLASSEUR_D_UN_DESSIN.fullmatch(nom) and not emboite:
            paquet.verifier_le_chemin(nom)
            gardes[nom] = _classeur_d_un_dessin(contenu, budget)
        else:
            paquet.verifier(nom, contenu)
    for nom in [nom for nom in gardes if nom.lower().endswith(".rels")]:
        _relations(gardes, nom, retires)
    _types(gardes, retires)
    return gardes


def _classeur_d_un_dessin(contenu: bytes, budget) -> bytes:
    """A workbook inside the document, cleaned once, on what is left of the same budget."""
    if not contenu.startswith(b"PK\x03\x04"):
        raise Refus(paquet.AUTRE_FICHIER)
    morceaux = paquet.lire(contenu, budget)
    if not est_un(CLASSEUR, morceaux):
        raise Refus(paquet.AUTRE_FICHIER)
    return paquet.ecrire(nettoyer(morceaux, budget, emboite=True))


def _relations(morceaux: dict[str, bytes], nom: str, retires: set[str]) -> None:
    """Forget the relations to what is dropped, and the calls made to them."""
    source = _source(nom)
    racine = paquet.lire_xml(morceaux[nom])
    oubliees = set()
    for relation in list(racine.iterchildren("*")):
        if _visee(source, relation) in retires:
            oubliees.add(relation.get("Id"))
            racine.remove(relation)
    if oubliees:
        morceaux[nom] = paquet.ecrire_xml(racine)
        if source in morceaux:
            morceaux[source] = _sans_appels(morceaux[source], oubliees, source)


def _source(nom: str) -> str:
    """The part whose relations these are: « xl/a.xml » for « xl/_rels/a.xml.rels »."""
    dossier, fin = posixpath.split(nom)
    return posixpath.join(posixpath.dirname(dossier), fin[: -len(".rels")])


def _visee(source: str, relation) -> str:
    """The part that a relation leads to; empty when it leads out of the file."""
    if relation.get("TargetMode", "").lower() == "external":
        return ""
    but = unquote(relation.get("Target", ""))
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), but)).lstrip("/")


def _sans_appels(contenu: bytes, oubliees: set[str], source: str) -> bytes:
    """The part without what calls those relations."""
    racine = paquet.lire_xml(contenu, recoller=source.lower().endswith(".vml"))
    for element in list(racine.iter()):
        for cle, valeur in list(element.attrib.items()):
            if valeur in oubliees and _ESPACE_DES_APPELS.match(cle):
                if paquet.nom_court(element) in APPELS:
                    paquet.retirer(element)
                    break
                del element.attrib[cle]
    return paquet.ecrire_xml(racine)


def _types(morceaux: dict[str, bytes], retires: set[str]) -> None:
    """The list of parts no longer names what is dropped."""
    racine = paquet.lire_xml(morceaux[TYPES])
    nommes = racine.iterchildren("*")
    en_trop = [un for un in nommes if un.get("PartName", "").lstrip("/") in retires]
    for un in en_trop:
        racine.remove(un)
    if en_trop:
        morceaux[TYPES] = paquet.ecrire_xml(racine)
