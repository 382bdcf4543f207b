"""Offres of patients partenaires: written from an open profile, read by verified members only."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import InvalidPage, Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annuaire import regards
from annuaire.enums import Cercle, EtatProfil, TransitionOffre
from annuaire.forms.offres import OffreForm
from annuaire.models import Offre, Profil
from hubpartenariat.socle.formulaires import (
    garder_la_saisie,
    oublier_les_saisies,
    saisie_a_reprendre,
)
from hubpartenariat.socle.moderation import TransitionRefusee

PAR_PAGE = 20


def est_membre_verifie(personne) -> bool:
    """Signed in, with an address that was proved. One query."""
    return (
        personne.is_authenticated
        and EmailAddress.objects.filter(user=personne, verified=True).exists()
    )


@login_not_required
@require_safe
@never_cache
def liste(request):
    """The open offres, for verified members. A visitor reads how it works, and no offre."""
    if not est_membre_verifie(request.user):
        return render(request, "annuaire/offres/explication.html")
    offres = Offre.objects.ouvertes().select_related("profil")
    try:
        page = Paginator(offres, PAR_PAGE).page(request.GET.get("page") or 1)
    except InvalidPage:
        raise Http404 from None
    return render(request, "annuaire/offres/liste.html", {"page": page})


@require_safe
@never_cache
def offre(request, offre):
    """One offre under its pseudonym, with what its owner shows to members."""
    if not est_membre_verifie(request.user):
        raise Http404
    mienne = Offre.objects.de(request.user).filter(uuid=offre)
    trouvee = mienne.select_related("profil").first()
    if trouvee is None:
        ouvertes = Offre.objects.ouvertes().select_related("profil")
        trouvee = get_object_or_404(ouvertes, uuid=offre)
    contexte = {
        "offre": trouvee,
        "attributs": regards.attributs_vus(trouvee.profil, Cercle.MEMBRE),
        "mienne": trouvee.est_de(request.user),
        "permises": trouvee.transitions_permises(request.user),
    }
    return render(request, "annuaire/offres/offre.html", contexte)


def mon_offre(request, cle) -> Offre:
    """An offre of the signed-in person; 404 for anybody else, existing or not."""
    return get_object_or_404(Offre.objects.de(request.user).select_related("profil"), uuid=cle)


@never_cache
def mes_offres(request):
    """My offres, and what I may do with each."""
    lignes = [
        (une, une.transitions_permises(request.user))
        for une in Offre.objects.de(request.user).select_related("profil").order_by("-pk")
    ]
    contexte = {"lignes": lignes, "profil": Profil.objects.filter(personne=request.user).first()}
    return render(request, "annuaire/offres/mes_offres.html", contexte)


@never_cache
def nouvelle(request):
    """Write an offre, from an open profile."""
    profil = Profil.objects.filter(personne=request.user, etat=EtatProfil.ACTIF).first()
    if profil is None:
        return render(request, "annuaire/offres/sans_profil.html")
    return _ecrire(request, Offre(profil=profil))


@never_cache
@transaction.atomic
def modifier(request, offre):
    """Write in a draft. The row stays locked: what moderators read does not change under them."""
    mon_offre(request, offre)
    trouvee = Offre.objects.select_for_update().get(uuid=offre)
    if raison := trouvee.raison_de_ne_pas_ecrire(request.user):
        messages.info(request, raison)
        return redirect("annuaire:mes_offres")
    return _ecrire(request, trouvee)


def _garder(request, offre=None):
    """The session expired: keep the text (of an offre that exists), sign in, come back to it."""
    connue = offre is None or Offre.objects.filter(uuid=offre).exists()
    if connue and garder_la_saisie(request):
        messages.info(request, "Votre texte est gardé : reconnectez-vous pour le retrouver.")
    return redirect_to_login(request.path)


nouvelle.garder_la_saisie = modifier.garder_la_saisie = _garder


def _ecrire(request, offre):
    attendue = saisie_a_reprendre(request) if request.method == "GET" else None
    donnees = request.POST if request.method == "POST" else attendue and attendue.en_querydict()
    form = OffreForm(donnees, instance=offre)
    if request.method == "POST" and form.is_valid():
        oublier_les_saisies(request)
        offre.modifiee_le = timezone.now()
        offre = form.save()
        if "envoyer" not in request.POST:
            messages.success(request, "Votre brouillon est enregistré. Personne d’autre ne le lit.")
            return redirect("annuaire:mes_offres")
        try:
            offre.soumettre(request.user)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        else:
            messages.success(
                request,
                "Votre offre est envoyée. L’équipe qui modère la lit sous votre pseudonyme ; vous "
                "recevrez sa réponse par e-mail.",
            )
        return redirect("annuaire:mes_offres")
    contexte = {"form": form, "offre": offre}
    return render(request, "annuaire/offres/ecrire.html", contexte)


def _faire(request, cle, transition, reussite):
    offre = mon_offre(request, cle)
    try:
        getattr(offre, transition.value)(request.user)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, reussite)
    return redirect("annuaire:mes_offres")


@require_POST
def reprendre(request, offre):
    """Take back an offre that was sent, withdrawn or is over, to write in it again."""
    repris = "L’offre est de nouveau à vous. Pensez à la renvoyer."
    return _faire(request, offre, TransitionOffre.REPRENDRE, repris)


@require_POST
def pourvoir(request, offre):
    return _faire(
        request, offre, TransitionOffre.POURVOIR, "C’est noté : votre offre n’est plus montrée."
    )


@require_POST
def retirer(request, offre):
    """One click, no reason asked."""
    return _faire(request, offre, TransitionOffre.RETIRER, "Votre offre n’est plus montrée.")


@never_cache
def supprimer(request, offre):
    """Delete, after a page that says what is lost."""
    trouvee = mon_offre(request, offre)
    if request.method == "POST":
        return _faire(request, offre, TransitionOffre.SUPPRIMER, "Votre offre est supprimée.")
    if raison := trouvee.raison_de_ne_pas_supprimer(request.user):
        messages.error(request, raison)
        return redirect("annuaire:mes_offres")
    return render(request, "annuaire/offres/supprimer.html", {"offre": trouvee})
