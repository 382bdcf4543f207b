"""Editions: read, download, annotate, mark as read; publish, open, withdraw."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from hubpartenariat.socle.documents import GENRES
from hubpartenariat.socle.journal import consigner, histoire
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.rapports import Portee, rapports
from hubpartenariat.socle.vues_documents import repondre
from hubpartenariat.syntheses.forms import AnnotationForm, DemandeForm, RetraitForm
from hubpartenariat.syntheses.lecture import chapitres_de_page
from hubpartenariat.syntheses.models import LIRE, PUBLIER, Annotation, Edition, Lecture
from hubpartenariat.syntheses.tables import en_fichier
from hubpartenariat.syntheses.views.acces import refuser
from hubpartenariat.syntheses.views.accueil import contexte_de

LIGNES_DU_JOURNAL = 30
ACTES = {
    "preparer": "préparée",
    "publier": "publiée",
    "ouvrir": "ouverte au public",
    "refermer": "fermée au public",
    "retirer": "retirée",
    "telecharger": "téléchargée",
}


def _visible(request, uuid) -> Edition | None:
    return Edition.objects.visibles_par(request.user).filter(uuid=uuid).first()


def _lisible(request, uuid) -> Edition | None:
    """One whose figures this person may take: withdrawn, by those who publish only."""
    une = _visible(request, uuid)
    return None if une and une.retiree and not request.user.has_perm(PUBLIER) else une


def _de_relecteur(request, uuid) -> Edition:
    """An edition that this reviewer may read; 404 otherwise."""
    if not request.user.has_perm(LIRE):
        raise Http404
    return get_object_or_404(Edition.objects.visibles_par(request.user), uuid=uuid)


def _d_equipe(request, uuid) -> Edition:
    if not request.user.has_perm(PUBLIER):
        raise Http404
    return get_object_or_404(Edition, uuid=uuid)


def _empreinte(edition: Edition) -> str:
    parametres = {"edition": str(edition.uuid)}
    return GENRES["edition"].empreinte(parametres, edition.donnees)[:12]


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def edition(request, uuid):
    """The edition on a page: its frozen figures, and for reviewers what they make of it."""
    if (une := _visible(request, uuid)) is None:
        return refuser(request)
    return _page(request, une)


def _page(request, une: Edition, annoter=None, retrait=None, statut: int = 200):
    relit = request.user.is_authenticated and request.user.has_perm(LIRE)
    publie = request.user.is_authenticated and request.user.has_perm(PUBLIER)
    montre = not une.retiree or publie
    noms = {c["cle"]: c["titre"] for c in une.donnees.get("chapitres", [])}
    annotations = une.annotations.select_related("auteur") if relit else ()
    contexte = {
        "edition": une,
        "donnees": une.donnees,
        "montre": montre,
        "chapitres": chapitres_de_page(
            une.donnees,
            fichiers=lambda cle, ext: reverse(
                "syntheses:edition_donnees", args=[une.uuid, cle, ext]
            ),
        )
        if montre
        else [],
        "empreinte": _empreinte(une),
        "relit": relit,
        "publie": publie,
        "lue": relit and une.lectures.filter(personne=request.user).exists(),
        "annotations": [(a, noms.get(a.chapitre, "")) for a in annotations],
        "annoter": annoter or (AnnotationForm(une) if relit else None),
        "retrait": retrait or (RetraitForm() if publie and une.publiee else None),
        "histoire": [
            (ligne, ACTES.get(ligne.action, ligne.action))
            for ligne in (histoire(une)[:LIGNES_DU_JOURNAL] if publie else ())
        ],
        "lectures": une.lectures.select_related("personne") if publie else (),
        "raison": une.raison_de_ne_pas_publier() if publie and une.brouillon else None,
        "fil": [("Synthèses", reverse("syntheses:accueil")), (str(une), None)],
    }
    return render(request, "syntheses/edition.html", contexte, status=statut)


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def chiffres(request, uuid):
    """Every number of the edition, in JSON. In the journal, as every download."""
    if (une := _lisible(request, uuid)) is None:
        return refuser(request)
    consigner(une, "telecharger", request.user, format="json")
    contenu = {"empreinte": _empreinte(une), **une.donnees}
    return JsonResponse(contenu, json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def donnees(request, uuid, cle, ext):
    """The table behind a chart of an edition. In the journal, as every download."""
    if (une := _lisible(request, uuid)) is None:
        return refuser(request)
    reponse = en_fichier(une.donnees, cle, ext)
    consigner(une, "telecharger", request.user, tableau=cle, format=ext)
    return reponse


@login_not_required
@require_POST
def pdf(request, uuid):
    """Ask for the PDF of an edition."""
    if _visible(request, uuid) is None:
        raise Http404
    return repondre(request, "edition", {"edition": str(uuid)})


# --- Reviewers -----------------------------------------------------------------------------------
@require_POST
def demander(request):
    """Prepare the draft of a report over a territory, as of today."""
    if not request.user.has_perm(LIRE):
        raise Http404
    formulaire = DemandeForm(request.user, request.POST)
    if not formulaire.is_valid():
        contexte = contexte_de(request, formulaire)
        return render(request, "syntheses/accueil.html", contexte, status=400)
    choix = formulaire.cleaned_data
    portee = Portee(choix["territoire"], timezone.localdate())
    une, neuve = Edition.preparer(rapports()[choix["rapport"]], portee, request.user)
    if not neuve and not Edition.objects.visibles_par(request.user).filter(pk=une.pk).exists():
        messages.info(request, "L’équipe du hub prépare déjà cette édition aujourd’hui.")
        return redirect("syntheses:accueil")
    mot = "Le brouillon est prêt." if neuve else "Ce brouillon existait déjà : le voici."
    messages.success(request, f"{mot} L’équipe du hub décidera de sa publication.")
    return redirect(une)


@require_POST
def annoter(request, uuid):
    """Write a remark on an edition."""
    une = _de_relecteur(request, uuid)
    formulaire = AnnotationForm(une, request.POST)
    if not formulaire.is_valid():
        return _page(request, une, annoter=formulaire, statut=400)
    Annotation.objects.create(edition=une, auteur=request.user, **formulaire.cleaned_data)
    messages.success(request, "Votre remarque est enregistrée.")
    return redirect(f"{une.get_absolute_url()}#annotations")


@require_POST
def effacer_annotation(request, uuid, cle):
    """Take back one's own remark."""
    une = _de_relecteur(request, uuid)
    get_object_or_404(une.annotations, pk=cle, auteur=request.user).delete()
    messages.success(request, "Votre remarque est effacée.")
    return redirect(f"{une.get_absolute_url()}#annotations")


