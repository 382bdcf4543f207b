"""Does a text hold an e-mail address, a phone number or a web address, even disguised?

Before the double agreement nobody gives their contact details away: what people write to each
other passes here. It errs on the careful side, but years, doses, dates, hours, postal codes and
amounts must pass: a refusal for nothing sends people elsewhere.
"""

import re
import unicodedata

REFUS = (
    "Ce texte semble contenir une adresse, un numéro ou un lien. Les coordonnées ne s’échangent "
    "qu’après l’accord des deux côtés : retirez-les, le reste de votre texte est gardé."
)

_FINS = "fr|com|org|net|eu|io|info|paris|bzh|uk|ch|be|app|link|gg|ly|ee"
_ENTRE = r"[\s.\-_/()*•:]{0,6}"  # what people put between figures

# The same text, spelt in one way: see ``_aplati``.
_COURRIEL = re.compile(
    r"\w\s{0,3}@\s{0,3}\w"
    r"|(?<!\w)@\w{3,}"
    r"|\barobase?\b"
    r"|\w\s{0,3}[(\[{<]\s{0,3}(?:at|a|arob)\s{0,3}[)\]}>]\s{0,3}\w"
    r"|\b(?:chez|at)\s+(?:gmail|hotmail|yahoo|outlook|protonmail|wanadoo|laposte|icloud)\b"
)
_LIEN = re.compile(
    r"\bhttps?\b\s*:|\bwww\s*\.|\b(?:wa|t|m)\.me\b"
    rf"|[\w-]\s{{0,3}}[(\[]?\b(?:point|dot)\b[)\]]?\s*(?:{_FINS})\b"
    rf"|[\w-]\s{{0,3}}[(\[]\.[)\]]\s*(?:{_FINS})\b"
    r"|\b(?:insta|instagram|facebook|fb|messenger|whats\s?app|telegram|skype|snap|snapchat|discord"
    r"|tiktok|linkedin)\s*[:=]\s*\w"
)
# A sentence that lacks a space after its full stop (« ensemble.Fr… ») is no domain: the ending is
# all small letters, or all capitals.
_DOMAINE = re.compile(rf"[\w-][\w-]\.(?:{_FINS}|{_FINS.upper()})(?![\w-])")
_TELEPHONE = re.compile(
    rf"(?<!\d)0{_ENTRE}[1-9](?:{_ENTRE}\d){{8}}(?!\d)"
    r"|(?<![\d,])0[1-9](?:\s*,\s*\d\d){4}(?!\d)"
    r"|(?<![\d.,])[67](?:[\s.\-_/]+\d\d){4}(?!\d)"
    rf"|\+{_ENTRE}\d(?:{_ENTRE}\d){{8,14}}"
    rf"|(?<!\d)00{_ENTRE}[1-9](?:{_ENTRE}\d){{8,14}}"
)
_DATE = re.compile(
    r"(?<!\d)[0-3]?\d\s?[/.\-]\s?[01]?\d\s?[/.\-]\s?(?:19|20)\d\d(?!\d)"
    r"(?=\D{0,4}$|\s*[^\s\d./\-]|\s+[0-2]?\d\s?[h:])"
)
_HEURE = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-3])\s?[h:]\s?[0-5]\d(?!\d|\s?[:.]\s?\d)")

_UNITES = "un|une|deux|trois|quatre|cinq|six|sept|huit|neuf"
_DIZAINES = (
    "dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante"
    "|septante|huitante|nonante"
)
_EN_LETTRES = re.compile(
    rf"\b(?:zero|plus trente[\s\-]+trois)(?:[\s,.\-]+(?:et[\s\-]+)?"
    rf"(?:zero|{_UNITES}|{_DIZAINES}|\d{{1,2}})\b){{4,}}"
)


def contient_des_coordonnees(texte: str) -> bool:
    """Would ``texte`` let the two sides meet outside the hub?"""
    if _DOMAINE.search(_lettres(texte)):
        return True
    aplati = _aplati(texte)
    if _COURRIEL.search(aplati) or _LIEN.search(aplati) or _EN_LETTRES.search(aplati):
        return True
    return bool(_TELEPHONE.search(_HEURE.sub(" h ", _DATE.sub(" d ", _chiffres(aplati)))))


def _lettres(texte: str) -> str:
    """Compatibility forms undone, accents and invisible signs taken off."""
    deplie = unicodedata.normalize("NFKD", texte)
    return "".join(
        c for c in deplie if unicodedata.category(c) not in {"Mn", "Me", "Cf", "Cc"} or c.isspace()
    )


def _aplati(texte: str) -> str:
    """The same in small letters, with the figures of every script as ours."""
    lettres = _lettres(texte).casefold()
    return "".join(
        str(unicodedata.digit(c)) if c.isdecimal() and not c.isascii() else c for c in lettres
    )


def _chiffres(aplati: str) -> str:
    """The letter O and the word « zéro » where they stand for the figure."""
    return re.sub(r"\bzero\b|(?<![^\W\d])o(?=[\s.\-]?[1-9])", "0", aplati)
