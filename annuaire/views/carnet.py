"""The carnet d'engagement: private lines of one person, their totals, their attestations."""

import csv

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annuaire.carnet import LIGNES_AU_PLUS, periode, totaux
from annuaire.forms.suites import AttestationForm, LigneForm, titre_de_mission
from annuaire.models import Attestation, CodeDAttestation, LigneDeCarnet, Profil
from annuaire.views.messages import lire_ou_ecrire
from hubpartenariat.socle.formats import cellule
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.vues_documents import repondre

ETATS = {
    "libre": "Non demandée",
    "demandee": "Demandée",
    "cosignee": "Co-signée",
    "declinee": "Pas co-signée",
}
COLONNES = ("Date", "Heures", "Rôle", "Ce que j’ai fait", "Mission", "Co-signature")
FIL = [("Mon carnet d’engagement", "annuaire:carnet")]


def _fil(titre=None) -> list:
    pas = [(nom, reverse(cible) if titre else None) for nom, cible in FIL]
    return [*pas, (titre, None)] if titre else pas


def mon_profil(request):
    return Profil.objects.filter(personne=request.user).first()


def mes_lignes(request):
    return LigneDeCarnet.objects.de(request.user).select_related(
        "mission__relation__appel__structure",
        "mission__relation__offre",
        "mission__relation__structure",
    )


def ma_ligne(request, cle):
    """A line of the person; 404 for anybody else, existing or not."""
    return get_object_or_404(mes_lignes(request), uuid=cle)


@never_cache
@require_safe
def carnet(request):
    """Every line of mine, latest first, with totals by year and by role."""
    lignes = list(mes_lignes(request).order_by("-quand", "-pk"))
    contexte = {
        "profil": mon_profil(request),
        "lignes": [(ligne, ETATS[ligne.etat], _mission(ligne)) for ligne in lignes],
        "totaux": totaux(lignes),
        "cosignees": sum(ligne.etat == "cosignee" for ligne in lignes),
        "fil": _fil(),
    }
    return render(request, "annuaire/carnet/carnet.html", contexte)


