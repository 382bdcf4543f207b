"""Writing an appel: the entrance, the three sections, the other doors, the reading, sending."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from annuaire.forms.appels import FORMULAIRES
from annuaire.models import Appel
from annuaire.orientation import SOURCE
from annuaire.sections_appel import PARCOURS, manques_par_section
from hubpartenariat.socle.formulaires import garder_la_saisie
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.vues_de_saisie import VueDeSection, est_automatique

SESSION_EXPIREE = "Votre session a expiré. Appuyez sur « Enregistrer » : votre texte sera gardé."


def mon_appel(request, cle) -> Appel:
    """An appel of a team of the signed-in person; 404 for anybody else, existing or not."""
    appels = request.user.appels.select_related("structure", "commune")
    return get_object_or_404(appels, uuid=cle)


def etapes(appel, courante=None) -> list[dict]:
    """The steps of the form for the progress component, the reading included."""
    incompletes = {manque.section.code for manque in appel.ce_qui_manque()}
    suite = []
    for section in PARCOURS:
        ouverte = bool(appel.version(section.code))
        faite = ouverte and section.code not in incompletes
        avancee = "fait" if faite else "commence" if ouverte else "a_faire"
        suite.append(
            {
                "code": section.code,
                "titre": section.titre,
                "url": reverse("annuaire:appel_section", args=[appel.uuid, section.code]),
                "statut": "courant" if section.code == courante else avancee,
                "avancee": avancee,
                "minutes": section.minutes,
            }
        )
    suite.append(
        {
            "code": "relecture",
            "titre": "Relecture et envoi",
            "url": reverse("annuaire:appel_relecture", args=[appel.uuid]),
            "statut": "courant" if courante == "relecture" else "a_faire",
            "avancee": "a_faire",
            "minutes": 0,
        }
    )
    return suite


def minutes_restantes(suite: list[dict]) -> int:
    return sum(etape["minutes"] for etape in suite if etape["avancee"] != "fait")


@never_cache
def nouveau(request):
    """What the form asks. The draft is made on "Commencer"; an empty one is used again."""
    if request.method == "POST":
        appel = Appel.objects.commencer(request.user)
        return redirect("annuaire:appel_section", appel.uuid, PARCOURS[0].code)
    brouillons = Appel.objects.de(request.user).filter(etat="brouillon").exclude(versions={})
    contexte = {"parcours": PARCOURS, "brouillons": brouillons.order_by("-modifiee_le")}
    return render(request, "annuaire/appels/nouveau.html", contexte)


class SectionDAppel(VueDeSection):
    parcours = PARCOURS
    formulaires = FORMULAIRES
    gabarit = "annuaire/appels/section.html"
    gabarit_refus = "annuaire/appels/texte_refuse.html"

    @property
    def formulaire(self):
        return partial(self.formulaires[self.section.code], personne=self.request.user)

    def objet(self, request, appel):
        return mon_appel(request, appel)

    def adresse(self, appel, code):
        if code:
            return reverse("annuaire:appel_section", args=[appel.uuid, code])
        return reverse("annuaire:appel_relecture", args=[appel.uuid])

    def destination(self, vers):
        """Answers that lead elsewhere are explained at once."""
        if self.section.code == "bonne-porte" and self.instance.portes:
            return reverse("annuaire:appel_autre_porte", args=[self.instance.uuid])
        return super().destination(vers)

    def contexte(self, appel):
        suite = etapes(appel, self.section.code)
        return {
            "appel": appel,
            "etapes": suite,
            "minutes_restantes": minutes_restantes(suite),
            "manques": [m for m in appel.ce_qui_manque() if m.section == self.section],
            "autre_plume": self.derniere_plume(),
        }


def garder(request, appel, section):
    """An anonymous save: the session expired. Keep the text, sign in, come back to it."""
    if est_automatique(request):
        return JsonResponse({"etat": "session", "message": SESSION_EXPIREE}, status=401)
    if section in FORMULAIRES and Appel.objects.filter(uuid=appel).exists():
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


section = never_cache(SectionDAppel.as_view())
section.garder_la_saisie = garder


@never_cache
def autre_porte(request, appel):
    """Where the need belongs, when it is not here. The draft stays."""
    trouve = mon_appel(request, appel)
    if not trouve.portes:
        return redirect("annuaire:appel_relecture", trouve.uuid)
    contexte = {"appel": trouve, "portes": trouve.portes, "source": SOURCE}
    return render(request, "annuaire/appels/autre_porte.html", contexte)


@never_cache
def relecture(request, appel):
    """The appel as its reader will see it, what it lacks, and the button that sends it."""
    trouve = mon_appel(request, appel)
    if request.method == "POST":
        try:
            trouve.soumettre(request.user)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return redirect("annuaire:appel_relecture", trouve.uuid)
        messages.success(
            request,
            "Votre appel est envoyé. L’équipe qui modère le lit ; vous recevrez sa réponse par "
            "e-mail.",
        )
        return redirect("annuaire:mes_appels")
    suite = etapes(trouve, "relecture")
    contexte = {
        "appel": trouve,
        "etapes": suite,
        "minutes_restantes": minutes_restantes(suite),
        "manques": trouve.ce_qui_manque(),
        "manques_par_section": manques_par_section(trouve),
        "modifiable": trouve.raison_de_ne_pas_ecrire(request.user) is None,
        "permises": trouve.transitions_permises(request.user),
    }
    return render(request, "annuaire/appels/relecture.html", contexte)
