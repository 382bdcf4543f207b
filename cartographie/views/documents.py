"""Documents made from fiches: the answer to the buttons « Télécharger en PDF »."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.views.decorators.http import require_POST

from cartographie.models import Fiche
from hubpartenariat.socle.vues_documents import repondre


@login_not_required
@require_POST
def fiche_pdf(request, slug):
    """Ask for the PDF of a published fiche."""
    uuid = Fiche.objects.publiees().filter(slug=slug).values_list("uuid", flat=True).first()
    if uuid is None:
        raise Http404
    return repondre(request, "fiche", {"fiche": str(uuid)})


@require_POST
def travail_pdf(request, uuid):
    """Ask for the PDF of a fiche in the state its authors see it; refused to others (404)."""
    return repondre(request, "fiche", {"fiche": str(uuid), "travail": True})
