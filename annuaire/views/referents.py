"""Référents: who covers what, and what waits in their territory."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from annuaire import referents as service


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def referents(request):
    """Who covers each territory: named with their agreement, reached through the hub otherwise."""
    contexte = {
        "territoires": service.par_territoire(),
        "fil": [("Annuaire", reverse("annuaire:accueil")), ("Référents", None)],
    }
    return render(request, "annuaire/referents/referents.html", contexte)


@never_cache
@require_safe
def a_faire(request):
    """What waits for a référent: appels and counts. 404 for anybody else."""
    if not service.est_referent(request.user):
        raise Http404
    contexte = {
        "liste": service.a_faire(request.user),
        "fil": [
            ("Annuaire", reverse("annuaire:accueil")),
            ("Référents", reverse("annuaire:referents")),
            ("À faire", None),
        ],
    }
    return render(request, "annuaire/referents/a_faire.html", contexte)
