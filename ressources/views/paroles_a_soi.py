"""Stories that one writes: the draft, those it quotes, sending it, taking it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.reprise import texte_garde
from ressources.forms.paroles import (
    CiteeForm,
    EnvoiForm,
    ParoleForm,
    fiches_publiees,
    ressources_publiees,
)
from ressources.models import Parole, PersonneCitee
from ressources.views.paroles import fil

lire_ou_envoyer = require_http_methods(["GET", "HEAD", "POST"])
PARTI = "Ce récit est parti : reprenez-le pour le modifier."


def la_mienne(request, cle) -> Parole:
    """One's own story; 404 for everybody else."""
    siennes = Parole.objects.de(request.user).select_related("fiche", "ressource")
    return get_object_or_404(siennes, uuid=cle)


@never_cache
@require_safe
def miennes(request):
    """What I wrote, and what became of it. One query."""
    contexte = {"paroles": Parole.objects.de(request.user), "fil": fil(suite="Mes récits")}
    return render(request, "ressources/paroles/miennes.html", contexte)


@texte_garde
@never_cache
@lire_ou_envoyer
def nouvelle(request):
    """Begin a story, told of a fiche or of a resource when one comes from its page (``?fiche=`` or
    ``?ressource=``, its slug)."""
    form = ParoleForm(request.POST or None, initial=_depart(request))
    if request.method == "POST" and form.is_valid():
        try:
            une = form.creer(request.user)
        except ValidationError as refus:
            form.add_error(None, refus)
        else:
            messages.success(request, "Votre récit est gardé : vous seul le lisez.")
            return redirect(une)
    contexte = {"form": form, "fil": fil(suite="Raconter une expérience")}
    statut = 422 if form.errors else 200
    return render(request, "ressources/paroles/ecrire.html", contexte, status=statut)


def _venue_de(request, nom: str, publiees):
    slug = request.GET.get(nom, "").replace("\x00", "")[:200]
    return publiees.filter(slug=slug).first() if slug else None


def _depart(request) -> dict:
    """What the page that one comes from says already."""
    if ressource := _venue_de(request, "ressource", ressources_publiees()):
        return {"lien_ressource": request.build_absolute_uri(ressource.get_absolute_url())}
    fiche = _venue_de(request, "fiche", fiches_publiees())
    if fiche is None:
        return {}
    return {
        "lien_fiche": request.build_absolute_uri(reverse("cartographie:fiche", args=[fiche.slug])),
        "domaines": fiche.domaines,
        "departements": fiche.departements,
    }


@texte_garde
@never_cache
@lire_ou_envoyer
def modifier(request, parole):
    """Write a draft again; a save made from an older page is refused, with what was typed."""
    une = la_mienne(request, parole)
    if not une.modifiable:
        messages.info(request, PARTI)
        return redirect(une)
    form = ParoleForm(request.POST or None, instance=la_mienne(request, parole))
    if request.method == "POST" and form.is_valid():
        if form.enregistrer():
            messages.success(request, "Votre récit est gardé.")
            return redirect(une)
        form.add_error(None, "Ce récit a changé dans une autre fenêtre. Vos mots sont ci-dessous : "
                             "copiez-les, puis rechargez la page.")  # fmt: skip
    contexte = {"form": form, "parole": une, "fil": fil(une, "Modifier")}
    statut = 422 if form.errors else 200
    return render(request, "ressources/paroles/ecrire.html", contexte, status=statut)


@texte_garde
@never_cache
@lire_ou_envoyer
def citer(request, parole):
    """Add somebody whom the story quotes."""
    return _citer(request, la_mienne(request, parole), None)


@texte_garde
@never_cache
@lire_ou_envoyer
def citee(request, parole, citee):
    """Correct somebody whom the story quotes; who refused is left alone."""
    une = la_mienne(request, parole)
    trouvee = get_object_or_404(une.citees, uuid=citee)
    if trouvee.a_refuse:
        messages.info(request, "Cette personne a répondu non : elle n’est pas nommée.")
        return redirect(une)
    return _citer(request, une, trouvee)


def _citer(request, une, trouvee):
    if not une.modifiable:
        messages.info(request, PARTI)
        return redirect(une)
    form = CiteeForm(request.POST or None, instance=trouvee, parole=une)
    if request.method == "POST" and form.is_valid():
        try:
            form.enregistrer()
        except ValidationError as refus:
            form.add_error(None, refus)
        else:
            messages.success(
                request, "C’est noté. Relisez le récit ci-dessous : un nom peut avoir changé."
            )
            return redirect(une)
    contexte = {"form": form, "parole": une, "citee": trouvee, "fil": fil(une, "Personne citée")}
    statut = 422 if form.errors else 200
    return render(request, "ressources/paroles/citer.html", contexte, status=statut)


@require_POST
def oter(request, parole, citee):
    """Take somebody off the list, unless they refused: that must not be forgotten."""
    une = la_mienne(request, parole)
    trouvee = get_object_or_404(une.citees, uuid=citee)
    if not une.modifiable:
        messages.info(request, PARTI)
    elif trouvee.a_refuse:
        messages.info(request, "Cette personne a répondu non : le hub le garde en mémoire.")
    else:
        PersonneCitee.objects.filter(pk=trouvee.pk).delete()
        messages.success(request, "Cette personne n’est plus dans la liste. Relisez le récit.")
    return redirect(une)


@require_POST
def envoyer(request, parole):
    """Send to the team, once read over."""
    une = la_mienne(request, parole)
    form = EnvoiForm(request.POST, noms=une.noms_non_declares())
    if not form.is_valid():
        for phrases in form.errors.values():
            messages.error(request, phrases[0])
        return redirect(une)
    return _faire(
        request, une, "soumettre", "Votre récit est parti. L’équipe vous répondra par e-mail."
    )


@require_POST
def reprendre(request, parole):
    """Back to a draft."""
    return _faire(
        request, la_mienne(request, parole), "reprendre", "Votre récit est de nouveau un brouillon."
    )


@require_POST
def retirer(request, parole):
    """Out of everybody's sight, at once, without a reason."""
    return _faire(request, la_mienne(request, parole), "retirer", "Votre récit n’est plus publié.")


@never_cache
@lire_ou_envoyer
def supprimer(request, parole):
    """Erase a story that is not published, once asked whether it is meant."""
    une = la_mienne(request, parole)
    if request.method != "POST":
        if raison := une.raison_de_ne_pas_supprimer(request.user):
            messages.info(request, raison)
            return redirect(une)
        contexte = {"parole": une, "fil": fil(une, "Supprimer")}
        return render(request, "ressources/paroles/supprimer.html", contexte)
    suite = _faire(request, une, "supprimer", "Votre récit est supprimé.")
    return (
        suite
        if Parole.objects.filter(pk=une.pk).exists()
        else redirect("ressources:paroles_miennes")
    )


def _faire(request, une, transition: str, fait: str):
    try:
        getattr(une, transition)(request.user)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, fait)
    return redirect(une)
