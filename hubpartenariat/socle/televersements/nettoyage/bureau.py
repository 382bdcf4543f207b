"""Office files, packed again without macros nor programs."""

import odf
import ooxml
import paquet
from commun import Refus

PAS_CE_DOCUMENT = "Ce fichier n’est pas le document que son nom annonce."


def bureau(contenu: bytes, mime: str) -> bytes:
    """An OpenDocument or Office Open XML file without what acts in it."""
    budget = paquet.Budget()
    morceaux = paquet.lire(contenu, budget)
    if "opendocument" in mime:
        if next(iter(morceaux), "") != paquet.MIME_ODF:
            raise Refus(PAS_CE_DOCUMENT)
        if morceaux[paquet.MIME_ODF].decode("ascii", "replace") != mime:
            raise Refus(PAS_CE_DOCUMENT)
        return paquet.ecrire(odf.nettoyer(morceaux))
    if not ooxml.est_un(mime, morceaux):
        raise Refus(PAS_CE_DOCUMENT)
    return paquet.ecrire(ooxml.nettoyer(morceaux, budget))
