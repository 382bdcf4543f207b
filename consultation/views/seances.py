"""A live session for those in the room: joining, answering, and the screen that everybody sees."""

import secrets
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation import seances
from consultation.enums import EtatQuestion, EtatSeance, GenreDeQuestion
from consultation.models import Contribution, Participant, Seance
from consultation.models.seances import LONGUEUR, LONGUEUR_DU_CODE
from consultation.saisie import empreinte
from hubpartenariat.socle import debit
from hubpartenariat.socle.autour import autour
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.rapports.publication import code_a_scanner

COOKIE = "seance"
CODES_PAR_HEURE = 200  # wrong ones, from one address: a room of 300 makes mistakes too


def trouver(code: str) -> Seance | None:
    """The session with this code, in any case, once it is open."""
    propre = "".join(code.upper().split()).replace("-", "").replace("\x00", "")[:12]
    return Seance.objects.filter(code=propre).exclude(etat=EtatSeance.PREPARATION).first()


def _trop_de_codes(request) -> bool:
    """Whether this address has tried too many wrong codes. Right ones are never counted: a whole
    room may share one address; and whoever has answered in a session stays in."""
    if not debit.deja_trop("codes", debit.adresse(request), CODES_PAR_HEURE):
        return False
    secret = request.COOKIES.get(COOKIE, "")[:100]
    return not Participant.objects.filter(empreinte=empreinte(secret)).exists()


def _compter_un_faux(request) -> None:
    debit.trop("codes", debit.adresse(request), CODES_PAR_HEURE)


def seance_de(request, code: str) -> Seance:
    """The session with this code; 404 for a wrong one, then for any after too many wrong ones."""
    if _trop_de_codes(request):
        raise Http404
    if (seance := trouver(code)) is None:
        _compter_un_faux(request)
        raise Http404
    return seance


class CodeForm(forms.Form):
    """The short code, as it is read on the screen."""

    code = forms.CharField(
        label="Code de la séance",
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self):
        seance = trouver(self.cleaned_data["code"])
        if seance is None:
            raise forms.ValidationError(
                f"Aucune séance n’a ce code. Il compte {LONGUEUR_DU_CODE} lettres et chiffres, "
                "sans O, I, 0 ni 1."
            )
        return seance.code


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rejoindre(request):
    """Type the code of the session."""
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        if _trop_de_codes(request):
            form.is_valid()
            form.add_error(None, "Trop d’essais depuis ce réseau. Réessayez dans une heure.")
        elif form.is_valid():
            return redirect("seance:participer", form.cleaned_data["code"])
        else:
            _compter_un_faux(request)
    statut = 422 if form.is_bound and form.errors else 200
    return render(request, "consultation/seance/rejoindre.html", {"form": form}, status=statut)


