"""Who takes part in a project: create, invite, join, leave."""

import hashlib
import uuid
from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.enums import Voix
from ressources.models import InvitationAuProjet, Participation, Projet
from ressources.projets import avis

DUREE = timedelta(days=8)
OUVERTES_AU_PLUS = 10
# Within a day: an invitation is a mail to somebody who asked for nothing.
ENVOIS_A_UNE_ADRESSE, ENVOIS_D_UNE_PERSONNE = 3, 30
PROJETS_AU_PLUS = 50
SEL = "ressources.projet.invitation"
DEJA_SERVI = "Ce lien a déjà servi."
ANNULEE = "Cette invitation a été annulée. Demandez-en une nouvelle si vous l’attendiez."


class ProjetPerime(Exception):
    """Somebody changed the project meanwhile. ``actuel`` is the project as it now stands."""

    def __init__(self, actuel: Projet):
        super().__init__("Quelqu’un a changé le projet pendant que vous écriviez.")
        self.actuel = actuel


def creer(personne, voix: str, nom: str, **champs) -> Projet:
    """A new project with its first participant. Refused beyond fifty projects for one person."""
    if Projet.objects.de(personne).count() >= PROJETS_AU_PLUS:
        raise TransitionRefusee(f"Vous avez déjà {PROJETS_AU_PLUS} projets : quittez-en un.")
    with transaction.atomic():
        projet = Projet.objects.create(**champs)
        Participation.objects.create(projet=projet, personne=personne, nom=nom, voix=voix)
        consigner(projet, "creer", personne)
    return projet


def etat(projet: Projet) -> str:
    """A mark of what the form of the project shows: it changes when one of these does."""
    lus = (projet.titre, projet.resume, projet.fiche_id, projet.pas)
    return hashlib.sha256(repr(lus).encode()).hexdigest()[:16]


def modifier(change: Projet, lu: str, par) -> None:
    """Save ``change`` if the project is still what it was when its mark was ``lu``."""
    with transaction.atomic():
        actuel = Projet.objects.select_for_update().get(pk=change.pk)
        if etat(actuel) not in (lu, etat(change)):  # the same words sent twice are no conflict
            raise ProjetPerime(actuel)
        change.save()
        consigner(change, "modifier", par)


def avancer(projet: Projet, pas: str, coches: set[str], lus: set[str], par) -> Projet:
    """Keep the step and what is ticked of the path; the project as it then is.

    ``lus``: what the page showed ticked. Only what this person changed moves, so that two people
    who tick at the same time lose nothing.
    """
    with transaction.atomic():
        actuel = Projet.objects.select_for_update().get(pk=projet.pk)
        faits = (set(actuel.faits) | (coches - lus)) - (lus - coches)
        if (actuel.pas, set(actuel.faits)) != (pas, faits):
            actuel.pas, actuel.faits = pas, sorted(faits)
            actuel.save(update_fields=["pas", "faits", "modifie_le"])
            consigner(actuel, "avancer", par)
    return actuel


def inviter(projet: Projet, adresse: str, voix: str, par) -> InvitationAuProjet:
    """Mail a link to ``adresse``. Asking again for the same address sends a new link."""
    adresse = adresse.lower()
    with transaction.atomic():
        Projet.objects.select_for_update().get(pk=projet.pk)
        if projet.presents().filter(personne__email__iexact=adresse).exists():
            raise TransitionRefusee("Cette personne est déjà dans le projet.")
        if raison := _raison_d_attendre(adresse, par):
            raise TransitionRefusee(raison)
        projet.invitations.filter(courriel=adresse, acceptee_le=None, annulee_le=None).delete()
        if ouvertes(projet).count() >= OUVERTES_AU_PLUS:
            raise TransitionRefusee(f"{OUVERTES_AU_PLUS} invitations attendent déjà une réponse.")
        invitation = projet.invitations.create(courriel=adresse, voix=voix, creee_par=par)
        consigner(projet, "inviter", par)
        avis.inviter(invitation, jeton(invitation))
    return invitation


