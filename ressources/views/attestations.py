"""Attestations of a project: asked, co-signed, printed, checked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.vues_documents import repondre as repondre_un_document
from ressources.accompagnement import attestations as a
from ressources.forms.accompagnement import AttestationForm
from ressources.models import AttestationDeProjet
from ressources.views.projets import fil, le_projet


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attestations(request, projet):
    """What was asked and what is co-signed, the same for all; ask for one's own."""
    projet = le_projet(request, projet)
    moi = projet.presents().get(personne=request.user)
    form = AttestationForm(request.POST or None, initial={"genre": "engagement"})
    if request.method == "POST" and form.is_valid():
        try:
            a.demander(moi, form.cleaned_data)
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


@require_POST
def pdf(request, projet, attestation):
    """The paper, once co-signed."""
    une = _attestation(request, projet, attestation)
    if not une.cosignee_le:
        messages.info(request, "Elle attend d’abord la signature de l’autre côté.")
        return redirect("ressources:projet_attestations", une.participation.projet.uuid)
    return repondre_un_document(request, "attestation_projet", {"attestation": str(une.uuid)})


@login_not_required
@never_cache
@require_safe
def verifier(request, code):
    """Whether the paper in somebody's hands was made here, and what it must say. No name."""
    trouvee = a.du_code(code)
    contexte = {"attestation": trouvee, "fil": [("Vérifier une attestation", None)]}
    statut = 200 if trouvee else 404
    return render(request, "ressources/accompagnement/verifier.html", contexte, status=statut)
