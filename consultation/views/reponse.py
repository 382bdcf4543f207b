"""Answering: the entrance, the private link, the pages, the summary, sending, taking back."""

import uuid
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation import acces, pages, saisie
from consultation.enums import Doute, EtatReponse, Source
from consultation.forms import AbonnementForm, AdresseForm
from consultation.models import Abonnement
from consultation.views.consultations import consultation_de, fil
from hubpartenariat.socle import debit
from hubpartenariat.socle.courriel import envoyer
from hubpartenariat.socle.formulaires import SaisiePerimee
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.typographie import heure_en_mots
from hubpartenariat.socle.vues_de_saisie import entier, est_automatique

DROIT = "consultation.preparer_consultation"
PIEGE = "site_web"  # a field that people do not see and that robots fill


def _ouverte(request, slug):
    """The consultation, known to the public: its answers live while it does."""
    consultation = consultation_de(request, slug)
    if consultation.etat == "preparation":
        raise Http404
    return consultation


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entree(request, slug):
    """Begin, or go on. A second « commencer » from the same browser goes on with the first."""
    consultation = _ouverte(request, slug)
    secret = acces.secret_de(request)
    en_cours = saisie.trouver(consultation, secret)
    source = Source.PAPIER if _saisit_le_papier(request) else Source.WEB
    if request.method == "POST" and consultation.accepte(source):
        if en_cours and source == Source.WEB:
            return redirect("consultation:relecture", slug)
        doute = _doute(request) if source == Source.WEB else Doute.RIEN
        reponse, secret = saisie.commencer(consultation, source=source, doute=doute)
        premiere = pages.pages_de(reponse)[0].code
        suite = redirect("consultation:page", slug, premiere)
        return acces.confier(suite, consultation, secret)
    contexte = {
        "consultation": consultation,
        "en_cours": en_cours,
        "fil": fil(consultation, ("Donner mon avis", None)),
        "piege": PIEGE,
        "saisit": request.user.has_perm(DROIT) and consultation.accepte(Source.PAPIER),
    }
    return render(request, "consultation/reponse/entree.html", contexte)


def _doute(request) -> Doute:
    """Why this answer will wait for somebody to look before it is counted."""
    if request.POST.get(PIEGE):
        return Doute.CHAMP_CACHE
    trop = debit.trop("debuts", debit.adresse(request), acces.DEBUTS_PAR_HEURE)
    return Doute.EN_NOMBRE if trop else Doute.RIEN


def _saisit_le_papier(request) -> bool:
    """Staff types what somebody wrote on paper, sheet after sheet."""
    return request.POST.get("source") == Source.PAPIER and request.user.has_perm(DROIT)


@login_not_required
@never_cache
@require_safe
def lien(request, slug, secret):
    """The private link: this browser now holds the answer, and its address holds no secret."""
    consultation = _ouverte(request, slug)
    if saisie.trouver(consultation, secret) is None:
        raise Http404
    return acces.confier(redirect("consultation:relecture", slug), consultation, secret)