def _raison_d_attendre(adresse: str, par) -> str | None:
    """Why no mail goes to this address before tomorrow, whatever the project; None otherwise."""
    hier = timezone.now() - timedelta(days=1)
    if avis.invitations_envoyees(adresse, hier) >= ENVOIS_A_UNE_ADRESSE:
        return "Cette adresse a déjà reçu plusieurs invitations aujourd’hui. Attendez demain."
    envois = InvitationAuProjet.objects.filter(creee_par=par, creee_le__gt=hier)
    if envois.count() >= ENVOIS_D_UNE_PERSONNE:
        return f"Vous avez déjà envoyé {ENVOIS_D_UNE_PERSONNE} invitations aujourd’hui."
    return None


def ouvertes(projet):
    """Invitations neither used, nor cancelled, nor too old."""
    depuis = timezone.now() - DUREE
    return projet.invitations.filter(acceptee_le=None, annulee_le=None, creee_le__gt=depuis)


def annuler(projet: Projet, invitation: InvitationAuProjet, par) -> None:
    """Call an invitation back, before its link has served: it will not serve any more."""
    with transaction.atomic():
        siennes = ouvertes(projet).filter(pk=invitation.pk, creee_par=par)
        if siennes.update(annulee_le=timezone.now()) != 1:
            raise TransitionRefusee("Cette invitation n’attend plus de réponse.")
        consigner(projet, "annuler_invitation", par)


def jeton(invitation) -> str:
    """What the link carries: signed, and worth nothing without its row."""
    return signing.dumps(str(invitation.uuid), salt=SEL)


def du_jeton(texte: str) -> InvitationAuProjet | None:
    """The invitation of a link, open or not; None when the link was not made by the hub."""
    try:
        cle = uuid.UUID(signing.loads(texte, salt=SEL))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    return InvitationAuProjet.objects.select_related("projet").filter(uuid=cle).first()


def raison_de_ne_pas_rejoindre(invitation, personne) -> str | None:
    if invitation.acceptee_le:
        return DEJA_SERVI
    if invitation.annulee_le:
        return ANNULEE
    if invitation.creee_le <= timezone.now() - DUREE:
        return "Ce lien a plus de huit jours. Demandez une nouvelle invitation."
    if personne.email.lower() != invitation.courriel.lower():
        return (
            "Cette invitation a été envoyée à une autre adresse que celle de votre compte. "
            "Connectez-vous avec l’adresse qui l’a reçue, ou demandez une nouvelle invitation."
        )
    return None


def rejoindre(invitation, personne, nom: str) -> Participation:
    """Enter the project. The link serves once: the update acts on one row or refuses."""
    if raison := raison_de_ne_pas_rejoindre(invitation, personne):
        raise TransitionRefusee(raison)
    projet = invitation.projet
    try:
        with transaction.atomic():
            libres = ouvertes(projet).filter(pk=invitation.pk)
            if libres.update(acceptee_le=timezone.now()) != 1:
                raise TransitionRefusee("Ce lien ne sert plus.")
            participation = Participation.objects.create(
                projet=projet, personne=personne, nom=nom, voix=invitation.voix
            )
            consigner(projet, "rejoindre", personne)
    except IntegrityError:
        raise TransitionRefusee("Vous êtes déjà dans ce projet.") from None
    return participation


def renommer(projet: Projet, personne, nom: str) -> None:
    """Correct the name that one shows to the project; what is signed keeps the name signed with."""
    siennes = projet.presents().filter(personne=personne)
    with transaction.atomic():
        if siennes.update(nom=nom) != 1:
            raise TransitionRefusee("Vous n’êtes plus dans ce projet.")
        consigner(projet, "renommer", personne)


def quitter(projet: Projet, personne) -> None:
    """Leave, without a reason. What was written and signed together stays with the others."""
    siennes = projet.presents().filter(personne=personne)
    with transaction.atomic():
        if siennes.update(partie_le=timezone.now()) != 1:
            raise TransitionRefusee("Vous n’êtes plus dans ce projet.")
        consigner(projet, "quitter", personne)


def manque_une_voix(projet: Projet) -> str | None:
    """The side that nobody speaks for yet, in words."""
    presentes = set(projet.presents().values_list("voix", flat=True))
    manquantes = [voix.label.lower() for voix in Voix if voix not in presentes]
    return manquantes[0] if manquantes else None