def formulaire(question, donnees=None, initial: str = ""):
    """The one field that this question asks."""
    if question.genre == GenreDeQuestion.CHOIX:
        champ = forms.ChoiceField(
            label=question.intitule,
            choices=[(c, c) for c in question.choix],
            widget=forms.RadioSelect,
            error_messages={"required": "Choisissez une réponse."},
        )
    elif question.genre == GenreDeQuestion.MOT:
        champ = forms.CharField(
            label=question.intitule,
            max_length=40,
            help_text="Un mot, ou deux.",
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
    else:
        champ = forms.CharField(
            label=question.intitule,
            max_length=LONGUEUR,
            help_text="Sans nom : ce que vous écrivez sera relu, puis montré à la salle.",
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    return type("ReponseForm", (forms.Form,), {"reponse": champ})(
        donnees, initial={"reponse": initial}
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participer(request, code):
    """The question that is open, and one's answer to it; what was said once it is closed."""
    seance = seance_de(request, code)
    question = seance.en_cours if seance.etat == EtatSeance.OUVERTE else None
    secret = request.COOKIES.get(COOKIE, "")[:100]
    if request.method == "POST":
        return _repondre(request, seance, question, secret)
    mienne = _mienne(question, secret)
    form = formulaire(question, initial=mienne.texte if mienne else "") if question else None
    return _page(request, seance, question, form, mienne)


def _repondre(request, seance, question, secret):
    """Write the answer; one that comes after its question is closed is given back, not lost."""
    visee = request.POST.get("question", "")
    if question is None or visee != str(question.pk):
        envoi = request.POST.get("reponse", "")[:LONGUEUR]
        messages.error(
            request, "Cette question vient d’être fermée : votre réponse arrive trop tard."
        )
        form = formulaire(question) if question else None
        return _page(request, seance, question, form, None, statut=409, perdue=envoi)
    form = formulaire(question, request.POST)
    if not form.is_valid():
        return _page(request, seance, question, form, None, statut=422)
    secret = secret or secrets.token_urlsafe(24)
    envoi = form.cleaned_data["reponse"]
    try:
        seances.repondre(question, secret, envoi)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return _page(request, seance, None, None, None, statut=409, perdue=envoi)
    messages.success(request, "C’est reçu. Vous pouvez encore changer votre réponse.")
    return _confier(redirect(seance), seance, secret)


def _confier(reponse, seance, secret):
    reponse.set_cookie(
        COOKIE,
        secret,
        path=seance.get_absolute_url(),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return reponse


def _mienne(question, secret) -> Contribution | None:
    if question is None or not secret:
        return None
    return question.contributions.filter(participant__empreinte=empreinte(secret)).first()


def _page(request, seance, question, form, mienne, statut=200, perdue=""):
    idees = []
    if question and question.genre == GenreDeQuestion.MOI_AUSSI:
        idees = list(question.contributions.montrees().with_soutiens().order_by("texte"))
    passees = seance.questions.filter(etat=EtatQuestion.FERMEE)
    contexte = {
        "seance": seance,
        "question": question,
        "form": form,
        "mienne": mienne,
        "idees": idees,
        "perdue": perdue,
        "autour": autour(seance),
        "lectures": [seances.lire(q) for q in passees],
    }
    return render(request, "consultation/seance/participer.html", contexte, status=statut)


@login_not_required
@never_cache
@require_POST
def moi_aussi(request, code):
    """Join an idea of somebody else."""
    seance = seance_de(request, code)
    secret = request.COOKIES.get(COOKIE, "")[:100] or secrets.token_urlsafe(24)
    try:
        cle = UUID(request.POST.get("idee", ""))
    except ValueError:
        raise Http404 from None
    idee = Contribution.objects.filter(pk=cle, question__seance=seance).select_related(
        "question__seance"
    )
    if (contribution := idee.first()) is None:
        raise Http404
    try:
        seances.dire_moi_aussi(contribution, secret)
        messages.success(request, "C’est noté : vous aussi.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return _confier(redirect(seance), seance, secret)


@login_not_required
@never_cache
@require_safe
def etat(request, code):
    """Which question is open, for the script of the page: nothing else, two queries."""
    seance = seance_de(request, code)
    question = seance.en_cours if seance.etat == EtatSeance.OUVERTE else None
    return JsonResponse({"question": question and question.pk, "etat": seance.etat})


@login_not_required
@never_cache
@require_safe
def ecran(request, code):
    """What is projected: how to join, the question, what people say."""
    return render(request, "consultation/seance/ecran.html", _projete(seance_de(request, code)))


def _projete(seance) -> dict:
    question = seance.en_cours or seance.questions.filter(etat=EtatQuestion.FERMEE).last()
    adresse = settings.ADRESSE_PUBLIQUE + seance.get_absolute_url()
    return {
        "seance": seance,
        "question": question,
        "lecture": seances.lire(question) if question else None,
        "adresse": settings.ADRESSE_PUBLIQUE.partition("://")[2] + reverse("seance:rejoindre"),
        "qr": code_a_scanner(adresse),
    }
