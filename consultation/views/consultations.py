"""The door of the consultations, and the page of each."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from consultation import pages
from consultation.forms import AbonnementForm
from consultation.models import Consultation
from consultation.publication import derniere
from consultation.questionnaires import photographier
from consultation.recherche import INDEX, propositions
from consultation.regles import Regles
from consultation.suites import publiees_de
from hubpartenariat.socle.facettes import compter, identifiants
from hubpartenariat.socle.liste import Demande, DemandeIllisible
from hubpartenariat.socle.vues_de_liste import refus

TROUVEES_AU_PLUS = 60
FIL = ("Consultation", "consultation:liste")


def consultation_de(request, slug: str) -> Consultation:
    """The consultation at this address, if this person may know of it; 404 otherwise."""
    return get_object_or_404(Consultation.objects.visible_par(request.user), slug=slug)


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def liste(request):
    """Open ones first, then the closed ones; with ``q``, the propositions that hold its words."""
    consultations = Consultation.objects.publiques().with_suites()
    consultations = list(consultations.prefetch_related("resultats"))
    try:
        cherchees = _cherchees(request)
    except DemandeIllisible as erreur:
        return refus(request, 400, "Cette adresse n’est pas lisible", erreur)
    contexte = {
        "ouvertes": [c for c in consultations if c.ouverte_maintenant],
        "autres": [c for c in consultations if not c.ouverte_maintenant],
        **cherchees,
        "fil": [("Consultation", None)],
    }
    return render(request, "consultation/liste.html", contexte)


def _cherchees(request) -> dict:
    """What the search of the hub sends here: the propositions found, the best first."""
    q = request.GET.get("q", "")
    if not q:
        return {}
    demande = Demande.lire(INDEX, QueryDict(urlencode({"q": q})))
    return {
        "q": demande.q,
        "trouvees": propositions(identifiants(demande, compter(demande), 0, TROUVEES_AU_PLUS)),
    }


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def consultation(request, slug):
    """What is asked, by whom, until when, what happens to it; the way to answer or to read."""
    objet = consultation_de(request, slug)
    questionnaire = photographier(objet)
    contexte = {
        "consultation": objet,
        "questionnaire": questionnaire,
        "minutes": pages.minutes(questionnaire),
        "version": derniere(objet),
        "abonnement": AbonnementForm(prefix="suites"),
        "suites_publiees": publiees_de(objet),
        "phrases": Regles.de(objet.regles).phrases(),
        "fil": [_porte(), (objet.titre, None)],
    }
    return render(request, "consultation/consultation.html", contexte)


def _porte() -> tuple[str, str]:
    from django.urls import reverse

    return FIL[0], reverse(FIL[1])


def fil(objet: Consultation, *suite) -> list[tuple]:
    """Breadcrumb of the pages under a consultation."""
    return [_porte(), (objet.titre, objet.get_absolute_url()), *suite]
