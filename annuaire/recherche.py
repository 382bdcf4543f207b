"""What the directory offers to the lists, facets and searches of the hub. Never a person."""

from annuaire.filtres import FACETTES_DES_STRUCTURES
from hubpartenariat.socle.indexation import Index, declarer
from hubpartenariat.socle.recherche import Genre, enregistrer


# --- Structures ------------------------------------------------------------------------------
def _structures(ids):
    from annuaire.structures_publiques import vignettes  # models are not loaded yet

    return vignettes(ids)


enregistrer(
    Genre(
        code="structure",
        libelle="Structures de l’annuaire",
        objets=_structures,
        gabarit="annuaire/structures/_trouvee.html",
        liste="annuaire:structures",
    )
)

INDEX_DES_STRUCTURES = declarer(
    Index(
        genre="structure",
        modele="annuaire.Structure",
        condition="o.etat = 'publiee'",
        titre="o.nom",
        date="o.publiee_le",
        lieu="o.commune_id",
        facettes=FACETTES_DES_STRUCTURES,
        textes={
            "A": ("o.nom",),
            "B": ("o.groupe", "(SELECT nom FROM socle_commune WHERE code = o.commune_id)"),
            "C": ("o.presentation",),
            "D": ("o.partenariat",),
        },
    )
)
