"""Forms of one page: what is sent after the session expired comes back once signed in again."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login

from hubpartenariat.socle.formulaires import (
    garder_la_saisie,
    oublier_les_saisies,
    saisie_a_reprendre,
)

# The button that makes a text final: what comes back is saved, its author presses it again.
DERNIER_MOT = "vers"
REPRIS = "Le texte que vous aviez envoyé avant de vous reconnecter est repris."
GARDE = "Votre session a expiré. Votre texte est gardé : reconnectez-vous, il sera repris."
PAS_GARDE = (
    "Votre session a expiré, et ce texte n’a pas pu être gardé. Revenez à la page précédente pour "
    "le copier."
)


def texte_garde(vue):
    """Decorate a view that reads ``request.POST``: no text is lost to an expired session.

    The anonymous POST (its CSRF token already checked) is kept for this browser alone; the next
    GET of the same address by somebody signed in is answered as that POST would have been. Files
    are not kept: the form asks for them again.
    """

    @wraps(vue)
    def reprendre(request, *args, **options):
        attendue = saisie_a_reprendre(request) if request.method == "GET" else None
        if attendue is not None:
            request.FILES  # noqa: B018 — read as a GET, or reading it later would empty POST
            donnees = attendue.en_querydict()
            donnees.pop(DERNIER_MOT, None)
            request.method, request.POST = "POST", donnees
            messages.info(request, REPRIS)
        reponse = vue(request, *args, **options)
        if request.method == "POST" and reponse.status_code == 302:
            oublier_les_saisies(request)
        return reponse

    reprendre.garder_la_saisie = _garder
    return reprendre


def _garder(request, **_cles):
    if garder_la_saisie(request) is None:
        messages.error(request, PAS_GARDE)
    else:
        messages.info(request, GARDE)
    return redirect_to_login(request.path)