@never_cache
@lire_ou_ecrire
def ajouter(request):
    profil = mon_profil(request)
    if profil is None:
        messages.info(request, "Le carnet d’engagement suit un profil de patient partenaire.")
        return redirect("annuaire:carnet")
    initial = {"quand": timezone.localdate()}
    form = LigneForm(request.POST or None, personne=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        if profil.carnet.count() >= LIGNES_AU_PLUS:
            form.add_error(None, f"Votre carnet a déjà {LIGNES_AU_PLUS} lignes.")
        else:
            profil.carnet.create(**form.cleaned_data)
            messages.success(request, "La ligne est dans votre carnet. Vous seul la lisez.")
            return redirect("annuaire:carnet")
    contexte = {"form": form, "titre": "Ajouter une ligne", "fil": _fil("Ajouter une ligne")}
    return render(request, "annuaire/carnet/ligne.html", contexte)


@never_cache
@lire_ou_ecrire
def modifier(request, ligne):
    ligne = ma_ligne(request, ligne)
    if raison := ligne.raison_de_ne_pas_modifier():
        messages.error(request, raison)
        return redirect("annuaire:carnet")
    initial = LigneForm.valeurs_de(ligne)
    form = LigneForm(request.POST or None, personne=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _faire(request, "La ligne est modifiée.", ligne.modifier, **form.cleaned_data)
    contexte = {"form": form, "titre": "Modifier la ligne", "fil": _fil("Modifier la ligne")}
    return render(request, "annuaire/carnet/ligne.html", contexte)


@never_cache
@lire_ou_ecrire
def supprimer(request, ligne):
    ligne = ma_ligne(request, ligne)
    return _confirmer(
        request,
        ligne,
        ligne.raison_de_ne_pas_modifier(),
        (ligne.supprimer, "La ligne est supprimée."),
        titre="Supprimer la ligne",
        texte="Elle sera effacée de votre carnet, sans retour possible.",
        danger=True,
    )


@never_cache
@lire_ou_ecrire
def cosignature(request, ligne):
    """Ask the team of the mission to co-sign."""
    ligne = ma_ligne(request, ligne)
    return _confirmer(
        request,
        ligne,
        ligne.raison_de_ne_pas_demander(),
        (ligne.demander, "L’équipe est prévenue."),
        titre="Demander la co-signature",
        texte=(
            "Toute l’équipe de cette mission lira cette ligne : la date, les heures, le rôle et ce "
            "que vous avez fait. Vos autres lignes restent à vous seul. La ligne ne changera plus, "
            "sauf si vous la reprenez."
        ),
    )


@never_cache
@lire_ou_ecrire
def reprendre(request, ligne):
    """Take a line back from the team; a co-signature is then to be asked for again."""
    ligne = ma_ligne(request, ligne)
    return _confirmer(
        request,
        ligne,
        ligne.raison_de_ne_pas_reprendre(),
        (ligne.reprendre, "La ligne est de nouveau à vous seul."),
        titre="Reprendre la ligne",
        texte=(
            "L’équipe ne la lira plus. Si elle l’avait co-signée, la co-signature est perdue et "
            "sera à demander de nouveau. Les attestations déjà faites restent valables."
        ),
    )


@never_cache
@require_safe
def carnet_csv(request):
    """My lines, for a spreadsheet."""
    reponse = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = 'attachment; filename="carnet-d-engagement.csv"'
    ecrire = csv.writer(reponse, delimiter=";", lineterminator="\r\n").writerow
    ecrire(COLONNES)
    for ligne in mes_lignes(request).order_by("quand", "pk"):
        heures = f"{ligne.heures:.2f}".replace(".", ",")
        cases = (ligne.quand, heures, ligne.role, ligne.description, _mission(ligne))
        ecrire([cellule(case) for case in (*cases, ETATS[ligne.etat])])
    return reponse


# --- Attestations --------------------------------------------------------------------------------
@never_cache
@lire_ou_ecrire
def attestation(request):
    """Choose a period, say one's real name, get the document."""
    profil = mon_profil(request)
    cosignees = profil.carnet.cosignees() if profil else LigneDeCarnet.objects.none()
    form = AttestationForm(request.POST or None, initial=periode(cosignees))
    if request.method == "POST" and form.is_valid():
        du, au, nom = (form.cleaned_data[cle] for cle in ("du", "au", "nom"))
        if not cosignees.filter(quand__range=(du, au)).exists():
            form.add_error(None, "Aucune ligne co-signée dans cette période.")
        else:
            faite = Attestation.objects.etablir(profil, nom=nom, du=du, au=au)
            return repondre(request, "attestation", {"attestation": str(faite.uuid)})
    contexte = {
        "form": form,
        "total": totaux(list(cosignees)),
        "attestations": Attestation.objects.filter(profil=profil).select_related("code")
        if profil
        else [],
        "fil": _fil("Attestation d’engagement"),
    }
    return render(request, "annuaire/carnet/attestation.html", contexte)


@require_POST
def attestation_pdf(request, attestation):
    """The document again; refused to anybody but its owner (404)."""
    faite = get_object_or_404(Attestation, uuid=attestation, profil__personne=request.user)
    return repondre(request, "attestation", {"attestation": str(faite.uuid)})


@login_not_required
@require_safe
def verifier(request, code):
    """What a code proves to who holds the paper. Says no name: there is none behind it."""
    propre = code.replace("-", "").replace(" ", "").upper()
    if "\x00" in propre:
        raise Http404
    trouve = get_object_or_404(CodeDAttestation, code=propre)
    contexte = {"code": trouve, "fil": [("Vérifier une attestation", None)]}
    return render(request, "annuaire/carnet/verifier.html", contexte)


# --- Shared --------------------------------------------------------------------------------------
def _mission(ligne) -> str:
    return titre_de_mission(ligne.mission) if ligne.mission_id else ""


def _faire(request, phrase, acte, **champs):
    try:
        acte(**champs)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, phrase)
    return redirect("annuaire:carnet")


def _confirmer(request, ligne, raison, acte, *, titre, texte, danger=False):
    if request.method == "POST":
        return _faire(request, acte[1], acte[0])
    if raison:
        messages.error(request, raison)
        return redirect("annuaire:carnet")
    contexte = {
        "titre": titre,
        "texte": texte,
        "objet": str(ligne),
        "bouton": titre,
        "danger": danger,
        "retour": reverse("annuaire:carnet"),
        "fil": _fil(titre),
    }
    return render(request, "annuaire/suites/confirmer.html", contexte)
