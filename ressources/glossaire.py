"""Terms of the partnership: loaded from their file, linked at first use in long texts."""

import json
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape

FICHIER = Path(settings.BASE_DIR) / "fixtures" / "referentiels" / "glossaire.json"
CHAMPS = ("mot", "aussi", "definition", "source")


@lru_cache(maxsize=1)
def termes() -> tuple[dict, ...]:
    """The terms of the file: {code, mot, aussi, definition, source, lier}."""
    return tuple(json.loads(FICHIER.read_text(encoding="utf-8")))


def charger_glossaire() -> int:
    """Make the rows those of the file; rows that say the same are not written. How many changed."""
    from ressources.models import Terme

    presents, changes = {un.code: un for un in Terme.objects.all()}, 0
    for terme in termes():
        champs = {nom: terme[nom] for nom in CHAMPS}
        ancien = presents.pop(terme["code"], None)
        if ancien and all(getattr(ancien, nom) == dit for nom, dit in champs.items()):
            continue
        Terme.objects.update_or_create(code=terme["code"], defaults=champs)
        changes += 1
    Terme.objects.filter(code__in=presents).delete()
    return changes + len(presents)


# --- Links at first use --------------------------------------------------------------------------
# What is never linked into: other links, titles, controls, code.
_FERMES = "a|h[1-6]|button|label|legend|summary|select|textarea|script|style|code|pre|svg|title"
_MORCEAU = re.compile(
    rf"(<(?P<ferme>{_FERMES})\b[^>]*>.*?</(?P=ferme)\s*>|<!--.*?-->|<[^<>]*>)",
    re.IGNORECASE | re.DOTALL,
)


@lru_cache(maxsize=1)
def _motif() -> tuple[re.Pattern, dict[str, str]]:
    """One pattern for every term that may be linked, the longest first; what it reads → code."""
    codes: dict[str, str] = {}
    for terme in termes():
        if terme["lier"]:
            for mot in (terme["mot"], *filter(_sur, terme["aussi"])):
                codes.setdefault(_cle(mot), terme["code"])
    formes = sorted(codes, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_forme, formes))})(?!\w)", re.IGNORECASE), codes


def _sur(mot: str) -> bool:
    """May another name be linked? An acronym, or several words: « patient » alone is too common."""
    return mot.isupper() or " " in mot or "-" in mot


def _cle(lu: str) -> str:
    """The same for every way to write a term: spaces, apostrophes, plural, capitals. An acronym is
    only itself: « HAS », not « has »."""
    lu = " ".join(_APOSTROPHES.sub("'", lu).split())
    if lu.isupper():
        return lu
    return re.sub(r"(?<=\w\w)[sx]\b", "", lu.casefold())


_APOSTROPHES = re.compile("’|&#x27;|&#39;|&rsquo;")


def _forme(cle: str) -> str:
    """What reads a key back from a text."""
    if cle.isupper():
        return re.escape(cle)
    mots = (re.escape(mot).replace("'", f"(?:'|{_APOSTROPHES.pattern})") for mot in cle.split(" "))
    return r"\s+".join(re.sub(r"(\w)(?=\\-|$)", r"\1[sx]?", mot) for mot in mots)


def lier(html: str) -> str:
    """``html`` (already escaped) with each term linked to the glossary, once, at its first use."""
    motif, codes = _motif()
    page, vus = reverse("ressources:glossaire"), set()

    def un(trouve: re.Match) -> str:
        code = codes.get(_cle(trouve.group()))
        if code is None or code in vus:
            return trouve.group()
        vus.add(code)
        # What was read is already escaped: it goes back as it was.
        return f'<a class="terme" href="{escape(page)}#{code}">{trouve.group()}</a>'

    morceaux, fin = [], 0
    for balise in _MORCEAU.finditer(html):
        morceaux += [motif.sub(un, html[fin : balise.start()]), balise.group()]
        fin = balise.end()
    return "".join([*morceaux, motif.sub(un, html[fin:])])
