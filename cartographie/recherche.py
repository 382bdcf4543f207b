"""What the map offers to the lists, facets and searches of the hub."""

from cartographie.filtres import FACETTES
from hubpartenariat.socle.indexation import Index, declarer
from hubpartenariat.socle.recherche import Genre, enregistrer


def _fiches(ids):
    from cartographie.lecture import vignettes  # models are not loaded yet when this file is

    return vignettes(ids)


enregistrer(
    Genre(
        code="fiche",
        libelle="Démarches de la cartographie",
        objets=_fiches,
        gabarit="cartographie/_trouvee.html",
        liste="cartographie:liste",
    )
)

INDEX = declarer(
    Index(
        genre="fiche",
        modele="cartographie.Fiche",
        condition="o.etat = 'publiee'",
        titre="o.titre",
        date="o.publiee_le",
        lieu="o.commune_id",
        facettes=FACETTES,
        textes={
            "A": ("o.titre",),
            "B": (
                "o.structure_nom",
                "array_to_string(o.themes, ' ')",
                "(SELECT nom FROM socle_commune WHERE code = o.commune_id)",
            ),
            "C": ("o.resume",),
            "D": (
                "o.public",
                "o.formation_texte",
                "o.pilotage",
                "o.evaluation",
                "o.financement",
                "o.leviers_texte",
                "o.freins_texte",
                "o.besoins_texte",
                "o.resultats",
                "o.conseils",
            ),
        },
    )
)
