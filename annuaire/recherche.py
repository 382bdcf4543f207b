"""What the directory offers to the lists, facets and searches of the hub. Never a person."""

from annuaire.filtres import FACETTES_DES_APPELS, FACETTES_DES_STRUCTURES
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


# --- Appels ----------------------------------------------------------------------------------
def _appels(ids):
    from annuaire.lecture_appels import vignettes  # models are not loaded yet

    return vignettes(ids)


enregistrer(
    Genre(
        code="appel",
        libelle="Appels à patients partenaires",
        objets=_appels,
        gabarit="annuaire/appels/_trouve.html",
        liste="annuaire:appels",
    )
)

INDEX_DES_APPELS = declarer(
    Index(
        genre="appel",
        modele="annuaire.Appel",
        condition="o.etat IN ('ouvert', 'en_choix', 'pourvu') AND o.anonymise_le IS NULL",
        titre="o.titre",
        # Those that still take answers come before all others.
        date="o.publie_le + CASE o.etat WHEN 'ouvert' THEN interval '100 years'"
        " ELSE interval '0' END",
        lieu="o.commune_id",
        facettes=FACETTES_DES_APPELS,
        textes={
            "A": ("o.titre",),
            "B": (
                "(SELECT nom FROM annuaire_structure"
                " WHERE id = o.structure_id AND etat = 'publiee')",
                "array_to_string(o.themes, ' ')",
                "(SELECT nom FROM socle_commune WHERE code = o.commune_id)",
            ),
            "C": ("o.description",),
            "D": ("o.deja_fait", "o.temps"),
        },
    )
)
