"""What the moderators are warned of, found in texts: a pure function, never a refusal.

People decide: an innocent sentence may be flagged, a clever one may not be.
"""

import re
import unicodedata

from annuaire.coordonnees import contient_des_coordonnees
from annuaire.enums import Alerte

# Written folded: no accents, lower case, single spaces.
_COMMERCE = (
    r"\bcoach(?:s|es|ing|ings)?\b",
    r"\b(?:seances?|consultations?|accompagnements?|entretiens?|bilans?|stages?|formules?|forfaits?)"
    r"(?: \w+){0,2} (?:payante?s?|tarifee?s?|a partir de \d)",
    r"\b(?:mes|nos) (?:tarifs|honoraires|prestations|clients)\b",
    r"\b\d+ ?(?:€|euros?) (?:la|par|de l)[ ’'](?:seance|consultation|entretien)",
    r"\bpremiere (?:seance|consultation) (?:offerte|gratuite)\b",
    r"\b(?:naturopathe|energeticien(?:ne)?|magnetiseu(?:r|se)|hypnotherapeute|reiki|therapeute holistique)\b",  # noqa: E501
    r"\b(?:mon|notre) (?:cabinet|offre commerciale|programme payant|boutique)\b",
    r"\bcode promo\b",
    r"\b(?:devis|facturation) sur demande\b",
)
_MIRACLE = (
    r"\bgueri(?:r|t|s|ra|rez|son|sons)?\b.{0,40}\b(?:garanti|definitiv|assure|totale|100|en \d+ (?:jours|semaines|mois)|natur)",  # noqa: E501
    r"\b(?:garanti|definitiv|totale|naturelle)\w*\b.{0,25}\bguerison",
    r"\b(?:remede|methode|cure|traitement|solution|regime|protocole)s? (?:\w+ )?(?:miracles?|miraculeu(?:x|se|ses)|secrete?s?|revolutionnaires?)\b",  # noqa: E501
    r"\bmiracul\w+",
    r"\bsans (?:medicaments?|traitements?|chimie)\b.{0,40}\b(?:gueri|vainc|fini)",
    r"\b(?:arrete[rz]?|stoppe[rz]?|jete[rz]?|remplace[rz]?) (?:\w+ ){0,3}(?:traitements?|medicaments?|chimiotherapie)\b",  # noqa: E501
    r"\bj ai gueri\b|\bje gueris\b|\bje vous gueri",
    r"\b(?:100 ?%|cent pour cent) (?:efficace|naturel)",
    r"\bce que (?:les medecins|big pharma|les labos?) (?:vous )?cach",
)
# What looks like a shop or a cure and is the plain life of partnership.
_INNOCENT = (
    r"\bpatients? coachs?\b",
    r"\bcoach(?:s|ing)? (?:en|d|de|du) (?:insertion|emploi|patients partenaires)\b",
    r"\b(?:sans|pas|ni|aucun) (?:de |d )?coach\w*",
    r"\bne remplace[nt]* (?:pas|jamais|ni|aucun\w*)\b.{0,60}",
    r"\bsans (?:arreter|remplacer|stopper)\b.{0,40}",
    r"\b(?:ne pas|jamais|n) (?:arrete[rz]?|remplace[rz]?|stoppe[rz]?)\b.{0,40}",
)


def _sans_innocence(phrase: str) -> str:
    for motif in _INNOCENT:
        phrase = re.sub(motif, " ", phrase)
    return phrase


def _dit(motifs, phrases) -> bool:
    return any(re.search(motif, phrase) for motif in motifs for phrase in phrases)


def _plier(texte: str) -> str:
    """Lower case, no accents, one space between words."""
    sans_accents = "".join(
        lettre
        for lettre in unicodedata.normalize("NFKD", texte)
        if not unicodedata.combining(lettre)
    )
    return re.sub(r"[\s'’\-‐‑]+", " ", sans_accents.casefold())


def reperer(*textes: str, sans_structure: bool = False) -> list[str]:
    """The warnings that ``textes`` deserve, in the order of ``Alerte``. No query."""
    phrases = [
        _sans_innocence(_plier(phrase))
        for texte in textes
        for phrase in re.split(r"[.!?;\n\r]+", texte or "")
    ]
    trouvees = {
        Alerte.COMMERCIAL: _dit(_COMMERCE, phrases),
        Alerte.MIRACLE: _dit(_MIRACLE, phrases),
        Alerte.SANS_STRUCTURE: sans_structure,
        Alerte.COORDONNEES: any(contient_des_coordonnees(texte or "") for texte in textes),
    }
    return [alerte.value for alerte in Alerte if trouvees[alerte]]
