"""The tools of two voices inside a project. Not of the project: 404."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hubpartenariat.socle.aides import aides
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.reprise import texte_garde
from hubpartenariat.socle.vues_de_saisie import entier
from hubpartenariat.socle.vues_documents import repondre as repondre_un_document
from ressources.deux_voix import calculs, conclusions, transitions
from ressources.deux_voix import donnees as d
from ressources.deux_voix.comparaison import dans_le_temps
from ressources.deux_voix.formulaires import CommunForm, VoixForm
from ressources.deux_voix.lecture import Lecture, histoire, lire, reponses_devoilees
from ressources.enums import EtatPassage
from ressources.models import Passage, Projet

AIDES = 2  # shown for one question
AIDES_LUES = 100


def _projet(request, cle) -> Projet:
    projets = Projet.objects.visible_par(request.user).select_related("fiche")
    return get_object_or_404(projets, uuid=cle)


def _lecture(request, outil, projet, cle) -> Lecture:
    """A passage of this tool and of a project of this person, as their side may read it."""
    passages = Passage.objects.visible_par(request.user).select_related(
        "projet__fiche", "accord_de"
    )
    passage = get_object_or_404(passages, uuid=cle, outil=outil.code, projet__uuid=projet)
    return lire(passage, passage.projet.voix_de(request.user))


def fil(outil, projet, *suite) -> list[tuple]:
    """Breadcrumb of the pages of a tool in a project."""
    page = reverse(f"ressources:{outil.code}_passages", args=[projet.uuid])
    return [
        (outil.titre, reverse(f"ressources:{outil.code}")),
        (projet.titre, page if suite else None),
        *suite,
    ]


@require_safe
@never_cache
def passages(request, outil, projet):
    """Every use of the tool by this project, and what changed from one to the next."""
    projet = _projet(request, projet)
    tous = histoire(projet, outil.code)
    dernier = next((p for p in reversed(tous) if p.devoile), None)
    en_attente = next((p for p in tous if not p.devoile), None)
    contexte = {
        "outil": outil,
        "projet": projet,
        "passages": tous[::-1],
        "en_attente": en_attente,
        "cote_repondu": en_attente and lire(en_attente, projet.voix_de(request.user)).mienne,
        "comparaison": dans_le_temps(outil, tous),
        "prochain": calculs.six_mois_apres(dernier.devoile_le) if dernier else None,
        "fil": fil(outil, projet),
    }
    return render(request, "ressources/deux_voix/passages.html", contexte)


@require_POST
def ouvrir(request, outil, projet):
    """A new use, or the one that waits."""
    passage = transitions.ouvrir(_projet(request, projet), outil.code, request.user)
    return redirect(passage)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request, outil, projet, passage):
    """Answer for one's side, wait for the other, then read both."""
    lecture = _lecture(request, outil, projet, passage)
    if lecture.passage.devoile:
        if request.method == "POST":
            messages.error(request, transitions.DEVOILE)
            return redirect(lecture.passage)
        return _resultats(request, outil, lecture)
    return _repondre(request, outil, lecture)


