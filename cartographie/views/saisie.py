"""Filling a fiche: the entrance, the four sections, the reading before sending."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cartographie.forms import FORMULAIRES
from cartographie.models import Fiche
from cartographie.sections import ANCRES, PARCOURS, manques_par_section
from hubpartenariat.socle.formulaires import garder_la_saisie
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.vues_de_saisie import VueDeSection, est_automatique

SESSION_EXPIREE = "Votre session a expiré. Appuyez sur « Enregistrer » : votre texte sera gardé."


def etapes(fiche, courante=None) -> list[dict]:
    """The steps of the form for the progress component, the reading included."""
    incompletes = {manque.section.code for manque in fiche.ce_qui_manque()}
    suite = []
    for section in PARCOURS:
        faite = fiche.version(section.code) and section.code not in incompletes
        statut = "fait" if faite else "commence" if fiche.version(section.code) else "a_faire"
        suite.append(
            {
                "code": section.code,
                "titre": section.titre,
                "url": reverse("cartographie:section", args=[fiche.uuid, section.code]),
                "statut": "courant" if section.code == courante else statut,
                "avancee": statut,
                "minutes": section.minutes,
            }
        )
    relecture = "courant" if courante == "relecture" else "a_faire"
    suite.append(
        {
            "code": "relecture",
            "titre": "Relecture et envoi",
            "url": reverse("cartographie:relecture", args=[fiche.uuid]),
            "statut": relecture,
            "avancee": "a_faire",
            "minutes": 0,
        }
    )
    return suite


def minutes_restantes(suite: list[dict]) -> int:
    return sum(etape["minutes"] for etape in suite if etape["avancee"] != "fait")


@never_cache
def nouvelle(request):
    """What the form asks. The draft is made on "Commencer"; an empty one is used again."""
    if request.method == "POST":
        fiche = Fiche.objects.commencer(request.user)
        return redirect("cartographie:section", fiche.uuid, PARCOURS[0].code)
    brouillons = Fiche.objects.modifiable_par(request.user).exclude(versions={})
    contexte = {"parcours": PARCOURS, "brouillons": brouillons.order_by("-modifiee_le")}
    return render(request, "cartographie/saisie/nouvelle.html", contexte)


class SectionDeFiche(VueDeSection):
    parcours = PARCOURS
    formulaires = FORMULAIRES
    gabarit = "cartographie/saisie/section.html"
    gabarit_refus = "cartographie/saisie/texte_refuse.html"

    def objet(self, request, uuid):
        return get_object_or_404(request.user.fiches, uuid=uuid)

    def adresse(self, fiche, code):
        if code:
            return reverse("cartographie:section", args=[fiche.uuid, code])
        return reverse("cartographie:relecture", args=[fiche.uuid])

    def remarques(self, fiche):
        par_champ = {}
        for remarque in fiche.remarques.ouvertes():
            nom = ANCRES.get(remarque.champ, remarque.champ)
            par_champ.setdefault(nom, []).append(remarque)
        return par_champ

    def contexte(self, fiche):
        suite = etapes(fiche, self.section.code)
        return {
            "fiche": fiche,
            "etapes": suite,
            "minutes_restantes": minutes_restantes(suite),
            "manques": [m for m in fiche.ce_qui_manque() if m.section == self.section],
            "autre_plume": self.derniere_plume(),
        }


def garder(request, uuid, section):
    """An anonymous save: the session expired. Keep the text, sign in, come back to it.

    Nothing is kept for a draft that does not exist: keys cannot be guessed, so nobody fills
    the table from outside.
    """
    if est_automatique(request):
        return JsonResponse({"etat": "session", "message": SESSION_EXPIREE}, status=401)
    if section in FORMULAIRES and Fiche.objects.filter(uuid=uuid).exists():
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


section = never_cache(SectionDeFiche.as_view())
section.garder_la_saisie = garder


@never_cache
def relecture(request, uuid):
    """The fiche as its reader will see it, what it lacks, and the button that sends it."""
    fiche = get_object_or_404(request.user.fiches, uuid=uuid)
    if request.method == "POST":
        try:
            fiche.soumettre(request.user)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return redirect("cartographie:relecture", fiche.uuid)
        messages.success(
            request,
            "Votre fiche est envoyée. L’équipe qui modère la lit ; vous recevrez sa réponse par "
            "e-mail.",
        )
        return redirect("cartographie:mes_fiches")
    suite = etapes(fiche, "relecture")
    contexte = {
        "fiche": fiche,
        "etapes": suite,
        "minutes_restantes": minutes_restantes(suite),
        "manques": fiche.ce_qui_manque(),
        "manques_par_section": manques_par_section(fiche),
        "voit_contact": fiche.a_un_contact,
        "remarques": fiche.remarques.ouvertes(),
        "modifiable": fiche.raison_de_ne_pas_ecrire(request.user) is None,
        "permises": fiche.transitions_permises(request.user),
    }
    return render(request, "cartographie/saisie/relecture.html", contexte)
