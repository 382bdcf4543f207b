"""Images, drawn again."""

import io

from commun import Refus
from PIL import Image, ImageOps

PIXELS_AU_PLUS = 40_000_000
COTE_AU_PLUS = 4000


def image(contenu: bytes, format_: str) -> bytes:
    """Drawn again: no metadata (a place, a camera), nothing behind the picture."""
    Image.MAX_IMAGE_PIXELS = PIXELS_AU_PLUS
    ouverte = Image.open(io.BytesIO(contenu), formats=[format_])
    if ouverte.width * ouverte.height > PIXELS_AU_PLUS:
        raise Refus("Cette image est trop grande : réduisez-la à 4 000 pixels de côté.")
    ouverte.load()
    dessin = ImageOps.exif_transpose(ouverte)
    dessin.thumbnail((COTE_AU_PLUS, COTE_AU_PLUS))
    couleurs = "RGB" if format_ == "JPEG" or "A" not in dessin.getbands() else "RGBA"
    propre = Image.new(couleurs, dessin.size)
    propre.paste(dessin.convert(couleurs))
    sortie = io.BytesIO()
    propre.save(sortie, format_, quality=88)
    return sortie.getvalue()
