"""A report as it stands today: its page, its numbers, the tables behind it, its PDF."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from hubpartenariat.socle.documents import GENRES
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.rapports import Portee, Rapport, assembler, rapports
from hubpartenariat.socle.rapports.registre import REGION, PorteeIllisible
from hubpartenariat.socle.vues_de_liste import refus, refus_json
from hubpartenariat.socle.vues_documents import repondre
from hubpartenariat.syntheses.lecture import chapitres_de_page, territoires
from hubpartenariat.syntheses.models import LIRE, Edition
from hubpartenariat.syntheses.tables import en_fichier
from hubpartenariat.syntheses.views.acces import refuser


def trouver(request, code: str) -> Rapport | None:
    """The report if this person may read it; None otherwise; 404 when there is none."""
    rapport = rapports().get(code)
    if rapport is None:
        raise Http404
    return rapport if rapport.lisible_par(request.user) else None


def portee_de(parametres) -> Portee:
    """Territory asked for, as of today; raises PorteeIllisible."""
    territoire = parametres.get("territoire") or REGION
    return Portee.lire({"territoire": territoire, "au": timezone.localdate().isoformat()})


def empreinte(rapport: Rapport, portee: Portee, donnees: dict) -> str:
    """The fingerprint that the PDF of the same data prints."""
    return GENRES[f"rapport_{rapport.code}"].empreinte(portee.parametres(), donnees)[:12]


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def rapport(request, code):
    """The report on a page, with what can be done with it."""
    if (le_rapport := trouver(request, code)) is None:
        return refuser(request)
    try:
        portee = portee_de(request.GET)
    except PorteeIllisible as erreur:
        return refus(request, 400, "Cette adresse n’est pas lisible", erreur)
    donnees = assembler(le_rapport, portee)
    chemin = reverse("syntheses:rapport", args=[code])
    suite = "" if portee.regionale else f"?territoire={portee.territoire}"
    contexte = {
        "rapport": le_rapport,
        "portee": portee,
        "donnees": donnees,
        "chapitres": chapitres_de_page(
            donnees,
            lien=lambda t: chemin if t == REGION else f"{chemin}?territoire={t}",
            fichiers=lambda cle, ext: (
                reverse("syntheses:rapport_donnees", args=[code, cle, ext]) + suite
            ),
        ),
        "empreinte": empreinte(le_rapport, portee, donnees),
        "territoires": territoires(chemin, portee.territoire),
        "editions": Edition.objects.visibles_par(request.user)
        .publiees()
        .filter(rapport=code, territoire=portee.territoire)
        .sans_donnees()[:6],
        "peut_demander": request.user.is_authenticated and request.user.has_perm(LIRE),
        "suite": suite,
        "fil": [("Synthèses", reverse("syntheses:accueil")), (le_rapport.titre, None)],
    }
    return render(request, "syntheses/rapport.html", contexte)


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def chiffres(request, code):
    """The same in JSON: every number of the page and of the PDF."""
    if (le_rapport := trouver(request, code)) is None:
        return refuser(request)
    try:
        portee = portee_de(request.GET)
    except PorteeIllisible as erreur:
        return refus_json(400, erreur)
    _noter(request, le_rapport, portee, "json")
    donnees = assembler(le_rapport, portee)
    contenu = {"empreinte": empreinte(le_rapport, portee, donnees), **donnees}
    return JsonResponse(contenu, json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def donnees(request, code, cle, ext):
    """The table behind a chart, for a spreadsheet."""
    if (le_rapport := trouver(request, code)) is None:
        return refuser(request)
    try:
        portee = portee_de(request.GET)
    except PorteeIllisible as erreur:
        return refus_json(400, erreur)
    fichier = en_fichier(assembler(le_rapport, portee), cle, ext)
    _noter(request, le_rapport, portee, ext)
    return fichier


def _noter(request, le_rapport: Rapport, portee: Portee, format_: str) -> None:
    """A line of the journal when somebody takes away what is not open to everybody."""
    if le_rapport.permission:
        dit = {"rapport": le_rapport.code, "territoire": portee.territoire, "format": format_}
        consigner(request.user, "telecharger_un_rapport", request.user, **dit)


@login_not_required
@require_POST
def pdf(request, code):
    """Ask for the PDF of what the page shows."""
    if (le_rapport := trouver(request, code)) is None:
        return refuser(request)
    try:
        portee = portee_de(request.POST)
    except PorteeIllisible as erreur:
        return refus(request, 400, "Cette demande n’est pas lisible", erreur)
    return repondre(request, f"rapport_{le_rapport.code}", portee.parametres())
