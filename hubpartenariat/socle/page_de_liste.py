"""What a list page shows around its rows: facets, chips, orders, pages. No query."""

from dataclasses import dataclass

from hubpartenariat.socle.choses import FICHES, Chose
from hubpartenariat.socle.facettes import PAR_PAGE, Comptes
from hubpartenariat.socle.liste import TRIS, Demande


class PageAbsente(Exception):
    """A page number beyond the last one. ``str()`` says so in French."""


@dataclass(frozen=True)
class Page:
    """Which page of how many."""

    number: int
    num_pages: int

    @property
    def debut(self) -> int:
        return (self.number - 1) * PAR_PAGE


def page(demande: Demande, comptes: Comptes) -> Page:
    pages = max(1, -(-comptes.total // PAR_PAGE))
    if demande.page > pages:
        fin = "une seule page" if pages == 1 else f"{pages} pages"
        raise PageAbsente(f"Cette liste compte {fin} : la page {demande.page} n’existe pas.")
    return Page(demande.page, pages)


def groupes(demande: Demande, comptes: Comptes, chemin: str, chose: Chose = FICHES) -> list[dict]:
    """Every facet with every code, its count and the address that chooses it or drops it."""
    liste = []
    for facette in demande.index.facettes:
        actifs = demande.choix.get(facette.nom, ())
        nombres = comptes.facettes[facette.nom]
        adresses = demande.bascules(facette)
        options = [
            {
                "code": code,
                "libelle": libelle,
                "nombre": nombres[code],
                "actif": code in actifs,
                "url": chemin + adresses[code],
            }
            for code, libelle in facette.libelles.items()
        ]
        liste.append(
            {
                "nom": facette.nom,
                "libelle": facette.libelle,
                "options": options,
                "chose": chose,
                "ouverte": facette.ouverte or bool(actifs),
            }
        )
    return liste


def puces(demande: Demande, chemin: str, lieu: str = "") -> list[dict]:
    """The active filters, each with the address of the same list without it."""
    liste = []
    if demande.q:
        sans = demande.avec(q="", page=1, tri="" if demande.tri == "pertinence" else demande.tri)
        liste.append({"libelle": f"« {demande.q} »", "url_retrait": chemin + sans.adresse})
    for facette in demande.index.facettes:
        codes = demande.choix.get(facette.nom, ())
        adresses = demande.bascules(facette) if codes else {}
        for code in codes:
            mot = facette.libelles[code]
            libelle = mot if facette.parlante else f"{facette.libelle} : {mot}"
            liste.append({"libelle": libelle, "url_retrait": chemin + adresses[code]})
    if demande.lieu:
        sans = demande.avec(lieu="", page=1)
        libelle = f"Commune : {lieu or demande.lieu}"
        liste.append({"libelle": libelle, "url_retrait": chemin + sans.adresse})
    return liste


def tris(demande: Demande, chemin: str) -> list[dict]:
    """The orders offered; relevance only when something is searched."""
    return [
        {
            "libelle": libelle,
            "actif": tri == demande.ordre,
            "url": chemin
            + demande.avec(tri="" if tri == demande.tri_par_defaut else tri, page=1).adresse,
        }
        for tri, libelle in TRIS.items()
        if tri != "pertinence" or demande.q
    ]


def liens_de_pages(demande: Demande, ici: Page, chemin: str) -> dict:
    """Previous, next, and the pages worth a link: the ends and the neighbours."""

    def url(numero: int) -> str | None:
        if not 1 <= numero <= ici.num_pages:
            return None
        return chemin + demande.avec(page=numero).adresse

    proches = {1, ici.num_pages, *range(ici.number - 1, ici.number + 2)}
    numeros = sorted(n for n in proches if 1 <= n <= ici.num_pages)
    pages: list[tuple[int | None, str | None]] = []
    for numero in numeros:
        precedent = pages[-1][0] if pages else 0
        if precedent and numero - precedent == 2:
            pages.append((numero - 1, url(numero - 1)))
        elif precedent and numero - precedent > 2:
            pages.append((None, None))
        pages.append((numero, url(numero)))
    return {"precedent": url(ici.number - 1), "suivant": url(ici.number + 1), "pages": pages}


def caches(demande: Demande, *, sauf: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Hidden fields that a search form carries along: every active filter but those it shows."""
    champs = [(nom, code) for nom, codes in demande.choix.items() for code in codes]
    champs += [("q", demande.q), ("commune", demande.lieu), ("tri", demande.tri)]
    return [(nom, valeur) for nom, valeur in champs if valeur and nom not in sauf]
