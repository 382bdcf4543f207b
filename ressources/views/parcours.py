"""« Comment démarrer » : the seven steps, readable by a hurried professional and by a patient."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ressources.bibliotheque.parcours import ETAPES, SIGNES
from ressources.enums import Pas
from ressources.models import Projet, Ressource
from ressources.projets import equipe
from ressources.views.projets import fil, le_projet

PORTES = ("Ressources", "Comment démarrer")
RESSOURCES_PAR_ETAPE = 6
PROJETS_MONTRES = 10


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def parcours(request):
    """The whole path on one page, and where my own projects stand."""
    contexte = {
        "etapes": ETAPES.values(),
        "projets": Projet.objects.visible_par(request.user)[:PROJETS_MONTRES],
        "fil": [(PORTES[0], reverse("ressources:liste")), (PORTES[1], None)],
    }
    return render(request, "ressources/parcours/parcours.html", contexte)


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def pas(request, pas):
    """One step: both voices, when it is done, what helps, where my projects stand. Two queries."""
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
        "projets": Projet.objects.visible_par(request.user)[:PROJETS_MONTRES],
        "fil": [
            (PORTES[0], reverse("ressources:liste")),
            (PORTES[1], reverse("ressources:parcours")),
            (etape.titre, None),
        ],
    }
    return render(request, "ressources/parcours/etape.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def avancee(request, projet):
    """Where a project stands on the path, ticked by any of its people, seen by all alike."""
    projet = le_projet(request, projet)
    if request.method == "POST":
        pas = request.POST.get("pas")
        if pas not in ETAPES:
            messages.error(request, "Choisissez l’étape où vous en êtes.")
            return redirect("ressources:projet_avancee", projet.uuid)
        coches, lus = (SIGNES.intersection(request.POST.getlist(nom)) for nom in ("fait", "lu"))
        equipe.avancer(projet, pas, coches, lus, request.user)
        messages.success(request, "Votre avancée est gardée. Toute l’équipe la voit.")
        return redirect("ressources:projet_avancee", projet.uuid)
    contexte = {
        "projet": projet,
        "etapes": ETAPES.values(),
        "faits": projet.faits,
        "fil": fil(projet, "Notre avancée"),
    }
    return render(request, "ressources/parcours/avancee.html", contexte)
