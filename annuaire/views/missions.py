"""A mission, on one page that both sides see alike; what only one side reads is said so."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annuaire.enums import Cote
from annuaire.forms.suites import (
    SATISFACTIONS,
    JourForm,
    RencontreForm,
    RetourForm,
    titre_de_mission,
)
from annuaire.models import MissionSuivie
from annuaire.views.messages import lire_ou_ecrire
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.outils import outils_de_mission

MOTS = dict(SATISFACTIONS)
PAGES = {
    "demarrer": ("Noter le début de la mission", "Depuis quand travaillez-vous ensemble ?"),
    "terminer": (
        "Noter la fin de la mission",
        "La mission est allée à son terme. La mise en relation se termine avec elle ; vous "
        "pourrez encore dire ce que vous en retenez.",
    ),
    "interrompre": (
        "Interrompre la mission",
        "La mission s’arrête aujourd’hui. Aucune raison n’est demandée. L’autre côté est prévenu "
        "par un message neutre, et la place est de nouveau proposée.",
    ),
}


def ma_mission(request, cle):
    """(the mission, the side of the person); 404 for anybody else, existing or not."""
    mission = MissionSuivie.objects.with_relation().filter(uuid=cle).first()
    cote = mission.cote_de(request.user) if mission else None
    if cote is None:
        raise Http404
    return mission, cote


@never_cache
@require_safe
def mes_missions(request):
    """Every mission of which the person is a side today."""
    missions = MissionSuivie.objects.with_relation().de(request.user).distinct()
    contexte = {
        "missions": [(mission, titre_de_mission(mission)) for mission in missions],
        "fil": [("Mes missions", None)],
    }
    return render(request, "annuaire/missions/liste.html", contexte)


@never_cache
@require_safe
def mission(request, mission):
    mission, cote = ma_mission(request, mission)
    return _page(request, mission, cote, RencontreForm())


@never_cache
@lire_ou_ecrire
def rencontres(request, mission):
    """Note a meeting, from the form of the mission's page."""
    mission, cote = ma_mission(request, mission)
    if request.method != "POST":
        return redirect("annuaire:mission", mission.uuid)
    form = RencontreForm(request.POST)
    if form.is_valid():
        try:
            mission.noter_une_rencontre(request.user, **form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "La rencontre est notée.")
            return redirect("annuaire:mission", mission.uuid)
    return _page(request, mission, cote, form)


@never_cache
@lire_ou_ecrire
def retirer_rencontre(request, mission, rencontre):
    """Take back a meeting that one's side noted."""
    mission, cote = ma_mission(request, mission)
    rencontre = get_object_or_404(mission.rencontres, uuid=rencontre, notee_par=cote)
    if request.method == "POST":
        try:
            mission.retirer_la_rencontre(request.user, rencontre)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        else:
            messages.success(request, "La rencontre est retirée.")
        return redirect("annuaire:mission", mission.uuid)
    contexte = {
        "titre": "Retirer cette rencontre",
        "texte": "Elle ne figurera plus sur la page de la mission, pour aucun des deux côtés.",
        "objet": rencontre.objet,
        "bouton": "Retirer la rencontre",
        "retour": reverse("annuaire:mission", args=[mission.uuid]),
        "fil": [*fil_d_ariane(mission), ("Retirer une rencontre", None)],
    }
    return render(request, "annuaire/suites/confirmer.html", contexte)


@never_cache
@lire_ou_ecrire
def changer(request, mission, transition):
    """Confirm the start, the end or the interruption."""
    mission, _ = ma_mission(request, mission)
    if raison := getattr(mission, f"raison_de_ne_pas_{transition}")(request.user):
        messages.error(request, raison)
        return redirect("annuaire:mission", mission.uuid)
    datee = transition != "interrompre"
    form = JourForm(request.POST or None, initial={"jour": timezone.localdate()}) if datee else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            jour = [form.cleaned_data["jour"]] if form else []
            getattr(mission, transition)(request.user, *jour)
        except TransitionRefusee as refus:
            if form is None:
                messages.error(request, str(refus))
                return redirect("annuaire:mission", mission.uuid)
            form.add_error("jour", str(refus))
        else:
            messages.success(request, f"La mission est {mission.get_etat_display().lower()}.")
            return redirect("annuaire:mission", mission.uuid)
    titre, texte = PAGES[transition]
    contexte = {
        "titre": titre,
        "texte": texte,
        "form": form,
        "bouton": titre,
        "danger": not datee,
        "retour": reverse("annuaire:mission", args=[mission.uuid]),
        "fil": [*fil_d_ariane(mission), (titre, None)],
    }
    return render(request, "annuaire/suites/confirmer.html", contexte)


