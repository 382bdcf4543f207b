"""What members propose to the library."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hubpartenariat.socle.formulaires import oublier_les_saisies
from hubpartenariat.socle.reprise import est_repris, texte_a_revoir
from hubpartenariat.socle.televersements.formulaire import prevenir
from ressources.forms.bibliotheque import PropositionForm
from ressources.models import Ressource

PORTE = "Ressources"


@texte_a_revoir
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposer(request):
    """Propose an entry; the team reads it before anybody sees it."""
    form = PropositionForm(request.POST or None, request.FILES or None, personne=request.user)
    prevenir(form, request)
    if request.method == "POST" and not est_repris(request) and form.is_valid():
        proposee = form.proposer()
        oublier_les_saisies(request)
        messages.success(
            request,
            f"« {proposee} » est proposée. L’équipe la lit ; vous recevrez sa réponse par e-mail.",
        )
        return redirect("ressources:mes_propositions")
    contexte = {
        "form": form,
        "fil": [(PORTE, reverse("ressources:liste")), ("Proposer une ressource", None)],
    }
    statut = 422 if form.errors else 200
    return render(request, "ressources/proposer.html", contexte, status=statut)


@never_cache
@require_safe
def miennes(request):
    """What I proposed, and what became of it. One query."""
    contexte = {
        "proposees": Ressource.objects.de(request.user).order_by("-creee_le", "-pk"),
        "fil": [(PORTE, reverse("ressources:liste")), ("Mes propositions", None)],
    }
    return render(request, "ressources/mes_propositions.html", contexte)
