"""Which published rules of easy language (FALC) a summary breaks, where a program can tell.

Source: Inclusion Europe, « L’information pour tous : règles européennes pour une information
facile à lire et à comprendre », 2009 (short sentences, one idea each, numbers in figures, no
initials, no percentage, few special characters, no cross reference nor brackets).
"""

import re

MOTS_AU_PLUS = 15
# « Un » and « une » are articles first; « neuf » is a number before a plural only.
NOMBRES = [
    *("deux", "trois", "quatre", "cinq", "six", "sept", "huit", r"neuf(?=\s+\w+[sx]\b)", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize", "vingts?", "trente", "quarante"),
    *("cinquante", "soixante", "septante", "huitante", "octante", "nonante", "cents?", "mille"),
    *("millions?", "milliards?"),
]
_PHRASES = re.compile(r"[^.!?…]+[.!?…]*")
_MOT = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_NOMBRE = re.compile(rf"\b({'|'.join(NOMBRES)})\b", re.IGNORECASE)


def phrases(texte: str) -> list[str]:
    """The sentences of a text."""
    return [p.strip() for p in _PHRASES.findall(texte) if _MOT.search(p)]


def mots(texte: str) -> list[str]:
    """Its words; « aujourd’hui » and « rendez-vous » are one."""
    return _MOT.findall(texte)


def ecarts(texte: str) -> list[str]:
    """What breaks the rules, in French, for who writes; nothing when all is well."""
    trouves = []
    for phrase in phrases(texte):
        if (combien := len(mots(phrase))) > MOTS_AU_PLUS:
            debut = " ".join(phrase.split()[:5])
            trouves.append(
                f"« {debut}… » compte {combien} mots : {MOTS_AU_PLUS} au plus par phrase."
            )
    if sigles := sorted({m for m in mots(texte) if len(m) > 1 and m.isupper()}):
        trouves.append(f"Écrivez en entier : {', '.join(sigles)}.")
    if nombre := _NOMBRE.search(texte):
        trouves.append(f"Écrivez les nombres en chiffres : « {nombre.group()} ».")
    if re.search(r"[();/&%#*\[\]]", texte):
        trouves.append("Ni parenthèse, ni point-virgule, ni pourcentage, ni signe spécial.")
    if texte.strip() and texte.strip()[-1] not in ".!?…":
        trouves.append("Finissez la phrase par un point.")
    return trouves
