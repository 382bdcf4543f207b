"""Reads a file from the standard input, writes it back without anything that acts.

A program of its own, started without Django by ``accueil.py``: ``nettoyage FORMAT DETAIL BYTES``.
Everything is written anew from what was understood, so that a second file hidden behind the first
is lost. Exit status: 0, the clean file is on the standard output; 3, the standard error says in
French why not; 4, the clean file weighs more than BYTES; anything else, the file cannot be read.
"""

import importlib
import sys

from commun import Refus

MO = 1024 * 1024
MEMOIRE = 700 * MO
SECONDES = 20
# Only what the file needs is loaded: {format: (module, function)}.
NETTOYEURS = {
    "image": ("images", "image"),
    "pdf": ("documents_pdf", "pdf"),
    "bureau": ("bureau", "bureau"),
    "texte": ("textes", "texte"),
}


def borner() -> None:
    """Little memory and little time, whatever the file does. Nothing where it is not known."""
    try:
        import resource
    except ImportError:  # not a Unix
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDES, SECONDES))


def principal() -> int:
    genre, detail, au_plus = sys.argv[1:4]
    module, fonction = NETTOYEURS[genre]
    borner()
    contenu = sys.stdin.buffer.read()
    try:
        propre = getattr(importlib.import_module(module), fonction)(contenu, detail)
    except Refus as refus:
        sys.stderr.buffer.write(str(refus).encode())
        return 3
    if len(propre) > int(au_plus):  # said here: the site would have to read it to know
        return 4
    sys.stdout.buffer.write(propre)
    return 0


if __name__ == "__main__":
    sys.exit(principal())
