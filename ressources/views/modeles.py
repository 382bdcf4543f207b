"""Our model texts, tried and taken away without an account: nothing is kept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ressources.enums import GenreEcrit
from ressources.forms.projets import EssaiForm
from ressources.models import FicheProjet, Projet
from ressources.projets import documents, odt
from ressources.projets.clauses import A_RELIRE
from ressources.projets.clauses import modele as clauses_du_modele
from ressources.projets.fiche import CHAMPS, QUESTIONS
from ressources.views.ecrits import ODT, en_piece
from ressources.views.essais import trop

CHAPEAUX = {
    GenreEcrit.CHARTE: (
        "Comment nous voulons travailler ensemble, en quelques clauses que chacun relit et signe."
    ),
    GenreEcrit.LETTRE: (
        "Ce qu’une équipe propose à une personne : la mission, le temps, le statut, les frais."
    ),
}


@login_not_required
@never_cache
@require_safe
def modele(request, genre):
    """What the text is for, its clauses, a trial, and one's own projects."""
    contexte = {
        "genre": genre,
        "titre": GenreEcrit(genre).label,
        "chapeau": CHAPEAUX[genre],
        "clauses": clauses_du_modele(genre, projet="…"),
        "mention": A_RELIRE,
        "form": EssaiForm(genre=genre),
        "projets": Projet.objects.visible_par(request.user)[:20],
        "telecharger": reverse(f"ressources:{genre}_telecharger"),
        "fil": [
            ("Ressources", reverse("ressources:liste")),
            (GenreEcrit(genre).label, None),
        ],
    }
    return render(request, "ressources/ecrits/modele.html", contexte)


@login_not_required
@never_cache
@require_POST
def telecharger(request, genre):
    """The model with the words typed, as PDF or ODT, made while you wait."""
    form = EssaiForm(request.POST, genre=genre)
    if not form.is_valid():
        messages.error(request, "Un de ces noms est trop long : 150 caractères au plus.")
        return redirect(f"ressources:{genre}")
    if trop(request):
        messages.error(request, "Beaucoup de documents demandés en une heure : attendez un peu.")
        return redirect(f"ressources:{genre}")
    mots = form.mots()
    if request.POST.get("format") == "odt":
        clauses = clauses_du_modele(genre, **mots)
        contenu = odt.ecrire(GenreEcrit(genre).label, mots["projet"], clauses, [])
        return en_piece(contenu, ODT, f"modele-{genre}.odt")
    contenu = documents.d_un_essai(genre, mots, timezone.localdate())
    return en_piece(contenu, "application/pdf", f"modele-{genre}.pdf")


@login_not_required
@never_cache
@require_safe
def fiche_projet(request):
    """The sheet of a project: its questions, to be taken away or written together."""
    parties = [(FicheProjet._meta.get_field(nom).verbose_name, QUESTIONS[nom]) for nom in CHAMPS]
    contexte = {
        "titre": "Fiche projet",
        "parties": parties,
        "projets": Projet.objects.visible_par(request.user)[:20],
        "fil": [("Ressources", reverse("ressources:liste")), ("Fiche projet", None)],
    }
    return render(request, "ressources/projets/fiche_modele.html", contexte)


@login_not_required
@never_cache
@require_POST
def telecharger_la_fiche(request):
    """The sheet to fill by hand or on a computer."""
    if trop(request):
        messages.error(request, "Beaucoup de documents demandés en une heure : attendez un peu.")
        return redirect("ressources:fiche_projet")
    if request.POST.get("format") == "odt":
        clauses = [
            {"titre": str(FicheProjet._meta.get_field(nom).verbose_name).capitalize(),
             "texte": QUESTIONS[nom]}
            for nom in CHAMPS
        ]  # fmt: skip
        return en_piece(odt.ecrire("Fiche projet", "…", clauses, []), ODT, "fiche-projet.odt")
    contenu = documents.fiche_a_remplir(timezone.localdate())
    return en_piece(contenu, "application/pdf", "fiche-projet.pdf")
