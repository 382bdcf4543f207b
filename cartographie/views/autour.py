"""Around the list: where nothing is known yet, and how to reuse it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cartographie.recherche import INDEX
from hubpartenariat.socle.facettes import compter, croiser
from hubpartenariat.socle.liste import Demande
from hubpartenariat.socle.vocabulaires import Departement, Territoire, TypeStructure


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def zones_blanches(request):
    """Départements × types of structure: what has no fiche, shown as it is. Two queries."""
    comptes = compter(Demande(INDEX))
    croises = croiser(INDEX, "departement", "type_structure")
    chemin = reverse("cartographie:liste")
    lignes = [
        {
            "libelle": libelle,
            "total": comptes.facettes["departement"][code],
            "cases": [
                {
                    "nombre": croises.get((code, type_), 0),
                    "url": f"{chemin}?type_structure={type_}&departement={code}",
                }
                for type_ in TypeStructure.values
            ],
        }
        for code, libelle in Territoire.choices
    ]
    par_departement = comptes.facettes["departement"]
    contexte = {
        "total": comptes.total,
        "lignes": lignes,
        "types": TypeStructure.choices,
        "sans_departement": [nom for c, nom in Departement.choices if not par_departement[c]],
        "sans_type": [
            nom for c, nom in TypeStructure.choices if not comptes.facettes["type_structure"][c]
        ],
        "vides": sum(not case["nombre"] for ligne in lignes for case in ligne["cases"]),
        "cases": len(lignes) * len(TypeStructure),
        "fil": [("Cartographie", chemin), ("Zones blanches", None)],
    }
    return render(request, "cartographie/zones_blanches.html", contexte)


@login_not_required
@require_safe
def integrer(request):
    """How another site can show the list: links, feeds and files."""
    adresse = request.build_absolute_uri(reverse("cartographie:liste"))
    formats = {
        ext: request.build_absolute_uri(reverse("cartographie:liste_format", args=[ext]))
        for ext in ("csv", "geojson", "json", "atom")
    }
    contexte = {"adresse": adresse, "formats": formats, "facettes": INDEX.facettes}
    contexte["fil"] = [("Cartographie", reverse("cartographie:liste")), ("Reprendre", None)]
    return render(request, "cartographie/integrer.html", contexte)
