"""My appels: where each one is, who waits, and what its team may do with it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from annuaire.enums import EtatAppel, TransitionAppel
from annuaire.forms.appels import EquipeForm, MotifForm, PlacesForm
from annuaire.models import Appel
from annuaire.sections_appel import PARCOURS
from annuaire.views.appels import mon_appel
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee


@never_cache
def mes_appels(request):
    """Every appel of the person's teams, those that wait for them first. A few queries."""
    appels = Appel.objects.de(request.user).with_candidatures().select_related("structure")
    lignes = [(appel, prochaine_etape(appel)) for appel in appels.par_urgence()]
    return render(request, "annuaire/appels/mes_appels.html", {"lignes": lignes})


def prochaine_etape(appel) -> tuple[str, str] | None:
    """(what to do next, its address), or None when there is nothing to do but wait."""
    relecture = reverse("annuaire:appel_relecture", args=[appel.uuid])
    if appel.etat == EtatAppel.BROUILLON:
        if appel.motif:
            return "Compléter l’appel", relecture
        manques = appel.ce_qui_manque()
        if not manques:
            return "Relire et envoyer", relecture
        code = manques[0].section.code if appel.versions else PARCOURS[0].code
        return "Continuer", reverse("annuaire:appel_section", args=[appel.uuid, code])
    if appel.etat == EtatAppel.A_MODERER:
        return "Relire ce que vous avez envoyé", relecture
    if appel.etat in EtatAppel.publics() and not appel.anonymise_le:
        return "Voir l’appel publié", reverse("annuaire:appel", args=[appel.slug])
    return None


def _tenter(request, appel, transition, reussite, *arguments) -> bool:
    try:
        getattr(appel, transition.value)(request.user, *arguments)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return False
    messages.success(request, reussite)
    return True


@require_POST
def reprendre(request, appel):
    """Take back an appel that was sent or refused, to write in it again."""
    trouve = mon_appel(request, appel)
    repris = "L’appel est de nouveau à vous. Pensez à le renvoyer."
    if _tenter(request, trouve, TransitionAppel.REPRENDRE, repris):
        return redirect("annuaire:appel_relecture", trouve.uuid)
    return redirect("annuaire:mes_appels")


@require_POST
def prolonger(request, appel):
    trouve = mon_appel(request, appel)
    _tenter(request, trouve, TransitionAppel.PROLONGER, "L’appel est ouvert trente jours de plus.")
    return redirect("annuaire:mes_appels")


@never_cache
def fermer(request, appel):
    """Close the candidatures, after a page that says what follows."""
    return _confirmer(
        request, appel, TransitionAppel.FERMER, "Les candidatures sont fermées. À vous de choisir."
    )


@never_cache
def sans_suite(request, appel):
    """End without having found, saying why."""
    return _confirmer(
        request, appel, TransitionAppel.SANS_SUITE, "L’appel est arrêté.", avec_motif=True
    )


@never_cache
def supprimer(request, appel):
    """Delete a draft, after a page that says what is lost."""
    return _confirmer(
        request, appel, TransitionAppel.SUPPRIMER_BROUILLON, "Le brouillon est supprimé."
    )


def _confirmer(request, cle, transition, reussite, *, avec_motif=False):
    appel = mon_appel(request, cle)
    form = MotifForm(request.POST if request.method == "POST" else None) if avec_motif else None
    if request.method == "POST" and (form is None or form.is_valid()):
        motif = [form.cleaned_data["motif"]] if form else []
        _tenter(request, appel, transition, reussite, *motif)
        return redirect("annuaire:mes_appels")
    if raison := appel.raison_de_ne_pas(transition, request.user):
        messages.error(request, raison)
        return redirect("annuaire:mes_appels")
    contexte = {"appel": appel, "transition": transition, "form": form}
    return render(request, "annuaire/appels/confirmer.html", contexte)


@never_cache
def places(request, appel):
    """More or fewer seats, never fewer than those given."""
    trouve = mon_appel(request, appel)
    if raison := trouve.raison_de_ne_pas_changer_les_places(request.user):
        messages.error(request, raison)
        return redirect("annuaire:mes_appels")
    depart = {"places": trouve.places, "pourquoi": trouve.pourquoi_une_place}
    form = PlacesForm(request.POST if request.method == "POST" else None, initial=depart)
    if request.method == "POST" and form.is_valid():
        try:
            trouve.changer_les_places(
                request.user, form.cleaned_data["places"], form.cleaned_data["pourquoi"]
            )
        except TransitionRefusee as refus:
            form.add_error("places", str(refus))
        else:
            messages.success(request, "Le nombre de places est changé.")
            return redirect("annuaire:mes_appels")
    contexte = {"appel": trouve, "form": form, "donnees": trouve.places_donnees()}
    return render(request, "annuaire/appels/places.html", contexte)


@never_cache
def equipe(request, appel):
    """Who follows this appel: colleagues whose belonging to the structure is accepted."""
    trouve = mon_appel(request, appel)
    form = EquipeForm(request.POST if request.method == "POST" else None, appel=trouve)
    if request.method == "POST" and form.is_valid():
        voulue = list(form.cleaned_data["equipe"])
        trouve.equipe.set(voulue)
        consigner(trouve, "equipe", request.user, nombre=len(voulue))
        messages.success(request, "L’équipe de l’appel est enregistrée.")
        if request.user in voulue:
            return redirect("annuaire:appel_equipe", trouve.uuid)
        return redirect("annuaire:mes_appels")
    return render(request, "annuaire/appels/equipe.html", {"appel": trouve, "form": form})
