"""How easily a French text reads: the index of Kandel and Moles, and what goes into it.

207 - 1.015 x (words by sentence) - 0.736 x (syllables for 100 words). Kandel and Moles, 1958, after
Flesch: 100 is very easy, 60 to 70 ordinary, below 30 very hard. Syllables are counted by their
vowels, the mute e left out: a measure to compare pages, not a truth about one word.
"""

import re
from dataclasses import dataclass

from lxml import html

from ressources.bibliotheque.falc import mots, phrases

_VOYELLES = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+", re.IGNORECASE)
_MUET = re.compile(r"(?<=[^aeiouyéèêëàâîïôöùûü])(?:e|es|ent)$", re.IGNORECASE)


@dataclass(frozen=True)
class Mesure:
    mots: int
    phrases: int
    syllabes: int

    @property
    def indice(self) -> float:
        return 207 - 1.015 * self.mots / self.phrases - 73.6 * self.syllabes / self.mots


def syllabes(mot: str) -> int:
    groupes = len(_VOYELLES.findall(mot))
    return max(1, groupes - (groupes > 1 and bool(_MUET.search(mot))))


def mesurer(textes: list[str]) -> Mesure:
    """Of several paragraphs; what has fewer than 4 words is a label, not a sentence."""
    lues = [m for texte in textes for p in phrases(texte) if len(m := mots(p)) >= 4]
    tous = [mot for une in lues for mot in une]
    return Mesure(len(tous), len(lues), sum(map(syllabes, tous)))


def paragraphes(page: bytes, avec_les_formulaires: bool = False) -> list[str]:
    """What is read as sentences in the page itself: no menu, no table, forms if asked."""
    principal = html.fromstring(page).find(".//main")
    hors = ["nav", "table", "svg", "script", "aside", "details"]
    hors += ["select", "textarea", "button"] if avec_les_formulaires else ["form"]
    for balise in principal.xpath("|".join(f".//{nom}" for nom in hors)):
        balise.drop_tree()
    phrases_de = ["p", "li", "dd"] + ["legend", "label"] * avec_les_formulaires
    lus = principal.xpath("|".join(f".//{nom}" for nom in phrases_de))
    return [" ".join(p.text_content().split()) for p in lus]
