"""The room of the reports: what everybody may read, and the space of the reviewers."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hubpartenariat.socle.rapports import rapports
from hubpartenariat.syntheses.forms import DemandeForm
from hubpartenariat.syntheses.models import LIRE, PUBLIER, Edition

MONTREES = 60


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def accueil(request):
    """Live reports, editions; for reviewers and staff, drafts and what is left to read."""
    return render(request, "syntheses/accueil.html", contexte_de(request))


def contexte_de(request, formulaire=None) -> dict:
    personne = request.user
    relit = personne.is_authenticated and personne.has_perm(LIRE)
    editions = (
        Edition.objects.visibles_par(personne)
        .with_lecture(personne)
        .select_related("demandee_par")
        .sans_donnees()
    )
    if not relit:
        editions = editions.publiees()
    annees = [jour.year for jour in editions.dates("arretee_au", "year", order="DESC")]
    annee = next((une for une in annees if str(une) == request.GET.get("annee")), None)
    if annee:
        editions = editions.filter(arretee_au__year=annee)
    editions = list(editions if annee else editions[:MONTREES])
    return {
        "rapports": [
            {"rapport": un, "url": reverse("syntheses:rapport", args=[code])}
            for code, un in rapports().items()
            if un.lisible_par(personne)
        ],
        "annees": annees if len(annees) > 1 else [],
        "annee": annee,
        "publiees": [e for e in editions if not e.brouillon],
        "brouillons": [e for e in editions if e.brouillon],
        "relit": relit,
        "publie": personne.is_authenticated and personne.has_perm(PUBLIER),
        "formulaire": formulaire or (DemandeForm(personne) if relit else None),
        "suspendu": getattr(personne, "pouvoirs_suspendus", False),
        "fil": [("Synthèses", None)],
    }
