"""My fiches: where each one is, what comes next, and what its authors may do with it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cartographie.enums import EtatFiche, Transition
from cartographie.forms import InvitationForm, MotifForm
from cartographie.invitations import Invitation, inviter
from cartographie.models import Fiche
from cartographie.sections import PARCOURS
from hubpartenariat.socle.autour import suites
from hubpartenariat.socle.moderation import TransitionRefusee


def ma_fiche(request, uuid) -> Fiche:
    """A fiche of the signed-in person; 404 for anybody else, existing or not."""
    return get_object_or_404(request.user.fiches, uuid=uuid)


@never_cache
def mes_fiches(request):
    """Every fiche that the person writes, those that wait for them first."""
    fiches = Fiche.objects.with_suite().filter(auteurs=request.user).par_urgence()
    lignes = [(fiche, prochaine_etape(fiche), suites(fiche)) for fiche in fiches]
    return render(request, "cartographie/saisie/mes_fiches.html", {"lignes": lignes})


def prochaine_etape(fiche) -> tuple[str, str] | None:
    """(what to do next, its address), or None when there is nothing to do but wait or read."""
    relecture = reverse("cartographie:relecture", args=[fiche.uuid])
    if fiche.etat == EtatFiche.A_COMPLETER:
        return "Répondre aux remarques", relecture
    if fiche.etat == EtatFiche.BROUILLON:
        manques = fiche.ce_qui_manque()
        if not manques:
            return "Relire et envoyer", relecture
        code = manques[0].section.code if fiche.versions else PARCOURS[0].code
        return "Continuer", reverse("cartographie:section", args=[fiche.uuid, code])
    if fiche.etat == EtatFiche.PUBLIEE:
        return "Voir la fiche publiée", reverse("cartographie:fiche", args=[fiche.slug])
    if fiche.etat == EtatFiche.SOUMISE:
        return "Relire ce que vous avez envoyé", relecture
    return None


@require_POST
def reprendre(request, uuid):
    """Take back a fiche that was sent or refused, to write in it again."""
    fiche = ma_fiche(request, uuid)
    try:
        fiche.reprendre(request.user)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return redirect("cartographie:mes_fiches")
    messages.success(request, "La fiche est de nouveau à vous. Pensez à la renvoyer.")
    return redirect("cartographie:relecture", fiche.uuid)


@require_POST
def mettre_a_jour(request, uuid):
    """Open the working copy of a published fiche, which stays public meanwhile."""
    fiche = ma_fiche(request, uuid)
    try:
        revision = fiche.ouvrir_revision(request.user)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return redirect("cartographie:mes_fiches")
    messages.info(
        request,
        "Vous modifiez une copie. La fiche publiée reste en ligne, inchangée, jusqu’à la relecture "
        "par l’équipe qui modère.",
    )
    return redirect("cartographie:section", revision.uuid, PARCOURS[0].code)


@never_cache
def supprimer(request, uuid):
    """Delete a draft, after a page that says what is lost."""
    return _confirmer(request, uuid, Transition.SUPPRIMER_BROUILLON, avec_motif=False)


@never_cache
def archiver(request, uuid):
    """Take one's own published fiche off the map, saying why."""
    return _confirmer(request, uuid, Transition.ARCHIVER, avec_motif=True)


def _confirmer(request, uuid, transition, *, avec_motif):
    fiche = ma_fiche(request, uuid)
    form = MotifForm(request.POST or None) if avec_motif else None
    if request.method == "POST" and (form is None or form.is_valid()):
        motif = [form.cleaned_data["motif"]] if form else []
        try:
            getattr(fiche, transition.value)(request.user, *motif)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        else:
            fait = "retirée de la carte" if avec_motif else "supprimée"
            messages.success(request, f"« {fiche} » est {fait}.")
        return redirect("cartographie:mes_fiches")
    if raison := fiche.raison_de_ne_pas(transition, request.user):
        messages.error(request, raison)
        return redirect("cartographie:mes_fiches")
    contexte = {"fiche": fiche, "transition": transition, "form": form}
    return render(request, "cartographie/saisie/confirmer.html", contexte)


@never_cache
def auteurs(request, uuid):
    """Who writes this fiche; invite a colleague."""
    fiche = ma_fiche(request, uuid)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        adresse = form.cleaned_data["courriel"]
        try:
            inviter(fiche, adresse, request.user)
        except TransitionRefusee as refus:
            form.add_error("courriel", str(refus))
        else:
            messages.success(request, f"L’invitation est envoyée à {adresse}.")
            return redirect("cartographie:auteurs", fiche.uuid)
    contexte = {
        "fiche": fiche,
        "auteurs": fiche.auteurs.order_by("pk"),
        "invitations": fiche.invitations.ouvertes(),
        "form": form,
    }
    return render(request, "cartographie/saisie/auteurs.html", contexte)


@never_cache
def invitation(request, jeton):
    """Where the link of an invitation leads: read, then accept."""
    invitation = Invitation.objects.du_jeton(jeton)
    if invitation is None:
        raise Http404
    raison = invitation.raison_de_ne_pas_accepter(request.user)
    if request.method == "POST":
        try:
            invitation.accepter(request.user)
        except TransitionRefusee as refus:
            raison = str(refus)
        else:
            messages.success(request, "Vous écrivez maintenant cette fiche avec vos collègues.")
            return redirect("cartographie:mes_fiches")
    contexte = {"invitation": invitation, "raison": raison}
    statut = 403 if raison else 200
    return render(request, "cartographie/saisie/invitation.html", contexte, status=statut)
