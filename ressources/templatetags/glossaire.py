"""Links from long texts to the glossary: ``{{ texte|typo|linebreaks|glossaire }}``, or around a
part of a page, ``{% filter glossaire %}…{% endfilter %}``."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from ressources.glossaire import lier

register = template.Library()


@register.filter
def glossaire(texte):
    """Each term linked once, at its first use: a link to follow, nothing that appears by itself."""
    return mark_safe(lier(str(conditional_escape(texte))))  # noqa: S308 — escaped just before
