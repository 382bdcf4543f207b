"""Strict reading of environment variables: a value that is not understood stops the start."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def texte(nom: str, defaut: str = "") -> str:
    return os.environ.get(nom, defaut).strip()


def booleen(nom: str, *, defaut: bool = False) -> bool:
    valeur = texte(nom).lower()
    if valeur in {"", "0", "non", "false", "no"}:
        return defaut if valeur == "" else False
    if valeur in {"1", "oui", "true", "yes"}:
        return True
    raise ImproperlyConfigured(f"{nom}={valeur!r}: expected 1 or 0.")


def entier(nom: str, defaut: int) -> int:
    try:
        return int(texte(nom) or defaut)
    except ValueError as erreur:
        raise ImproperlyConfigured(f"{nom}: expected a whole number.") from erreur


def liste(nom: str, defaut: str = "") -> list[str]:
    return [mot for mot in texte(nom, defaut).replace(",", " ").split() if mot]


def cle_secrete(dossier: Path | None) -> str:
    """The key given by the operator; in the embedded set-up, one made and kept in ``dossier``."""
    if cle := texte("SECRET_KEY"):
        return cle
    if dossier is None:
        raise ImproperlyConfigured("SECRET_KEY is required when DATABASE_URL is set.")
    fichier = dossier / "cle_secrete"
    if not fichier.exists():
        dossier.mkdir(parents=True, exist_ok=True)
        descripteur = os.open(fichier, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descripteur, "w") as sortie:
            sortie.write(secrets.token_urlsafe(50))
    return fichier.read_text().strip()
