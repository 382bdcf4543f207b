"""Mails of what follows a mise en relation: that something is there, never what it says nor whose.

A patient partenaire is written to only while they agree to be (consent « contact »); everything is
in their space anyway.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from annuaire.enums import Cote
from hubpartenariat.comptes.consentements import Finalite, actif
from hubpartenariat.socle import courriel

RAISON_PATIENT = (
    "Vous recevez ce message car vous avez un profil de patient partenaire et acceptez d’être "
    "contacté par e-mail à ce sujet. Vous pouvez changer d’avis dans votre espace."
)
RAISON_EQUIPE = "Vous recevez ce message car vous faites partie d’une équipe de l’annuaire."
MISSION = {"demarrer": "mission_demarrer", "terminer": "mission_terminer"}
RAISON_SIGNALEMENT = "Vous recevez ce message car vous traitez les signalements du hub."


def absolue(chemin: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


def destinataires(relation, cote) -> list:
    """The people of one side who may be written to. A query or two."""
    if cote == Cote.PATIENT:
        personne = relation.profil.personne
        accepte = personne.is_active and actif(personne, Finalite.CONTACT)
        return [personne] if accepte else []
    if relation.appel_id:
        membres = relation.appel.equipe.filter(is_active=True)
        return list(membres.exclude(pk=relation.profil.personne_id).order_by("pk"))
    return [relation.repondant] if relation.repondant.is_active else []


def _ecrire(relation, cote, gabarit, adresse, cle, **contexte):
    for personne in destinataires(relation, cote):
        courriel.envoyer(
            personne.email,
            f"annuaire/{gabarit}",
            {
                "nom": personne.nom,
                "adresse": absolue(adresse),
                "raison": RAISON_PATIENT if cote == Cote.PATIENT else RAISON_EQUIPE,
                **contexte,
            },
            cle=f"{cle}:{personne.pk}",
        )


def message(message):
    """One mail for all that is unread: its key is the first message that waits."""
    relation, autre = message.relation, Cote(message.cote).autre
    en_attente = relation.messages.filter(cote=message.cote, lu_le=None).order_by("pk")
    premier = en_attente.values_list("pk", flat=True).first()
    adresse = reverse("annuaire:messages", args=[relation.uuid])
    _ecrire(relation, autre, "message", adresse, f"message:{premier}")


def mission(mission, action, *, a):
    """To one side: the other said that the mission starts, or ends."""
    adresse = reverse("annuaire:mission", args=[mission.uuid])
    cle = f"mission:{mission.pk}:{action}"
    _ecrire(mission.relation, a, MISSION[action], adresse, cle)


def cosignature_demandee(ligne):
    """To the team, once for all the lines that wait for it that day."""
    mission = ligne.mission
    adresse = reverse("annuaire:carnet_de_mission", args=[mission.uuid])
    cle = f"carnet:{mission.pk}:{timezone.localdate()}"
    _ecrire(mission.relation, Cote.EQUIPE, "cosignature_demandee", adresse, cle)


def cosignature_repondue(ligne):
    cle = f"carnet:{ligne.mission_id}:reponse:{timezone.localdate()}"
    _ecrire(
        ligne.mission.relation,
        Cote.PATIENT,
        "cosignature_repondue",
        reverse("annuaire:carnet"),
        cle,
    )


def traitent_les_signalements():
    """Active accounts that hold the right to read reports. One query."""
    droit = {
        "permissions__codename": "traiter_signalement",
        "permissions__content_type__app_label": "annuaire",
    }
    par_groupe = {f"groups__{cle}": valeur for cle, valeur in droit.items()}
    directs = {f"user_{cle}": valeur for cle, valeur in droit.items()}
    return (
        get_user_model()
        .objects.filter(Q(is_superuser=True) | Q(**par_groupe) | Q(**directs), is_active=True)
        .distinct()
        .order_by("pk")
    )


def signalement(signalement):
    """To those who may read it: that there is one."""
    adresse = reverse("admin:annuaire_signalement_change", args=[signalement.pk])
    for personne in traitent_les_signalements():
        courriel.envoyer(
            personne.email,
            "annuaire/signalement",
            {"nom": personne.nom, "adresse": absolue(adresse), "raison": RAISON_SIGNALEMENT},
            cle=f"signalement:{signalement.pk}:{personne.pk}",
        )


def signalement_traite(signalement):
    """To its author: that something moved."""
    auteur = signalement.auteur
    if auteur is None or not auteur.is_active:
        return
    courriel.envoyer(
        auteur.email,
        "annuaire/signalement_suivi",
        {"nom": auteur.nom, "adresse": absolue(reverse("annuaire:signalements"))},
        cle=f"signalement:{signalement.pk}:suivi:{signalement.etat}",
    )
