"""Writing together, putting to signature, signing: what was signed never changes.

While it is written a text has a revision; a save from an older one is refused with both shown.
Put to signature, it becomes a version with a digest. Whatever changes afterwards is a new version,
and everybody is asked again.
"""

import hashlib
import json

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from hubpartenariat.socle.differences import Morceau, differences
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.enums import GenreEcrit, MoyenDeSignature, Voix
from ressources.models import Ecrit, Participation, Projet, Signature, Version
from ressources.projets import avis
from ressources.projets.clauses import modele

CLAUSES_AU_PLUS = 40
VERSIONS_AU_PLUS = 200
SEL = "ressources.signature"
DUREE_DU_LIEN = 8 * 24 * 3600


class EcritPerime(Exception):
    """Somebody saved meanwhile. ``actuel`` is the text as it now stands."""

    def __init__(self, actuel: Ecrit):
        super().__init__("Quelqu’un a enregistré ce texte pendant que vous écriviez.")
        self.actuel = actuel


# --- Writing -------------------------------------------------------------------------------------
def ouvrir_la_charte(projet: Projet, par) -> Ecrit:
    """The charter of the project, begun from our model the first time."""
    nom = str(projet.structure) if projet.structure_id else ""
    clauses = modele(GenreEcrit.CHARTE, projet=projet.titre, structure=nom)
    try:
        with transaction.atomic():
            charte, neuve = Ecrit.objects.get_or_create(
                projet=projet,
                genre=GenreEcrit.CHARTE,
                defaults={"titre": "Charte de partenariat", "clauses": clauses},
            )
            if neuve:
                consigner(projet, "ouvrir_charte", par)
    except IntegrityError:  # two at once: one of them made it
        charte = Ecrit.objects.get(projet=projet, genre=GenreEcrit.CHARTE)
    return charte


def ouvrir_une_lettre(projet: Projet, pour: Participation, par) -> Ecrit:
    """A mission letter for one participant, begun from our model."""
    mots = {
        "projet": projet.titre,
        "structure": str(projet.structure) if projet.structure_id else "",
        "personne": pour.nom,
        "voix": pour.get_voix_display(),
    }
    lettre = Ecrit.objects.create(
        projet=projet,
        genre=GenreEcrit.LETTRE,
        titre=f"Lettre de mission de {pour.nom}"[:150],
        pour=pour,
        clauses=modele(GenreEcrit.LETTRE, **mots),
    )
    consigner(projet, "ouvrir_lettre", par)
    return lettre


def ecrire(ecrit: Ecrit, clauses: list[dict], revision: int, par) -> None:
    """Save the clauses if nobody did since ``revision``; EcritPerime otherwise."""
    with transaction.atomic():
        faits = Ecrit.objects.filter(pk=ecrit.pk, revision=revision).update(
            clauses=clauses, revision=F("revision") + 1, modifie_le=timezone.now()
        )
        if faits != 1:
            raise EcritPerime(Ecrit.objects.get(pk=ecrit.pk))
        consigner(ecrit.projet, "ecrire", par, ecrit=str(ecrit.uuid))
    ecrit.refresh_from_db()


