"""Words and inserts of the pages of consultations."""

from django import template

register = template.Library()


@register.filter
def virgule(pourcentage) -> str:
    """A percentage as it was printed, with a comma: "73.1" → « 73,1 »."""
    return str(pourcentage).replace(".", ",")
