"""« Comment démarrer » : the seven steps, readable by a hurried professional and by a patient."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ressources.bibliotheque.parcours import ETAPES
from ressources.enums import Pas
from ressources.models import Projet, Ressource

PORTES = ("Ressources", "Comment démarrer")
RESSOURCES_PAR_ETAPE = 6


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def parcours(request):
    """The whole path on one page, and where my own projects stand."""
    contexte = {
        "etapes": ETAPES.values(),
        "projets": Projet.objects.visible_par(request.user)[:10],
        "fil": [(PORTES[0], reverse("ressources:liste")), (PORTES[1], None)],
    }
    return render(request, "ressources/parcours/parcours.html", contexte)


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def pas(request, pas):
    """One step: both voices, when it is done, what helps. One query."""
    etape = ETAPES.get(pas)
    if etape is None:
        raise Http404
    codes = list(Pas.values)
    rang = codes.index(pas)
    utiles = Ressource.objects.publiees().filter(pas__contains=[pas]).pour_vignettes()
    contexte = {
        "etape": etape,
        "etapes": ETAPES.values(),
        "avant": ETAPES.get(codes[rang - 1]) if rang else None,
        "apres": ETAPES.get(codes[rang + 1]) if rang + 1 < len(codes) else None,
        "outils": [{"url": reverse(nom), "mots": mots} for nom, mots in etape.outils],
        "lignes": utiles.order_by("niveau", "-du_hub", "titre")[:RESSOURCES_PAR_ETAPE],
        "toutes": f"{reverse('ressources:liste')}?etape={pas}",
        "fil": [
            (PORTES[0], reverse("ressources:liste")),
            (PORTES[1], reverse("ressources:parcours")),
            (etape.titre, None),
        ],
    }
    return render(request, "ressources/parcours/etape.html", contexte)
