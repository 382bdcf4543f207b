"""What the agenda offers to lists and searches: events that anybody may read."""

from hubpartenariat.socle.indexation import Index, declarer
from hubpartenariat.socle.recherche import Genre, enregistrer
from ressources.agenda.filtres import FACETTES


def _evenements(ids):
    from ressources.models import Evenement  # models are not loaded yet

    trouves = Evenement.objects.montres().in_bulk(ids)
    return [trouves[pk] for pk in ids if pk in trouves]


enregistrer(
    Genre(
        code="evenement",
        libelle="Agenda",
        objets=_evenements,
        gabarit="ressources/agenda/_trouve.html",
        liste="agenda:liste",
    )
)

INDEX = declarer(
    Index(
        genre="evenement",
        modele="ressources.Evenement",
        condition="o.etat IN ('publie', 'annule')",
        titre="o.titre",
        date="o.debut",
        facettes=FACETTES,
        textes={"A": ("o.titre",), "C": ("o.description",), "D": ("o.lieu",)},
    )
)
