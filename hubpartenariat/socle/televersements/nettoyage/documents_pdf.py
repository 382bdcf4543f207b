"""PDFs, written again without what acts."""

import io

import pikepdf
from commun import Refus

PAGES_AU_PLUS = 2000
PROFONDEUR = 60
# What a PDF may do by itself: all of it goes.
ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition"),
    *("/RichMediaExecute", "/Movie", "/Sound", "/Trans", "/GoTo3DView"),
}
CLES_ACTIVES = ("/AA", "/OpenAction", "/JS", "/EmbeddedFiles", "/JavaScript", "/XFA", "/AF", "/EF")


def pdf(contenu: bytes, _format: str) -> bytes:
    """Written again without scripts, actions, attachments nor the name of who made it."""
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
            _desarmer(objet)
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        if "/Metadata" in document.Root:
            del document.Root["/Metadata"]
        sortie = io.BytesIO()
        document.remove_unreferenced_resources()
        document.save(sortie)
    return sortie.getvalue()


def _desarmer(objet, profondeur: int = 0) -> None:
    """Take the actions out of this object and of those written inside it."""
    if profondeur > PROFONDEUR:
        raise Refus("Ce PDF est écrit d’une façon trop compliquée : imprimez-le en PDF à nouveau.")
    if isinstance(objet, pikepdf.Array):
        for un in objet:
            if isinstance(un, (pikepdf.Dictionary, pikepdf.Array)) and not un.is_indirect:
                _desarmer(un, profondeur + 1)
    elif isinstance(objet, (pikepdf.Dictionary, pikepdf.Stream)):
        for cle in CLES_ACTIVES:
            if cle in objet:
                del objet[cle]
        if str(objet.get("/S", "")) in ACTIONS:
            objet["/S"] = pikepdf.Name("/Rien")
        for cle in list(objet.keys()):
            un = objet.get(cle)
            if isinstance(un, (pikepdf.Dictionary, pikepdf.Array)) and not un.is_indirect:
                _desarmer(un, profondeur + 1)
