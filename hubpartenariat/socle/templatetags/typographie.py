"""French typography, numbers, dates and labels in templates (loaded everywhere as builtins)."""

from datetime import datetime
from functools import cache

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.safestring import SafeData, mark_safe

from hubpartenariat.socle import typographie, vocabulaires

register = template.Library()


@register.filter(is_safe=True)
@stringfilter
def typo(texte):
    """French typography: narrow and no-break spaces, apostrophes. Escaping is left to Django."""
    if isinstance(texte, SafeData):
        return mark_safe(typographie.typographier_html(texte))  # noqa: S308 — was safe already
    return typographie.typographier(texte)


@register.filter
def nombre(valeur, decimales=None):
    """``{{ 12000|nombre }}`` → « 12 000 » ; ``{{ 3.14159|nombre:1 }}`` → « 3,1 »."""
    return "" if valeur in (None, "") else typographie.nombre(valeur, decimales)


@register.filter
def pourcent(partie, base):
    """``{{ 57|pourcent:78 }}`` → « 73,1 % »."""
    return typographie.pourcentage(partie, base)


def _local(jour):
    return (
        timezone.localtime(jour) if isinstance(jour, datetime) and timezone.is_aware(jour) else jour
    )


@register.filter
def en_mots(jour):
    """A date in words: « 16 décembre 2025 »."""
    return typographie.date_en_mots(_local(jour)) if jour else ""


@register.filter
def jour_en_mots(jour):
    """With the day of the week: « mardi 16 décembre 2025 »."""
    return typographie.date_en_mots(_local(jour), semaine=True) if jour else ""


@register.filter
def heure(instant):
    """« 9 h 05 »."""
    return typographie.heure_en_mots(_local(instant)) if instant else ""


@register.filter
def moment(instant):
    """« 16 décembre 2025 à 9 h 05 »."""
    return f"{en_mots(instant)} à {heure(instant)}" if instant else ""


@register.filter
def pluriel(quantite, formes):
    """``{{ 3|pluriel:"fiche,fiches" }}`` → « fiches ». In French zero is singular."""
    singulier, _, plusieurs = formes.partition(",")
    return plusieurs if abs(quantite) >= 2 else singulier


@cache
def _mots(vocabulaire: str) -> dict[str, str]:
    return dict(getattr(vocabulaires, vocabulaire).choices)


@register.filter
def libelle(code, vocabulaire):
    """The word of a code: ``{{ "77"|libelle:"Departement" }}``; an unknown code is shown as is."""
    return _mots(vocabulaire).get(code, code)


@register.filter
def libelles(codes, vocabulaire):
    """The words of several codes, in the order of the vocabulary."""
    return [mot for code, mot in _mots(vocabulaire).items() if code in (codes or [])]
