"""The library: the list, its formats, one entry, its file, what readers say of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_POST, require_safe

from hubpartenariat.socle import formats as formats_de_liste
from hubpartenariat.socle import vues_de_liste
from hubpartenariat.socle.televersements.service import servir
from ressources.bibliotheque import usages
from ressources.bibliotheque.lecture import EXPORT, LISTE
from ressources.bibliotheque.outils import outils_a_remplir
from ressources.enums import EtatRessource, Geste, Pas, Public
from ressources.models import Parole, Ressource

VOISINES = 4
RECITS = 3
AVIS_GARDES = 200  # of one reader, in their session
MERCI = {
    Geste.UTILE: "Merci : c’est noté.",
    Geste.PAS_UTILE: "Merci : l’équipe du hub en tiendra compte à la prochaine relecture.",
    Geste.UTILISEE: "Merci : savoir qu’elle sert aide à la garder à jour.",
}


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def liste(request):
    """Entries found, twenty at a time. Three queries."""
    return vues_de_liste.repondre(request, LISTE, outils=outils_a_remplir())


@login_not_required
@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def formats(request, ext):
    """``/ressources/ressources.<ext>``."""
    return formats_de_liste.repondre(request, ext, EXPORT)


def _lisible(request, slug) -> Ressource:
    """An entry that may be read: published, or withdrawn (its page says so)."""
    visibles = [EtatRessource.PUBLIEE, EtatRessource.ARCHIVEE]
    trouvee = (
        Ressource.objects.select_related("remplacee_par")
        .filter(slug=slug, etat__in=visibles)
        .first()
    )
    if trouvee is None:
        raise Http404
    return trouvee


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def ressource(request, ressource):
    """One entry. A withdrawn one stays readable, and leads to what replaces it."""
    trouvee = _lisible(request, ressource)
    archivee = trouvee.etat == EtatRessource.ARCHIVEE
    if request.method == "GET" and not archivee:
        usages.compter(trouvee, Geste.OUVERTE)
    contexte = {
        "ressource": trouvee,
        "archivee": archivee,
        "pas": [(code, mot) for code, mot in Pas.choices if code in trouvee.pas],
        "publics": [mot for code, mot in Public.choices if code in trouvee.publics],
        "gestes": Geste.avis(),
        "deja_dit": trouvee.slug in request.session.get("avis_ressources", []),
        "gardee": request.user.is_authenticated
        and request.user.signets.filter(ressource=trouvee).exists(),
        "voisines": _voisines(trouvee),
        "recits": Parole.objects.publiees()
        .filter(ressource=trouvee)
        .pour_vignettes()
        .order_by("-publiee_le", "-pk")[:RECITS],
        "anciennes": trouvee.anciennes.all(),
        "lien_muet": trouvee.lien_mort_depuis
        and (timezone.localdate() - trouvee.lien_mort_depuis).days >= 7,
        "canonique": request.build_absolute_uri(request.path),
        "fil": [("Ressources", reverse("ressources:liste")), (str(trouvee), None)],
    }
    return render(request, "ressources/ressource.html", contexte)


def _voisines(une: Ressource) -> list[Ressource]:
    """Others for a same need, those of a same step first. One query."""
    memes = Ressource.objects.publiees().filter(besoins__overlap=une.besoins).exclude(pk=une.pk)
    proches = memes.filter(Q(pas__overlap=une.pas)).pour_vignettes()
    return list(proches.order_by("niveau", "titre")[:VOISINES])


@login_not_required
@require_safe
def fichier(request, ressource):
    """The file of an entry, to be saved."""
    trouvee = _lisible(request, ressource)
    reponse = servir(trouvee)
    if request.method == "GET":
        usages.compter(trouvee, Geste.TELECHARGEE)
    return reponse


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def ancienne(request, ressource, ancienne):
    """What the entry said before it was replaced."""
    trouvee = _lisible(request, ressource)
    avant = get_object_or_404(trouvee.anciennes, uuid=ancienne)
    fil = [
        ("Ressources", reverse("ressources:liste")),
        (str(trouvee), trouvee.get_absolute_url()),
        (avant.nom.capitalize(), None),
    ]
    contexte = {"ressource": trouvee, "ancienne": avant, "fil": fil}
    return render(request, "ressources/ancienne.html", contexte)


@login_not_required
@require_safe
def ancienne_fichier(request, ressource, ancienne):
    """The file that the entry had then."""
    return servir(get_object_or_404(_lisible(request, ressource).anciennes, uuid=ancienne))


@login_not_required
@require_POST
def avis(request, ressource):
    """« Utile », « pas utile », « nous nous en sommes servis »: once by session, nothing of who."""
    trouvee = _lisible(request, ressource)
    dits = request.session.get("avis_ressources", [])
    geste = request.POST.get("geste", "")
    if geste not in [un.value for un in Geste.avis()]:
        messages.error(request, "Choisissez un des trois avis proposés.")
    elif trouvee.slug in dits:
        messages.info(request, "Votre avis sur cette ressource est déjà compté.")
    else:
        usages.compter(trouvee, Geste(geste))
        request.session["avis_ressources"] = [*dits, trouvee.slug][-AVIS_GARDES:]
        messages.success(request, MERCI[Geste(geste)])
    return redirect("ressources:ressource", trouvee.slug)
