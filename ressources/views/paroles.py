"""Stories as everybody reads them, and the page of a mailed link for those they quote."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from hubpartenariat.socle import formats as formats_de_liste
from hubpartenariat.socle import vues_de_liste
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.enums import EtatParole
from ressources.forms.paroles import EnvoiForm
from ressources.models import Parole
from ressources.paroles import accords
from ressources.paroles.lecture import EXPORT, LISTE, reponses


def fil(parole=None, suite: str = "") -> list[tuple[str, str | None]]:
    """The trail of every page of the stories."""
    debut = [
        ("Ressources", reverse("ressources:liste")),
        ("Paroles", reverse("ressources:paroles")),
    ]
    if parole is None:
        return [*debut, (suite, None)]
    page = parole.get_absolute_url() if suite else None
    return [*debut, (str(parole), page), *([(suite, None)] if suite else [])]


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def liste(request):
    """Stories found, twenty at a time. Three queries."""
    return vues_de_liste.repondre(request, LISTE)


@login_not_required
@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def formats(request, ext):
    """``/ressources/paroles/paroles.<ext>``."""
    return formats_de_liste.repondre(request, ext, EXPORT)


@login_not_required
@require_safe
@never_cache
def parole(request, parole):
    """A published story for everybody; one's own in any state, with what may be done of it."""
    visibles = Parole.objects.visible_par(request.user).select_related("fiche", "ressource")
    une = get_object_or_404(visibles, uuid=parole)
    publiee, mienne = une.etat == EtatParole.PUBLIEE, une.est_de(request.user)
    copie = une.publie if publiee else une.copie()
    contexte = {
        "parole": une,
        "copie": copie,
        "reponses": reponses(copie),
        "mienne": mienne,
        "publiee": publiee,
        "fiche": une.fiche if une.fiche and une.fiche.etat == "publiee" else None,
        "ressource": une.ressource if une.ressource and une.ressource.etat == "publiee" else None,
        "canonique": request.build_absolute_uri(request.path),
        "fil": fil(une),
    }
    if mienne:
        contexte |= {
            "citees": une.citees.select_related("parole"),
            "manque": une.modifiable and une.raison_de_ne_pas_soumettre(request.user),
            "form": EnvoiForm(noms=une.noms_non_declares()),
        }
    return render(request, "ressources/paroles/parole.html", contexte)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def accord(request, jeton):
    """Somebody quoted reads what is said of them, then agrees to be named, or not."""
    citee = accords.du_jeton(jeton)
    if citee is None:
        raise Http404
    if request.method == "POST":
        try:
            accords.repondre(citee, request.POST.get("reponse"), request.POST.get("lue", ""))
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        else:
            messages.success(request, "C’est noté. Merci.")
        return redirect("ressources:parole_accord", jeton)
    copie = citee.parole.copie(comme_si=citee)
    contexte = {
        "citee": citee,
        "copie": copie,
        "reponses": reponses(copie),
        "fil": [("Être nommé dans un récit", None)],
    }
    reponse = render(request, "ressources/paroles/accord.html", contexte)
    reponse["Referrer-Policy"] = "no-referrer"
    return reponse
