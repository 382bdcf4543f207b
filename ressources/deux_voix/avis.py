"""Mails of the tools: your turn, both are in, six months have passed."""

from django.conf import settings
from django.utils import timezone

from hubpartenariat.socle import courriel
from ressources.deux_voix import calculs
from ressources.enums import EtatPassage, OutilADeuxVoix
from ressources.models import Participation, Passage

RAISON = "Vous recevez ce message car vous participez à ce projet sur le hub."


def _presents(passage):
    return Participation.objects.filter(
        projet=passage.projet, partie_le=None, personne__is_active=True
    ).select_related("personne")


def a_votre_tour(passage, voix: str) -> None:
    """Tell the other side, once, that this one has answered; its answers are in no mail."""
    for une in _presents(passage).exclude(voix=voix):
        _ecrire(une, passage, "a_votre_tour")


def devoile(passage) -> None:
    """Tell everybody that both are in."""
    for une in _presents(passage):
        _ecrire(une, passage, "passage_devoile")


def redemander(maintenant=None) -> int:
    """Write once to each participant, six months after the last check-list. Safe to run twice."""
    maintenant = maintenant or timezone.now()
    derniers = (
        Passage.objects.filter(outil=OutilADeuxVoix.CHECK_LIST, projet__exemple=False)
        .order_by("projet_id", "-ouvert_le", "-pk")
        .distinct("projet_id")
        .select_related("projet")
    )
    nombre = 0
    for passage in derniers:
        if passage.etat == EtatPassage.A_REPONDRE:
            continue
        if calculs.six_mois_apres(passage.devoile_le) > maintenant:
            continue
        for une in _presents(passage):
            _ecrire(une, passage, "check_list_a_refaire")
            nombre += 1
    return nombre


def _ecrire(participation, passage, gabarit: str) -> None:
    personne = participation.personne
    suite = "passages" if gabarit == "check_list_a_refaire" else "page"
    courriel.envoyer(
        personne.email,
        f"ressources/{gabarit}",
        {
            "nom": participation.nom,
            "projet": passage.projet.titre,
            "outil": passage.get_outil_display(),
            "adresse": settings.ADRESSE_PUBLIQUE + passage.adresse(suite),
            "jour": passage.devoile_le,
            "raison": RAISON,
        },
        cle=f"passage:{passage.pk}:{gabarit}:{personne.pk}",
    )
