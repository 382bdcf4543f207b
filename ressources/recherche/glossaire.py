"""What the glossary offers to the search of the hub."""

from hubpartenariat.socle.indexation import Index, declarer
from hubpartenariat.socle.recherche import Genre, enregistrer


def termes(ids):
    """These rows, in this order. One query."""
    from ressources.models import Terme  # models are not loaded yet

    trouves = Terme.objects.in_bulk(ids)
    return [trouves[pk] for pk in ids if pk in trouves]


enregistrer(
    Genre(
        code="terme",
        libelle="Glossaire",
        objets=termes,
        gabarit="ressources/glossaire/_trouve.html",
        liste="ressources:glossaire",
    )
)

INDEX = declarer(
    Index(
        genre="terme",
        modele="ressources.Terme",
        condition="true",
        titre="o.mot",
        date="o.charge_le",
        facettes=(),
        textes={
            "A": ("o.mot",),
            "B": ("array_to_string(o.aussi, ' ')",),
            "C": ("o.definition",),
        },
    )
)
