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


def accord_propose(passage, de) -> None:
    """Tell the other side that this one finds the joint answers final: it is theirs to say so."""
    for une in _presents(passage).exclude(voix=de.voix):
        _ecrire(une, passage, "accord_propose", suite="commun", rang=passage.version)


def conclu(passage) -> None:
    """Tell everybody that both sides agreed, and where the document is."""
    for une in _presents(passage):
        _ecrire(une, passage, "passage_conclu")


def redemander(maintenant=None) -> int:
    """Write once to each participant, six months after the last check-list, or to the side that one
    still waits for. Safe to run twice."""
    maintenant = maintenant or timezone.now()
    derniers = (
        Passage.objects.filter(outil=OutilADeuxVoix.CHECK_LIST, projet__exemple=False)
        .order_by("projet_id", "-ouvert_le", "-pk")
        .distinct("projet_id")
        .select_related("projet")
    )
    nombre = 0
    for passage in derniers:
        attend = passage.etat == EtatPassage.A_REPONDRE
        if calculs.six_mois_apres(passage.ouvert_le if attend else passage.devoile_le) > maintenant:
            continue
        gabarit = "check_list_attend" if attend else "check_list_a_refaire"
        # A side that has answered has nothing more to do.
        repondu = passage.reponses.values("voix") if attend else []
        for une in _presents(passage).exclude(voix__in=repondu):
            _ecrire(une, passage, gabarit, suite="page" if attend else "passages")
            nombre += 1
    return nombre


def _ecrire(participation, passage, gabarit: str, suite: str = "page", rang: int = 0) -> None:
    """``suite``: the page it leads to. ``rang``: once for each, of mails that may come again."""
    personne = participation.personne
    courriel.envoyer(
        personne.email,
        f"ressources/{gabarit}",
        {
            "nom": participation.nom,
            "projet": passage.projet.titre,
            "outil": passage.get_outil_display(),
            "adresse": settings.ADRESSE_PUBLIQUE + passage.adresse(suite),
            "jour": passage.devoile_le or passage.ouvert_le,
            "raison": RAISON,
        },
        cle=f"passage:{passage.pk}:{gabarit}:{personne.pk}" + (f":{rang}" if rang else ""),
    )
