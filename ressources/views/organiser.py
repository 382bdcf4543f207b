"""What an organiser does of an event: propose it, cancel it, tie its documents to it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.reprise import texte_garde
from hubpartenariat.socle.televersements.formulaire import prevenir
from ressources.forms.agenda import DocumentForm, EvenementForm
from ressources.models import Evenement

lire_ou_envoyer = require_http_methods(["GET", "HEAD", "POST"])


def _le_mien(request, cle) -> Evenement:
    """An event that I organise; 404 for everybody else."""
    return get_object_or_404(Evenement, uuid=cle, organisateur=request.user)


def fil(un, suite: str) -> list[tuple[str, str | None]]:
    """The trail of the pages of an event."""
    return [("Agenda", reverse("agenda:liste")), (un.titre, un.get_absolute_url()), (suite, None)]


@texte_garde
@never_cache
@lire_ou_envoyer
def proposer(request):
    """Propose an event; the team reads it before anybody sees it."""
    form = EvenementForm(request.POST or None, personne=request.user)
    if request.method == "POST" and form.is_valid():
        un = form.proposer()
        messages.success(request, "Votre événement est proposé. L’équipe vous répondra par e-mail.")
        return redirect(un)
    contexte = {
        "form": form,
        "fil": [("Agenda", reverse("agenda:liste")), ("Proposer un événement", None)],
    }
    statut = 422 if form.errors else 200
    return render(request, "ressources/agenda/proposer.html", contexte, status=statut)


@texte_garde
@never_cache
@lire_ou_envoyer
def modifier(request, evenement):
    """Correct what one proposed, before it is published or once it was declined."""
    un = _le_mien(request, evenement)
    if raison := un.raison_de_ne_pas_corriger(request.user):
        messages.info(request, raison)
        return redirect(un)
    form = EvenementForm(
        request.POST or None, instance=_le_mien(request, evenement), personne=request.user
    )
    if request.method == "POST" and form.is_valid():
        try:
            form.corriger()
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        else:
            messages.success(request, "C’est corrigé. L’équipe vous répondra par e-mail.")
        return redirect(un)
    contexte = {"form": form, "evenement": un, "fil": fil(un, "Corriger")}
    statut = 422 if form.errors else 200
    return render(request, "ressources/agenda/proposer.html", contexte, status=statut)


@never_cache
@lire_ou_envoyer
def annuler(request, evenement):
    """It will not take place; confirmed here, then told to everybody registered."""
    un = _le_mien(request, evenement)
    if raison := un.raison_de_ne_pas_annuler(request.user):
        messages.info(request, raison)
        return redirect(un)
    if request.method == "POST":
        try:
            un.annuler(request.user)
            messages.success(
                request, "L’événement est annulé. Les personnes inscrites sont prévenues."
            )
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        return redirect(un)
    contexte = {
        "evenement": un,
        "inscrits": un.inscriptions.count(),
        "fil": fil(un, "Annuler"),
    }
    return render(request, "ressources/agenda/annuler.html", contexte)


@never_cache
@lire_ou_envoyer
def document(request, evenement):
    """The report and the documents: a file, an address."""
    un = _le_mien(request, evenement)
    envoye = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DocumentForm(*envoye, instance=_le_mien(request, evenement))
    prevenir(form, request)
    if request.method == "POST" and form.is_valid():
        form.enregistrer()
        messages.success(request, "C’est noté : la page de l’événement le montre.")
        return redirect(un)
    contexte = {"evenement": un, "form": form, "fil": fil(un, "Documents")}
    statut = 422 if form.errors else 200
    return render(request, "ressources/agenda/document.html", contexte, status=statut)
