"""The agenda: what comes, what is over, one event and its places."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hubpartenariat.socle.liste import Demande, DemandeIllisible
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.page_de_liste import PageAbsente
from hubpartenariat.socle.televersements.service import servir
from hubpartenariat.socle.vues_de_liste import refus
from ressources import inscriptions
from ressources.agenda import filtres
from ressources.ical import calendrier
from ressources.models import Evenement, Inscription
from ressources.recherche.agenda import INDEX

RELIRE = "ressources.change_evenement"


@login_not_required
@require_safe
@never_cache
def liste(request):
    """What comes, the next one first, filtered. Two queries, four when words are searched."""
    return _page(request, Evenement.objects.montres().a_venir(), passes=False)


@login_not_required
@require_safe
@never_cache
def passes(request):
    """What is over, the last one first, filtered alike."""
    return _page(request, Evenement.objects.montres().passes(), passes=True)


def _page(request, evenements, *, passes: bool):
    chemin = reverse("agenda:passes" if passes else "agenda:liste")
    try:
        demande = Demande.lire(INDEX, request.GET)
        contexte = filtres.page(evenements, demande, chemin)
    except DemandeIllisible as erreur:
        return refus(request, 400, "Cette adresse n’est pas lisible", erreur)
    except PageAbsente as erreur:
        return refus(request, 404, "Cette page de l’agenda n’existe pas", erreur)
    meme = demande.avec(page=1).adresse
    contexte |= {
        "passes": passes,
        "autre": reverse("agenda:liste" if passes else "agenda:passes") + meme,
        "flux": reverse("agenda:flux") + meme,
    }
    return render(request, "ressources/agenda/liste.html", contexte)


def _visible(request, cle) -> Evenement:
    """An event shown to all; in any state for its organiser and for the team that reads it."""
    un = get_object_or_404(Evenement.objects.avec_inscrits(), uuid=cle)
    if not (un.montre or un.est_de(request.user) or request.user.has_perm(RELIRE)):
        raise Http404
    return un


@login_not_required
@require_safe
@never_cache
def evenement(request, evenement):
    """One event. The link of the meeting is for those who have a place, and the organiser."""
    un = _visible(request, evenement)
    mienne = None
    if request.user.is_authenticated:
        mienne = un.inscriptions.filter(personne=request.user).first()
    organise = un.est_de(request.user)
    place = mienne is not None and mienne.a_une_place
    contexte = {
        "evenement": un,
        "mienne": mienne,
        "organise": organise,
        "corrigeable": organise and not un.raison_de_ne_pas_corriger(request.user),
        "annulable": organise and not un.raison_de_ne_pas_annuler(request.user),
        "lien": un.lien if (place or organise) and not un.annule else "",
        "refus": un.refus_d_inscription(),
        "restent": None if un.places is None else max(un.places - un.inscrits, 0),
        "fil": [("Agenda", reverse("agenda:liste")), (un.titre, None)],
    }
    return render(request, "ressources/agenda/evenement.html", contexte)


@login_not_required
@require_safe
@never_cache
def fichier(request, evenement):
    """Its report, to be saved by who reads."""
    return servir(_visible(request, evenement))


@require_POST
def inscrire(request, evenement):
    """Take a place, or a rank on the waiting list."""
    un = _visible(request, evenement)
    try:
        inscription = inscriptions.inscrire(un, request.user)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return redirect(un)
    if inscription.a_une_place:
        messages.success(request, "Votre place est réservée.")
    else:
        messages.info(request, "C’est complet : vous êtes sur la liste d’attente.")
    return redirect(un)


@require_POST
def desinscrire(request, evenement):
    """Give one's place back: the first who waits gets it."""
    un = _visible(request, evenement)
    if inscriptions.desinscrire(un, request.user):
        messages.success(request, "Votre place est rendue.")
    return redirect(un)


@require_safe
@never_cache
def inscrits(request, evenement):
    """Who comes and who waits, for the organiser alone."""
    un = get_object_or_404(Evenement, uuid=evenement, organisateur=request.user)
    contexte = {
        "evenement": un,
        "inscriptions": Inscription.objects.filter(evenement=un).select_related("personne"),
        "fil": [
            ("Agenda", reverse("agenda:liste")),
            (un.titre, un.get_absolute_url()),
            ("Inscrits", None),
        ],
    }
    return render(request, "ressources/agenda/inscrits.html", contexte)


def _ics(evenements, nom: str) -> HttpResponse:
    reponse = HttpResponse(calendrier(evenements), content_type="text/calendar; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="{nom}.ics"'
    return reponse


@login_not_required
@require_safe
def flux(request):
    """All events shown, or those of the filters of the list, for a calendar that subscribes."""
    montres = Evenement.objects.montres()
    try:
        demande = Demande.lire(INDEX, request.GET)
    except DemandeIllisible as erreur:
        return refus(request, 400, "Cette adresse n’est pas lisible", erreur)
    if demande.filtree:
        montres = montres.filter(pk__in=filtres.trouver(montres, demande))
    return _ics(montres, "agenda")


@login_not_required
@require_safe
def un_ics(request, evenement):
    """One event, to add to one's calendar."""
    return _ics([get_object_or_404(Evenement.objects.montres(), uuid=evenement)], "evenement")
