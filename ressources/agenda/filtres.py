"""By what the agenda is filtered, and what it finds: a few hundred rows, counted in Python.

The index of the hub finds the words; what comes and what is over depends on the hour, which no
index knows, so these rows are counted here.
"""

from dataclasses import dataclass

from hubpartenariat.socle import page_de_liste
from hubpartenariat.socle.choses import Chose
from hubpartenariat.socle.facettes import PAR_PAGE, Comptes, compter, identifiants
from hubpartenariat.socle.indexation import Facette
from hubpartenariat.socle.liste import Demande
from hubpartenariat.socle.vocabulaires import Territoire
from ressources.enums import GenreEvenement

FACETTES = (
    Facette("genre", "Genre", GenreEvenement, "genre", multiple=False, poids="B", ouverte=True,
            parlante=True),
    Facette("departement", "Territoire", Territoire, "departements", parlante=True),
)  # fmt: skip
CHOSE = Chose("événement", "événements", feminin=False)


@dataclass(frozen=True)
class Ligne:
    """One event as the filters see it."""

    pk: int
    codes: dict[str, tuple[str, ...]]

    def repond(self, demande: Demande, sauf: str = "") -> bool:
        """Whether it answers every filter, but the one named."""
        return all(
            nom == sauf or set(voulus) & set(self.codes[nom])
            for nom, voulus in demande.choix.items()
        )


def _lignes(evenements, demande: Demande) -> list[Ligne]:
    """One query, three when words are searched."""
    if demande.q:
        mots = Demande(demande.index, q=demande.q)
        evenements = evenements.filter(pk__in=identifiants(mots, compter(mots)))
    return [
        Ligne(pk, {"genre": (genre,), "departement": tuple(departements)})
        for pk, genre, departements in evenements.values_list("pk", "genre", "departements")
    ]


def _comptes(lignes: list[Ligne], demande: Demande) -> Comptes:
    """Each facet counted under all filters but its own, as everywhere in the hub."""
    facettes = {}
    for facette in demande.index.facettes:
        nombres = dict.fromkeys(facette.codes, 0)
        for ligne in lignes:
            for code in ligne.codes[facette.nom] if ligne.repond(demande, facette.nom) else ():
                nombres[code] += 1
        facettes[facette.nom] = nombres
    return Comptes(sum(ligne.repond(demande) for ligne in lignes), facettes, None)


def trouver(evenements, demande: Demande) -> list[int]:
    """Keys of the events that answer, in the order of ``evenements``."""
    return [ligne.pk for ligne in _lignes(evenements, demande) if ligne.repond(demande)]


def page(evenements, demande: Demande, chemin: str) -> dict:
    """What the page shows of the events that answer: rows, facets, chips, pages. Two queries, four
    when words are searched. Raises ``PageAbsente``."""
    lignes = _lignes(evenements, demande)
    comptes = _comptes(lignes, demande)
    ici = page_de_liste.page(demande, comptes)
    cles = [ligne.pk for ligne in lignes if ligne.repond(demande)]
    cles = cles[ici.debut : ici.debut + PAR_PAGE]
    par_cle = evenements.model.objects.in_bulk(cles) if cles else {}
    return {
        "demande": demande,
        "total": comptes.total,
        "lignes": [par_cle[cle] for cle in cles],
        "page": ici,
        "facettes": page_de_liste.groupes(demande, comptes, chemin, CHOSE),
        "actives": sum(len(codes) for codes in demande.choix.values()),
        "puces": page_de_liste.puces(demande, chemin),
        "liens": page_de_liste.liens_de_pages(demande, ici, chemin),
        "caches": page_de_liste.caches(demande, sauf=("q",)),
        "chemin": chemin,
    }