@require_POST
def lue(request, uuid):
    """Mark as read, or not any more."""
    une = _de_relecteur(request, uuid)
    if request.POST.get("lue") == "non":
        une.lectures.filter(personne=request.user).delete()
    else:
        Lecture.objects.get_or_create(edition=une, personne=request.user)
    return redirect(une)


# --- The team --------------------------------------------------------------------------------
@require_POST
def publier(request, uuid):
    return _decider(request, uuid, lambda une: une.publier(request.user), "L’édition est publiée.")


@require_POST
def ouvrir(request, uuid):
    ouverte = request.POST.get("ouverte") != "non"
    mot = "L’édition est ouverte au public." if ouverte else "L’édition n’est plus publique."
    return _decider(request, uuid, lambda une: une.ouvrir(request.user, ouverte), mot)


@require_POST
def retirer(request, uuid):
    une = _d_equipe(request, uuid)
    formulaire = RetraitForm(request.POST)
    if une.publiee and not formulaire.is_valid():
        return _page(request, une, retrait=formulaire, statut=400)
    motif = formulaire.cleaned_data.get("motif", "") if formulaire.is_valid() else ""
    return _decider(
        request, uuid, lambda une: une.retirer(request.user, motif), "L’édition est retirée."
    )


@require_POST
def jeter(request, uuid):
    une = _d_equipe(request, uuid)
    try:
        une.jeter(request.user)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return redirect(une)
    messages.success(request, "Le brouillon est supprimé.")
    return redirect("syntheses:accueil")


def _decider(request, uuid, agir, mot: str):
    une = _d_equipe(request, uuid)
    try:
        agir(une)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, mot)
    return redirect(une)
