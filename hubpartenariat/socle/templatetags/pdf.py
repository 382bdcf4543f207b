"""Text of users in documents."""

import re
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as formater
from django.utils.safestring import mark_safe

from hubpartenariat.socle import pdf
from hubpartenariat.socle.templatetags.typographie import typo

register = template.Library()


@register.filter
def texte(valeur) -> str:
    """One line of a user's text: typography, escaped, huge words breakable."""
    return pdf.secable(str(typo(str(valeur))))


@register.filter
def paragraphes(valeur) -> str:
    """A user's text as paragraphs; single line breaks are kept."""
    blocs = [bloc for bloc in re.split(r"\n\s*\n", valeur.strip()) if bloc.strip()]
    lignes = ("<br>".join(texte(ligne) for ligne in bloc.splitlines()) for bloc in blocs)
    return mark_safe("".join(f"<p>{bloc}</p>" for bloc in lignes))  # noqa: S308 — escaped by texte


@register.filter
def jour(iso: str) -> str:
    """``23 novembre 2026`` from the ISO date (or moment) of the data, never from the clock."""
    quand = datetime.fromisoformat(iso)
    if timezone.is_aware(quand):
        quand = timezone.localtime(quand)
    return (
        formater(quand, "j F Y").replace("1 ", "1er ", 1)
        if quand.day == 1
        else formater(quand, "j F Y")
    )
