"""What stories offer to lists and searches: their public copy alone, never their columns."""

from hubpartenariat.socle.indexation import Index, declarer
from hubpartenariat.socle.recherche import Genre, enregistrer
from ressources.paroles.filtres import FACETTES


def _paroles(ids):
    from ressources.paroles.lecture import vignettes  # models are not loaded yet

    return vignettes(ids)


enregistrer(
    Genre(
        code="parole",
        libelle="Paroles",
        objets=_paroles,
        gabarit="ressources/paroles/_trouvee.html",
        liste="ressources:paroles",
    )
)

INDEX = declarer(
    Index(
        genre="parole",
        modele="ressources.Parole",
        condition="o.etat = 'publiee'",
        titre="(o.publie->>'titre')",
        date="o.publiee_le",
        facettes=FACETTES,
        textes={
            "A": ("o.publie->>'titre'",),
            "C": ("o.publie->>'quoi'", "o.publie->>'change'"),
            "D": ("o.publie->>'avec_qui'", "o.publie->>'referions'", "o.publie->>'signature'"),
        },
    )
)