@method_decorator([login_not_required, never_cache], name="dispatch")
class PageDeReponse(View):
    """One page of an answer: shown, saved by a button or in the background."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request, slug, code):
        self.consultation = _ouverte(request, slug)
        self.reponse = acces.reponse_de(request, self.consultation)
        self.pages = pages.pages_de(self.reponse)
        self.page = next((p for p in self.pages if p.code == code), None)
        if self.page is None:
            raise Http404
        return super().dispatch(request)

    def get(self, request):
        if not self.consultation.accepte(self.reponse.source):
            return redirect("consultation:relecture", self.consultation.slug)
        return self.montrer(request, pages.formulaire(self.reponse, self.page))

    def post(self, request):
        form = pages.formulaire(self.reponse, self.page, request.POST)
        form.is_valid()
        try:
            saisie.enregistrer(
                self.reponse,
                self.page.code,
                pages.ecrire(self.page, form),
                version=entier(request.POST.get("_version")),
                dessin=request.POST.get("_page", "")[:36].replace("\x00", ""),
                rang=entier(request.POST.get("_rang")),
            )
        except SaisiePerimee:
            return self.perimee(request, form)
        except TransitionRefusee as refus:
            return self.refusee(request, form, str(refus))
        if est_automatique(request):
            return JsonResponse(
                {
                    "etat": "enregistre",
                    "version": self.version,
                    "heure": heure_en_mots(timezone.localtime()),
                    "a_corriger": {nom: list(e) for nom, e in form.errors.items()},
                }
            )
        if form.errors:
            return self.montrer(request, form, statut=422)
        return redirect(self.destination(request.POST.get("vers", "")))

    @property
    def version(self) -> int:
        return self.reponse.versions.get(self.page.code, {}).get("n", 0)

    def destination(self, vers: str) -> str:
        codes = [p.code for p in self.pages]
        slug = self.consultation.slug
        rang = codes.index(self.page.code)
        if vers in codes:
            return reverse("consultation:page", args=[slug, vers])
        if vers == "ici":
            return reverse("consultation:page", args=[slug, self.page.code])
        if vers == "relecture" or rang + 1 == len(codes):
            return reverse("consultation:relecture", args=[slug])
        return reverse("consultation:page", args=[slug, codes[rang + 1]])

    def perimee(self, request, form):
        """Saved from another page meanwhile: nothing is overwritten, both stay readable."""
        if est_automatique(request):
            phrase = "Cette page a été enregistrée ailleurs. Appuyez sur « Enregistrer »."
            return JsonResponse({"etat": "perimee", "message": phrase}, status=409)
        gardee = pages.formulaire(self.reponse, self.page)
        conflits = [
            (champ, _en_clair(gardee[champ.name], gardee[champ.name].value()))
            for champ in form
            if _norme(champ.value()) != _norme(gardee[champ.name].value())
        ]
        return self.montrer(request, form, statut=409, conflits=conflits)

    def refusee(self, request, form, raison):
        if est_automatique(request):
            return JsonResponse({"etat": "fermee", "message": raison}, status=409)
        messages.error(request, raison)
        return self.montrer(request, form, statut=409)

    def montrer(self, request, form, *, statut=200, conflits=()):
        rang = self.pages.index(self.page)
        contexte = {
            "consultation": self.consultation,
            "reponse": self.reponse,
            "page": self.page,
            "rang": rang + 1,
            "nombre": len(self.pages),
            "precedente": self.pages[rang - 1] if rang else None,
            "derniere": rang + 1 == len(self.pages),
            "form": form,
            "conflits": conflits,
            "lien": acces.lien(self.consultation, acces.secret_de(request)),
            "version": self.version,
            "dessin": uuid.uuid4(),
            "enregistree": bool(self.version),
            "fil": fil(self.consultation, (self.page.titre, None)),
            **pages.avancement(self.reponse, self.pages, self.page.code),
        }
        return render(request, "consultation/reponse/page.html", contexte, status=statut)


def _norme(valeur):
    return sorted(valeur) if isinstance(valeur, list) else (valeur or "").strip()


def _en_clair(champ, valeur) -> str:
    """A kept value in the words of its field."""
    mots = dict(getattr(champ.field, "choices", ()) or ())
    if isinstance(valeur, list):
        return ", ".join(valeur) or "rien"
    return str(mots.get(valeur, valeur) or "rien")


@login_not_required
@never_cache
@require_safe
def relecture(request, slug):
    """Everything said so far, on one page; sending; coming back; leaving this computer."""
    consultation = _ouverte(request, slug)
    reponse = acces.reponse_de(request, consultation)
    toutes = pages.pages_de(reponse)
    contexte = {
        "consultation": consultation,
        "reponse": reponse,
        "envoyee": reponse.etat == EtatReponse.ENVOYEE,
        "ouverte": consultation.accepte(reponse.source),
        "papier": reponse.source == Source.PAPIER and request.user.has_perm(DROIT),
        "lien": acces.lien(consultation, acces.secret_de(request)),
        "resume": [(page, _resume(reponse, page)) for page in toutes],
        "adresse": AdresseForm(prefix="lien"),
        "abonnement": AbonnementForm(prefix="suites"),
        "fil": fil(consultation, ("Ma réponse", None)),
        **pages.avancement(reponse, toutes),
    }
    return render(request, "consultation/reponse/relecture.html", contexte)


def _resume(reponse, page) -> list[tuple[str, list[str]]]:
    """(what was asked, [answers in words]) of one page; what was left is not listed."""
    form = pages.formulaire(reponse, page)
    if page.code in (saisie.PRIORITES, saisie.VOUS):
        lignes = [(c.label, c.value(), c) for c in form]
        return [(label, _mots(c, v)) for label, v, c in lignes if v]
    resume = []
    for proposition, echelles, mots in form.groupes:
        dits = [
            f"{e['titre']} : {dict(champ.field.choices).get(champ.value(), '')}"
            for e, champ in zip(form.echelles, echelles, strict=True)
            if champ.value()
        ]
        dits += [f"« {mots.value()} »"] if mots.value() else []
        if dits:
            resume.append((f"{proposition['code']} {proposition['titre']}", dits))
    return resume


def _mots(champ, valeur) -> list[str]:
    choix = {}
    for code, libelle in getattr(champ.field, "choices", ()):
        choix |= dict(libelle) if isinstance(libelle, (list, tuple)) else {code: libelle}
    valeurs = valeur if isinstance(valeur, list) else [valeur]
    return [choix.get(v, v) for v in valeurs]


def _agir(request, slug, action, phrase):
    """A POST on one's own answer, then the summary."""
    consultation = _ouverte(request, slug)
    reponse = acces.reponse_de(request, consultation)
    try:
        action(reponse)
        messages.success(request, phrase)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return consultation, redirect("consultation:relecture", slug)


