"""Charter and mission letters of a project: write, compare, put to signature, sign, take away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.reprise import texte_garde
from hubpartenariat.socle.typographie import date_en_mots
from hubpartenariat.socle.vues_de_saisie import entier
from hubpartenariat.socle.vues_documents import repondre as repondre_un_document
from ressources.enums import MoyenDeSignature
from ressources.forms.projets import ClausesFormSet, SignatureForm
from ressources.models import Ecrit, Participation, Version
from ressources.projets import ecrits
from ressources.projets import odt as en_odt
from ressources.projets.clauses import A_RELIRE
from ressources.views.projets import fil, le_projet

lire_ou_envoyer = require_http_methods(["GET", "HEAD", "POST"])
ODT = "application/vnd.oasis.opendocument.text"
LETTRES_AU_PLUS = 50
AUTRE_COMPTE = (
    "Ce lien a été envoyé à une autre adresse que celle de votre compte. Connectez-vous avec "
    "l’adresse qui l’a reçu."
)
PROPOSEE = "Une nouvelle version est à signer. Chacun reçoit un e-mail."


def _ecrit(request, projet, cle) -> Ecrit:
    """A text of a project of this person; 404 otherwise."""
    visibles = Ecrit.objects.visible_par(request.user).select_related("projet", "pour")
    return get_object_or_404(visibles, uuid=cle, projet__uuid=projet)


def _version(ecrit, numero) -> Version:
    return get_object_or_404(ecrit.versions.prefetch_related("signatures"), numero=numero)


def _moi(request, projet) -> Participation | None:
    return projet.presents().filter(personne=request.user).first()


# --- Begin ---------------------------------------------------------------------------------------
@require_POST
def charte(request, projet):
    """The charter of the project, begun from our model the first time."""
    return redirect(ecrits.ouvrir_la_charte(le_projet(request, projet), request.user))


@require_POST
def lettre(request, projet):
    """A mission letter for one of the participants."""
    projet = le_projet(request, projet)
    pour = projet.presents().filter(pk=entier(request.POST.get("pour"))).first()
    if pour is None:
        messages.error(request, "Choisissez la personne à qui s’adresse la lettre.")
        return redirect(projet)
    if projet.ecrits.count() > LETTRES_AU_PLUS:
        messages.error(request, f"{LETTRES_AU_PLUS} lettres au plus par projet.")
        return redirect(projet)
    return redirect(ecrits.ouvrir_une_lettre(projet, pour, request.user))


# --- Read ----------------------------------------------------------------------------------------
@never_cache
@require_safe
def ecrit(request, projet, ecrit):
    """The text as it stands, its last version, who has signed and who has not."""
    ecrit = _ecrit(request, projet, ecrit)
    contexte = _contexte(ecrit, ecrits.derniere(ecrit), _moi(request, ecrit.projet))
    return render(request, "ressources/ecrits/ecrit.html", contexte)


def _contexte(ecrit, version, moi, form=None) -> dict:
    """What the page of a text shows: ``form``, a signature that was refused."""
    contexte = {
        "ecrit": ecrit,
        "projet": ecrit.projet,
        "raison_de_ne_pas_proposer": ecrits.raison_de_ne_pas_proposer(ecrit, version),
        "mention": A_RELIRE,
        "versions": ecrit.versions.all(),
        "fil": fil(ecrit.projet, str(ecrit)),
    }
    if version:
        contexte |= _a_signer(version, moi, form)
        if ecrits.a_change(ecrit, version):
            contexte["changements"] = ecrits.ce_qui_change(version, ecrit.clauses)
            contexte["texte_de_la_version"] = ecrits.en_texte(version.clauses)
    return contexte


def _a_signer(version, participation, form=None) -> dict:
    """What the page of a version shows of its signatures."""
    raison = ecrits.raison_de_ne_pas_signer(version, participation)
    initial = {"empreinte": version.empreinte, "nom": participation.nom if participation else ""}
    return {
        "version": version,
        "lignes": ecrits.qui_signe(version),
        "raison_de_ne_pas_signer": raison,
        "form": form or (None if raison else SignatureForm(initial=initial)),
    }


@never_cache
@require_safe
def version(request, projet, ecrit, numero):
    """One version, what it changed, who signed it."""
    ecrit = _ecrit(request, projet, ecrit)
    trouvee = _version(ecrit, numero)
    avant = ecrit.versions.filter(numero=numero - 1).first()
    contexte = {
        "ecrit": ecrit,
        "projet": ecrit.projet,
        "version": trouvee,
        "lignes": ecrits.qui_signe(trouvee),
        "changements": ecrits.ce_qui_change(avant, trouvee.clauses) if avant else None,
        "mention": A_RELIRE,
        "fil": fil(ecrit.projet, str(ecrit), f"Version {numero}"),
    }
    return render(request, "ressources/ecrits/version.html", contexte)


# --- Write ---------------------------------------------------------------------------------------
@texte_garde
@never_cache
@lire_ou_envoyer
def modifier(request, projet, ecrit):
    """The clauses. A save from an older page shows both (409) and loses neither."""
    ecrit = _ecrit(request, projet, ecrit)
    if request.method != "POST":
        clauses = ClausesFormSet(initial=ecrit.clauses, prefix="clause")
        return _page_de_saisie(request, ecrit, clauses, ecrit.revision)
    # Compared with nothing: a clause that is already saved is not an empty one.
    clauses = ClausesFormSet(request.POST, prefix="clause")
    revision = entier(request.POST.get("_revision"))
    if not clauses.is_valid():
        return _page_de_saisie(request, ecrit, clauses, revision, statut=422)
    try:
        ecrits.ecrire(ecrit, clauses.clauses(), revision, request.user)
        if request.POST.get("vers") != "proposer":
            messages.success(request, "C’est enregistré.")
            encore = request.POST.get("vers") == "clause"
            return redirect(ecrit.adresse("ecrit_modifier") if encore else ecrit)
        ecrits.proposer(ecrit, ecrit.revision, request.user)
    except ecrits.EcritPerime as perime:
        changements = ecrits.differences(
            ecrits.en_texte(perime.actuel.clauses), ecrits.en_texte(clauses.clauses())
        )
        return _page_de_saisie(
            request, perime.actuel, clauses, perime.actuel.revision,
            statut=409, perime=str(perime), changements=changements,
        )  # fmt: skip
    except TransitionRefusee as refus:
        messages.info(request, f"C’est enregistré. {refus}")
        return redirect(ecrit)
    messages.success(request, PROPOSEE)
    return redirect(ecrit)


def _page_de_saisie(request, ecrit, clauses, revision, statut=200, **autres):
    contexte = {
        "ecrit": ecrit,
        "projet": ecrit.projet,
        "clauses": clauses,
        "revision": revision,
        "fil": fil(ecrit.projet, f"Écrire : {ecrit}"),
        **autres,
    }
    return render(request, "ressources/ecrits/modifier.html", contexte, status=statut)


# --- Put to signature, sign ----------------------------------------------------------------------
@require_POST
def proposer(request, projet, ecrit):
    """Put to signature the text that was on the page, as it is."""
    ecrit = _ecrit(request, projet, ecrit)
    try:
        ecrits.proposer(ecrit, entier(request.POST.get("_revision")), request.user)
        messages.success(request, PROPOSEE)
    except ecrits.EcritPerime as perime:
        messages.error(request, f"{perime} Relisez-le, puis proposez-le.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect(ecrit)


@never_cache
@require_POST
def signer(request, projet, ecrit):
    """« Lu et approuvé » of the last version, from one's space."""
    ecrit = _ecrit(request, projet, ecrit)
    version = ecrits.derniere(ecrit)
    if version is None:
        raise Http404
    moi = _moi(request, ecrit.projet)
    form = SignatureForm(request.POST)
    if form.is_valid():
        return _signer(request, version, moi, form, MoyenDeSignature.ESPACE, ecrit)
    contexte = _contexte(ecrit, version, moi, form)
    return render(request, "ressources/ecrits/ecrit.html", contexte, status=422)


