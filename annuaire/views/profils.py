"""My profile: its state, its sections, what the others see, opening, resting, closing."""

import uuid as uuid_

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annuaire import regards
from annuaire.enums import Cercle, EtatProfil
from annuaire.forms.profils import (
    CE_QUI_EST_VIDE,
    FORMULAIRES,
    FermetureForm,
    OuvertureForm,
    PauseForm,
)
from annuaire.models import Profil
from annuaire.sections_de_profil import PARCOURS
from hubpartenariat.comptes.consentements import Finalite, actives
from hubpartenariat.socle.formulaires import (
    garder_la_saisie,
    oublier_les_saisies,
    saisie_a_reprendre,
)
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.typographie import date_en_mots
from hubpartenariat.socle.vues_de_saisie import VueDeSection, est_automatique

LIRE_OU_ENVOYER = ["GET", "HEAD", "POST"]
SESSION_EXPIREE = "Votre session a expiré. Appuyez sur « Enregistrer » : votre texte sera gardé."
AUTRE_COMPTE = "Cette page a été ouverte avec un autre compte : rien n’a été enregistré."


def mon_profil(request) -> Profil:
    """The profile of the signed-in person; 404 when there is none."""
    profil = Profil.objects.filter(personne=request.user).select_related("personne").first()
    if profil is None:
        raise Http404
    return profil


def etapes(profil, courante=None) -> list[dict]:
    """The sections for the progress component."""
    return [
        {
            "code": section.code,
            "titre": section.titre,
            "url": reverse("annuaire:profil_section", args=[section.code]),
            "statut": "courant" if section.code == courante else avancee,
            "avancee": avancee,
            "minutes": section.minutes,
        }
        for section in PARCOURS
        for avancee in [avancee_de(profil, section)]
    ]


def avancee_de(profil, section) -> str:
    if any(saisie["erreurs"] for saisie in profil.a_corriger(section.code).values()):
        return "commence"
    return "fait" if profil.version(section.code) else "a_faire"


def minutes_restantes(suite: list[dict]) -> int:
    return sum(etape["minutes"] for etape in suite if etape["avancee"] != "fait")


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def profil(request):
    """Where my profile stands and what I may do; without one, what it is, and « Commencer »."""
    if request.method == "POST":
        Profil.objects.commencer(request.user)
        return redirect("annuaire:profil_section", PARCOURS[0].code)
    le_mien = Profil.objects.filter(personne=request.user).select_related("personne").first()
    if le_mien is None:
        return render(request, "annuaire/profils/commencer.html", {"parcours": PARCOURS})
    accords = actives(request.user)
    suite = etapes(le_mien)
    contexte = {
        "profil": le_mien,
        "etapes": suite,
        "minutes_restantes": minutes_restantes(suite),
        "manque": le_mien.raison_de_ne_pas_ouvrir(request.user),
        "appariement": Finalite.APPARIEMENT in accords,
        "contact": Finalite.CONTACT in accords,
        "offres": le_mien.offres.all()[:5],
    }
    return render(request, "annuaire/profils/profil.html", contexte)


class SectionDeProfil(VueDeSection):
    """One section of my profile. ``_profil`` ties the page to the account that opened it."""

    parcours = PARCOURS
    formulaires = FORMULAIRES
    gabarit = "annuaire/profils/section.html"
    gabarit_refus = "annuaire/profils/texte_refuse.html"

    def dispatch(self, request, section):
        if section not in FORMULAIRES:
            raise Http404
        le_mien = Profil.objects.filter(personne=request.user).select_related("personne").first()
        if le_mien is None:
            return redirect("annuaire:profil")
        self.le_mien = le_mien
        if request.method == "GET":
            # A text kept for this browser may be somebody else's: it is not shown, nor saved.
            gardee = saisie_a_reprendre(request)
            if gardee and gardee.donnees.get("_profil") != [str(le_mien.uuid)]:
                oublier_les_saisies(request)
        return super().dispatch(request, section)

    def post(self, request):
        if request.POST.get("_profil", str(self.le_mien.uuid)) != str(self.le_mien.uuid):
            return self.refuser(request, request.POST, AUTRE_COMPTE, self.instance)
        return super().post(request)

    def objet(self, request):
        return self.le_mien

    def adresse(self, objet, code):
        if code:
            return reverse("annuaire:profil_section", args=[code])
        return reverse("annuaire:profil")

    def contexte(self, objet):
        suite = etapes(objet, self.section.code)
        return {
            "profil": objet,
            "etapes": suite,
            "minutes_restantes": minutes_restantes(suite),
            "autre_plume": self.derniere_plume(),
            "replie": CE_QUI_EST_VIDE,
        }


