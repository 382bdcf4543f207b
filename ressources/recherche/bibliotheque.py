"""What the library offers to the lists, facets and searches of the hub."""

from hubpartenariat.socle.indexation import Index, declarer
from hubpartenariat.socle.recherche import Genre, enregistrer
from ressources.bibliotheque.filtres import FACETTES


def _ressources(ids):
    from ressources.bibliotheque.lecture import vignettes  # models are not loaded yet

    return vignettes(ids)


enregistrer(
    Genre(
        code="ressource",
        libelle="Ressources",
        objets=_ressources,
        gabarit="ressources/_trouvee.html",
        liste="ressources:liste",
    )
)

INDEX = declarer(
    Index(
        genre="ressource",
        modele="ressources.Ressource",
        condition="o.etat = 'publiee'",
        titre="o.titre",
        date="o.publiee_le",
        facettes=FACETTES,
        textes={
            "A": ("o.titre",),
            "B": ("o.source",),
            "C": ("o.en_bref",),
            "D": ("o.description", "o.corps"),
        },
    )
)