def _signer(request, version, participation, form, moyen, suite):
    donnees = form.cleaned_data
    try:
        ecrits.signer(version, participation, donnees["nom"], donnees["empreinte"], moyen)
        messages.success(request, f"Vous avez signé « {version.ecrit} », version {version.numero}.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect(suite)


@login_not_required
@never_cache
@lire_ou_envoyer
def signer_par_lien(request, jeton):
    """The page of a mailed link: read, then sign, signed in or not. Opening it changes nothing."""
    try:
        trouves = ecrits.du_jeton(jeton)
    except ecrits.LienPerime as raison:
        return _lien_sans_suite(request, str(raison), 410)
    if trouves is None:
        raise Http404
    version, participation = trouves
    if request.user.is_authenticated and request.user.pk != participation.personne_id:
        return _lien_sans_suite(request, AUTRE_COMPTE, 403)
    form = SignatureForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        return _signer(request, version, participation, form, MoyenDeSignature.LIEN, request.path)
    contexte = {
        "ecrit": version.ecrit,
        "projet": version.ecrit.projet,
        "mention": A_RELIRE,
        "clauses": version.clauses,
        "fil": [(str(version.ecrit), None)],
        **_a_signer(version, participation, form),
    }
    return render(request, "ressources/ecrits/signer.html", contexte, status=422 if form else 200)


def _lien_sans_suite(request, raison, statut):
    """Why this link signs nothing, and where to sign: nothing of the text nor of the project."""
    contexte = {"raison": raison, "fil": [("Signer un texte", None)]}
    return render(request, "ressources/ecrits/lien_perime.html", contexte, status=statut)


# --- Take away -----------------------------------------------------------------------------------
@require_POST
def pdf(request, projet, ecrit, numero):
    """Ask for the document of a version, with its signatures of the moment."""
    trouvee = _version(_ecrit(request, projet, ecrit), numero)
    return repondre_un_document(request, "ecrit", {"version": trouvee.pk})


@never_cache
@require_safe
def odt(request, projet, ecrit, numero):
    """The same text, to be worked on elsewhere."""
    ecrit = _ecrit(request, projet, ecrit)
    trouvee = _version(ecrit, numero)
    mentions = [
        f"{ligne['ecrit']}, {ligne['voix'].lower()} : "
        + (
            f"lu et approuvé le {date_en_mots(timezone.localdate(ligne['signature'].signee_le))}"
            if ligne["signature"]
            else "n’a pas encore signé"
        )
        for ligne in ecrits.qui_signe(trouvee)
    ]
    mentions.append(f"Version {numero}, empreinte {trouvee.empreinte}")
    contenu = en_odt.ecrire(ecrit.titre, ecrit.projet.titre, trouvee.clauses, mentions)
    return en_piece(contenu, ODT, f"{ecrit.genre}-version-{numero}.odt")


def en_piece(contenu: bytes, mime: str, nom: str) -> HttpResponse:
    """A document made at once, to be saved."""
    reponse = HttpResponse(contenu, content_type=mime)
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse
