"""Support: what a team asks, what a référent follows, what the Pôle sees."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.reprise import texte_garde
from ressources.accompagnement import suivi
from ressources.forms.accompagnement import ConfierForm, DemandeForm, RencontreForm
from ressources.views.projets import fil, le_projet

lire_ou_envoyer = require_http_methods(["GET", "HEAD", "POST"])
MONTRES = 200


@texte_garde
@never_cache
@lire_ou_envoyer
def du_projet(request, projet):
    """As the team sees it: ask, then read what was decided at each meeting."""
    projet = le_projet(request, projet)
    tous = list(projet.accompagnements.select_related("referent").prefetch_related("rencontres"))
    form = DemandeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            suivi.demander(projet, form.cleaned_data["demande"], request.user)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Votre demande est arrivée. Un e-mail dira qui vous suit.")
            return redirect("ressources:projet_accompagnement", projet.uuid)
    ouvert = next((un for un in tous if un.etat != "clos"), None)
    contexte = {
        "projet": projet,
        "accompagnements": tous,
        "ouvert": ouvert,
        "miennes": (),  # a meeting is corrected by whoever noted it, on their own page
        "form": None if ouvert and not form.errors else form,
        "fil": fil(projet, "Accompagnement"),
    }
    statut = 422 if form.errors else 200
    return render(request, "ressources/accompagnement/projet.html", contexte, status=statut)


@require_POST
def retirer(request, projet):
    """The team takes its request back while it waits."""
    projet = le_projet(request, projet)
    try:
        suivi.retirer(projet, request.user)
        messages.success(request, "Votre demande est retirée. Vous pourrez en écrire une autre.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("ressources:projet_accompagnement", projet.uuid)


# --- Référents and the team of the Pôle; 404 for anybody else ------------------------------------
def fil_du_suivi(*suite) -> list[tuple]:
    page = reverse("ressources:accompagnements") if suite else None
    return [
        ("Ressources", reverse("ressources:liste")),
        ("Équipes accompagnées", page),
        *((titre, None) for titre in suite),
    ]


def suivis(request):
    """Those that this person may read; 404 for whoever follows no team."""
    if not suivi.accompagne(request.user):
        raise Http404
    return suivi.lisibles_par(request.user)


@never_cache
@require_safe
def equipes(request):
    """Teams: those that wait first, then by last contact, the oldest first. Two queries."""
    contexte = {
        "lignes": suivis(request).en_attente_d_abord()[:MONTRES],
        "fil": fil_du_suivi(),
    }
    return render(request, "ressources/accompagnement/equipes.html", contexte)


@texte_garde
@never_cache
@lire_ou_envoyer
def equipe(request, accompagnement):
    """One team: its request, its stage, the meetings; a new meeting is written here."""
    un = get_object_or_404(suivis(request), uuid=accompagnement)
    raison = suivi.raison_de_ne_pas_suivre(un, request.user)
    form = RencontreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            suivi.raconter(un, form.cleaned_data, request.user)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "La rencontre est notée. L’équipe la lit aussi.")
            return redirect(un)
    contexte = {
        "accompagnement": un,
        "projet": un.projet,
        "rencontres": un.rencontres.all(),
        "miennes": set(suivi.rencontres_de(un, request.user).values_list("pk", flat=True)),
        "voix": [p.get_voix_display() for p in un.projet.presents()],
        "raison": raison,
        "form": None if raison and not form.errors else form,
        "confier": _form_pour_confier(un, request.user),
        "fil": fil_du_suivi(str(un.projet)),
    }
    statut = 422 if form.errors else 200
    return render(request, "ressources/accompagnement/equipe.html", contexte, status=statut)


def _form_pour_confier(un, personne):
    if suivi.raison_de_ne_pas_confier(un, personne):
        return None
    return ConfierForm(accompagnement=un)


@require_POST
def confier(request, accompagnement):
    """The Pôle hands a team to somebody who may follow it."""
    un = get_object_or_404(suivis(request), uuid=accompagnement)
    form = ConfierForm(request.POST, accompagnement=un)
    if not form.is_valid():
        messages.error(request, form.errors["personne"][0])
        return redirect(un)
    choisie = form.cleaned_data["personne"]
    fait = f"L’équipe est confiée à {choisie.get_full_name()}."
    return _faire(request, un.uuid, lambda un, par: suivi.confier(un, choisie, par), fait)


@require_POST
def prendre(request, accompagnement):
    """Follow this team from now on."""
    return _faire(request, accompagnement, suivi.prendre, "Vous suivez maintenant cette équipe.")


@require_POST
def clore(request, accompagnement):
    """End the support; the team is asked for its bilan."""
    fait = "L’accompagnement est terminé. L’équipe est invitée à faire son bilan."
    return _faire(request, accompagnement, suivi.clore, fait)


def _faire(request, cle, acte, fait):
    un = get_object_or_404(suivis(request), uuid=cle)
    try:
        acte(un, request.user)
        messages.success(request, fait)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect(un)
