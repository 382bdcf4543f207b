"""The tools tried without an account: nothing is written, neither answers nor documents."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hubpartenariat.socle import debit
from ressources.deux_voix import documents, ensemble
from ressources.deux_voix import donnees as d
from ressources.deux_voix.formulaires import EssaiForm
from ressources.deux_voix.outils import BAROMETRE
from ressources.models import Projet
from ressources.views.deux_voix import montre

DOCUMENTS_PAR_HEURE = 30
LIRE_ENSEMBLE = "ressources.lire_ensemble"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def outil(request, outil):
    """What the tool is, one's own projects, and a trial of both voices on one page."""
    envoye = request.method == "POST"
    form = EssaiForm(request.POST if envoye else None, outil=outil)
    if envoye and form.is_valid() and request.POST.get("vers") != "corriger":
        donnees = d.d_un_essai(outil, form.lues(), timezone.localdate())
        contexte = {
            "outil": outil,
            "choisies": [(nom, code) for nom, code in form.cleaned_data.items() if code],
            "fil": [(outil.titre, request.path), ("Résultat de l’essai", None)],
        }
        return render(request, "ressources/deux_voix/essai.html", contexte | montre(donnees, outil))
    return _page(request, outil, form)


def _page(request, outil, form, status=200):
    """The page of the tool, with whatever was chosen."""
    contexte = {
        "outil": outil,
        "form": form,
        "projets": Projet.objects.visible_par(request.user)[:20],
        "fil": [(outil.titre, None)],
    }
    return render(request, "ressources/deux_voix/outil.html", contexte, status=status)


@login_not_required
@require_POST
@never_cache
def pdf(request, outil):
    """The trial as a document, made while you wait; without answers, a sheet to fill by hand."""
    form = EssaiForm(request.POST, outil=outil)
    choisi = any(request.POST.get(nom) for nom in form.fields)
    if choisi and not form.is_valid():
        messages.error(request, "Une réponse n’est pas dans la liste : recommencez l’essai.")
        return redirect(f"ressources:{outil.code}")
    if trop(request):
        messages.error(request, "Beaucoup de documents demandés en une heure : attendez un peu.")
        return _page(request, outil, form if choisi else EssaiForm(outil=outil), status=429)
    contenu = documents.d_un_essai(outil, form.lues() if choisi else {}, timezone.localdate())
    reponse = HttpResponse(contenu, content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="{outil.adresse}.pdf"'
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse


def trop(request) -> bool:
    """More documents of trials from here, within the hour, than a group of people needs."""
    return debit.trop("essais", debit.adresse(request), DOCUMENTS_PAR_HEURE)


@require_safe
@never_cache
def moyennes(request):
    """The barometer over all projects, for the team of the hub; nothing below five pairs."""
    if not request.user.has_perm(LIRE_ENSEMBLE):
        raise Http404
    contexte = {
        "moyennes": ensemble.moyennes(),
        "au_moins": ensemble.PAIRES_AU_MOINS,
        "outil": BAROMETRE,
        "fil": [(BAROMETRE.titre, "../"), ("Ensemble", None)],
    }
    return render(request, "ressources/deux_voix/ensemble.html", contexte)
