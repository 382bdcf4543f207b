"""What happens to a use of a tool: opened, answered by each voice, unveiled (see also
``conclusions.py``: talked over, then concluded).

Everything holds the row of the passage first: two voices that send at the same instant unveil it
once, and an answer never changes after.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.deux_voix import avis, calculs, lecture
from ressources.deux_voix.outils import OUTILS
from ressources.enums import EtatPassage
from ressources.models import Participation, Passage, ReponseDeVoix

DEVOILE = "Les deux voix ont répondu : leurs réponses ne changent plus."
DEUX_COTES = (
    "Vous avez parlé pour l’autre côté de ce projet, et vous avez pu lire ses réponses. "
    "Une autre personne de votre côté peut répondre ; ou l’autre côté renvoie les siennes."
)


def ouvrir(projet, outil: str, personne) -> Passage:
    """A new use of the tool, or the one that still waits for answers."""
    try:
        with transaction.atomic():
            passage = Passage.objects.create(projet=projet, outil=outil)
            consigner(passage, "ouvrir", personne)
            return passage
    except IntegrityError:
        return Passage.objects.get(projet=projet, outil=outil, etat=EtatPassage.A_REPONDRE)


class ReponsesPerimees(Exception):
    """Somebody of the same side sent answers since this page was read."""


@dataclass(frozen=True)
class Envoi:
    """What one side sends. ``lue``: the mark of the answers of this side that its page showed (see
    ``ReponseDeVoix.marque``), "" for none; None replaces whatever is there."""

    codes: list[str]
    contredits: list[str]
    precision: str = ""
    lue: str | None = None


def raison_de_ne_pas_repondre(passage: Passage, personne, voix: str) -> str | None:
    """Whoever left the other side after it had answered could read its answers: not blind.

    Two queries at most. The other side sends again, and what was read no longer counts.
    """
    if passage.devoile:
        return DEVOILE
    autres = Participation.objects.filter(projet=passage.projet_id, personne=personne)
    departs = autres.exclude(voix=voix).exclude(partie_le=None).values_list("partie_le", flat=True)
    if (depart := max(departs, default=None)) is None:
        return None
    lues = passage.reponses.exclude(voix=voix).filter(envoyee_le__lte=depart)
    return DEUX_COTES if lues.exists() else None


@transaction.atomic
def repondre(passage: Passage, personne, voix: str, envoi: Envoi) -> Passage:
    """Keep the answer of this voice, and unveil both when the other is in.

    Raises TransitionRefusee once unveiled, or to whoever read the other side: nobody adjusts an
    answer to the other's. ReponsesPerimees when a colleague has sent since ``envoi.lue``.
    """
    passage = Passage.objects.select_for_update().get(pk=passage.pk)
    if raison := raison_de_ne_pas_repondre(passage, personne, voix):
        raise TransitionRefusee(raison)
    if envoi.lue is not None and envoi.lue != _marque(passage, voix):
        raise ReponsesPerimees
    ReponseDeVoix.objects.update_or_create(
        passage=passage,
        voix=voix,
        defaults={
            "codes": envoi.codes,
            "contredits": envoi.contredits,
            "precision": envoi.precision,
            "auteur": personne,
        },
    )
    consigner(passage, "repondre", personne, voix=str(voix))
    if passage.reponses.count() == 2:
        _devoiler(passage)
    else:
        avis.a_votre_tour(passage, voix)
    return passage


def _marque(passage: Passage, voix: str) -> str:
    une = passage.reponses.filter(voix=voix).first()
    return une.marque if une else ""


def _devoiler(passage: Passage) -> None:
    """Both are in: from now on everybody of the project reads both."""
    deux = lecture.reponses_devoilees(passage)
    passage.etat = EtatPassage.A_DISCUTER
    if not OUTILS[passage.outil].note and not calculs.comparer(*deux).desaccords:
        passage.etat, passage.conclu_le = EtatPassage.TERMINE, timezone.now()
    passage.devoile_le = timezone.now()
    passage.save(update_fields=["etat", "devoile_le", "conclu_le"])
    avis.devoile(passage)
