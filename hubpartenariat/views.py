"""Pages that belong to no trade: home, search across apps, legal pages, health, errors."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cartographie.chiffres import chiffres_publics, dernieres_fiches
from hubpartenariat.projet import ETAPES_DU_PROJET, PORTES_EN_MOTS
from hubpartenariat.socle.carte import carte_region
from hubpartenariat.socle.liste import LONGUEUR_DE_RECHERCHE, sans_invisibles
from hubpartenariat.socle.recherche import chercher_partout
from hubpartenariat.socle.secours import page_de_secours


@login_not_required
def accueil(request):
    """The front door of the hub: what it is, what one can do, what there is already."""
    chiffres = chiffres_publics()
    liste = reverse("cartographie:liste")
    contexte = {
        "portes": [p | {"url": reverse(p["nom"])} for p in PORTES_EN_MOTS],
        "chiffres": chiffres,
        "carte": carte_region(chiffres.par_territoire, lambda code: f"{liste}?departement={code}"),
        "fiches": dernieres_fiches(),
        "evenements": ETAPES_DU_PROJET,
    }
    return render(request, "accueil.html", contexte)


@login_not_required
def recherche(request):
    """Search across every app that registered with socle.recherche."""
    q = sans_invisibles(request.GET.get("q", ""))
    if len(q) > LONGUEUR_DE_RECHERCHE:
        titre = "Cette recherche est trop longue"
        texte = f"Une recherche compte {LONGUEUR_DE_RECHERCHE} caractères au plus."
        return _erreur(request, 400, titre, texte)
    trouvailles = chercher_partout(q)
    contexte = {
        "q": q,
        "trouvailles": trouvailles,
        "total": sum(trouvaille.nombre for trouvaille in trouvailles),
    }
    return render(request, "recherche.html", contexte)


@login_not_required
@never_cache
def sante(request):
    """Liveness: the process answers. No database, so that a restart is not asked for nothing."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
def sante_complet(request):
    """Readiness: the database answers too; 503 otherwise (see erreur_500)."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT 1")
    return JsonResponse({"base": "ok"})


def _erreur(request, statut, titre, texte):
    contexte = {"statut": statut, "titre": titre, "texte": texte}
    return render(request, "erreur.html", contexte, status=statut)


def erreur_400(request, exception=None):
    if request.path.endswith(".json"):
        return JsonResponse({"erreur": "Cette adresse n’est pas lisible."}, status=400)
    if isinstance(exception, RequestDataTooBig):
        return _erreur(
            request,
            400,
            "Cet envoi est trop lourd",
            "Un fichier pèse 10 Mo au plus. Revenez à la page précédente : réduisez-le, ou donnez "
            "un lien vers lui.",
        )
    return _erreur(
        request,
        400,
        "Cette demande n’est pas lisible",
        "Une valeur de l’adresse ou du formulaire n’a pas pu être comprise. "
        "Revenez à la page précédente et réessayez.",
    )


def erreur_403(request, exception=None):
    return _erreur(
        request,
        403,
        "Vous n’avez pas accès à cette page",
        str(exception or "") or "Votre compte ne permet pas de faire cela.",
    )


def erreur_404(request, exception=None):
    return _erreur(
        request,
        404,
        "Cette page n’existe pas",
        "L’adresse est peut-être incomplète, ou la page n’est pas ouverte à votre compte.",
    )


def erreur_500(request):
    """Without database nor context processors: whatever failed may fail again.

    While PostgreSQL is away the answer is 503: the same request will do in a few seconds. Asked
    here and not in a middleware, because sessions and sign-in fail before any view.
    """
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        reponse = HttpResponse(page_de_secours("503.html"), status=503)
        reponse.headers["Retry-After"] = "5"
        return reponse
    return HttpResponse(page_de_secours("500.html"), status=500)


def erreur_csrf(request, reason=""):
    return _erreur(
        request,
        403,
        "Cette page est restée ouverte trop longtemps",
        "Par sécurité, rien n’a été envoyé. Revenez à la page précédente : votre texte y est "
        "encore. Copiez-le si vous le souhaitez, rechargez la page, puis envoyez de nouveau.",
    )
