"""Leading a live session: opening questions, reading what is written, typing paper answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultation import seances
from consultation.enums import EtatContribution, EtatSeance, GenreDeQuestion
from consultation.models import Contribution, QuestionDeSeance, Seance
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.vues_de_saisie import entier

DROIT = "consultation.preparer_consultation"


def _seance(request, code) -> Seance:
    """The session, for those who may lead it; 404 for everybody else."""
    if not request.user.has_perm(DROIT):
        raise Http404
    return get_object_or_404(Seance, code=code.upper()[:12].replace("\x00", ""))


def _question(seance, brute) -> QuestionDeSeance:
    return get_object_or_404(seance.questions.select_related("seance"), pk=entier(brute))


@never_cache
@require_safe
def animer(request, code):
    """Every question with its answers, and what to do of each."""
    return _page(request, _seance(request, code))


def _page(request, seance, refusees: tuple[int, str] = (0, ""), statut: int = 200):
    """``refusees``: (question, lines of paper) that were not understood, given back."""
    questions = list(seance.questions.select_related("proposition", "seance"))
    contexte = {
        "seance": seance,
        "blocs": [
            (
                question,
                seances.lire(question),
                question.contributions.with_soutiens().order_by("etat", "texte")
                if question.genre in GenreDeQuestion.ecrites()
                else (),
            )
            for question in questions
        ],
        "participants": seance.participants.count(),
        "refusee": refusees[0],
        "lignes": refusees[1],
        "fil": [("Consultation", reverse("consultation:liste")), ("Animer une séance", None)],
    }
    return render(request, "consultation/seance/animer.html", contexte, status=statut)


@never_cache
@require_POST
def agir(request, code):
    """One button of the page of the facilitator."""
    seance = _seance(request, code)
    faire = ACTES.get(request.POST.get("acte", ""))
    if faire is None:
        raise Http404
    try:
        messages.success(request, faire(request, seance))
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("seance:animer", seance.code)


def _ouvrir_la_seance(request, seance):
    seance.ouvrir(request.user)
    return "La séance est ouverte : le code et le QR code sont sur l’écran."


def _clore(request, seance):
    seance.clore(request.user)
    return "La séance est close. Ce qui a été dit reste ; plus rien ne le relie à un téléphone."


def _ouvrir(request, seance):
    _question(seance, request.POST.get("question")).ouvrir(request.user)
    return "La question est ouverte."


def _fermer(request, seance):
    _question(seance, request.POST.get("question")).fermer(request.user)
    return "La question est fermée."


def _cacher(request, seance):
    cle = seances.cle_de_mot(request.POST.get("mot", "")[:100])
    seances.cacher_le_mot(_question(seance, request.POST.get("question")), cle)
    return "Ce mot n’est plus montré."


def _remontrer(request, seance):
    cle = seances.cle_de_mot(request.POST.get("mot", "")[:100])
    seances.montrer_le_mot(_question(seance, request.POST.get("question")), cle)
    return "Ce mot est de nouveau montré."


def _lire(request, seance):
    """Show or hide one written answer."""
    etat = request.POST.get("etat", "")
    try:
        cle = UUID(request.POST.get("contribution", ""))
    except ValueError:
        raise Http404 from None
    if etat not in (EtatContribution.MONTREE, EtatContribution.CACHEE):
        raise Http404
    if seance.etat == EtatSeance.CLOSE and etat == EtatContribution.MONTREE:
        raise TransitionRefusee("La séance est close : plus rien ne s’y ajoute.")
    lignes = Contribution.objects.filter(pk=cle, question__seance=seance)
    if not lignes.update(etat=etat):
        raise Http404
    return "Montrée à la salle." if etat == EtatContribution.MONTREE else "Cachée."


ACTES = {
    "ouvrir_la_seance": _ouvrir_la_seance,
    "clore": _clore,
    "ouvrir": _ouvrir,
    "fermer": _fermer,
    "cacher": _cacher,
    "remontrer": _remontrer,
    "lire": _lire,
}


@never_cache
@require_POST
def papier(request, code):
    """Answers written on sheets of paper, one per line."""
    seance = _seance(request, code)
    question = _question(seance, request.POST.get("question"))
    lignes = request.POST.get("lignes", "")[:300_000].replace("\x00", "")
    try:
        nombre = seances.saisir_le_papier(question, lignes)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return _page(request, seance, (question.pk, lignes), 422)
    messages.success(request, f"{nombre} réponse(s) sur papier ajoutée(s).")
    return redirect("seance:animer", seance.code)


@never_cache
@require_safe
def exporter(request, code):
    """Everything that was said. In the journal."""
    seance = _seance(request, code)
    consigner(seance, "exporter", request.user)
    reponse = HttpResponse(seances.en_csv(seance), content_type="text/csv; charset=utf-8")
    reponse.headers["Content-Disposition"] = f'attachment; filename="seance-{seance.code}.csv"'
    return reponse
