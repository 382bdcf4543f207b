"""On paper: the questionnaire to fill by hand, the letter that invites."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from consultation.enums import EtatConsultation
from consultation.questionnaires import NSP_LIBELLE, photographier
from consultation.views.consultations import consultation_de, fil
from hubpartenariat.socle.vues_documents import repondre as repondre_un_document


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def papier(request, slug):
    consultation = consultation_de(request, slug)
    contexte = {
        "consultation": consultation,
        "questionnaire": photographier(consultation),
        "nsp": NSP_LIBELLE,
        "ouverte": consultation.etat == EtatConsultation.OUVERTE,
        "fil": fil(consultation, ("Questionnaire à imprimer", None)),
    }
    return render(request, "consultation/papier.html", contexte)


@login_not_required
@require_POST
def papier_pdf(request, slug):
    """The same, laid out to be printed."""
    une = consultation_de(request, slug)
    return repondre_un_document(request, "questionnaire", {"consultation": une.slug})


@login_not_required
@require_POST
def lettre(request, slug):
    """The letter that invites to answer; 404 once the consultation is closed."""
    une = consultation_de(request, slug)
    return repondre_un_document(request, "lettre_invitation", {"consultation": une.slug})
