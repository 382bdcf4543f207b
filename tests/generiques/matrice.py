"""Who obtains what: role × address × answer, as data (matrice/*.txt), compared with what happens.

One line per address and state, then the answer to each role in the order of ``ROLES``. Answers:
a status; ``entrer`` (sent to sign in, then back here), ``prouver`` (sent to set up or show the
second factor), ``redire`` (asked to say again who one is), ``porte`` (sent to the door of the
administration, which sends a visitor to sign in and refuses everybody else), ``ailleurs`` (sent to
another page). A word in the place of the answers names one of the classes.

The files of ``matrice/`` are read together; each app has its own, and the classes are in
``_classes.txt``. A new address without a line fails the test, which prints the lines that are
missing: read them before you paste them. 405: the address takes a POST only.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.generiques.monde import ROLES

DOSSIER = Path(__file__).with_suffix("")


def _lire(*noms: str) -> Iterator[tuple[str, list[str]]]:
    """(name, words) of each line of these files, none twice."""
    vus = set()
    for fichier in noms:
        for ligne in (DOSSIER / fichier).read_text(encoding="utf-8").splitlines():
            if ligne.strip() and not ligne.startswith("#"):
                nom, *mots = ligne.split()
                assert nom not in vus, f"twice in matrice/: {nom}"
                vus.add(nom)
                yield nom, mots


def classes() -> dict[str, tuple[str, ...]]:
    return {nom: tuple(mots) for nom, mots in _lire("_classes.txt")}


def attendues() -> dict[str, tuple[str, ...]]:
    """Expected answers of each address, in the order of ``ROLES``."""
    connues, trouvees = classes(), {}
    fichiers = sorted(f.name for f in DOSSIER.glob("*.txt") if not f.name.startswith("_"))
    for nom, mots in _lire(*fichiers):
        reponses = connues[mots[0]] if len(mots) == 1 else tuple(mots)
        assert len(reponses) == len(ROLES), nom
        trouvees[nom] = reponses
    return trouvees


def ligne(nom: str, reponses: tuple[str, ...]) -> str:
    """The line that says this, as it is written in the files."""
    classe = next((c for c, mots in classes().items() if mots == reponses), "")
    return f"{nom:<60} {classe or ' '.join(reponses)}"