@never_cache
@lire_ou_ecrire
def retour(request, mission):
    """Say, or correct, what one's side keeps of the mission."""
    mission, cote = ma_mission(request, mission)
    if raison := mission.raison_de_ne_pas_donner_un_retour(request.user):
        messages.error(request, raison)
        return redirect("annuaire:mission", mission.uuid)
    deja = mission.retours.filter(cote=cote).first()
    initial = deja and {
        "satisfaction": str(deja.satisfaction),
        "texte": deja.texte,
        "montre": deja.montre_a_l_autre,
    }
    form = RetourForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        donnees = form.cleaned_data | {"satisfaction": int(form.cleaned_data["satisfaction"])}
        try:
            mission.donner_un_retour(request.user, **donnees)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Votre retour est enregistré.")
            return redirect("annuaire:mission", mission.uuid)
    contexte = {
        "mission": mission,
        "cote": cote,
        "form": form,
        "fil": [*fil_d_ariane(mission), ("Mon retour", None)],
    }
    return render(request, "annuaire/missions/retour.html", contexte)


@never_cache
@require_safe
def carnet(request, mission):
    """The lines of this mission that its team is asked to co-sign, and those it answered."""
    mission = _mission_de_mon_equipe(request, mission)
    lignes = mission.lignes.demandees().select_related("cosignee_par").order_by("quand", "pk")
    contexte = {
        "mission": mission,
        "titre": titre_de_mission(mission),
        "attendues": [ligne for ligne in lignes if ligne.etat == "demandee"],
        "repondues": [ligne for ligne in lignes if ligne.etat != "demandee"],
        "fil": [*fil_d_ariane(mission), ("Heures à co-signer", None)],
    }
    return render(request, "annuaire/missions/carnet.html", contexte)


@require_POST
def repondre_au_carnet(request, mission, ligne):
    """Co-sign, or decline without a reason, the line as it was read."""
    mission = _mission_de_mon_equipe(request, mission)
    ligne = get_object_or_404(mission.lignes.demandees(), uuid=ligne)
    lue = request.POST.get("lue", "")
    try:
        if request.POST.get("reponse") == "cosigner":
            ligne.cosigner(request.user, lue)
            messages.success(request, "La ligne est co-signée.")
        elif request.POST.get("reponse") == "decliner":
            ligne.decliner(request.user, lue)
            messages.success(request, "La ligne n’est pas co-signée. Aucune raison n’est donnée.")
        else:
            messages.error(request, "Choisissez de co-signer ou de décliner.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("annuaire:carnet_de_mission", mission.uuid)


def _mission_de_mon_equipe(request, cle):
    mission, cote = ma_mission(request, cle)
    if cote != Cote.EQUIPE:
        raise Http404
    return mission


def _page(request, mission, cote, form):
    retours = {retour.cote: retour for retour in mission.retours.all()}
    autre = retours.get(cote.autre)
    permises = [
        (code, PAGES[code][0])
        for code in PAGES
        if getattr(mission, f"raison_de_ne_pas_{code}")(request.user) is None
    ]
    le_mien = retours.get(cote)
    montre = autre if autre and autre.montre_a_l_autre else None
    contexte = {
        "mission": mission,
        "titre": titre_de_mission(mission),
        "cote": cote,
        "rencontres": mission.rencontres.all(),
        "form": form,
        "peut_noter": not mission.raison_de_ne_pas_noter_une_rencontre(request.user),
        "peut_dire": not mission.raison_de_ne_pas_donner_un_retour(request.user),
        "mon_retour": le_mien and (MOTS[str(le_mien.satisfaction)], le_mien),
        "son_retour": montre and (MOTS[str(montre.satisfaction)], montre),
        "permises": permises,
        "outils": outils_de_mission(mission),
        "a_cosigner": mission.lignes.a_cosigner().count() if cote == Cote.EQUIPE else 0,
        "fil": [("Mes missions", reverse("annuaire:missions")), ("Mission", None)],
    }
    return render(request, "annuaire/missions/mission.html", contexte)


def fil_d_ariane(mission) -> list:
    return [
        ("Mes missions", reverse("annuaire:missions")),
        ("Mission", reverse("annuaire:mission", args=[mission.uuid])),
    ]
