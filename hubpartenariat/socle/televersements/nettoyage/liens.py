"""Where a document may lead: to pages that somebody chooses to open, never by itself."""

import re

PERMIS = {"http", "https", "mailto", "tel", "ftp"}
NULLE_PART = "about:blank"
AILLEURS = (
    "Ce document va chercher des données ailleurs : rompez ses liaisons, ou enregistrez-le en PDF."
)
_GENRE = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def genre(adresse: str) -> str:
    """« http » for « http://… »; nothing when the address says none."""
    trouve = _GENRE.match(_nue(adresse))
    return trouve[1].lower() if trouve else ""


def se_suit(adresse: str) -> bool:
    """It may be clicked: a page, an address, a place of the same document or a file beside it."""
    if _nue(adresse).startswith(("//", "\\")):  # another machine, without saying so
        return False
    return genre(adresse) in PERMIS | {""}


def est_dedans(adresse: str) -> bool:
    """It leads to another piece of the same file."""
    nue = _nue(adresse)
    dehors = nue.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", nue)
    return not genre(nue) and not dehors


def _nue(adresse: str) -> str:
    """Without the blanks and controls that programs pass over."""
    return re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\ufeff]", "", adresse)