def _repondre(request, outil, lecture):
    """The blind form of one side; sent again, it replaces what this side had sent, unless a
    colleague has sent meanwhile (409)."""
    passage, statut = lecture.passage, 200
    form = VoixForm(
        request.POST if request.method == "POST" else None,
        outil=outil,
        projet=passage.projet,
        mienne=lecture.mienne,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _envoyer(request, lecture, form)
        except transitions.ReponsesPerimees:
            lecture, statut = lire(passage, lecture.voix), 409
    contexte = {
        "outil": outil,
        "projet": passage.projet,
        "passage": passage,
        "lecture": lecture,
        "form": form,
        "lue": lecture.mienne.marque if lecture.mienne else "",
        "entre_temps": statut == 409,
        "raison": transitions.raison_de_ne_pas_repondre(passage, request.user, lecture.voix),
        "envoyee": lecture.mienne is not None,
        "collegue": lecture.collegue(request.user),
        "autre_presente": passage.projet.presents().filter(voix=lecture.autre).exists(),
        "fil": fil(outil, passage.projet, ("Répondre", None)),
    }
    return render(request, "ressources/deux_voix/repondre.html", contexte, status=statut)


def _envoyer(request, lecture, form):
    """Send a filled form. ReponsesPerimees when a colleague has sent meanwhile."""
    envoi = transitions.Envoi(
        form.codes,
        [str(n) for n in form.constats],
        form.cleaned_data["precision"],
        request.POST.get("_lue"),
    )
    try:
        fait = transitions.repondre(lecture.passage, request.user, lecture.voix, envoi)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return redirect(lecture.passage)
    if not fait.devoile:
        messages.success(
            request, "Vos réponses sont gardées. Personne de l’autre côté ne les voit encore."
        )
    return redirect(fait)


def _resultats(request, outil, lecture):
    donnees = d.du_passage(lecture)
    contexte = {
        "outil": outil,
        "projet": lecture.passage.projet,
        "passage": lecture.passage,
        "a_conclure": lecture.passage.etat == EtatPassage.A_DISCUTER,
        "accord": lecture.passage.accord_de,
        "fil": fil(outil, lecture.passage.projet, ("Résultats", None)),
    }
    return render(request, "ressources/deux_voix/resultats.html", contexte | montre(donnees, outil))


def montre(donnees: dict, outil) -> dict:
    """What the page of results shows: the same rows as the document, and what helps."""
    questions = d.questions(donnees, outil)
    utiles = aides({question["besoin"] for question in questions}, AIDES_LUES)
    for question in questions:
        question["aides"] = [a for a in utiles if question["besoin"] in a.besoins][:AIDES]
    return {
        "donnees": donnees,
        "graphique": d.contours(donnees),
        "entetes": d.entetes(donnees),
        "lignes": d.cellules(donnees),
        "questions": questions,
        "conclus": [un for un in donnees["criteres"] if un["phrase"] or un["action"]],
    }


@texte_garde
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def commun(request, outil, projet, passage):
    """The joint answers, written together; whoever saves an older page is told."""
    lecture = _lecture(request, outil, projet, passage)
    objet = lecture.passage
    if objet.etat != EtatPassage.A_DISCUTER:
        return redirect(objet)
    moi = objet.projet.presents().get(personne=request.user)
    form = _a_conclure(request, outil, objet)
    conflits, finir = [], request.POST.get("vers") == "conclure"
    if request.method == "POST" and form.is_valid():
        for champ, manque in conclusions.manquants(objet, form.lignes()) if finir else ():
            form.add_error(champ, manque)
        if form.is_valid():
            # The same words as those kept (a second tap) are no conflict, whatever the page.
            autres = _conflits(form)
            lue = entier(request.POST.get("_version")) if autres else objet.version
            try:
                fait = _garder(objet, moi, lue, form.lignes(), finir)
            except conclusions.ConclusionsPerimees:
                form, conflits = _relire(request, outil, objet)
            except TransitionRefusee as refus:
                messages.error(request, str(refus))
                return redirect(objet)
            else:
                return _apres(request, fait, finir)
    accord = objet.accord_de
    contexte = {
        "outil": outil,
        "projet": objet.projet,
        "passage": objet,
        "form": form,
        "version": objet.version,
        "conflits": conflits,
        "accord": accord,
        "accord_de_l_autre": accord and accord.voix != moi.voix,
        "criteres": _criteres(d.du_passage(lecture), form),
        "fil": fil(
            outil, objet.projet, ("Résultats", objet.get_absolute_url()), ("Conclure", None)
        ),
    }
    return render(request, "ressources/deux_voix/commun.html", contexte)


def _a_conclure(request, outil, passage) -> CommunForm:
    return CommunForm(
        request.POST if request.method == "POST" else None,
        outil=outil,
        numeros=conclusions.a_conclure(passage),
        forts=calculs.comparer(*reponses_devoilees(passage)).forts,
        conclusions={une.numero: une for une in passage.conclusions.all()},
    )


def _relire(request, outil, passage) -> tuple[CommunForm, list]:
    """What was sent, beside what somebody else has saved: maybe since this request began."""
    passage.refresh_from_db()
    form = _a_conclure(request, outil, passage)
    form.is_valid()
    conflits = _conflits(form)
    if not conflits:
        messages.info(request, "L’autre côté vient d’écrire la même chose : c’est gardé.")
    form.remplir_les_vides()
    return form, conflits


def _garder(passage, moi, lue: int, lignes, finir: bool) -> Passage:
    """Keep the joint answers; with ``finir``, say for one's side that they are final."""
    if finir:
        return conclusions.accorder(passage, moi, lue, lignes)
    return conclusions.enregistrer(passage, lue, lignes)


def _apres(request, passage, finir: bool):
    if passage.etat == EtatPassage.TERMINE:
        messages.success(request, "C’est conclu. Les réponses communes ne changent plus.")
        return redirect(passage)
    if not finir:
        messages.success(request, "C’est enregistré. Vous pourrez continuer plus tard.")
    elif passage.projet.presents().exclude(voix=passage.accord_de.voix).exists():
        messages.success(request, "Votre accord est noté. L’autre côté reçoit un e-mail.")
    else:
        messages.warning(request, conclusions.SEULS)
    return redirect(passage.adresse("commun"))


def _conflits(form) -> list[tuple]:
    """Fields that this page wants otherwise than somebody else has just saved them."""
    dits = dict(form.outil.choix)
    return [
        (champ, dits.get(champ.initial, champ.initial) or "vide")
        for champ in form
        if (champ.initial or "") != (form.cleaned_data.get(champ.name) or "")
    ]


def _criteres(donnees: dict, form) -> list[dict]:
    """Each criterion to conclude: what both said, and its fields."""
    return [
        donnees["criteres"][numero - 1] | {"champs": form.champs_de(numero)}
        for numero in form.numeros
    ]


@require_POST
def pdf(request, outil, projet, passage):
    """Ask for the document: once both are in."""
    lecture = _lecture(request, outil, projet, passage)
    return repondre_un_document(request, "deux_voix", {"passage": str(lecture.passage.uuid)})


@require_safe
@never_cache
def json(request, outil, projet, passage):
    """The same numbers for a program; before both are in, one's own side alone."""
    return JsonResponse(d.du_passage(_lecture(request, outil, projet, passage)))
