"""What happens to a use of a tool: opened, answered by each voice, unveiled, discussed, concluded.

Everything holds the row of the passage first: two voices that send at the same instant unveil it
once, and an answer never changes after.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.deux_voix import avis, calculs, lecture
from ressources.deux_voix.outils import OUTILS
from ressources.enums import EtatPassage
from ressources.models import Conclusion, Passage, ReponseDeVoix

DEVOILE = "Les deux voix ont répondu : leurs réponses ne changent plus."


class ConclusionsPerimees(Exception):
    """Somebody else saved the conclusions since this page was read."""


def ouvrir(projet, outil: str, personne) -> Passage:
    """A new use of the tool, or the one that still waits for answers."""
    try:
        with transaction.atomic():
            passage = Passage.objects.create(projet=projet, outil=outil)
            consigner(passage, "ouvrir", personne)
            return passage
    except IntegrityError:
        return Passage.objects.get(projet=projet, outil=outil, etat=EtatPassage.A_REPONDRE)


@dataclass(frozen=True)
class Envoi:
    """What one side sends."""

    codes: list[str]
    contredits: list[str]
    precision: str = ""


@transaction.atomic
def repondre(passage: Passage, personne, voix: str, envoi: Envoi) -> Passage:
    """Keep the answer of this voice, and unveil both when the other is in.

    Raises TransitionRefusee once unveiled: nobody adjusts an answer to the other's.
    """
    passage = Passage.objects.select_for_update().get(pk=passage.pk)
    if passage.devoile:
        raise TransitionRefusee(DEVOILE)
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


def _devoiler(passage: Passage) -> None:
    """Both are in: from now on everybody of the project reads both."""
    deux = lecture.reponses_devoilees(passage)
    passage.etat = EtatPassage.A_DISCUTER
    if not OUTILS[passage.outil].note and not calculs.comparer(*deux).desaccords:
        passage.etat, passage.conclu_le = EtatPassage.TERMINE, timezone.now()
    passage.devoile_le = timezone.now()
    passage.save(update_fields=["etat", "devoile_le", "conclu_le"])
    avis.devoile(passage)


@transaction.atomic
def conclure(passage: Passage, personne, version: int, lignes: dict[int, dict], *, finir: bool):
    """Save what both sides say of the criteria; with ``finir``, for good.

    ``lignes``: {number: {"code", "phrase", "action"}}. Raises ConclusionsPerimees when somebody
    saved since ``version`` was read, TransitionRefusee when it is not the time, or when something
    is missing and ``finir``.
    """
    if finir and (manques := manquants(passage, lignes)):
        raise TransitionRefusee(manques[0][1])
    tenu = Passage.objects.filter(pk=passage.pk, etat=EtatPassage.A_DISCUTER)
    if not tenu.filter(version=version).update(version=F("version") + 1):
        if tenu.exists():
            raise ConclusionsPerimees
        raise TransitionRefusee("Ce passage n’est pas à discuter : rechargez la page.")
    for numero, champs in lignes.items():
        Conclusion.objects.update_or_create(passage=passage, numero=numero, defaults=champs)
    if finir:
        tenu.update(etat=EtatPassage.TERMINE, conclu_le=timezone.now())
        consigner(passage, "terminer", personne)


def a_conclure(passage: Passage) -> list[int]:
    """Numbers of the criteria that wait for a joint answer: all of the barometer, what the two
    voices of a check-list disagree on."""
    outil = OUTILS[passage.outil]
    if outil.note:
        return [critere.numero for critere in outil.criteres]
    return list(calculs.comparer(*lecture.reponses_devoilees(passage)).desaccords)


def manquants(passage: Passage, lignes: dict[int, dict]) -> list[tuple[str, str]]:
    """[(name of the field, what is missing, in French)] before the passage can be concluded."""
    forts = set(calculs.comparer(*lecture.reponses_devoilees(passage)).forts)
    trouves = []
    for numero in a_conclure(passage):
        ligne = lignes.get(numero, {})
        if not ligne.get("code"):
            trouves.append((f"code-{numero}", "Choisissez une réponse commune."))
        if not ligne.get("phrase"):
            trouves.append((f"phrase-{numero}", "Dites en une phrase ce que vous en retenez."))
        if numero in forts and not ligne.get("action"):
            trouves.append((f"action-{numero}", "Deux niveaux d’écart ou plus : notez une action."))
    return trouves
