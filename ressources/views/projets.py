"""The space of a project: everyone in it sees the same thing; nobody else sees that it exists."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.reprise import texte_garde
from hubpartenariat.socle.vues_documents import repondre as repondre_un_document
from ressources.bibliotheque.parcours import ETAPES
from ressources.enums import GenreEcrit, Pas
from ressources.forms.projets import CreationForm, InvitationForm, NomForm, ProjetForm
from ressources.models import Participation, Projet
from ressources.projets import equipe
from ressources.projets.ecrits import a_change, dernieres, qui_signe
from ressources.projets.panneaux import panneaux

lire_ou_envoyer = require_http_methods(["GET", "HEAD", "POST"])


def le_projet(request, cle) -> Projet:
    """A project of this person; 404 otherwise."""
    mien = Projet.objects.visible_par(request.user).select_related("fiche", "structure")
    return get_object_or_404(mien, uuid=cle)


def fil(projet=None, *suite) -> list[tuple]:
    """Breadcrumb: the library, my projects, this one."""
    pas = [
        ("Ressources", reverse("ressources:liste")),
        ("Mes projets", reverse("ressources:projets") if projet or suite else None),
    ]
    if projet:
        pas.append((str(projet), projet.get_absolute_url() if suite else None))
    return [*pas, *((titre, None) for titre in suite)]


@never_cache
@require_safe
def miens(request):
    """Every project in which I take part. Two queries."""
    contexte = {
        "projets": Projet.objects.de(request.user).prefetch_related("participations"),
        "fil": fil(),
    }
    return render(request, "ressources/projets/miens.html", contexte)


@texte_garde
@never_cache
@lire_ou_envoyer
def nouveau(request):
    """Begin a project, from one of my fiches or from nothing."""
    donnees = request.POST or None
    initial = {"nom": request.user.get_full_name(), "pas": Pas.IDEE} | _de_la_fiche(request)
    form = ProjetForm(donnees, personne=request.user, initial=initial)
    moi = CreationForm(donnees, initial=initial, prefix="moi")
    if request.method == "POST" and form.is_valid() & moi.is_valid():
        champs = form.cleaned_data
        try:
            projet = equipe.creer(
                request.user,
                moi.cleaned_data["voix"],
                moi.cleaned_data["nom"],
                structure=champs["fiche"].structure if champs["fiche"] else None,
                **champs,
            )
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Le projet est ouvert. Invitez maintenant l’autre côté.")
            return redirect(projet)
    contexte = {"form": form, "moi": moi, "fil": fil(None, "Nouveau projet")}
    statut = 422 if form.errors or moi.errors else 200
    return render(request, "ressources/projets/nouveau.html", contexte, status=statut)


def _de_la_fiche(request) -> dict:
    """The title and the fiche, when one comes from the page of one's own fiche."""
    fiches = ProjetForm(personne=request.user).fields["fiche"].queryset
    fiche = fiches.filter(slug=request.GET.get("fiche", "")[:200].replace("\x00", "")).first()
    return {"fiche": fiche.pk, "titre": fiche.titre[:150]} if fiche else {}


@never_cache
@require_safe
def projet(request, projet):
    """Who is in it, what is written, what waits. Everyone reads the same page."""
    projet = le_projet(request, projet)
    versions, gens = dernieres(projet), list(projet.participations.all())
    ecrits = [_etat(un, versions.get(un.pk), gens) for un in projet.ecrits.select_related("projet")]
    contexte = {
        "projet": projet,
        "gens": projet.presents(),
        "invitations": equipe.ouvertes(projet),
        "manque": equipe.manque_une_voix(projet),
        "charte": next((e for e in ecrits if e["ecrit"].genre == GenreEcrit.CHARTE), None),
        "lettres": [e for e in ecrits if e["ecrit"].genre == GenreEcrit.LETTRE],
        "panneaux": panneaux(projet),
        "etape": ETAPES[projet.pas],
        "fil": fil(projet),
    }
    return render(request, "ressources/projets/projet.html", contexte)


def _etat(ecrit, version, equipe) -> dict:
    """Where a text stands: its last version, who has signed it, who is awaited.

    Nobody waits for somebody who has left; the page of the text still says that they did not sign.
    """
    lignes = qui_signe(version, equipe) if version else []
    lignes = [ligne for ligne in lignes if ligne["signature"] or not ligne["partie"]]
    return {
        "ecrit": ecrit,
        "version": version,
        "change": a_change(ecrit, version),
        "signees": sum(1 for ligne in lignes if ligne["signature"]),
        "attendues": len(lignes),
        "attendus": [ligne["nom"] for ligne in lignes if not ligne["signature"]],
    }


