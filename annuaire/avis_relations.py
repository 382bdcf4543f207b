"""Mails of a mise en relation: that something awaits, never who, never about what illness.

A patient partenaire is written to only while they agree to be (consent « contact »); everything
is in their space anyway.
"""

from django.conf import settings
from django.urls import reverse

from annuaire.enums import Cote
from annuaire.sollicitations import consentants
from hubpartenariat.comptes.consentements import Finalite
from hubpartenariat.socle import courriel

RAISON_PATIENT = (
    "Vous recevez ce message car vous avez un profil de patient partenaire et acceptez d’être "
    "contacté par e-mail à ce sujet. Vous pouvez changer d’avis dans votre espace."
)
RAISON_EQUIPE = "Vous recevez ce message car vous faites partie d’une équipe qui cherche."
RAISON_TIERS = "Vous recevez ce message car vous êtes référent dans l’annuaire du hub."


def absolue(chemin: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


def au_patient(relation, issue: str) -> None:
    """Write to the patient partenaire, in the caller's transaction."""
    personne = relation.profil.personne
    if personne.is_active and consentants([personne.pk], Finalite.CONTACT):
        _ecrire(relation, issue, personne, Cote.PATIENT, RAISON_PATIENT)


def a_l_equipe(relation, issue: str) -> None:
    """Write to each member of the team, in the caller's transaction."""
    for personne in equipe(relation):
        _ecrire(relation, issue, personne, Cote.EQUIPE, RAISON_EQUIPE)


def a_l_autre(relation, cote, issue: str) -> None:
    """Write to the side that did not act."""
    if cote == Cote.EQUIPE:
        au_patient(relation, issue)
    else:
        a_l_equipe(relation, issue)


def au_tiers(relation) -> None:
    if relation.tiers:
        _ecrire(relation, "tiers", relation.tiers, None, RAISON_TIERS)


def equipe(relation) -> list:
    """The active accounts of the team side, never the candidate. One query."""
    if relation.appel_id:
        membres = relation.appel.equipe.filter(is_active=True)
        return list(membres.exclude(pk=relation.profil.personne_id).order_by("pk"))
    return [relation.repondant] if relation.repondant.is_active else []


def designation(relation, cote) -> str:
    """What it is about, in a mail. For a patient partenaire no title: it may name an illness."""
    if cote == Cote.PATIENT:
        return relation.appel.get_mission_display() if relation.appel_id else ""
    return str(relation.appel if relation.appel_id else relation.offre)


def _ecrire(relation, issue, personne, cote, raison) -> None:
    """One mail; its key holds the moment of the transition: never queued twice for the same."""
    objet = relation.appel if relation.appel_id else relation.offre
    moments = [relation.etat_depuis, objet.etat_depuis, relation.relance_le or relation.creee_le]
    courriel.envoyer(
        personne.email,
        f"annuaire/{issue}",
        {
            "nom": personne.nom,
            "patient": cote == Cote.PATIENT,
            "offre": bool(relation.offre_id),
            "quoi": designation(relation, cote),
            "adresse": absolue(reverse("annuaire:relation", args=[relation.uuid])),
            "raison": raison,
        },
        cle=f"relation:{relation.pk}:{issue}:{max(moments).isoformat()}:{personne.pk}",
    )
