"""Office Open XML files (docx, xlsx, pptx): parts, and the relations that tie them.

What is dropped leaves no trace in the relations nor in the parts that called it: a call to nothing
makes an office program say that the file is damaged.
"""

import posixpath
import re
from urllib.parse import unquote

import liens
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
# Of no use to who reads: the printer of who saved the file, their name and firm, signatures now
# broken.
A_RETIRER = re.compile(
    r"(?:xl|word|ppt)/printerSettings/printerSettings\d*\.bin|docProps/.*|_xmlsignatures/.*",
    re.IGNORECASE,
)
# What asks another file or another program for data, whatever its relations.
LIAISONS = re.compile(r"xl/(?:externalLinks/.*|connections\.xml)", re.IGNORECASE)
# The numbers behind a chart.
CLASSEUR_D_UN_DESSIN = re.compile(r"(?:xl|word|ppt)/embeddings/[^/]+\.xlsx", re.IGNORECASE)
# Relations that lead out of the file and may go, the document being whole without them.
DEHORS_SANS_PERTE = {"attachedTemplate", "image", "video", "audio", "media"}
# Relations to what acts, whatever name it is given.
ACTIVES = {
    *("vbaProject", "wordVbaData", "control", "activeXControlBinary", "attachedToolbars"),
    *("xlMacrosheet", "xlIntlMacrosheet"),
}
TYPES_ACTIFS = re.compile(r"vbaproject|macroenabled|activex", re.IGNORECASE)
# Elements that are nothing but a call: without their part, they go.
APPELS = {
    *("printerSettings", "attachedTemplate", "externalData"),
    *("videoFile", "audioFile", "quickTimeFile", "media"),
}
# A field of Word that asks another program, its letters in one piece or in several.
_CHAMP_ACTIF = re.compile(r"DDE(?:AUTO)?[\s\"\\]", re.IGNORECASE)
_ESPACE_DES_APPELS = re.compile(r"\{http://[^}]*/officeDocument/(?:2006/)?relationships\}")


def est_un(mime: str, morceaux: dict[str, bytes]) -> bool:
    return TYPES in morceaux and any(nom.startswith(DOSSIERS[mime]) for nom in morceaux)


def nettoyer(morceaux: dict[str, bytes], budget, emboite: bool = False) -> dict[str, bytes]:
    """``emboite``: this workbook lies in another document; it may hold no other itself."""
    retires = {nom for nom in morceaux if A_RETIRER.fullmatch(nom)}
    gardes = {nom: contenu for nom, contenu in morceaux.items() if nom not in retires}
    for nom, contenu in gardes.items():
        if LIAISONS.fullmatch(nom):
            raise Refus(liens.AILLEURS)
        if CLASSEUR_D_UN_DESSIN.fullmatch(nom) and not emboite:
            paquet.verifier_le_chemin(nom)
            gardes[nom] = _classeur_d_un_dessin(contenu, budget)
        else:
            paquet.verifier(nom, contenu)
    for nom in [nom for nom in gardes if nom.lower().endswith(".rels")]:
        _relations(gardes, nom, retires)
    _types(gardes, retires)
    _verifier_les_champs(gardes)
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
    """Forget the relations to what is dropped or lies elsewhere, and the calls made to them."""
    source = _source(nom)
    racine = paquet.lire_xml(morceaux[nom])
    oubliees = set()
    for relation in list(racine.iterchildren("*")):
        if _est_a_oublier(source, relation, retires):
            oubliees.add(relation.get("Id"))
            racine.remove(relation)
    morceaux[nom] = paquet.ecrire_xml(racine)
    if oubliees and source in morceaux:
        morceaux[source] = _sans_appels(morceaux[source], oubliees, source)


def _est_a_oublier(source: str, relation, retires: set[str]) -> bool:
    """Whether this relation goes. A link that leads nowhere good is changed; Refus for the rest."""
    genre = relation.get("Type", "").rpartition("/")[2]
    if genre in ACTIVES:
        raise Refus(paquet.AUTRE_FICHIER)
    if not _mene_dehors(relation):
        return _visee(source, relation) in retires
    if genre == "hyperlink":
        if not liens.se_suit(relation.get("Target", "")):
            relation.set("Target", liens.NULLE_PART)
        return False
    # The numbers of a chart stay in the chart, whether or not they are linked.
    if genre in DEHORS_SANS_PERTE or "/charts/" in source:
        return True
    raise Refus(liens.AILLEURS)


def _mene_dehors(relation) -> bool:
    """It says so, or it cannot be otherwise."""
    but = relation.get("Target", "")
    dit = relation.get("TargetMode", "").strip().lower() == "external"
    return dit or bool(liens.genre(but)) or but.startswith(("//", "\\"))


def _source(nom: str) -> str:
    """The part whose relations these are: « xl/a.xml » for « xl/_rels/a.xml.rels »."""
    dossier, fin = posixpath.split(nom)
    return posixpath.join(posixpath.dirname(dossier), fin[: -len(".rels")])


def _visee(source: str, relation) -> str:
    """The part that a relation leads to."""
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
    """The list of parts no longer names what is dropped. Refused when one says that it acts."""
    racine = paquet.lire_xml(morceaux[TYPES])
    for un in list(racine.iterchildren("*")):
        if un.get("PartName", "").lstrip("/") in retires:
            racine.remove(un)
        elif TYPES_ACTIFS.search(un.get("ContentType", "")):
            raise Refus(paquet.AUTRE_FICHIER)
    morceaux[TYPES] = paquet.ecrire_xml(racine)


def _verifier_les_champs(morceaux: dict[str, bytes]) -> None:
    for nom in morceaux:
        if re.fullmatch(r"word/[^/]+\.xml", nom, re.IGNORECASE):
            champs = "".join(_champs(paquet.lire_xml(morceaux[nom])))
            if _CHAMP_ACTIF.search(champs):
                raise Refus(liens.AILLEURS)


def _champs(racine):
    """What the fields of a part of Word are asked, piece after piece."""
    for element in racine.iter("*"):
        nom = paquet.nom_court(element)
        if nom == "instrText":
            yield element.text or ""
        elif nom == "fldSimple":
            yield from (f" {v} " for cle, v in element.attrib.items() if cle.endswith("}instr"))
