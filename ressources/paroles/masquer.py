"""Names in a story: each is written as its person agreed, or not at all. Pure functions.

A name is found whatever its case, accents and hyphens, whole or by one of its words: « Marie »
alone too when « Marie Dupont » is quoted. Hiding too much is seen by the author and the team before
anybody else; hiding too little would not be undone.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

QUELQU_UN = "une personne"
PARTICULES = {"de", "du", "des", "d", "la", "le", "les", "l", "et", "van", "von", "el", "al", "m"}
PARTICULES |= {"mme", "mlle", "mr", "dr", "docteur", "pr", "professeur", "monsieur", "madame"}
_ENTRE = r"[\s\-.'’‐‑_]{1,3}"


@dataclass(frozen=True)
class Citee:
    """One person quoted: the name that the story may hold, how they agreed to be named."""

    nom: str
    comme: str
    nommable: bool

    @cached_property
    def mots(self) -> frozenset[str]:
        """The words by which this person is known; particles alone are nobody."""
        tous = re.findall(r"\w+", plier(self.nom)[0])
        return frozenset(mot for mot in tous if mot not in PARTICULES and len(mot) > 1)


def plier(texte: str) -> tuple[str, list[int]]:
    """``texte`` without case, accents nor invisible signs, and where each letter stood."""
    lettres, places = [], []
    for place, lettre in enumerate(texte):
        for simple in unicodedata.normalize("NFKD", lettre):
            if unicodedata.category(simple) in ("Mn", "Cf"):
                continue
            for minuscule in simple.casefold():
                lettres.append(minuscule)
                places.append(place)
    return "".join(lettres), places


def masquer(texte: str, citees: Sequence[Citee]) -> str:
    """``texte`` where each person is named as they agreed, or « une personne »."""
    connus = sorted({mot for une in citees for mot in une.mots}, key=len, reverse=True)
    if not connus:
        return texte
    plat, places = plier(texte)
    mot = "|".join(map(re.escape, connus))
    particule = "|".join(sorted(PARTICULES, key=len, reverse=True))
    suite = rf"(?:{_ENTRE}(?:(?:{particule}){_ENTRE})?(?:{mot})(?!\w))*"
    morceaux, fin = [], 0
    for trouve in re.finditer(rf"(?<!\w)(?:{mot})(?!\w){suite}", plat):
        debut, apres = places[trouve.start()], places[trouve.end() - 1] + 1
        while apres < len(texte) and not plier(texte[apres])[0]:
            apres += 1  # the accents of the last letter
        avant, dit = texte[fin:debut], _dit(trouve.group(), citees, _commence(texte, debut))
        if dit == QUELQU_UN:
            avant = re.sub(r"\b(qu|d)e $", r"\1’", avant, flags=re.IGNORECASE)
        morceaux += [avant, dit]
        fin = apres
    return "".join([*morceaux, texte[fin:]])


def _dit(trouve: str, citees: Sequence[Citee], au_debut: bool) -> str:
    """How what was found is written: agreed by everybody whom it may mean, or by nobody."""
    mots = set(re.findall(r"\w+", trouve)) - PARTICULES
    qui = [une for une in citees if mots <= une.mots] or [une for une in citees if mots & une.mots]
    accords = {une.comme for une in qui if une.nommable}
    if len(accords) == 1 and all(une.nommable for une in qui):
        return accords.pop()
    return QUELQU_UN.capitalize() if au_debut else QUELQU_UN


def _commence(texte: str, place: int) -> bool:
    avant = texte[:place].rstrip(" «\u00a0\u202f\t")
    return not avant or avant[-1] in ".!?…\n\r:"
