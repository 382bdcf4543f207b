"""Two texts compared word by word, for people: what was taken out, what was added."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_MORCEAUX = re.compile(r"\s+|[^\W_]+|[^\s]", re.UNICODE)
MORCEAUX_MAX = 4000  # comparing costs the product of both lengths


@dataclass(frozen=True)
class Morceau:
    """A run of words. ``sorte``: "pareil", "retire" or "ajoute"."""

    sorte: str
    texte: str


def differences(avant: str, apres: str) -> list[Morceau]:
    """What leads from one text to the other, in the order of reading.

    Words are never cut; texts too long to be compared word by word are compared line by line.
    """
    decouper = _MORCEAUX.findall
    if max(len(decouper(avant)), len(decouper(apres))) > MORCEAUX_MAX:
        decouper = _lignes
    a, b = decouper(avant), decouper(apres)
    morceaux: list[Morceau] = []
    for geste, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if geste == "equal":
            morceaux.append(Morceau("pareil", "".join(a[a1:a2])))
            continue
        if a2 > a1:
            morceaux.append(Morceau("retire", "".join(a[a1:a2])))
        if b2 > b1:
            morceaux.append(Morceau("ajoute", "".join(b[b1:b2])))
    return morceaux


def _lignes(texte: str) -> list[str]:
    return texte.splitlines(keepends=True)