@login_not_required
@require_POST
def envoyer_la_reponse(request, slug):
    phrase = "Votre réponse est envoyée. Merci. Vous pouvez la modifier jusqu’à la fermeture."
    return _agir(request, slug, saisie.envoyer, phrase)[1]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def effacer(request, slug):
    """Take one's answer back: asked once more, then gone."""
    consultation = _ouverte(request, slug)
    reponse = acces.reponse_de(request, consultation)
    if request.method == "POST":
        try:
            saisie.effacer(reponse)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return redirect("consultation:relecture", slug)
        messages.success(request, "Votre réponse est effacée. Il n’en reste rien.")
        return acces.reprendre(redirect(consultation), consultation)
    contexte = {"consultation": consultation, "fil": fil(consultation, ("Effacer", None))}
    return render(request, "consultation/reponse/effacer.html", contexte)


@login_not_required
@require_POST
def quitter(request, slug):
    """Shared computers: this browser forgets the answer, which stays behind its private link."""
    consultation = _ouverte(request, slug)
    messages.success(request, "Cet appareil ne connaît plus votre réponse. Elle reste enregistrée.")
    return acces.reprendre(redirect(consultation), consultation)


@login_not_required
@require_POST
def recevoir_le_lien(request, slug):
    """Mail the private link. Its text is forgotten once sent, the address is kept nowhere else."""
    consultation = _ouverte(request, slug)
    reponse = acces.reponse_de(request, consultation)
    form = AdresseForm(request.POST, prefix="lien")
    if not form.is_valid():
        messages.error(request, "Cette adresse e-mail n’est pas complète : rien n’a été envoyé.")
    elif debit.trop("liens", str(reponse.pk), acces.ENVOIS_PAR_HEURE):
        messages.error(
            request, "Le lien a déjà été envoyé plusieurs fois. Réessayez dans une heure."
        )
    else:
        contexte = {
            "consultation": consultation,
            "lien": acces.lien(consultation, acces.secret_de(request)),
            "raison": "Vous recevez ce message car quelqu’un l’a demandé sur le hub.",
        }
        envoyer(
            form.cleaned_data["courriel"],
            "consultation/lien_prive",
            contexte,
            confidentiel=True,
            sans_trace=True,
        )
        messages.success(request, "Le lien privé part à cette adresse. Le hub ne la garde pas.")
    return redirect("consultation:relecture", slug)


@login_not_required
@require_POST
def s_abonner(request, slug):
    """To be told of what follows: an address, and nothing that leads to an answer."""
    consultation = _ouverte(request, slug)
    form = AbonnementForm(request.POST, prefix="suites")
    venue = urlsplit(request.headers.get("Referer", "")).path
    vers = "relecture" if saisie.trouver(consultation, acces.secret_de(request)) else "consultation"
    if venue == reverse("consultation:suites", args=[slug]):
        vers = "suites"
    if not form.is_valid():
        messages.error(request, "Cette adresse e-mail n’est pas complète : rien n’a été noté.")
    elif debit.trop("suites", debit.adresse(request), 60):
        messages.error(request, "Trop de demandes depuis ce réseau. Réessayez dans une heure.")
    else:
        with transaction.atomic():
            Abonnement.objects.get_or_create(
                consultation=consultation, courriel=form.cleaned_data["courriel"].lower()
            )
        messages.success(request, "C’est noté : vous saurez ce qui est fait de ces avis.")
    return redirect(f"consultation:{vers}", slug)