def garder(request, section):
    """An anonymous save: the session expired. Keep the text for the one whose profile it is."""
    if est_automatique(request):
        return JsonResponse({"etat": "session", "message": SESSION_EXPIREE}, status=401)
    if section in FORMULAIRES and _existe(request.POST.get("_profil", "")):
        if garder_la_saisie(request) is None:
            messages.error(
                request,
                "Votre session a expiré, et ce texte est trop long pour être gardé. "
                "Revenez à la page précédente pour le copier.",
            )
        else:
            messages.info(
                request,
                "Votre session a expiré. Votre texte est gardé : il sera enregistré dès que vous "
                "serez reconnecté.",
            )
    return redirect_to_login(request.path)


def _existe(cle: str) -> bool:
    """Nobody fills the table from outside: the key of a profile cannot be guessed."""
    try:
        return Profil.objects.filter(uuid=uuid_.UUID(cle)).exists()
    except ValueError:
        return False


section = never_cache(SectionDeProfil.as_view())
section.garder_la_saisie = garder


@never_cache
@require_safe
def apercu(request):
    """My profile as each circle reads it, by the functions that their pages use."""
    le_mien = mon_profil(request)
    cercle = request.GET.get("cercle", Cercle.EQUIPE)
    if cercle not in Cercle.values:
        cercle = Cercle.EQUIPE
    comme_ouvert = le_mien.etat in (EtatProfil.BROUILLON, EtatProfil.FERME)
    sous_pseudonyme = cercle in (Cercle.MEMBRE, Cercle.EQUIPE, Cercle.ACCORD, Cercle.POLE)
    contexte = {
        "profil": le_mien,
        "cercle": cercle,
        "cercles": Cercle.choices,
        "comme_ouvert": comme_ouvert,
        "sans_accord": not comme_ouvert and not regards.montrable(le_mien),
        "pseudonyme": le_mien.pseudonyme if sous_pseudonyme else "",
        "attributs": regards.attributs_vus(le_mien, cercle, comme_ouvert=comme_ouvert),
        "coordonnees": regards.coordonnees(le_mien, comme_ouvert=comme_ouvert)
        if cercle == Cercle.ACCORD
        else [],
    }
    return render(request, "annuaire/profils/apercu.html", contexte)


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def ouvrir(request):
    """Agree, purpose by purpose, and open."""
    le_mien = mon_profil(request)
    if raison := le_mien.raison_de_ne_pas_ouvrir(request.user):
        messages.info(request, raison)
        return redirect("annuaire:profil")
    envoye = request.POST if request.method == "POST" else None
    form = OuvertureForm(envoye, deja=actives(request.user))
    if request.method == "POST" and form.is_valid():
        if _faire(request, le_mien.ouvrir, request.user, form.finalites()):
            messages.success(
                request,
                "Votre profil est ouvert. Vous pouvez le mettre en pause ou le fermer quand vous "
                "voulez, sans raison à donner.",
            )
        return redirect("annuaire:profil")
    return render(request, "annuaire/profils/ouvrir.html", {"profil": le_mien, "form": form})


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def pause(request):
    """Rest until a day; it ends by itself."""
    le_mien = mon_profil(request)
    if le_mien.etat != EtatProfil.ACTIF:
        return redirect("annuaire:profil")
    form = PauseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        jusqu_au = form.cleaned_data["jusqu_au"]
        if _faire(request, le_mien.mettre_en_pause, jusqu_au, request.user):
            jour = date_en_mots(jusqu_au)
            messages.success(
                request, f"Votre profil est en pause jusqu’au {jour}, ce jour compris."
            )
        return redirect("annuaire:profil")
    return render(request, "annuaire/profils/pause.html", {"profil": le_mien, "form": form})


@never_cache
@require_POST
def reprendre(request):
    """End the pause now."""
    if _faire(request, mon_profil(request).reprendre, request.user):
        messages.success(request, "La pause est finie : votre profil est de nouveau ouvert.")
    return redirect("annuaire:profil")


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def fermer(request):
    """Close, and erase the answers if asked."""
    le_mien = mon_profil(request)
    form = FermetureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        effacer = form.cleaned_data["effacer"]
        fermable = le_mien.etat in (EtatProfil.ACTIF, EtatProfil.BROUILLON)
        if not fermable or _faire(request, le_mien.fermer, request.user):
            if effacer:
                le_mien.effacer_les_reponses(request.user)
            faits = ["Votre profil est fermé."] if fermable else []
            faits += ["Vos réponses sont effacées."] if effacer else []
            if faits:
                messages.success(request, " ".join(faits))
        return redirect("annuaire:profil")
    return render(request, "annuaire/profils/fermer.html", {"profil": le_mien, "form": form})


def _faire(request, transition, *arguments) -> bool:
    """Do it, or tell why not."""
    try:
        transition(*arguments)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return False
    return True
