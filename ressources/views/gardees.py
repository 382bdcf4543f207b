"""What one keeps of the library, and shares."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hubpartenariat.socle.reprise import texte_garde
from ressources.forms.bibliotheque import SelectionForm
from ressources.models import Ressource, Selection, Signet

SIGNETS_AU_PLUS = 200
SELECTIONS_AU_PLUS = 50


def _fil(page) -> list[tuple]:
    return [("Ressources", reverse("ressources:liste")), (page, None)]


@never_cache
@require_safe
def gardees(request):
    """Entries that I keep, and the selections that I share."""
    contexte = {
        "lignes": _gardees_de(request.user),
        "selections": request.user.selections.all(),
        "fil": _fil("Mes ressources gardées"),
    }
    return render(request, "ressources/gardees.html", contexte)


def _gardees_de(personne):
    siennes = Ressource.objects.publiees().filter(signets__personne=personne)
    return siennes.pour_vignettes().order_by("-signets__pose_le", "-signets__pk")


@require_POST
def garder(request, ressource):
    """Keep an entry, or not any more: the same button."""
    trouvee = Ressource.objects.publiees().filter(slug=ressource).first()
    if trouvee is None:
        raise Http404
    if request.POST.get("geste") == "retirer":
        Signet.objects.filter(personne=request.user, ressource=trouvee).delete()
        messages.success(request, f"« {trouvee} » n’est plus dans vos ressources gardées.")
    elif request.user.signets.count() >= SIGNETS_AU_PLUS:
        messages.error(request, f"Vous gardez déjà {SIGNETS_AU_PLUS} ressources : ôtez-en une.")
    else:
        Signet.objects.get_or_create(personne=request.user, ressource=trouvee)
        messages.success(request, f"« {trouvee} » est dans vos ressources gardées.")
    return redirect("ressources:ressource", trouvee.slug)


@texte_garde
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nouvelle(request):
    """Share what I keep: an address for who has it, without my name."""
    lignes = list(_gardees_de(request.user))
    if not lignes:
        messages.info(request, "Gardez d’abord quelques ressources : elles feront la sélection.")
        return redirect("ressources:gardees")
    form = SelectionForm(request.POST or None)
    cochees = request.POST.getlist("ressource") if request.method == "POST" else None
    choisies = [une for une in lignes if cochees is None or une.slug in cochees]
    if request.method == "POST" and form.is_valid():
        if not choisies:
            form.add_error(None, "Cochez au moins une ressource.")
        elif request.user.selections.count() >= SELECTIONS_AU_PLUS:
            form.add_error(None, f"Vous partagez déjà {SELECTIONS_AU_PLUS} sélections.")
        else:
            return redirect(_partager(form, request.user, choisies))
    contexte = {
        "form": form,
        "lignes": lignes,
        "choisies": {une.slug for une in choisies},
        "fil": _fil("Partager une sélection"),
    }
    statut = 422 if form.errors else 200
    return render(request, "ressources/selection_nouvelle.html", contexte, status=statut)


@transaction.atomic
def _partager(form, personne, choisies) -> Selection:
    une = form.save(commit=False)
    une.auteur = personne
    une.save()
    une.ressources.set(choisies)
    return une


@login_not_required
@never_cache
@require_safe
def selection(request, selection):
    """A selection, for whoever has its address."""
    trouvee = Selection.objects.filter(uuid=selection).first()
    if trouvee is None:
        raise Http404
    contexte = {
        "selection": trouvee,
        "lignes": trouvee.ressources.publiees().pour_vignettes().order_by("titre"),
        "la_mienne": trouvee.auteur_id == request.user.pk,
        "adresse": request.build_absolute_uri(trouvee.get_absolute_url()),
        "fil": _fil(str(trouvee)),
    }
    return render(request, "ressources/selection.html", contexte)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supprimer(request, selection):
    """Stop sharing a selection; confirmed here."""
    trouvee = Selection.objects.filter(uuid=selection, auteur=request.user).first()
    if trouvee is None:
        raise Http404
    if request.method == "POST":
        trouvee.delete()
        messages.success(request, f"« {trouvee} » n’est plus partagée. Son adresse ne mène à rien.")
        return redirect("ressources:gardees")
    contexte = {"selection": trouvee, "fil": _fil("Ne plus partager")}
    return render(request, "ressources/selection_supprimer.html", contexte)
