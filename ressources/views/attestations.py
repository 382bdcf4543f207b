"""Attestations of a project: asked, co-signed, printed, checked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms.models import model_to_dict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.reprise import texte_garde
from hubpartenariat.socle.vues_documents import repondre as repondre_un_document
from ressources.accompagnement import attestations as a
from ressources.forms.accompagnement import AttestationForm, RefusForm
from ressources.models import AttestationDeProjet
from ressources.views.projets import fil, le_projet


@texte_garde
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attestations(request, projet):
    """What was asked and what is co-signed, the same for all; ask for one's own."""
    projet = le_projet(request, projet)
    moi = projet.presents().get(personne=request.user)
    reprise = a.refusee(moi, request.POST.get("reprise") or request.GET.get("reprise"))
    # A refused request comes back in the form; what is sent is read on its own.
    depart = model_to_dict(reprise) if reprise else {"genre": "engagement"}
    form = AttestationForm(request.POST or None, initial=depart)
    if request.method == "POST" and form.is_valid():
        try:
            a.demander(moi, form.cleaned_data, reprise)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "C’est demandé : une personne de l’autre côté la cosigne.")
            return redirect("ressources:projet_attestations", projet.uuid)
    contexte = {
        "projet": projet,
        "lignes": [
            (une, a.raison_de_ne_pas_cosigner(une, moi) is None) for une in a.du_projet(projet)
        ],
        "moi": moi,
        "reprise": reprise,
        "form": form,
        "fil": fil(projet, "Attestations"),
    }
    statut = 422 if form.errors else 200
    return render(request, "ressources/accompagnement/attestations.html", contexte, status=statut)


def _attestation(request, projet, cle) -> AttestationDeProjet:
    projet = le_projet(request, projet)
    return get_object_or_404(a.du_projet(projet), uuid=cle)


@require_POST
def cosigner(request, projet, attestation):
    """Vouch for what somebody of the other side did."""
    une = _attestation(request, projet, attestation)
    moi = une.participation.projet.presents().get(personne=request.user)
    try:
        a.cosigner(une, moi)
        messages.success(request, "L’attestation est cosignée.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("ressources:projet_attestations", une.participation.projet.uuid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refuser(request, projet, attestation):
    """Say what is not right, instead of co-signing."""
    une = _attestation(request, projet, attestation)
    projet = une.participation.projet
    moi = projet.presents().get(personne=request.user)
    form = RefusForm(request.POST or None)
    if raison := a.raison_de_ne_pas_cosigner(une, moi):
        messages.error(request, raison)
        return redirect("ressources:projet_attestations", projet.uuid)
    if request.method == "POST" and form.is_valid():
        try:
            a.refuser(une, moi, form.cleaned_data["motif"])
            messages.success(request, "C’est dit. La personne reçoit un e-mail et peut corriger.")
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        return redirect("ressources:projet_attestations", projet.uuid)
    page = reverse("ressources:projet_attestations", args=[projet.uuid])
    contexte = {
        "une": une,
        "projet": projet,
        "form": form,
        "fil": [*fil(projet, "")[:-1], ("Attestations", page), ("Ce qui n’est pas juste", None)],
    }
    statut = 422 if form.errors else 200
    return render(request, "ressources/accompagnement/refuser.html", contexte, status=statut)


@require_POST
def pdf(request, projet, attestation):
    """The paper, once co-signed."""
    une = _attestation(request, projet, attestation)
    if not une.cosignee_le:
        messages.info(request, "Elle attend d’abord la signature de l’autre côté.")
        return redirect("ressources:projet_attestations", une.participation.projet.uuid)
    return repondre_un_document(request, "attestation_projet", {"attestation": str(une.uuid)})


# --- One's own, whatever became of the project ---------------------------------------------------
@never_cache
@require_safe
def miennes(request):
    """Every attestation that I asked for, and what became of it. Two queries."""
    presents = set(
        request.user.participations.filter(partie_le=None).values_list("projet", flat=True)
    )
    contexte = {
        "lignes": [(une, une.participation.projet_id in presents) for une in a.de(request.user)],
        "fil": [("Mon espace", reverse("mon_espace")), ("Mes attestations", None)],
    }
    return render(request, "ressources/accompagnement/mes_attestations.html", contexte)


@require_POST
def la_mienne_en_pdf(request, attestation):
    """The paper, for whoever it names, still in the project or not."""
    une = get_object_or_404(a.de(request.user).exclude(cosignee_le=None), uuid=attestation)
    return repondre_un_document(request, "attestation_projet", {"attestation": str(une.uuid)})


@require_POST
def retirer(request, attestation):
    """Take back a request."""
    une = get_object_or_404(a.de(request.user), uuid=attestation)
    try:
        a.retirer(une)
        messages.success(request, "Votre demande est retirée.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("ressources:mes_attestations")


@login_not_required
@never_cache
@require_safe
def verifier(request, code):
    """Whether the paper in somebody's hands was made here, and what it must say. No name."""
    trouvee = a.du_code(code)
    contexte = {"attestation": trouvee, "fil": [("Vérifier une attestation", None)]}
    statut = 200 if trouvee else 404
    return render(request, "ressources/accompagnement/verifier.html", contexte, status=statut)
