"""Erased people stay erased after a restore: the keys of their accounts, kept beside the backups.

A line is a key and a date, nothing else. A database brought back from an older copy holds people
who left since; ``manage.py rejouer_les_effacements`` reads this file and erases them again.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone


def registre() -> Path:
    return Path(settings.VAR) / "effacements.txt"


def noter(cle: int) -> None:
    """Write the key once the erasure is committed; a line is whole or absent (O_APPEND)."""
    transaction.on_commit(lambda: _ecrire(cle))


def _ecrire(cle: int) -> None:
    chemin = registre()
    chemin.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sortie = os.open(chemin, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(sortie, f"{cle} {timezone.now():%Y-%m-%d}\n".encode())
        os.fsync(sortie)
    finally:
        os.close(sortie)


def effaces() -> Iterator[int]:
    """Keys of the accounts erased since the hub exists, each once."""
    chemin, vues = registre(), set()
    for ligne in chemin.read_text(encoding="utf-8").splitlines() if chemin.exists() else ():
        cle = ligne.split(" ")[0]
        if cle.isdigit() and cle not in vues:
            vues.add(cle)
            yield int(cle)
