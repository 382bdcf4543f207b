"""Documents made from fiches: the answer to the buttons « Télécharger en PDF »."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.views.decorators.http import require_POST

from cartographie.models import Fiche
from cartographie.recherche import INDEX
from cartographie.syntheses.livret import raison_de_refuser
from hubpartenariat.socle.facettes import compter
from hubpartenariat.socle.liste import Demande, DemandeIllisible
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
@require_POST
def livret(request):
    """Ask for the fiches of a filtered list as one booklet; the address carries the filters."""
    try:
        demande = Demande.lire(INDEX, request.GET).avec(page=1)
    except DemandeIllisible as erreur:
        return refus(request, 400, "Cette adresse n’est pas lisible", erreur)
    if raison := raison_de_refuser(compter(demande).total, request.user):
        return refus(request, 400, "Ce livret ne peut pas être composé", raison)
    return repondre(request, "livret", {"filtres": demande.adresse})


@require_POST
def travail_pdf(request, uuid):
    """Ask for the PDF of a fiche in the state its authors see it; refused to others (404)."""
    return repondre(request, "fiche", {"fiche": str(uuid), "travail": True})
