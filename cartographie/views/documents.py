"""Documents made from fiches: the answer to the buttons « Télécharger en PDF »."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cartographie.models import Fiche
from cartographie.recherche import INDEX
from cartographie.syntheses.livret import raison_de_refuser
from hubpartenariat.socle.facettes import compter
from hubpartenariat.socle.liste import Demande, DemandeIllisible
from hubpartenariat.socle.page_de_liste import puces
from hubpartenariat.socle.vues_de_liste import refus
from hubpartenariat.socle.vues_documents import repondre


@login_not_required
@require_POST
def fiche_pdf(request, slug):
    """Ask for the PDF of a published fiche."""
    uuid = Fiche.objects.publiees().filter(slug=slug).values_list("uuid", flat=True).first()
    if uuid is None:
        raise Http404
    return repondre(request, "fiche", {"fiche": str(uuid)})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def livret(request):
    """Say what a booklet of this filtered list would hold, then ask for it.

    The list itself holds no form: it sets no cookie, and may be kept by a cache.
    """
    try:
        demande = Demande.lire(INDEX, request.GET).avec(page=1)
    except DemandeIllisible as erreur:
        return refus(request, 400, "Cette adresse n’est pas lisible", erreur)
    total = compter(demande).total
    raison = raison_de_refuser(total, request.user)
    if request.method == "POST" and not raison:
        return repondre(request, "livret", {"filtres": demande.adresse})
    liste = reverse("cartographie:liste")
    contexte = {
        "total": total,
        "raison": raison,
        "puces": puces(demande, reverse("cartographie:livret")),
        "adresse_des_filtres": demande.adresse,
        "fil": [("Cartographie", liste + demande.adresse), ("Livret", None)],
    }
    statut = 400 if raison and request.method == "POST" else 200
    return render(request, "cartographie/livret.html", contexte, status=statut)


@require_POST
def travail_pdf(request, uuid):
    """Ask for the PDF of a fiche in the state its authors see it; refused to others (404)."""
    return repondre(request, "fiche", {"fiche": str(uuid), "travail": True})
