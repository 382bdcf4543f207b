"""Pages of a document asked for: where it stands, and the file.

Who may not read a document and who invents an address get the same answer: 404.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hubpartenariat.socle import debit
from hubpartenariat.socle.documents import (
    DemandeDocument,
    EtatDocument,
    demander,
    poids,
)

PAR_HEURE = 30  # documents that one address may have made in an hour without an account
FILE_MAX = 300  # documents waiting: beyond, visitors without an account come back later
PHRASES = {
    EtatDocument.DEMANDE: "Votre demande est enregistrée. La préparation va commencer.",
    EtatDocument.EN_COURS: "La préparation est en cours. Elle dure en général quelques secondes.",
    EtatDocument.PRET: "Votre document est prêt.",
    EtatDocument.ECHEC: "Le document n’a pas pu être préparé.",
    EtatDocument.ANNULE: "Vous avez annulé cette demande. Rien n’a été gardé.",
    EtatDocument.EXPIRE: "Ce document n’est plus disponible : ce qu’il contient a changé, "
    "ou sa durée de conservation est passée. Vous pouvez le demander de nouveau.",
}


def repondre(request, genre: str, parametres: dict):
    """Answer a POST that asks for a document: to its page. For the views of each kind."""
    visiteur = None if request.user.is_authenticated else debit.adresse(request)
    if visiteur and _trop(visiteur):
        return render(request, "documents/trop.html", {"par_heure": PAR_HEURE}, status=429)
    try:
        demande = demander(genre, parametres, request.user)
    except PermissionDenied as refus:
        raise Http404 from refus
    if visiteur and demande.etat == EtatDocument.DEMANDE:
        debit.trop("documents", visiteur, PAR_HEURE)
    return redirect("documents:suivi", demande.pk)


def _trop(visiteur: str) -> bool:
    if debit.deja_trop("documents", visiteur, PAR_HEURE):
        return True
    attente = DemandeDocument.objects.filter(etat__in=EtatDocument.en_attente())
    return attente[:FILE_MAX].count() >= FILE_MAX


def trouver(request, cle) -> DemandeDocument:
    """The document that this person may see, up to date; 404 otherwise."""
    demande = DemandeDocument.objects.filter(pk=cle).first()
    if demande is None or not demande.accessible_a(request.user):
        raise Http404
    demande.rafraichir()
    return demande


def resume(demande: DemandeDocument) -> dict:
    """What a page or a script needs to know. At most one query."""
    pret = demande.etat == EtatDocument.PRET
    rang = demande.rang()
    phrase = demande.erreur if demande.etat == EtatDocument.ECHEC else PHRASES[demande.etat]
    if rang:
        pluriel = "s" if rang > 1 else ""
        phrase += f" {rang} document{pluriel} avant le vôtre."
    return {
        "etat": demande.etat,
        "libelle": demande.get_etat_display(),
        "phrase": phrase,
        "en_attente": demande.etat in EtatDocument.en_attente(),
        "url": reverse("documents:telecharger", args=[demande.pk]) if pret else None,
        "format": f"PDF, {poids(demande.taille)}" if pret else None,
        "pages": demande.pages if pret else None,
    }


@login_not_required
@require_safe
@never_cache
def suivi(request, cle):
    """Where a document stands. Reloads itself while it is being made."""
    demande = trouver(request, cle)
    contexte = {
        "demande": demande,
        "resume": resume(demande),
        "page": demande.le_genre.page(demande.parametres),
        "annulable": demande.annulable_par(request.user),
        "redemandable": demande.etat
        in {EtatDocument.ECHEC, EtatDocument.ANNULE, EtatDocument.EXPIRE},
    }
    return render(request, "documents/suivi.html", contexte)


@login_not_required
@require_safe
@never_cache
def etat(request, cle):
    """The same in JSON, for the page's script."""
    return JsonResponse(resume(trouver(request, cle)))


@login_not_required
@require_safe
def telecharger(request, cle):
    """The file, to keep: never shown inside the site's own origin."""
    demande = trouver(request, cle)
    if not demande.existe:
        return redirect("documents:suivi", demande.pk)
    demande.le_genre.telecharge(demande, request.user)
    etiquette = f'"{demande.empreinte}"'
    reponse = get_conditional_response(request, etag=etiquette) or FileResponse(
        demande.chemin.open("rb"),
        as_attachment=True,
        filename=demande.le_genre.nom_fichier(demande.parametres),
        content_type="application/pdf",
    )
    reponse.headers["ETag"] = etiquette
    reponse.headers["Cache-Control"] = "private, no-cache"
    reponse.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    reponse.headers["X-Content-Type-Options"] = "nosniff"
    return reponse


@require_POST
def annuler(request, cle):
    """Call off a document that nobody else waits for."""
    demande = trouver(request, cle)
    if not demande.annulable_par(request.user) or not demande.annuler():
        messages.info(request, "Cette demande ne peut plus être annulée.")
    return redirect("documents:suivi", demande.pk)


@login_not_required
@require_POST
def redemander(request, cle):
    """Ask again for a document that failed, was called off or has expired."""
    demande = trouver(request, cle)
    return repondre(request, demande.genre, demande.le_genre.actuels(demande.parametres))
