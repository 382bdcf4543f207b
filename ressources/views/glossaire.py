"""The glossary: one page, an anchor per term, a search, made to be printed."""

from itertools import groupby
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import QueryDict
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hubpartenariat.socle.facettes import compter, identifiants
from hubpartenariat.socle.liste import LONGUEUR_DE_RECHERCHE, Demande
from hubpartenariat.socle.typographie import sans_accents
from ressources.models import Terme
from ressources.recherche.glossaire import INDEX
from ressources.recherche.glossaire import termes as dans_l_ordre


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def glossaire(request):
    """Every term in alphabetical order; with ``q``, those that speak of it, the best first."""
    q = request.GET.get("q", "")[:LONGUEUR_DE_RECHERCHE]
    trouves = _cherches(q) if q.strip() else None
    tous = sorted(Terme.objects.all(), key=lambda un: sans_accents(un.mot))
    par_lettre = groupby(tous, key=lambda un: sans_accents(un.mot)[0].upper())
    contexte = {
        "q": q,
        "trouves": trouves,
        "lettres": [(lettre, list(groupe)) for lettre, groupe in par_lettre],
        "nombre": len(tous),
        "fil": [("Glossaire", None)],
    }
    return render(request, "ressources/glossaire/glossaire.html", contexte)


def _cherches(q: str) -> list[Terme]:
    demande = Demande.lire(INDEX, QueryDict(urlencode({"q": q})))
    return dans_l_ordre(identifiants(demande, compter(demande)))
