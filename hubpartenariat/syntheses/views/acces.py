"""Who comes in: the same answer for what is closed and for what does not exist."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


class Ferme(Exception):
    """What is asked is not open to this person, or does not exist."""


def refuser(request):
    """To the sign-in for who has not shown who they are; 404 for the others."""
    personne = request.user
    if request.method == "GET" and (
        not personne.is_authenticated or getattr(personne, "pouvoirs_suspendus", False)
    ):
        suite = urlencode({"suite": request.get_full_path()})
        return redirect(f"{reverse('syntheses:entrer')}?{suite}")
    raise Http404


@require_safe
@never_cache
def entrer(request):
    """Closed page whose only use is the sign-in, with its second step, that it asks for."""
    suite = request.GET.get("suite", "")
    ici = reverse("syntheses:accueil")
    if not suite.startswith(ici) or not url_has_allowed_host_and_scheme(suite, None):
        suite = ici
    return redirect(suite)
