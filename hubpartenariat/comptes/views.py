"""My space: what I have under way, my account, leaving."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hubpartenariat.comptes.enums import Role
from hubpartenariat.comptes.forms import NomForm, SuppressionForm
from hubpartenariat.comptes.mes_donnees import copie, rubriques
from hubpartenariat.socle import espace
from hubpartenariat.socle.registre import gardees

LIRE_OU_ENVOYER = ["GET", "HEAD", "POST"]


def _envoye(request):
    """What was sent, even if empty; None when nothing was."""
    return request.POST if request.method == "POST" else None


@never_cache
@require_safe
def mon_espace(request):
    """The signed-in person's own page."""
    cartes = espace.cartes(request.user)
    contexte = {
        "attendent": [une for une in cartes if une.attend],
        "en_cours": [une for une in cartes if not une.attend],
        "pages": espace.pages(request.user),
        "roles": [role for role in Role if role in request.user.roles],
        "a_une_etape": is_mfa_enabled(request.user),
    }
    return render(request, "comptes/mon_espace.html", contexte)


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def nom(request):
    """The name that others see."""
    form = NomForm(_envoye(request), instance=request.user)
    if request.method == "POST" and form.is_valid():
        request.user.save(update_fields=["nom"])
        messages.success(request, "Votre nom affiché est enregistré.")
        return redirect("mon_espace")
    return render(request, "comptes/nom.html", {"form": form})


@never_cache
@require_safe
def mes_donnees(request):
    """Everything held about me, why, how long, who sees it, and what I can do about it."""
    contexte = {"rubriques": list(rubriques(request.user)), "gardees": gardees()}
    return render(request, "comptes/mes_donnees.html", contexte)


@never_cache
@require_safe
@reauthentication_required(app="allauth.mfa")
def copie_de_mes_donnees(request):
    """The same to keep, as a ZIP; whoever asks has just said again who they are."""
    reponse = HttpResponse(copie(request.user), content_type="application/zip")
    reponse.headers["Content-Disposition"] = 'attachment; filename="mes-donnees.zip"'
    return reponse


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
@reauthentication_required(app="allauth.mfa")
def supprimer(request):
    """Leave the hub, unless something still needs this account."""
    raisons = espace.attaches(request.user)
    if raison := request.user.raison_de_ne_pas_supprimer():
        raisons.append(raison)
    form = SuppressionForm(_envoye(request))
    if request.method == "POST" and not raisons and form.is_valid():
        personne = request.user
        logout(request)
        personne.anonymiser()
        messages.success(request, "Votre compte est supprimé. Merci pour ce que vous avez apporté.")
        return redirect("accueil")
    contexte = {"form": form, "raisons": raisons, "gardees": gardees()}
    return render(request, "comptes/supprimer.html", contexte)
