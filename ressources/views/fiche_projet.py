"""The sheet of a project and its records of conclusions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.reprise import texte_garde
from hubpartenariat.socle.vues_de_saisie import entier
from hubpartenariat.socle.vues_documents import repondre as repondre_un_document
from ressources.forms.projets import FicheProjetForm, MembresFormSet, ReleveForm
from ressources.models import Releve
from ressources.projets import fiche as f
from ressources.projets import releves
from ressources.projets.reprises import depart_de_la_fiche
from ressources.views.projets import fil, le_projet

lire_ou_envoyer = require_http_methods(["GET", "HEAD", "POST"])
PERIMEE = (
    "Quelqu’un a enregistré pendant que vous écriviez. Votre texte est plus bas ; à côté, ce qui "
    "est enregistré. Enregistrez de nouveau pour garder le vôtre."
)


@never_cache
@require_safe
def fiche(request, projet):
    """The sheet as everyone of the project reads it, and the records."""
    projet = le_projet(request, projet)
    fiche = f.la_fiche(projet)
    membres = list(fiche.pilotage.all()) if fiche.pk else []
    parties = [
        (
            fiche._meta.get_field(nom).verbose_name,
            getattr(fiche, nom),
            fiche.criteres_le if nom == "criteres" else None,
        )
        for nom in f.CHAMPS
    ]
    attendus = releves.attendus_par_releve(projet)
    contexte = {
        "projet": projet,
        "fiche": fiche,
        "parties": parties,
        "questions": f.QUESTIONS.values(),
        "membres": membres,
        "remarque": f.remarque(membres),
        "releves": [(un, attendus.get(un.pk)) for un in projet.releves.all()],
        "fil": fil(projet, "Fiche projet"),
    }
    return render(request, "ressources/projets/fiche.html", contexte)


@texte_garde
@never_cache
@lire_ou_envoyer
def modifier(request, projet):
    """The six parts and the steering body. A stale save shows both (409)."""
    projet = le_projet(request, projet)
    fiche = f.la_fiche(projet)
    enregistres = list(fiche.pilotage.all()) if fiche.pk else []
    actuels = [{"nom": m.nom, "voix": m.voix, "vote": m.vote} for m in enregistres]
    repris = {} if fiche.pk else depart_de_la_fiche(projet)
    form = FicheProjetForm(request.POST or None, instance=f.la_fiche(projet), initial=repris)
    # What is sent is compared with nothing: a seat that is already saved is not an empty one.
    membres = MembresFormSet(
        request.POST or None, initial=None if request.POST else actuels, prefix="membre"
    )
    revision, statut, perimee = fiche.revision, 200, None
    if request.method == "POST":
        statut = 422
        if form.is_valid() and membres.is_valid():
            lue = entier(request.POST.get("_revision"))
            try:
                f.enregistrer(projet, form.cleaned_data, membres.membres(), lue, request.user)
            except f.FichePerimee:
                statut, perimee = 409, PERIMEE
            else:
                messages.success(request, "La fiche projet est enregistrée.")
                return redirect("ressources:projet_fiche", projet.uuid)
        else:
            revision = entier(request.POST.get("_revision"))
    contexte = {
        "projet": projet,
        "form": form,
        "membres": membres,
        "revision": revision,
        "perimee": perimee,
        "repris": [champ.label.lower() for champ in form if champ.name in repris],
        "enregistres": enregistres,
        "lignes": [(champ, getattr(fiche, champ.name) if perimee else "") for champ in form],
        "fil": fil(projet, "Écrire la fiche projet"),
    }
    return render(request, "ressources/projets/fiche_modifier.html", contexte, status=statut)


@require_POST
def pdf(request, projet):
    """Ask for the sheet on paper."""
    projet = le_projet(request, projet)
    return repondre_un_document(request, "fiche_projet", {"projet": str(projet.uuid)})


# --- Records -------------------------------------------------------------------------------------
def _releve(request, projet, cle) -> Releve:
    projet = le_projet(request, projet)
    return get_object_or_404(projet.releves.select_related("projet"), pk=cle)


@texte_garde
@never_cache
@lire_ou_envoyer
def nouveau_releve(request, projet):
    """What a meeting concluded, to be validated by everyone."""
    projet = le_projet(request, projet)
    form = ReleveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            releve = releves.ecrire(projet, form.cleaned_data, request.user)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Le relevé est enregistré. Chacun peut le valider.")
            return redirect(releve)
    contexte = {"projet": projet, "form": form, "fil": fil(projet, "Nouveau relevé")}
    statut = 422 if form.errors else 200
    return render(request, "ressources/projets/releve_ecrire.html", contexte, status=statut)


@never_cache
@require_safe
def releve(request, projet, releve):
    """One record, who has validated it and who has not."""
    releve = _releve(request, projet, releve)
    lignes = releves.qui_valide(releve)
    moi = releve.projet.presents().get(personne=request.user)
    raison = releves.raison_de_ne_pas_valider(releve, moi)
    contexte = {
        "projet": releve.projet,
        "releve": releve,
        "lignes": lignes,
        "valide": releves.est_valide(lignes),
        "a_valider": raison is None,
        "arrive_apres": raison if raison == releves.ARRIVE_APRES else "",
        "fil": fil(releve.projet, str(releve)),
    }
    return render(request, "ressources/projets/releve.html", contexte)


@texte_garde
@never_cache
@lire_ou_envoyer
def corriger(request, projet, releve):
    """Change a record: it is then to be validated again."""
    releve = _releve(request, projet, releve)
    form = ReleveForm(request.POST or None, instance=_releve(request, projet, releve.pk))
    statut, revision = 200, releve.revision
    if request.method == "POST":
        statut = 422
        revision = entier(request.POST.get("_revision"))
        if form.is_valid():
            try:
                releves.corriger(releve, form.cleaned_data, revision, request.user)
            except releves.RelevePerime:
                statut, revision = 409, releve.revision
                form.add_error(None, "Quelqu’un a corrigé ce relevé : le voici, sous votre texte.")
            else:
                messages.success(request, "C’est corrigé. Chacun doit le valider de nouveau.")
                return redirect(releve)
    contexte = {
        "projet": releve.projet,
        "releve": releve,
        "form": form,
        "revision": revision,
        "perime": statut == 409,
        "fil": fil(releve.projet, "Corriger le relevé"),
    }
    return render(request, "ressources/projets/releve_ecrire.html", contexte, status=statut)


@require_POST
def valider(request, projet, releve):
    """« C’est bien ce que nous avons dit. »"""
    releve = _releve(request, projet, releve)
    moi = releve.projet.presents().get(personne=request.user)
    try:
        releves.valider(releve, moi, entier(request.POST.get("_revision")))
        messages.success(request, "Vous avez validé ce relevé.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect(releve)
