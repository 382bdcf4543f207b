"""The list of published fiches, its map and its facets: one address for every state."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cartographie.lecture import EXTENSIONS, fiches_de, refus
from cartographie.recherche import INDEX
from hubpartenariat.socle import page_de_liste
from hubpartenariat.socle.carte import carte_departement, carte_region
from hubpartenariat.socle.facettes import compter, par_lieu
from hubpartenariat.socle.liste import Demande, DemandeIllisible
from hubpartenariat.socle.page_de_liste import PageAbsente
from hubpartenariat.socle.territoire import Commune
from hubpartenariat.socle.vocabulaires import Departement


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def liste(request):
    """Fiches found, twenty at a time. Three queries, and one for the map of a département."""
    chemin = reverse("cartographie:liste")
    try:
        demande = Demande.lire(INDEX, request.GET)
        commune = _commune(demande)
        comptes = compter(demande)
        page = page_de_liste.page(demande, comptes)
    except DemandeIllisible as erreur:
        return refus(request, 400, "Cette adresse n’est pas lisible", erreur)
    except PageAbsente as erreur:
        return refus(request, 404, "Cette page de la liste n’existe pas", erreur)
    contexte = {
        "demande": demande,
        "total": comptes.total,
        "fiches": fiches_de(demande, comptes, page),
        "page": page,
        "facettes": page_de_liste.groupes(demande, comptes, chemin),
        "actives": sum(len(codes) for codes in demande.choix.values()),
        "puces": page_de_liste.puces(demande, chemin, commune.libelle if commune else ""),
        "tris": page_de_liste.tris(demande, chemin),
        "liens": page_de_liste.liens_de_pages(demande, page, chemin),
        "caches": page_de_liste.caches(demande, sauf=("q",)),
        "carte": _carte(demande, comptes, chemin),
        "chemin": chemin,
        "canonique": request.build_absolute_uri(chemin + demande.adresse),
        "formats": _formats(demande),
    }
    return render(request, "cartographie/liste.html", contexte)


def _commune(demande: Demande) -> Commune | None:
    if not demande.lieu:
        return None
    commune = Commune.objects.filter(code=demande.lieu).first()
    if commune is None:
        raise DemandeIllisible(f"Aucune commune d’Île-de-France n’a le code {demande.lieu}.")
    return commune


def _formats(demande: Demande) -> list[dict]:
    """The same list for machines; their addresses carry the same filters, without the page."""
    suite = demande.avec(page=1).adresse
    return [
        {
            "libelle": libelle,
            "type": type_,
            "url": reverse("cartographie:liste_format", args=[ext]) + suite,
        }
        for ext, (libelle, type_) in EXTENSIONS.items()
    ]


def _carte(demande: Demande, comptes, chemin: str):
    """The region, or the communes of the one département chosen."""
    choisis = demande.choix.get("departement", ())
    facette = INDEX.facette("departement")
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
        )
    adresses = demande.bascules(facette)
    return carte_region(
        comptes.facettes["departement"],
        lien=lambda code: chemin + adresses[code],
        actif=choisis,
    )


def _par_commune(departement: str, par_lieu: dict[str, int]) -> dict[str, int]:
    """Counts by commune of the département; what lies elsewhere or nowhere is under its code."""
    comptes = {lieu: n for lieu, n in par_lieu.items() if lieu.startswith(departement)}
    comptes[departement] = sum(par_lieu.values()) - sum(comptes.values())
    return comptes
