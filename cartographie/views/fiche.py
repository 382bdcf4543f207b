"""The page of one published fiche."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cartographie.enums import EtatFiche
from cartographie.lecture import vignettes, voit_contact
from cartographie.models import Fiche
from cartographie.recherche import INDEX
from hubpartenariat.socle.aides import aides
from hubpartenariat.socle.autour import autour, suites
from hubpartenariat.socle.facettes import premiers
from hubpartenariat.socle.liste import Demande
from hubpartenariat.socle.vues_de_liste import refus

VOISINES = 3
AIDES = 3


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def fiche(request, slug):
    """A published fiche for everybody; one taken off the map says so. Six queries,
    and those of what others say of it."""
    trouvee = Fiche.objects.select_related("commune", "structure").filter(slug=slug).first()
    if trouvee is None:
        raise Http404
    if trouvee.etat != EtatFiche.PUBLIEE:
        if trouvee.etat != EtatFiche.ARCHIVEE:
            raise Http404
        return refus(
            request,
            410,
            "Cette fiche n’est plus sur la carte",
            "Elle a été retirée. Vous trouverez d’autres démarches dans la cartographie.",
        )
    contexte = {
        "fiche": trouvee,
        "voit_contact": voit_contact(request.user, trouvee),
        "aides": aides(trouvee.besoins, AIDES, cles=("ressources",)),
        "autour": autour(trouvee),
        "suites": suites(trouvee) if _ecrite_par(request.user, trouvee) else [],
        "voisines": _voisines(trouvee),
        "canonique": request.build_absolute_uri(request.path),
        "sujet_erreur": f"Erreur dans la fiche « {trouvee} »",
        "fil": [("Cartographie", reverse("cartographie:liste")), (str(trouvee), None)],
    }
    return render(request, "cartographie/fiche.html", contexte)


def _ecrite_par(personne, fiche: Fiche) -> bool:
    """Whether this person is one of the authors. One query; none for a visitor."""
    return personne.is_authenticated and fiche.auteurs.filter(pk=personne.pk).exists()


def _voisines(fiche: Fiche) -> list[dict]:
    """Recent fiches with the same need, and of the same domain. Three queries."""
    chemin = reverse("cartographie:liste")
    groupes = []
    for nom, codes, titre in (
        ("besoin", fiche.besoins, "Avec un même besoin d’appui"),
        ("domaine", fiche.domaines, "Dans un même domaine"),
    ):
        if codes:
            demande = Demande(INDEX).remplacant(nom, codes)
            ids = [pk for pk in premiers(demande, VOISINES * 2 + 1) if pk != fiche.pk]
            groupes.append(
                {
                    "titre": titre,
                    "suite": f"Toutes les démarches : {titre.lower()}",
                    "ids": ids,
                    "url": chemin + demande.adresse,
                }
            )
    deja: set[int] = set()
    for groupe in groupes:
        groupe["ids"] = [pk for pk in groupe["ids"] if pk not in deja][:VOISINES]
        deja.update(groupe["ids"])
    fiches = {f.pk: f for f in vignettes(sorted(deja))}
    for groupe in groupes:
        groupe["fiches"] = [fiches[pk] for pk in groupe["ids"] if pk in fiches]
    return [groupe for groupe in groupes if groupe["fiches"]]
