"""OpenDocument files (odt, ods, odp): what acts, what is fetched and who wrote it are taken out."""

import re

import liens
import paquet
from commun import Refus

MANIFESTE = "META-INF/manifest.xml"
# Of no use to who reads: a picture of the first page, menus of one's own, signatures now broken.
A_RETIRER = re.compile(
    r"(?:Thumbnails|Configurations2)/.*|layout-cache|META-INF/\w*signatures\w*\.xml"
)
# Scripts, programs, data asked of another program; a document that loads another after a while.
ACTIFS = {
    *("scripts", "script", "execute-macro", "applet", "auto-reload"),
    *("dde-source", "dde-connection-decls", "dde-connection", "dde-links", "dde-link"),
}
ACTIONS = {"execute", "execute-macro", "verb"}
# What is followed only when somebody clicks.
CLIQUABLES = {"a", "area-rectangle", "area-circle", "area-polygon", "button"}
# What stays of the card of the document: neither author, nor model, nor printer.
DU_DOCUMENT = {
    *("title", "subject", "description", "language", "date", "creation-date", "keyword"),
    *("generator", "document-statistic"),
}
IMPRIMANTE = {"PrinterName", "PrinterSetup"}
_FORMULE_ACTIVE = re.compile(r"\b(?:DDE|WEBSERVICE)\s*\(", re.IGNORECASE)


def nettoyer(morceaux: dict[str, bytes]) -> dict[str, bytes]:
    gardes = {nom: un for nom, un in morceaux.items() if not A_RETIRER.fullmatch(nom)}
    for nom, contenu in gardes.items():
        paquet.verifier(nom, contenu)
    if MANIFESTE in gardes:  # first: it says whether the rest can be read
        gardes[MANIFESTE] = _manifeste(gardes[MANIFESTE])
    for nom, contenu in gardes.items():
        if nom != MANIFESTE and nom.lower().endswith(".xml"):
            gardes[nom] = _partie(contenu)
    return gardes


def _manifeste(contenu: bytes) -> bytes:
    """The list of the parts that are left. Refused when some are under a password."""
    racine = paquet.lire_xml(contenu)
    for element in list(racine.iter("*")):
        if paquet.nom_court(element) == "encryption-data":
            raise Refus("Ce document est protégé : enregistrez-le sans mot de passe.")
        chemins = [v for cle, v in element.attrib.items() if cle.endswith("}full-path")]
        if any(A_RETIRER.fullmatch(chemin) for chemin in chemins):
            paquet.retirer(element)
    return paquet.ecrire_xml(racine)


def _partie(contenu: bytes) -> bytes:
    """A part without what acts by itself."""
    racine = paquet.lire_xml(contenu)
    for element in list(racine.iter("*")):
        if element is not racine and _est_de_trop(element):
            paquet.retirer(element)
        else:
            _desarmer(element)
    return paquet.ecrire_xml(racine)


def _est_de_trop(element) -> bool:
    nom = paquet.nom_court(element)
    carte = element.getparent().tag.endswith(":office:1.0}meta")
    if nom in ACTIFS or (carte and nom not in DU_DOCUMENT):
        return True
    if nom == "event-listener":
        return _agit(element)
    if nom == "config-item":
        return any(cle.endswith("}name") and v in IMPRIMANTE for cle, v in element.attrib.items())
    return nom not in CLIQUABLES and not all(map(liens.est_dedans, _adresses(element).values()))


def _agit(element) -> bool:
    """A listener that runs something; « next slide » is not."""
    if "script" in element.tag:
        return True
    actions = {v for cle, v in element.attrib.items() if cle.endswith("}action")}
    return bool(actions & ACTIONS) or not all(map(liens.se_suit, _adresses(element).values()))


def _adresses(element) -> dict[str, str]:
    return {cle: v for cle, v in element.attrib.items() if cle.endswith("}href")}


def _desarmer(element) -> None:
    """The links that lead nowhere good, the formulas that ask another program."""
    for cle, adresse in _adresses(element).items():
        if not liens.se_suit(adresse):
            element.set(cle, liens.NULLE_PART)
    for cle, valeur in list(element.attrib.items()):
        if cle.endswith("}formula") and _FORMULE_ACTIVE.search(valeur):
            del element.attrib[cle]
