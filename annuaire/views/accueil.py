"""The door of the directory: how pairing works, how people are protected, where to go."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annuaire.compteurs import compteurs_publics
from annuaire.enums import EtatAppel
from annuaire.models import Appel, Structure


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def accueil(request):
    contexte = {
        "structures": Structure.objects.publiees().count(),
        "appels": Appel.objects.filter(
            etat__in=EtatAppel.vivants(), expire_le__gt=timezone.now()
        ).count(),
        "compteurs": compteurs_publics(),
        "fil": [("Annuaire", None)],
    }
    return render(request, "annuaire/accueil.html", contexte)
