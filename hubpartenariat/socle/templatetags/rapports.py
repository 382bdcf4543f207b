"""Numbers of the reports, written the same way on a page and on paper."""

from decimal import Decimal

from django import template

from hubpartenariat.socle.templatetags.pdf import texte
from hubpartenariat.socle.typographie import nombre

register = template.Library()
NON_PUBLIE = "non publié"


@register.filter
def effectif(valeur) -> str:
    """A count, a word, or « non publié »."""
    if valeur is None:
        return NON_PUBLIE
    if isinstance(valeur, str):
        return texte(valeur)
    return nombre(valeur)


@register.filter
def part(valeur) -> str:
    """« 42,9 » from "42.9"; a dash when there is no base."""
    return "–" if valeur is None else nombre(Decimal(valeur), 1)


@register.filter
def largeur(valeur) -> str:
    """A length for a style or a drawing: « 42.9% », with a point whatever the language."""
    return f"{float(valeur):g}%"
