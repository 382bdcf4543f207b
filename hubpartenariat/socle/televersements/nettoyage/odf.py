"""OpenDocument files (odt, ods, odp)."""

import paquet


def nettoyer(morceaux: dict[str, bytes]) -> dict[str, bytes]:
    for nom, contenu in morceaux.items():
        paquet.verifier(nom, contenu)
    return morceaux
