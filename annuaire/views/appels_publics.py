"""The public list of appels, its formats, and the page of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from annuaire.enums import EtatAppel
from annuaire.lecture_appels import EXPORT, LISTE
from annuaire.models import Appel
from hubpartenariat.socle import formats, vues_de_liste


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def liste(request):
    """Appels found, those that take answers first. Three queries, one more for communes."""
    return vues_de_liste.repondre(request, LISTE)


@login_not_required
@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def liste_format(request, ext):
    """``/annuaire/appels.<ext>``."""
    return formats.repondre(request, ext, EXPORT)


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def appel(request, appel):
    """A published appel for everybody; one that is over says so, and no more."""
    appels = Appel.objects.select_related("structure", "commune")
    trouve = appels.filter(slug=appel).first()
    if trouve is None:
        raise Http404
    if trouve.etat not in EtatAppel.publics() or trouve.anonymise_le:
        if trouve.etat not in EtatAppel.finis():
            raise Http404
        return vues_de_liste.refus(
            request,
            410,
            "Cet appel est terminé",
            "Il n’attend plus de réponse. D’autres équipes cherchent des patients partenaires : "
            "voyez la liste des appels.",
        )
    de_l_equipe = request.user.is_authenticated and trouve.est_de_l_equipe(request.user)
    contexte = {
        "appel": trouve,
        "ouvert": trouve.etat == EtatAppel.OUVERT,
        "de_l_equipe": de_l_equipe,
        "canonique": request.build_absolute_uri(request.path),
        "fil": [
            ("Annuaire", _accueil()),
            ("Appels", reverse("annuaire:appels")),
            (str(trouve), None),
        ],
    }
    return render(request, "annuaire/appels/appel.html", contexte)


def _accueil() -> str:
    """The door of the directory: ``/annuaire/``."""
    return reverse("annuaire:accueil")
