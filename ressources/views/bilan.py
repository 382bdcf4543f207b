"""The bilan of a project: read, written together, given back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.reprise import texte_garde
from hubpartenariat.socle.vues_de_saisie import entier
from hubpartenariat.socle.vues_documents import repondre as repondre_un_document
from ressources.accompagnement import bilan as b
from ressources.forms.accompagnement import BilanForm
from ressources.projets.fiche import la_fiche
from ressources.views.fiche_projet import PERIMEE
from ressources.views.projets import fil, le_projet

RENDU = "Le bilan est rendu : chaque personne le reçoit par e-mail."
PROPOSE = "Votre accord est noté. L’autre côté doit dire le sien : un e-mail le lui demande."


def _moi(projet, personne):
    return projet.presents().get(personne=personne)


@never_cache
@require_safe
def bilan(request, projet):
    """Both halves as everyone of the project reads them."""
    projet = le_projet(request, projet)
    bilan, moi = b.le_bilan(projet), _moi(projet, request.user)
    contexte = {
        "projet": projet,
        "bilan": bilan,
        "fiche": la_fiche(projet),
        "personne_en_face": not b.autre_cote(projet, moi).exists(),
        "l_autre_accorde": b.accord_de_l_autre(bilan, moi),
        "mon_cote_accorde": bool(bilan.accord_de and bilan.accord_de.voix == moi.voix),
        "moities": [
            (titre, [(bilan._meta.get_field(n).verbose_name, getattr(bilan, n)) for n in noms])
            for titre, noms in b.MOITIES
        ],
        "raison_de_ne_pas_rendre": b.raison_de_ne_pas_rendre(bilan),
        "fil": fil(projet, "Bilan"),
    }
    return render(request, "ressources/accompagnement/bilan.html", contexte)


@texte_garde
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request, projet):
    """Write; a stale save shows both (409)."""
    projet = le_projet(request, projet)
    actuel = b.le_bilan(projet)
    form = BilanForm(request.POST or None, instance=b.le_bilan(projet))
    revision, statut, perimee = actuel.revision, 200, None
    if request.method == "POST":
        lue = entier(request.POST.get("_revision"))
        if form.is_valid():
            try:
                b.enregistrer(projet, form.cleaned_data, lue, request.user)
            except b.BilanPerime:
                statut, perimee = 409, PERIMEE
            else:
                messages.success(request, "Le bilan est enregistré.")
                return redirect("ressources:bilan", projet.uuid)
        else:
            statut, revision = 422, lue
    contexte = {
        "projet": projet,
        "form": form,
        "fiche": la_fiche(projet),
        "revision": revision,
        "perimee": perimee,
        "moities": [
            (titre, [(form[n], getattr(actuel, n) if perimee else "") for n in noms])
            for titre, noms in b.MOITIES
        ],
        "fil": fil(projet, "Écrire le bilan"),
    }
    return render(request, "ressources/accompagnement/bilan_modifier.html", contexte, status=statut)


@require_POST
def rendre(request, projet):
    """Agree to give the bilan back; it leaves once both sides do."""
    projet = le_projet(request, projet)
    try:
        lue = entier(request.POST.get("_revision"))
        bilan = b.rendre(projet, _moi(projet, request.user), lue)
        rendu = bilan.rendu_revision == bilan.revision
        messages.success(request, RENDU if rendu else PROPOSE)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("ressources:bilan", projet.uuid)


@require_POST
def pdf(request, projet):
    """Ask for the bilan on paper."""
    projet = le_projet(request, projet)
    return repondre_un_document(request, "bilan", {"projet": str(projet.uuid)})
