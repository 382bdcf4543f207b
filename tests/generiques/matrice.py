"""Who obtains what: role × address × answer, as data (matrice.txt), compared with what happens.

One line per address and state, then the answer to each role in the order of ``ROLES``. Answers:
a status; ``entrer`` (sent to sign in, then back here), ``prouver`` (sent to set up or show the
second factor), ``redire`` (asked to say again who one is), ``porte`` (sent to the door of the
administration, which sends a visitor to sign in and refuses everybody else), ``ailleurs`` (sent to
another page). A word in the place of the answers names one of the classes.

A new address without a line fails the test. 405: the address takes a POST only.
"""

from pathlib import Path

from tests.generiques.monde import ROLES

FICHIER = Path(__file__).with_suffix(".txt")


def _lire() -> dict[str, dict[str, list[str]]]:
    """{"classes" or "adresses": {name: words}}"""
    parties, partie = {}, {}
    for ligne in FICHIER.read_text(encoding="utf-8").splitlines():
        if ligne.startswith("== "):
            partie = parties.setdefault(ligne[3:], {})
        elif ligne.strip() and not ligne.startswith("#"):
            nom, *mots = ligne.split()
            assert nom not in partie, f"twice in {FICHIER.name}: {nom}"
            partie[nom] = mots
    return parties


def classes() -> dict[str, tuple[str, ...]]:
    return {nom: tuple(mots) for nom, mots in _lire()["classes"].items()}


def attendues() -> dict[str, tuple[str, ...]]:
    """Expected answers of each address, in the order of ``ROLES``."""
    connues, trouvees = classes(), {}
    for nom, mots in _lire()["adresses"].items():
        reponses = connues[mots[0]] if len(mots) == 1 else tuple(mots)
        assert len(reponses) == len(ROLES), nom
        trouvees[nom] = reponses
    return trouvees
