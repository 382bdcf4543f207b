"""The page of a public list: facets, map, rows, pages, and the formats beside it.

An app describes its list once (``Liste``); the page and the formats (socle/formats.py) then
answer the same way everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse

from hubpartenariat.socle import page_de_liste
from hubpartenariat.socle.carte import carte_departement, carte_region
from hubpartenariat.socle.choses import Chose
from hubpartenariat.socle.facettes import PAR_PAGE, Comptes, compter, identifiants, par_lieu
from hubpartenariat.socle.indexation import Index
from hubpartenariat.socle.liste import Demande, DemandeIllisible
from hubpartenariat.socle.page_de_liste import PageAbsente
from hubpartenariat.socle.territoire import Commune
from hubpartenariat.socle.vocabulaires import Departement

EXTENSIONS = {
    "csv": ("Tableau (CSV)", "text/csv"),
    "geojson": ("Carte (GeoJSON)", "application/geo+json"),
    "json": ("Données (JSON)", "application/json"),
    "atom": ("Fil des nouveautés (Atom)", "application/atom+xml"),
}


@dataclass(frozen=True)
class Liste:
    """One public list. ``page`` and ``formats`` are names of addresses, ``vignettes(ids)`` gives
    the rows of a page in order; the index has a facet ``departement`` and a place."""

    index: Index
    chose: Chose
    page: str
    formats: str
    gabarit: str
    vignettes: Callable[[list[int]], list]

    @property
    def chemin(self) -> str:
        return reverse(self.page)


def repondre(request, liste: Liste, **en_plus):
    """The page, or what is wrong with its address. Three queries, one more for communes."""
    try:
        contexte = contexte_de(request, liste)
    except DemandeIllisible as erreur:
        return refus(request, 400, "Cette adresse n’est pas lisible", erreur)
    except PageAbsente as erreur:
        return refus(request, 404, "Cette page de la liste n’existe pas", erreur)
    return render(request, liste.gabarit, contexte | en_plus)


def contexte_de(request, liste: Liste) -> dict:
    chemin = liste.chemin
    demande = Demande.lire(liste.index, request.GET)
    commune = _commune(demande)
    comptes = compter(demande)
    page = page_de_liste.page(demande, comptes)
    return {
        "demande": demande,
        "total": comptes.total,
        "lignes": liste.vignettes(identifiants(demande, comptes, page.debut, PAR_PAGE)),
        "page": page,
        "facettes": page_de_liste.groupes(demande, comptes, chemin, liste.chose),
        "actives": sum(len(codes) for codes in demande.choix.values()),
        "puces": page_de_liste.puces(demande, chemin, commune.libelle if commune else ""),
        "tris": page_de_liste.tris(demande, chemin),
        "liens": page_de_liste.liens_de_pages(demande, page, chemin),
        "caches": page_de_liste.caches(demande, sauf=("q",)),
        "carte": _carte(liste, demande, comptes),
        "chemin": chemin,
        "canonique": request.build_absolute_uri(chemin + demande.adresse),
        "adresse_des_filtres": demande.avec(page=1).adresse,
        "formats": _formats(liste, demande),
    }


def _commune(demande: Demande) -> Commune | None:
    if not demande.lieu:
        return None
    commune = Commune.objects.filter(code=demande.lieu).first()
    if commune is None:
        raise DemandeIllisible(f"Aucune commune d’Île-de-France n’a le code {demande.lieu}.")
    return commune


def _formats(liste: Liste, demande: Demande) -> list[dict]:
    """The same list for machines; their addresses carry the same filters, without the page."""
    suite = demande.avec(page=1).adresse
    return [
        {"libelle": libelle, "type": type_, "url": reverse(liste.formats, args=[ext]) + suite}
        for ext, (libelle, type_) in EXTENSIONS.items()
    ]


def _carte(liste: Liste, demande: Demande, comptes: Comptes):
    """The region, or the communes of the one département chosen."""
    chemin = liste.chemin
    choisis = demande.choix.get("departement", ())
    if len(choisis) == 1 and choisis[0] in Departement.values:
        [code] = choisis
        return carte_departement(
            code,
            _par_commune(code, par_lieu(demande, comptes)),
            lien=lambda lieu: (
                chemin + demande.avec(lieu="" if lieu == demande.lieu else lieu, page=1).adresse
            ),
            lien_retour=chemin
            + demande.remplacant("departement", ()).avec(lieu="", page=1).adresse,
            actif=[demande.lieu] if demande.lieu else [],
            chose=liste.chose,
        )
    adresses = demande.bascules(liste.index.facette("departement"))
    return carte_region(
        comptes.facettes["departement"],
        lien=lambda code: chemin + adresses[code],
        actif=choisis,
        chose=liste.chose,
    )


def _par_commune(departement: str, par_lieu: dict[str, int]) -> dict[str, int]:
    """Counts by commune of the département; what lies elsewhere or nowhere is under its code."""
    comptes = {lieu: n for lieu, n in par_lieu.items() if lieu.startswith(departement)}
    comptes[departement] = sum(par_lieu.values()) - sum(comptes.values())
    return comptes


def ranger(objets, ids: list[int]) -> list:
    """The rows of a queryset by key, in the order of the keys. One query, none for no key."""
    trouves = objets.in_bulk(ids) if ids else {}
    return [trouves[pk] for pk in ids if pk in trouves]


def refus(request, statut: int, titre: str, raison):
    """An address that means nothing here: what is wrong, in words, and where to go."""
    contexte = {"statut": statut, "titre": titre, "texte": str(raison)}
    return render(request, "erreur.html", contexte, status=statut)


def refus_json(statut: int, raison) -> JsonResponse:
    ecriture = {"ensure_ascii": False}
    reponse = JsonResponse({"erreur": str(raison)}, status=statut, json_dumps_params=ecriture)
    reponse["Access-Control-Allow-Origin"] = "*"
    return reponse
