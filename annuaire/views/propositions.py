"""Appels brought to me, and « Cela m’intéresse »: from my space or from the link of a mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annuaire import liens
from annuaire.appariement import appels_pour
from annuaire.enums import EtatAppel
from annuaire.forms.relations import InteresseForm
from annuaire.models import Appel, Profil, Sollicitation
from annuaire.propositions import pourquoi
from annuaire.transitions.reponses import (
    decliner_la_proposition,
    raison_de_ne_pas_repondre,
    se_dire_interesse,
)
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee

LIRE_OU_ENVOYER = ["GET", "HEAD", "POST"]
UN_MOIS = timezone.timedelta(days=30)


def profil_de(personne) -> Profil | None:
    return Profil.objects.filter(personne=personne).first()


@never_cache
@require_safe
def propositions(request):
    """What the hub proposes to me, and why. A few queries, whatever the number."""
    profil = profil_de(request.user)
    recues = Sollicitation.objects.filter(profil__personne=request.user)
    recues = recues.select_related("appel__structure", "appel__commune")
    lignes = [(une, pourquoi(une.raisons)) for une in recues.en_attente()]
    trouves = appels_pour(profil) if profil else []
    contexte = {
        "profil": profil,
        "lignes": lignes,
        "trouves": [(appel, pourquoi(raisons)) for appel, raisons in trouves],
    }
    return render(request, "annuaire/relations/propositions.html", contexte)


@never_cache
@require_POST
def decliner(request, sollicitation):
    """« Pas cette fois » : nobody learns it."""
    siennes = Sollicitation.objects.filter(profil__personne=request.user)
    decliner_la_proposition(get_object_or_404(siennes, uuid=sollicitation))
    messages.success(request, "C’est noté : cet appel ne vous sera plus proposé.")
    return redirect("annuaire:propositions")


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def interesse(request, appel):
    """Say « Cela m’intéresse » to a published appel."""
    appel = get_object_or_404(
        Appel.objects.filter(etat__in=EtatAppel.publics()).select_related("structure"), slug=appel
    )
    profil = profil_de(request.user)
    raison = raison_de_ne_pas_repondre(profil, appel)
    form = InteresseForm(request.POST if request.method == "POST" else None, appel=appel)
    if request.method == "POST" and form.is_valid():
        try:
            if profil is None:
                raise TransitionRefusee(raison)
            relation = se_dire_interesse(
                profil, appel, form.cleaned_data["motivation"], tirage=form.tirage_accepte
            )
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Votre réponse est partie, sous votre pseudonyme.")
            return redirect("annuaire:relation", relation.uuid)
    contexte = {"appel": appel, "profil": profil, "form": form, "raison": raison}
    return render(request, "annuaire/relations/interesse.html", contexte)


# --- From the link of a mail -------------------------------------------------------------------
def _prive(reponse):
    """The address holds a secret: told to no other page, kept in no cache, index nor log."""
    reponse._has_been_logged = True
    reponse.headers["Referrer-Policy"] = "no-referrer"
    reponse.headers["Cache-Control"] = "no-store"
    reponse.headers["X-Robots-Tag"] = "noindex, nofollow"
    return reponse


# No session is opened nor used here: the token alone gives the right to answer, so that a forged
# form would need the token. And a browser told « no-referrer » sends no origin to compare.
@csrf_exempt
@login_not_required
@require_http_methods(LIRE_OU_ENVOYER)
def lien(request, lien):
    """One question, answered without signing in. Reading it changes nothing."""
    trouve = liens.trouver(lien, qui=request.user)
    if trouve is None:
        return _introuvable(request)
    if liens.est_mort(trouve):
        contexte = {"titre": "Ce lien ne sert plus"}
        return _prive(render(request, "annuaire/relations/lien_mort.html", contexte, status=410))
    sollicitation = trouve.sollicitation
    appel = sollicitation.appel
    geste = request.POST.get("geste", "") if request.method == "POST" else ""
    envoye = request.POST if geste == "interesse" else None
    form = InteresseForm(envoye, appel=appel)
    raison = raison_de_ne_pas_repondre(sollicitation.profil, appel)
    if geste in GESTES and (geste != "interesse" or form.is_valid()):
        try:
            with transaction.atomic():
                liens.consommer(trouve)
                fait = GESTES[geste](sollicitation, form)
        except TransitionRefusee as refus:
            raison = str(refus)
        else:
            contexte = {"fait": fait, "geste": geste}
            return _prive(render(request, "annuaire/relations/lien_fait.html", contexte))
    contexte = {
        "appel": appel,
        "profil": sollicitation.profil,
        "form": form,
        "raison": raison,
        "pourquoi": pourquoi(sollicitation.raisons),
    }
    return _prive(render(request, "annuaire/relations/lien.html", contexte))


def _introuvable(request):
    """The same page as for any address that is not there."""
    from hubpartenariat.views import erreur_404

    return _prive(erreur_404(request, Http404()))


def _se_dire_interesse(sollicitation, form):
    se_dire_interesse(
        sollicitation.profil,
        sollicitation.appel,
        form.cleaned_data["motivation"],
        tirage=form.tirage_accepte,
    )


def _decliner(sollicitation, form):
    decliner_la_proposition(sollicitation)


def _faire_une_pause(sollicitation, form):
    """A month without any proposition; a longer pause already asked for is kept."""
    fin = timezone.localdate() + UN_MOIS
    profils = Profil._base_manager.select_for_update(no_key=True)
    profil = profils.get(pk=sollicitation.profil_id)
    profil.pause_jusqu_au = max(filter(None, [profil.pause_jusqu_au, fin]))
    profil.save(update_fields=["pause_jusqu_au"])
    consigner(profil, "pause", None)
    decliner_la_proposition(sollicitation)
    return profil.pause_jusqu_au


GESTES = {"interesse": _se_dire_interesse, "decliner": _decliner, "pause": _faire_une_pause}
