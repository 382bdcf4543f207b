"""Plain texts."""

from commun import Refus


def texte(contenu: bytes, _format: str) -> bytes:
    """A text in UTF-8, without control characters nor signs that turn the reading round."""
    try:
        lu = contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refus("Ce texte n’est pas en UTF-8 : enregistrez-le en PDF ou en UTF-8.") from None
    if any(ord(lettre) < 32 and lettre not in "\t\n\r" for lettre in lu) or "\x7f" in lu:
        raise Refus("Ce fichier n’est pas un texte.")
    return lu.translate(dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])).encode()
