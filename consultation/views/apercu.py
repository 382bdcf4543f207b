"""The pages of an answer, shown to staff before the opening: nothing is saved."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultation import pages
from consultation.models import Questionnaire, Reponse
from consultation.questionnaires import photographier
from consultation.views.consultations import consultation_de, fil

DROIT = "consultation.preparer_consultation"
FIN = "C’était la dernière page. Rien n’a été enregistré."


def _essai(request, slug: str) -> Reponse:
    """An answer that is in no table, to the questions as they stand now. 404 unless staff."""
    consultation = consultation_de(request, slug)
    if not request.user.has_perm(DROIT):
        raise Http404
    questionnaire = Questionnaire(consultation=consultation, contenu=photographier(consultation))
    return Reponse(consultation=consultation, questionnaire=questionnaire)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, slug, code=""):
    """One page, the first one at first. Sending it checks and goes on, and keeps nothing."""
    essai = _essai(request, slug)
    toutes = pages.pages_de(essai)
    codes = [p.code for p in toutes]
    code = code or codes[0]
    if code not in codes:
        raise Http404
    rang = codes.index(code)
    form = pages.formulaire(essai, toutes[rang], request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _suivante(request, slug, codes, rang)
    contexte = {
        "consultation": essai.consultation,
        "reponse": essai,
        "page": toutes[rang],
        "rang": rang + 1,
        "nombre": len(toutes),
        "precedente": toutes[rang - 1] if rang else None,
        "derniere": rang + 1 == len(toutes),
        "form": form,
        "conflits": (),
        "version": 0,
        "dessin": uuid.uuid4(),
        "enregistree": False,
        "lien": "",
        "fil": fil(essai.consultation, ("Aperçu", None)),
        **pages.avancement(essai, toutes, code),
    }
    statut = 422 if form.errors else 200
    return render(request, "consultation/reponse/apercu.html", contexte, status=statut)


def _suivante(request, slug, codes: list[str], rang: int):
    """Where the button leads: the page asked for, the next one, or back to the consultation."""
    vers = request.POST.get("vers", "")
    if vers in codes:
        return redirect("consultation:apercu_page", slug, vers)
    if vers != "relecture" and rang + 1 < len(codes):
        return redirect("consultation:apercu_page", slug, codes[rang + 1])
    messages.info(request, FIN if rang + 1 == len(codes) else "Rien n’a été enregistré.")
    return redirect("consultation:consultation", slug)
