"""The questionnaire on paper: the same words, boxes to tick, where to send it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from consultation.enums import EtatConsultation
from consultation.questionnaires import NSP_LIBELLE, photographier
from consultation.views.consultations import consultation_de, fil


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