@texte_garde
@never_cache
@lire_ou_envoyer
def modifier(request, projet):
    """Title, summary, fiche, step. A stale save shows both (409)."""
    projet = le_projet(request, projet)
    form = ProjetForm(
        request.POST or None, instance=le_projet(request, projet.uuid), personne=request.user
    )
    statut, perime = 422 if form.errors else 200, None
    if request.method == "POST" and form.is_valid():
        try:
            equipe.modifier(form.save(commit=False), request.POST.get("_etat", ""), request.user)
        except equipe.ProjetPerime as refus:
            statut, perime, projet = 409, str(refus), refus.actuel
        else:
            messages.success(request, "Le projet est à jour.")
            return redirect(projet)
    lu = request.POST.get("_etat", "") if form.errors else equipe.etat(projet)
    contexte = {
        "form": form,
        "projet": projet,
        "etat": lu,
        "perime": perime,
        "fil": fil(projet, "Modifier"),
    }
    return render(request, "ressources/projets/modifier.html", contexte, status=statut)


@never_cache
@lire_ou_envoyer
def inviter(request, projet):
    """Ask somebody to join, with the side that they will speak for."""
    projet = le_projet(request, projet)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        donnees = form.cleaned_data
        try:
            equipe.inviter(projet, donnees["courriel"], donnees["voix"], request.user)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "L’invitation est partie. Elle dure huit jours.")
            return redirect(projet)
    contexte = {
        "form": form,
        "projet": projet,
        "les_miennes": equipe.ouvertes(projet).filter(creee_par=request.user),
        "fil": fil(projet, "Inviter"),
    }
    statut = 422 if form.errors else 200
    return render(request, "ressources/projets/inviter.html", contexte, status=statut)


@require_POST
def annuler_l_invitation(request, projet, invitation):
    """Call back an invitation that one has sent; 404 for that of somebody else."""
    projet = le_projet(request, projet)
    sienne = get_object_or_404(projet.invitations, uuid=invitation, creee_par=request.user)
    try:
        equipe.annuler(projet, sienne, request.user)
        messages.success(request, "L’invitation est annulée : son lien n’ouvre plus rien.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("ressources:projet_inviter", projet.uuid)


@require_POST
def invitation_papier(request, projet):
    """The letter to hand over to somebody who reads no mail."""
    projet = le_projet(request, projet)
    return repondre_un_document(request, "invitation_projet", {"projet": str(projet.uuid)})


@never_cache
@lire_ou_envoyer
def invitation(request, jeton):
    """The page of a mailed link: what the project is, and how one will be named there."""
    trouvee = equipe.du_jeton(jeton)
    if trouvee is None:
        raise Http404
    raison = equipe.raison_de_ne_pas_rejoindre(trouvee, request.user)
    form = NomForm(request.POST or None, initial={"nom": request.user.get_full_name()})
    if request.method == "POST" and not raison and form.is_valid():
        try:
            equipe.rejoindre(trouvee, request.user, form.cleaned_data["nom"])
        except TransitionRefusee as refus:
            raison = str(refus)
        else:
            messages.success(request, f"Vous êtes dans le projet « {trouvee.projet} ».")
            return redirect(trouvee.projet)
    contexte = {
        "invitation": trouvee,
        "raison": raison,
        "form": form,
        "fil": [("Invitation à un projet", None)],
    }
    statut = 422 if form.errors else 200
    return render(request, "ressources/projets/invitation.html", contexte, status=statut)


@never_cache
@lire_ou_envoyer
def mon_nom(request, projet):
    """How the others read one's name in this project."""
    projet = le_projet(request, projet)
    moi = projet.presents().get(personne=request.user)
    form = NomForm(request.POST or None, initial={"nom": moi.nom})
    if request.method == "POST" and form.is_valid():
        try:
            equipe.renommer(projet, request.user, form.cleaned_data["nom"])
            messages.success(request, "Votre nom est corrigé.")
        except TransitionRefusee as refus:
            messages.info(request, str(refus))
        return redirect(projet)
    contexte = {"form": form, "projet": projet, "fil": fil(projet, "Mon nom")}
    statut = 422 if form.errors else 200
    return render(request, "ressources/projets/mon_nom.html", contexte, status=statut)


@never_cache
@lire_ou_envoyer
def quitter(request, projet):
    """Leave; confirmed here."""
    projet = le_projet(request, projet)
    if request.method == "POST":
        try:
            equipe.quitter(projet, request.user)
            messages.success(request, f"Vous avez quitté le projet « {projet} ».")
        except TransitionRefusee as refus:
            messages.info(request, str(refus))
        return redirect("ressources:projets")
    seul = not Participation.objects.filter(projet=projet, partie_le=None).exclude(
        personne=request.user
    )
    contexte = {"projet": projet, "seul": seul, "fil": fil(projet, "Quitter")}
    return render(request, "ressources/projets/quitter.html", contexte)
