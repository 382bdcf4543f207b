"""The list of published fiches, its map and its facets: one address for every state."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cartographie.lecture import LISTE
from hubpartenariat.socle.vues_de_liste import repondre


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def liste(request):
    """Fiches found, twenty at a time. Three queries, and one for the map of a département."""
    return repondre(request, LISTE)
