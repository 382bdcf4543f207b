"""Names that a story seems to hold and that its author has not declared. Pure functions.

Only what follows a title (« Mme », « Docteur ») is found: a warning for the author, who reads the
story again, never a promise that no other name is there.
"""

import re
from collections.abc import Iterable, Sequence

from ressources.paroles.masquer import Citee

_TITRE = (
    r"(?:M\.|MM\.|Mr\.?|[Mm]mes?\.?|[Mm]lles?\.?|[Dd]re?\.?|[Pp]re?\.?"
    r"|(?i:docteure?|professeure?|monsieur|madame|mademoiselle))"
)
_MAJUSCULES = "A-ZÀ-ÖØ-ÞŒŸ"
_MOT = rf"(?:(?:de|du|des|la|le|les|van|von|el|al)\s+){{0,2}}(?:[dl]['’])?[{_MAJUSCULES}][\w’'‐‑-]*"
_NOM = re.compile(rf"(?<!\w){_TITRE}\s+({_MOT}(?:\s+{_MOT})*)")


def non_declares(textes: Iterable[str], citees: Sequence[Citee]) -> list[str]:
    """What looks like a name in ``textes``, title included, once each, and is declared nowhere."""
    connus = {mot for une in citees for mot in une.mots}
    trouves = {}
    for texte in textes:
        for trouve in _NOM.finditer(texte):
            if Citee(trouve.group(1), "", False).mots - connus:
                trouves[" ".join(trouve.group().split())] = True
    return list(trouves)
