"""French typography, as pure functions: spaces that do not break, apostrophes, numbers, dates.

``typographier`` works on plain text, ``typographier_html`` on the text nodes of HTML. Both may be
applied twice without harm and leave addresses (web, e-mail) alone.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

FINE = "\u202f"  # narrow no-break space
INSECABLE = "\u00a0"
ESPACES = f"[ {FINE}{INSECABLE}\u2009]"

_INTOUCHABLE = re.compile(
    r"(?:https?://|mailto:|www\.)[^\s<>«»\"]+"  # web addresses
    # e-mail addresses; starting at the first letter of a word keeps it linear on a long word
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.])/[\w-]+(?:/[\w.-]*)+",  # paths
    re.IGNORECASE,
)
_ENTITE = re.compile(r"&(?:#\d+|#x[0-9a-f]+|\w+);", re.IGNORECASE)
_APOSTROPHES = {"&#x27;": "’", "&#39;": "’", "&apos;": "’"}
_UNITES = (
    "k€|M€|km|m²|m|cm|mm|kg|g|mg|ml|cl|l|h|min|s|ms|ko|Mo|Go|ans?|mois|jours?|semaines?|heures?"
    "|minutes?|fiches?|réponses?|personnes?|patients?|participants?|caractères?"
)
_CHIFFRES = tuple("0123456789")
# What a text must hold for a rule to be worth trying, the rule, what it writes.
_REGLES = [
    (declencheurs, re.compile(motif), remplacement)
    for declencheurs, motif, remplacement in [
        ("'", r"(?<=\w)'(?=\w)", "’"),
        (("...",), r"(?<!\.)\.\.\.(?!\.)", "…"),
        ("«", rf"«{ESPACES}*(?=\S)", f"«{FINE}"),
        ("»", rf"(?<=\S){ESPACES}*»", f"{FINE}»"),
        (";!?", rf"(?<!{ESPACES}){ESPACES}+([;!?])", rf"{FINE}\1"),
        (";!?", r"(?<=[\w)’])([;!?]+)(?=\s|$)", rf"{FINE}\1"),
        (":", rf"(?<!{ESPACES}){ESPACES}+:(?=\s|$)", f"{INSECABLE}:"),
        (":", r"(?<=[^\W\d_])([:])(?=\s|$)", rf"{INSECABLE}\1"),
        # thousands: "12 000" but not "le 5 mars 2025" nor a list of numbers
        (
            _CHIFFRES,
            rf"(?<![\d,.{FINE}])(\d{{1,3}}){ESPACES}(?=\d{{3}}(?!\d))",
            rf"\1{FINE}",
        ),
        (_CHIFFRES, rf"(?<={FINE}\d{{3}}){ESPACES}(?=\d{{3}}(?!\d))", FINE),
        ("%€", rf"(?<=[\d\ue000]){ESPACES}(?=[%€])", FINE),
        (_CHIFFRES, rf"(?<=\d){ESPACES}(?=(?:{_UNITES})(?!\w))", INSECABLE),
        (
            ("n°", "p.", "art.", "M.", "Mme", "Dr", "Pr"),
            rf"\b(n°|p\.|art\.|M\.|Mme|Dr|Pr){ESPACES}(?=\S)",
            rf"\1{INSECABLE}",
        ),
    ]
]
_MOIS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_JOURS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


def _appliquer(texte: str) -> str:
    for declencheurs, motif, remplacement in _REGLES:
        if any(signe in texte for signe in declencheurs):
            texte = motif.sub(remplacement, texte)
    return texte


def _composer(texte: str) -> str:
    """Typography around addresses; texts without any are not searched for them."""
    if "@" in texte or "/" in texte or "www." in texte or "mailto:" in texte:
        return _hors_de(_INTOUCHABLE, texte, _appliquer)
    return _appliquer(texte)


def _hors_de(motif: re.Pattern, texte: str, transformer) -> str:
    """Transform what lies between the matches of ``motif``, keep the matches."""
    morceaux, fin = [], 0
    for trouve in motif.finditer(texte):
        morceaux += [transformer(texte[fin : trouve.start()]), trouve.group()]
        fin = trouve.end()
    return "".join([*morceaux, transformer(texte[fin:])])


def typographier(texte: str) -> str:
    """French typography of plain text. Short texts (labels, names) are remembered."""
    return _court(texte) if len(texte) <= 100 else _composer(texte)


@lru_cache(maxsize=4096)
def _court(texte: str) -> str:
    return _composer(texte)


_BALISE = re.compile(
    r"<!--.*?-->|<(textarea|script|style|code|pre|kbd|samp)\b.*?</\1\s*>|<[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)


def _texte_echappe(texte: str) -> str:
    """Typography of text already escaped: its entities are neither cut nor taken for words."""
    for entite, apostrophe in _APOSTROPHES.items():
        texte = re.sub(rf"(?<=\w){entite}(?=\w)", apostrophe, texte)
    return _hors_de(_ENTITE, texte, typographier) if "&" in texte else typographier(texte)


def typographier_html(source: str) -> str:
    """French typography of the text of an HTML fragment; tags, code and inputs are untouched."""
    return _hors_de(_BALISE, source, _texte_echappe)


def nombre(valeur, decimales: int | None = None) -> str:
    """A number in French: narrow spaces between thousands, decimal comma, true minus sign."""
    quantite = Decimal(str(valeur))
    if decimales is not None:
        quantite = quantite.quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    signe = "−" if quantite < 0 else ""
    entiere, _, fraction = f"{abs(quantite):f}".partition(".")
    groupes = f"{int(entiere):,}".replace(",", FINE)
    return signe + groupes + (f",{fraction}" if fraction else "")


def pourcentage(partie, base) -> str:
    """``partie`` of ``base`` as a percentage with one decimal: « 73,1 % ». No base: « – »."""
    if not base:
        return "–"
    return f"{nombre(Decimal(str(partie)) * 100 / Decimal(str(base)), 1)}{FINE}%"


def date_en_mots(jour: date | datetime, *, semaine: bool = False) -> str:
    """« 1er mars 2025 », or « mardi 16 décembre 2025 » with ``semaine``. Spaces do not break."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    mots = [quantieme, _MOIS[jour.month - 1], str(jour.year)]
    if semaine:
        mots.insert(0, _JOURS[jour.weekday()])
    return INSECABLE.join(mots)


def heure_en_mots(instant: datetime) -> str:
    """« 9 h 05 »."""
    return f"{instant.hour}{INSECABLE}h{INSECABLE}{instant.minute:02d}"


def sans_accents(texte: str) -> str:
    """Lower case, without accents nor ligatures: « Œuvre à Évry » → « oeuvre a evry »."""
    texte = texte.lower().replace("œ", "oe").replace("æ", "ae")
    decompose = unicodedata.normalize("NFKD", texte)
    return "".join(c for c in decompose if not unicodedata.combining(c))
