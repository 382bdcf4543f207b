"""« Signaler »: a private path to the team of the hub, from any object that the person sees."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annuaire import signaler as guichet
from annuaire.forms.suites import SignalementForm
from annuaire.models import Signalement
from annuaire.views.messages import lire_ou_ecrire
from hubpartenariat.socle.moderation import TransitionRefusee


@never_cache
@lire_ou_ecrire
def signaler(request, genre, cle):
    objet = guichet.trouver(genre, cle, request.user)
    if objet is None:
        raise Http404
    form = SignalementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            guichet.signaler(objet, request.user, form.cleaned_data["texte"])
        except TransitionRefusee as refus:
            form.add_error("texte", str(refus))
        else:
            messages.success(request, "Votre signalement est envoyé. Merci de l’avoir fait.")
            return redirect("annuaire:signalements")
    contexte = {
        "form": form,
        "quoi": guichet.GENRES[genre].libelle,
        "fil": [
            ("Mes signalements", reverse("annuaire:signalements")),
            (f"Signaler {guichet.GENRES[genre].libelle}", None),
        ],
    }
    return render(request, "annuaire/signalements/signaler.html", contexte)


@never_cache
@require_safe
def mes_signalements(request):
    """What I reported, and where it stands. Nobody else has this page."""
    siens = Signalement.objects.filter(auteur=request.user).select_related("type_objet")
    contexte = {
        "signalements": [(un, guichet.libelle_de(un)) for un in siens],
        "fil": [("Mes signalements", None)],
    }
    return render(request, "annuaire/signalements/liste.html", contexte)
