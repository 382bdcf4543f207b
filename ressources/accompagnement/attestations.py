"""Attestations: asked by one, co-signed or refused by the other side, checked by anybody.

They belong to the person, not to the project: whoever leaves keeps theirs.
"""

import uuid

from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.accompagnement import avis
from ressources.models import AttestationDeProjet, Participation

EN_ATTENTE_AU_PLUS = 20


def du_projet(projet):
    """Every attestation asked for in this project."""
    toutes = AttestationDeProjet.objects.filter(participation__projet=projet)
    return toutes.select_related("participation")


def de(personne):
    """Every attestation of this person, of the projects that they have left too."""
    siennes = AttestationDeProjet.objects.filter(participation__personne=personne)
    return siennes.select_related("participation__projet")


def refusee(participation: Participation, cle) -> AttestationDeProjet | None:
    """The refused request of this participant with this key (any text, or None)."""
    siennes = participation.attestations.filter(cosignee_le=None).exclude(refusee_le=None)
    try:
        return siennes.filter(uuid=uuid.UUID(cle)).first()
    except (TypeError, ValueError, AttributeError):  # nothing asked, or nothing of ours
        return None


def demander(participation: Participation, champs: dict, reprise=None) -> AttestationDeProjet:
    """Ask the other side to co-sign; they are told. ``reprise``: a refused request, corrected."""
    with transaction.atomic():
        Participation.objects.select_for_update().get(pk=participation.pk)  # two taps at once
        siennes = participation.attestations.filter(cosignee_le=None, refusee_le=None)
        une = siennes.filter(**champs).first()
        if une is None:
            une = _nouvelle(participation, champs, siennes.count())
        if reprise:
            reprise.delete()  # what was refused is asked again, in other words
    return une


def _nouvelle(participation: Participation, champs: dict, attendent: int) -> AttestationDeProjet:
    if attendent >= EN_ATTENTE_AU_PLUS:
        raise TransitionRefusee(f"{EN_ATTENTE_AU_PLUS} de vos demandes attendent déjà.")
    une = AttestationDeProjet.objects.create(participation=participation, **champs)
    consigner(participation.projet, "demander_attestation", participation.personne)
    autres = participation.projet.presents().exclude(voix=participation.voix)
    for autre in autres.select_related("personne"):
        avis.attestation_demandee(une, autre)
    return une


def retirer(une: AttestationDeProjet) -> None:
    """Take back a request that nobody has co-signed. Too late: refused."""
    with transaction.atomic():
        attendues = AttestationDeProjet.objects.filter(pk=une.pk, cosignee_le=None)
        if not attendues.delete()[0]:
            raise TransitionRefusee("Elle est déjà cosignée : elle reste à vous.")
        participation = une.participation
        consigner(participation.projet, "retirer_attestation", participation.personne)


def raison_de_ne_pas_cosigner(une: AttestationDeProjet, moi: Participation) -> str | None:
    if une.cosignee_le:
        return "Cette attestation est déjà cosignée."
    if une.refusee_le:
        return "Quelqu’un a déjà dit que ce n’est pas juste : cette demande est à corriger."
    pour = une.participation
    if moi.personne_id == pour.personne_id or moi.voix == pour.voix:  # even back on the other side
        return "Une attestation est cosignée par une personne de l’autre côté."
    return None


def cosigner(une: AttestationDeProjet, moi: Participation) -> None:
    """Vouch for it; from then on it never changes. Two at once: one is refused."""
    if raison := raison_de_ne_pas_cosigner(une, moi):
        raise TransitionRefusee(raison)
    with transaction.atomic():
        _repondre(une, cosignee_par=moi, cosignee_nom=moi.nom, cosignee_le=timezone.now())
        consigner(une.participation.projet, "cosigner_attestation", moi.personne)
        avis.attestation_cosignee(une)


def refuser(une: AttestationDeProjet, moi: Participation, motif: str) -> None:
    """Say what is not right in it; the one who asked is told, and may correct it."""
    if raison := raison_de_ne_pas_cosigner(une, moi):
        raise TransitionRefusee(raison)
    with transaction.atomic():
        _repondre(une, refusee_le=timezone.now(), motif=motif)
        consigner(une.participation.projet, "refuser_attestation", moi.personne)
        avis.attestation_refusee(une)


def _repondre(une: AttestationDeProjet, **champs) -> None:
    """Answer a request that waits: once, whoever is first."""
    attend = AttestationDeProjet.objects.filter(pk=une.pk, cosignee_le=None, refusee_le=None)
    if attend.update(**champs) != 1:
        raise TransitionRefusee("Quelqu’un vient de répondre à cette demande : rechargez la page.")
    une.refresh_from_db()


def du_code(texte: str) -> AttestationDeProjet | None:
    """The co-signed attestation of a printed code, however it is typed."""
    code = "".join(lettre for lettre in texte.upper() if lettre.isalnum())
    return AttestationDeProjet.objects.filter(code=code).exclude(cosignee_le=None).first()
