"""What templates ask of a fiche."""

from django import template

from hubpartenariat.socle.vocabulaires import CHECK_LIST_HAS, ReponseCheckList

register = template.Library()


@register.filter
def criteres(fiche) -> list[tuple[str, str, str]]:
    """The answered criteria of the check-list: (criterion, code, answer in words)."""
    reponses = dict(ReponseCheckList.choices)
    return [
        (critere, code, reponses[code])
        for numero, critere in CHECK_LIST_HAS.items()
        if (code := fiche.check_list.get(numero)) in reponses
    ]
