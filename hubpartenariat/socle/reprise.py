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
A_RENVOYER = (
    "Voici ce que vous aviez écrit. Rien n’est encore envoyé : relisez, joignez de nouveau votre "
    "fichier s’il y en avait un, puis envoyez."
)
PAS_GARDE = (
    "Votre session a expiré, et ce texte n’a pas pu être gardé. Revenez à la page précédente pour "
    "le copier."
)


def texte_garde(vue):
    """Decorate a view that reads ``request.POST``: no text is lost to an expired session.

    The anonymous POST (its CSRF token already checked) is kept for this browser alone. Whoever
    comes back signed in is asked first: take it up, read it, forget it. Nothing is written, nor
    shown, before they say so: the browser may be shared. For views that take files, or whose POST
    decides something at once: ``texte_a_revoir``.
    """
    return _offrir(vue, _reprendre)


def texte_a_revoir(vue):
    """The same where a POST decides at once, or takes files: what was kept fills the form again,
    and its author sends it.

    The view saves nothing while ``est_repris(request)``, and calls ``oublier_les_saisies`` once it
    has saved.
    """
    return _offrir(vue, _revoir)


def est_repris(request) -> bool:
    """Is this POST a kept text that its author has not sent again yet?"""
    return getattr(request, "texte_repris", False)


def _offrir(vue, rendre_le_texte):
    a_revoir = rendre_le_texte is _revoir

    @wraps(vue)
    def reprendre(request, *args, **options):
        if request.method == "GET" and (attendue := saisie_a_reprendre(request)):
            return _demander(request, attendue, a_revoir)
        geste, cle = _geste(request)
        attendue = saisie_gardee(request, cle) if geste else None
        if attendue is None:
            return redirect(request.path) if geste else vue(request, *args, **options)
        if geste == "oublier":
            attendue.delete()
            return redirect(request.path)
        if geste == "lire":
            return _demander(request, attendue, a_revoir, lire=True)
        return rendre_le_texte(request, attendue, vue, args, options)

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


def _revoir(request, attendue: SaisieEnAttente, vue, args, options):
    """Answer with the form as it was sent, to be sent again."""
    request.POST, request.texte_repris = attendue.en_querydict(), True
    messages.info(request, A_RENVOYER)
    return vue(request, *args, **options)


def _demander(request, attendue: SaisieEnAttente, a_revoir: bool, *, lire: bool = False):
    textes = [v for valeurs in attendue.donnees.values() for v in valeurs if len(v) > 3]
    contexte = {
        "attendue": attendue,
        "a_revoir": a_revoir,
        "textes": textes if lire else None,
    }
    return render(request, "reprise.html", contexte)


def _garder(request, **_cles):
    if garder_la_saisie(request) is None:
        messages.error(request, PAS_GARDE)
    else:
        messages.info(request, GARDE)
    return redirect_to_login(request.path)
