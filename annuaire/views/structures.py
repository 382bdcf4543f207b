"""Structures: the list, its formats, one page; propose, claim, edit, the team."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from annuaire.enums import EtatAppel, EtatRattachement, EtatStructure, RoleRattachement
from annuaire.forms.structures import EditionForm, PropositionForm, RevendicationForm
from annuaire.models import Appel, Structure
from annuaire.preuves import prouve
from annuaire.structures_publiques import EXPORT, LISTE
from hubpartenariat.socle import formats, vues_de_liste
from hubpartenariat.socle.moderation import TransitionRefusee

FICHES_MONTREES = 50
lire_ou_envoyer = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def structures(request):
    """Structures found, twenty at a time. Three queries, and one for the map of a département."""
    porte = ("Annuaire", reverse("annuaire:accueil"))
    return vues_de_liste.repondre(request, LISTE, fil=[porte, ("Structures", None)])


@login_not_required
@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def structures_format(request, ext):
    """``/annuaire/structures.<ext>``."""
    return formats.repondre(request, ext, EXPORT)


def fil(structure, page=None) -> list[tuple]:
    pas = [
        ("Annuaire", reverse("annuaire:accueil")),
        ("Structures", reverse("annuaire:structures")),
        (str(structure), reverse("annuaire:structure", args=[structure.slug])),
    ]
    return [*pas, (page, None)] if page else [*pas[:-1], (str(structure), None)]


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def structure(request, structure):
    """One published structure. A double leads to the one that remains; a withdrawn one says so."""
    trouvee = (
        Structure.objects.select_related("commune", "fusionnee_dans").filter(slug=structure).first()
    )
    if trouvee is None:
        raise Http404
    if trouvee.etat == EtatStructure.FUSIONNEE:
        return redirect("annuaire:structure", trouvee.fusionnee_dans.slug, permanent=True)
    if trouvee.etat != EtatStructure.PUBLIEE:
        if trouvee.etat != EtatStructure.RETIREE or trouvee.publiee_le is None:
            raise Http404
        return vues_de_liste.refus(
            request,
            410,
            "Cette structure n’est plus dans l’annuaire",
            "Sa page a été retirée. Vous en trouverez d’autres dans l’annuaire.",
        )
    elle_et_ses_doubles = Structure.objects.et_ses_doubles(trouvee)
    fiches = trouvee.fiches.model.objects.publiees().filter(structure__in=elle_et_ses_doubles)
    fiches = list(fiches.pour_vignettes().order_by("-publiee_le", "-pk")[: FICHES_MONTREES + 1])
    appels = Appel.objects.filter(
        structure__in=elle_et_ses_doubles,
        etat__in=EtatAppel.vivants(),
        expire_le__gt=timezone.now(),
    ).order_by("-publie_le", "-pk")
    contexte = {
        "structure": trouvee,
        "referents": _referents_montres(trouvee),
        "fiches": fiches[:FICHES_MONTREES],
        "d_autres_fiches": len(fiches) > FICHES_MONTREES,
        "appels": appels[:FICHES_MONTREES],
        "la_tient": trouvee.est_referent(request.user),
        "canonique": request.build_absolute_uri(request.path),
        "fil": fil(trouvee),
    }
    return render(request, "annuaire/structures/structure.html", contexte)


def _referents_montres(structure) -> list[str]:
    """Names of the referents who agreed to be named; an address is never shown."""
    liens = structure.rattachements.filter(
        etat=EtatRattachement.ACCEPTE,
        role=RoleRattachement.REFERENT,
        montre_mon_nom=True,
        personne__is_active=True,
    ).exclude(personne__nom="")
    return list(liens.values_list("personne__nom", flat=True).order_by("personne__nom"))


# --- Propose and claim ---------------------------------------------------------------------------
@never_cache
@lire_ou_envoyer
def proposer(request):
    """Propose a structure that the directory lacks."""
    form = PropositionForm(request.POST or None, personne=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            proposee = form.proposer()
        except (ValidationError, TransitionRefusee) as refus:
            form.add_error(None, str(getattr(refus, "message", refus)))
        else:
            messages.success(
                request,
                f"« {proposee} » est proposée. L’équipe la lit ; vous recevrez sa réponse par "
                "e-mail.",
            )
            return redirect("annuaire:mes_structures")
    contexte = {
        "form": form,
        "fil": [
            ("Annuaire", reverse("annuaire:accueil")),
            ("Structures", reverse("annuaire:structures")),
            ("Proposer une structure", None),
        ],
    }
    statut = 422 if form.errors else 200
    return render(request, "annuaire/structures/proposer.html", contexte, status=statut)


def _publiee(slug) -> Structure:
    trouvee = Structure.objects.publiees().filter(slug=slug).first()
    if trouvee is None:
        raise Http404
    return trouvee


@never_cache
@lire_ou_envoyer
def revendiquer(request, structure):
    """Say what one is to a structure; an address of the structure is the proof."""
    trouvee = _publiee(structure)
    form = RevendicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        donnees = form.cleaned_data
        try:
            lien = trouvee.revendiquer(
                request.user,
                donnees["role"],
                message=donnees["message"],
                montre_mon_nom=donnees["montre_mon_nom"] and donnees["role"] == "referent",
            )
        except TransitionRefusee as refus:
            messages.info(request, str(refus))
        else:
            if lien.etat == EtatRattachement.ACCEPTE:
                messages.success(request, "C’est fait : votre adresse e-mail a servi de preuve.")
            else:
                messages.success(
                    request, "Votre demande est arrivée. Vous recevrez la réponse par e-mail."
                )
        return redirect("annuaire:mes_structures")
    contexte = {
        "structure": trouvee,
        "form": form,
        "preuve": prouve(trouvee, request.user),
        "fil": fil(trouvee, "Dire que j’en fais partie"),
    }
    statut = 422 if form.errors else 200
    return render(request, "annuaire/structures/revendiquer.html", contexte, status=statut)


@never_cache
@require_safe
def mes_structures(request):
    """Structures that I represent or belong to, and those that I proposed."""
    liens = (
        request.user.rattachements.select_related("structure__fusionnee_dans")
        .exclude(etat=EtatRattachement.CLOS)
        .order_by("structure__nom", "role", "pk")
    )
    proposees = Structure.objects.filter(proposee_par=request.user).exclude(
        etat__in=[EtatStructure.PUBLIEE, EtatStructure.FUSIONNEE]
    )
    contexte = {
        "liens": liens,
        "proposees": proposees.order_by("-creee_le"),
        "fil": [("Annuaire", reverse("annuaire:accueil")), ("Mes structures", None)],
    }
    return render(request, "annuaire/structures/mes_structures.html", contexte)


@never_cache
@lire_ou_envoyer
def rattachement(request, structure, rattachement):
    """One's own tie: show one's name or not, or leave; confirmed here."""
    lien = (
        request.user.rattachements.select_related("structure")
        .filter(pk=rattachement, structure__slug=structure, etat__in=EtatRattachement.ouverts())
        .first()
    )
    if lien is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("geste") == "nom" and lien.est_referent:
            montre = "montre_mon_nom" in request.POST
            request.user.rattachements.filter(pk=lien.pk).update(montre_mon_nom=montre)
            fait = "Votre nom est" if montre else "Votre nom n’est plus"
            messages.success(request, f"{fait} montré sur la page de « {lien.structure} ».")
        elif request.POST.get("geste") == "quitter":
            try:
                lien.clore(request.user)
                messages.success(request, f"Vous ne faites plus partie de « {lien.structure} ».")
            except TransitionRefusee as refus:
                messages.info(request, str(refus))
        return redirect("annuaire:mes_structures")
    contexte = {
        "lien": lien,
        "structure": lien.structure,
        "fil": [
            ("Mes structures", reverse("annuaire:mes_structures")),
            (str(lien.structure), None),
        ],
    }
    return render(request, "annuaire/structures/rattachement.html", contexte)


# --- Keep the page: referents only, 404 for anybody else -----------------------------------------
def _tenue(request, slug) -> Structure:
    """A structure kept by this person; the address of a double means the one that remains."""
    tenues = Structure.objects.tenues_par(request.user)
    trouvee = tenues.filter(Q(slug=slug) | Q(fusionnees__slug=slug)).first()
    if trouvee is None:
        raise Http404
    return trouvee


@never_cache
@lire_ou_envoyer
def modifier(request, structure):
    """The text of the page. A save made from a stale page shows both versions (409)."""
    tenue = _tenue(request, structure)
    ecarts, statut = None, 200
    if request.method == "POST":
        form = EditionForm(request.POST, instance=_tenue(request, structure))
        if form.is_valid():
            if form.enregistrer(request.user, request.POST.get("_version", "")):
                messages.success(request, "La page est à jour.")
                return redirect("annuaire:structure", structure)
            statut = 409
        else:
            statut = 422
        tenue = _tenue(request, structure)
        if tenue.modifiee_le.isoformat() != request.POST.get("_version", ""):
            ecarts, statut = form.ecarts(tenue), 409
    else:
        form = EditionForm(instance=tenue)
    contexte = {
        "structure": tenue,
        "form": form,
        "version": tenue.modifiee_le.isoformat(),
        "ecarts": ecarts,
        "fil": fil(tenue, "Modifier la page"),
    }
    return render(request, "annuaire/structures/modifier.html", contexte, status=statut)


@never_cache
@require_safe
def equipe(request, structure):
    """Who belongs to the structure, who asks to."""
    tenue = _tenue(request, structure)
    liens = (
        tenue.rattachements.select_related("personne")
        .filter(etat__in=EtatRattachement.ouverts())
        .order_by("etat", "role", "pk")
    )
    contexte = {
        "structure": tenue,
        "demandes": [lien for lien in liens if lien.etat == EtatRattachement.DEMANDE],
        "membres": [lien for lien in liens if lien.etat == EtatRattachement.ACCEPTE],
        "fil": fil(tenue, "L’équipe"),
    }
    return render(request, "annuaire/structures/equipe.html", contexte)


GESTES = {"accepter": "acceptée", "refuser": "refusée", "clore": "retirée de l’équipe"}


@never_cache
@lire_ou_envoyer
def decider(request, structure, rattachement):
    """One person of the team: accept, refuse or end; confirmed here."""
    tenue = _tenue(request, structure)
    lien = (
        tenue.rattachements.select_related("personne", "structure")
        .filter(pk=rattachement, etat__in=EtatRattachement.ouverts())
        .first()
    )
    if lien is None:
        raise Http404
    raison = lien.raison_de_ne_pas_decider(request.user)
    geste = request.POST.get("geste", "")
    if request.method == "POST" and geste in GESTES:
        try:
            getattr(lien, geste)(request.user)
            messages.success(request, f"Cette personne est {GESTES[geste]}.")
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        return redirect("annuaire:structure_equipe", structure)
    contexte = {
        "structure": tenue,
        "lien": lien,
        "raison": raison,
        "demande": lien.etat == EtatRattachement.DEMANDE,
        "fil": fil(tenue, "Une personne de l’équipe"),
    }
    return render(request, "annuaire/structures/decider.html", contexte)
