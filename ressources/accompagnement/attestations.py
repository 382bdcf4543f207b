"""Attestations: asked by one, co-signed by somebody of the other side, checked by anybody."""

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


def demander(participation: Participation, champs: dict) -> AttestationDeProjet:
    """Ask the other side to co-sign; they are told."""
    siennes = participation.attestations.filter(cosignee_le=None)
    if siennes.count() >= EN_ATTENTE_AU_PLUS:
        raise TransitionRefusee(f"{EN_ATTENTE_AU_PLUS} de vos demandes attendent déjà.")
    with transaction.atomic():
        une = AttestationDeProjet.objects.create(participation=participation, **champs)
        consigner(participation.projet, "demander_attestation", participation.personne)
        autres = participation.projet.presents().exclude(voix=participation.voix)
        for autre in autres.select_related("personne"):
            avis.attestation_demandee(une, autre)
    return une


def raison_de_ne_pas_cosigner(une: AttestationDeProjet, moi: Participation) -> str | None:
    if une.cosignee_le:
        return "Cette attestation est déjà cosignée."
    pour = une.participation
    if moi.personne_id == pour.personne_id or moi.voix == pour.voix:  # even back on the other side
        return "Une attestation est cosignée par une personne de l’autre côté."
    return None


def cosigner(une: AttestationDeProjet, moi: Participation) -> None:
    """Vouch for it; from then on it never changes. Two at once: one is refused."""
    if raison := raison_de_ne_pas_cosigner(une, moi):
        raise TransitionRefusee(raison)
    with transaction.atomic():
        faites = AttestationDeProjet.objects.filter(pk=une.pk, cosignee_le=None).update(
            cosignee_par=moi, cosignee_nom=moi.nom, cosignee_le=timezone.now()
        )
        if faites != 1:
            raise TransitionRefusee("Cette attestation est déjà cosignée.")
        une.refresh_from_db()
        consigner(une.participation.projet, "cosigner_attestation", moi.personne)
        avis.attestation_cosignee(une)


def du_code(texte: str) -> AttestationDeProjet | None:
    """The co-signed attestation of a printed code, however it is typed."""
    code = "".join(lettre for lettre in texte.upper() if lettre.isalnum())
    return AttestationDeProjet.objects.filter(code=code).exclude(cosignee_le=None).first()
