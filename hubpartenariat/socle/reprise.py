"""Forms of one page: what is sent after the session expired is offered again once signed in."""

import uuid
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render

from hubpartenariat.socle.formulaires import (
    SaisieEnAttente,
    garder_la_saisie,
    saisie_a_reprendre,
    saisie_gardee,
)

# The button that makes a text final: what comes back is saved, its author presses it again.
DERNIER_MOT = "vers"
GARDE = "Votre session a expiré. Votre texte est gardé : reconnectez-vous pour le retrouver."
PAS_GARDE = (
    "Votre session a expiré, et ce texte n’a pas pu être gardé. Revenez à la page précédente pour "
    "le copier."
)


def texte_garde(vue):
    """Decorate a view that reads ``request.POST``: no text is lost to an expired session.

    The anonymous POST (its CSRF token already checked) is kept for this browser alone. Whoever
    comes back signed in is asked first: take it up, read it, forget it. Nothing is written, nor
    shown, before they say so: the browser may be shared. Not for views that take files, nor for
    those whose POST decides something at once.
    """

    @wraps(vue)
    def reprendre(request, *args, **options):
        if request.method == "GET" and (attendue := saisie_a_reprendre(request)):
            return _demander(request, attendue)
        geste, cle = _geste(request)
        attendue = saisie_gardee(request, cle) if geste else None
        if attendue is None:
            return redirect(request.path) if geste else vue(request, *args, **options)
        if geste == "oublier":
            attendue.delete()
            return redirect(request.path)
        if geste == "lire":
            return _demander(request, attendue, lire=True)
        return _reprendre(request, attendue, vue, args, options)

    reprendre.garder_la_saisie = _garder
    return reprendre


def _geste(request) -> tuple[str, uuid.UUID | None]:
    """What was pressed on the page that asks, and of which text."""
    if request.method != "POST":
        return "", None
    for geste in ("reprendre", "lire", "oublier"):
        if texte := request.POST.get(f"_{geste}_le_texte"):
            try:
                return geste, uuid.UUID(texte)
            except ValueError:
                return geste, None
    return "", None


def _reprendre(request, attendue: SaisieEnAttente, vue, args, options):
    """Answer as the POST that was kept. It is forgotten once saved, and only then."""
    donnees = attendue.en_querydict()
    donnees.pop(DERNIER_MOT, None)
    request.POST = donnees
    reponse = vue(request, *args, **options)
    dits = messages.get_messages(request)._queued_messages  # read without consuming them
    if reponse.status_code == 302 and any(un.level == messages.SUCCESS for un in dits):
        attendue.delete()
    return reponse


def _demander(request, attendue: SaisieEnAttente, *, lire: bool = False):
    textes = [v for valeurs in attendue.donnees.values() for v in valeurs if len(v) > 3]
    contexte = {"attendue": attendue, "textes": textes if lire else None}
    return render(request, "reprise.html", contexte)


def _garder(request, **_cles):
    if garder_la_saisie(request) is None:
        messages.error(request, PAS_GARDE)
    else:
        messages.info(request, GARDE)
    return redirect_to_login(request.path)
