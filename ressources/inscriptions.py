"""Places of an event: taken, given back, handed to whoever waits, remembered two days before.

Everything that changes a place holds the row of the event first: two people never get the last one.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hubpartenariat.socle import courriel
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.enums import EtatEvenement, EtatInscription
from ressources.models import Evenement, Inscription

RAPPEL = timedelta(days=2)
REPONSES = {
    EtatEvenement.PUBLIE: "ressources/evenement_publie",
    EtatEvenement.REFUSE: "ressources/evenement_refuse",
}


def _tenir(evenement) -> Evenement:
    """The event as it is now, its row locked until the end of the transaction."""
    return Evenement.objects.select_for_update().get(pk=evenement.pk)


def _reste(evenement) -> bool:
    prises = evenement.inscriptions.filter(etat=EtatInscription.INSCRITE).count()
    return evenement.places is None or prises < evenement.places


@transaction.atomic
def inscrire(evenement, personne) -> Inscription:
    """Give a place, or a rank on the waiting list; asking twice changes nothing.

    Raises ``TransitionRefusee`` when the event is cancelled, begun or not published.
    """
    evenement = _tenir(evenement)
    if raison := evenement.refus_d_inscription():
        raise TransitionRefusee(raison)
    if deja := evenement.inscriptions.filter(personne=personne).first():
        return deja
    etat = EtatInscription.INSCRITE if _reste(evenement) else EtatInscription.EN_ATTENTE
    return Inscription.objects.create(evenement=evenement, personne=personne, etat=etat)


@transaction.atomic
def desinscrire(evenement, personne) -> bool:
    """Give the place back. True when there was one, or a rank, to give back."""
    evenement = _tenir(evenement)
    rendues, _ = evenement.inscriptions.filter(personne=personne).delete()
    promouvoir(evenement)
    return bool(rendues)


@transaction.atomic
def promouvoir(evenement) -> int:
    """Hand free places to those who wait, in their order, with a mail. How many were."""
    evenement, nombre = _tenir(evenement), 0
    if evenement.refus_d_inscription():
        return 0
    attente = evenement.inscriptions.filter(etat=EtatInscription.EN_ATTENTE)
    for une in attente.select_related("personne").order_by("demandee_le", "pk"):
        if not _reste(evenement):
            break
        Inscription.objects.filter(pk=une.pk).update(etat=EtatInscription.INSCRITE)
        _ecrire(une, evenement, "place_liberee")
        nombre += 1
    return nombre


def prevenir_de_l_annulation(evenement) -> None:
    """Write once to everybody who has a place or waits for one that it will not take place."""
    siennes = evenement.inscriptions.filter(personne__is_active=True).select_related("personne")
    for une in siennes:
        _ecrire(une, evenement, "evenement_annule")


def prevenir_du_changement(evenement) -> None:
    """Write to everybody who has a place or waits for one that the day, the hour or the place of
    a published event have changed."""
    if evenement.refus_d_inscription():
        return
    siennes = evenement.inscriptions.filter(personne__is_active=True).select_related("personne")
    for une in siennes:
        _ecrire(une, evenement, "evenement_deplace", evenement.tampon)


def repondre_a_la_proposition(evenement) -> None:
    """Whoever proposed the event learns whether it is published, and why not."""
    personne = evenement.organisateur
    if personne is None or not personne.is_active:
        return
    courriel.envoyer(
        personne.email,
        REPONSES[evenement.etat],
        _contexte(evenement, personne),
        cle=f"agenda:reponse:{evenement.pk}:{evenement.etat_depuis.isoformat()}",
    )


def rappeler(maintenant=None) -> int:
    """Write once to each person registered to what begins within two days. Safe to run twice."""
    maintenant = maintenant or timezone.now()
    proches = Inscription.objects.filter(
        etat=EtatInscription.INSCRITE,
        personne__is_active=True,
        evenement__etat=EtatEvenement.PUBLIE,
        evenement__debut__gt=maintenant,
        evenement__debut__lte=maintenant + RAPPEL,
    ).select_related("evenement", "personne")
    for une in proches:
        _ecrire(une, une.evenement, "rappel_evenement")
    return len(proches)


def _ecrire(inscription, evenement, gabarit: str, marque: str = "") -> None:
    """One mail for this registration and this date (or this ``marque``); a moved event is told
    again."""
    personne = inscription.personne
    courriel.envoyer(
        personne.email,
        f"ressources/{gabarit}",
        _contexte(evenement, personne),
        cle=f"agenda:{gabarit}:{inscription.pk}:{marque or evenement.debut.isoformat()}",
    )


def _contexte(evenement, personne) -> dict:
    return {
        "evenement": evenement,
        "nom": personne.get_short_name(),
        "adresse": settings.ADRESSE_PUBLIQUE + evenement.get_absolute_url(),
        "agenda": settings.ADRESSE_PUBLIQUE + reverse("agenda:liste"),
    }