def empreinte(titre: str, clauses: list[dict]) -> str:
    """SHA-256 of the title and of the clauses, as JSON without spaces."""
    texte = json.dumps([titre, clauses], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()


def en_texte(clauses: list[dict]) -> str:
    """The clauses as one text, to be compared and read."""
    return "\n\n".join(f"{c['titre']}\n{c['texte']}" for c in clauses)


def ce_qui_change(avant: Version | None, clauses: list[dict]) -> list[Morceau]:
    """What separates a text from the version before it, word by word."""
    return differences(en_texte(avant.clauses) if avant else "", en_texte(clauses))


# --- Putting to signature ------------------------------------------------------------------------
def derniere(ecrit: Ecrit) -> Version | None:
    return ecrit.versions.order_by("-numero").first()


def signataires(ecrit: Ecrit) -> list[Participation]:
    """Who is asked: everybody for a charter; the person and the other side for a letter."""
    presents = list(ecrit.projet.presents())
    if ecrit.genre == GenreEcrit.CHARTE:
        return presents
    return [p for p in presents if p.pk == ecrit.pour_id or p.voix != ecrit.pour.voix]


def raison_de_ne_pas_proposer(ecrit: Ecrit, version: Version | None) -> str | None:
    if not ecrit.clauses:
        return "Écrivez au moins une clause."
    gens = signataires(ecrit)
    nouveaux = version and {p.pk for p in gens} - set(version.signataires)
    # The same text is put to signature again when somebody has come in since.
    if version and not nouveaux and version.empreinte == empreinte(ecrit.titre, ecrit.clauses):
        return "Ce texte est déjà celui de la dernière version."
    voix = {participation.voix for participation in gens}
    if len(voix) < len(Voix):
        return "Il faut une personne de chaque côté pour signer : invitez celle qui manque."
    return None


def proposer(ecrit: Ecrit, revision: int, par) -> Version:
    """Freeze the text as a new version and ask everybody to sign; they are mailed a link."""
    with transaction.atomic():
        Projet.objects.select_for_update().get(pk=ecrit.projet_id)
        ecrit.refresh_from_db()
        if ecrit.revision != revision:
            raise EcritPerime(ecrit)
        avant = derniere(ecrit)
        if raison := raison_de_ne_pas_proposer(ecrit, avant):
            raise TransitionRefusee(raison)
        numero = avant.numero + 1 if avant else 1
        if numero > VERSIONS_AU_PLUS:
            raise TransitionRefusee(f"{VERSIONS_AU_PLUS} versions au plus.")
        gens = signataires(ecrit)
        version = Version.objects.create(
            ecrit=ecrit,
            numero=numero,
            clauses=ecrit.clauses,
            empreinte=empreinte(ecrit.titre, ecrit.clauses),
            signataires=[participation.pk for participation in gens],
            proposee_par=ecrit.projet.presents().filter(personne=par).first(),
            proposee_le=timezone.now(),
        )
        consigner(ecrit.projet, "proposer", par, ecrit=str(ecrit.uuid), version=numero)
        for participation in gens:
            if participation.personne_id != getattr(par, "pk", None):
                avis.demander_une_signature(version, participation, jeton(version, participation))
    return version


def dernieres(projet: Projet) -> dict[int, Version]:
    """{text: its last version}, signatures included. Two queries for all the texts."""
    versions = Version.objects.filter(ecrit__projet=projet).order_by("ecrit_id", "-numero")
    return {v.ecrit_id: v for v in versions.distinct("ecrit_id").prefetch_related("signatures")}


# --- Signing -------------------------------------------------------------------------------------
def raison_de_ne_pas_signer(version: Version, participation: Participation | None) -> str | None:
    if participation is None or participation.partie_le:
        return "Seules les personnes du projet signent."
    if participation.pk not in version.signataires:
        return (
            "Vous avez rejoint le projet après cette version : proposez-en une nouvelle pour la "
            "signer. Le texte peut rester le même."
        )
    if Version.objects.filter(ecrit=version.ecrit_id, numero__gt=version.numero).exists():
        return "Une version plus récente existe : c’est elle qui se signe."
    if version.signatures.filter(participation=participation).exists():
        return "Vous avez déjà signé cette version."
    return None


def signer(version, participation, nom: str, lu: str, moyen=MoyenDeSignature.ESPACE) -> Signature:
    """« Lu et approuvé » of the text whose digest is ``lu``. Refused if it is another, or twice."""
    with transaction.atomic():
        # The same lock as proposing: nobody signs a version that is just being replaced.
        Projet.objects.select_for_update().get(pk=version.ecrit.projet_id)
        if raison := raison_de_ne_pas_signer(version, participation):
            raise TransitionRefusee(raison)
        if lu != version.empreinte:
            raise TransitionRefusee("Le texte que vous avez lu n’est pas celui de cette version.")
        signature = Signature.objects.create(
            version=version,
            participation=participation,
            nom=nom,
            voix=participation.voix,
            empreinte=lu,
            moyen=moyen,
            signee_le=timezone.now(),
        )
        consigner(
            version.ecrit.projet,
            "signer",
            participation.personne,
            ecrit=str(version.ecrit.uuid),
            version=version.numero,
        )
    return signature


def qui_signe(version: Version, equipe=None) -> list[dict]:
    """Every person asked, in the same order for all: name, side, when they signed or None.

    ``nom`` is theirs in the project; ``ecrit`` adds what they signed with when it is another.
    ``equipe``: every participation of the project, when the caller has read them already.
    """
    if equipe is None:
        equipe = Participation.objects.filter(pk__in=version.signataires)
    signatures = version.signatures.all()
    faites = {s.participation_id: s for s in signatures if s.participation_id}
    gens = [p for p in equipe if p.pk in version.signataires]
    lignes = [
        _ligne(p.nom, p.get_voix_display(), faites.get(p.pk), partie=p.partie_le is not None)
        for p in gens
    ]
    # Those who erased their account have signed all the same.
    lignes += [
        _ligne(s.nom, Voix(s.voix).label, s, partie=True)
        for s in signatures
        if s.participation_id is None
    ]
    return lignes


def _ligne(nom: str, voix: str, signature: Signature | None, *, partie: bool) -> dict:
    autre = signature and signature.nom != nom
    ecrit = f"{signature.nom} ({nom} dans le projet)" if autre else nom
    return {"nom": nom, "ecrit": ecrit, "voix": voix, "signature": signature, "partie": partie}


def jeton(version: Version, participation: Participation) -> str:
    """What a mailed link carries: this version, this person, this address, eight days; it signs
    once, since a person signs a version once."""
    adresse = participation.personne.email.lower()
    return signing.dumps([version.pk, participation.pk, adresse], salt=SEL)


def du_jeton(texte: str) -> tuple[Version, Participation] | None:
    """(version, participation) of a link; None when it was not made by the hub or is too old."""
    try:
        la_version, qui, adresse = signing.loads(texte, salt=SEL, max_age=DUREE_DU_LIEN)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    version = Version.objects.select_related("ecrit__projet").filter(pk=la_version).first()
    participation = (
        Participation.objects.select_related("personne")
        .filter(pk=qui, partie_le=None, personne__is_active=True, personne__email__iexact=adresse)
        .first()
    )
    return (version, participation) if version and participation else None
