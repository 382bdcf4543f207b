"""What both sides conclude together, once unveiled: joint answers, then the agreement of each side.

Nobody concludes alone: one side says that the joint answers are theirs, the other says so of the
same words, and then nothing changes any more. Any change in between asks both again.
"""

from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.deux_voix import avis, calculs, lecture
from ressources.deux_voix.outils import OUTILS
from ressources.enums import EtatPassage
from ressources.models import Conclusion, Participation, Passage

PAS_A_DISCUTER = "Ce passage n’est pas à discuter : rechargez la page."
SEULS = (
    "C’est enregistré, mais personne de l’autre côté n’est dans le projet pour dire son accord : "
    "invitez quelqu’un."
)


class ConclusionsPerimees(Exception):
    """Somebody else saved the conclusions since this page was read."""


@transaction.atomic
def enregistrer(passage: Passage, version: int, lignes: dict[int, dict]) -> Passage:
    """Keep what both sides say of the criteria.

    ``lignes``: {number: {"code", "phrase", "action"}}. An agreement given to other words falls.
    Raises ConclusionsPerimees when somebody saved since ``version`` was read, TransitionRefusee
    when it is not the time.
    """
    passage = (
        Passage.objects.select_for_update(of=("self",))
        .select_related("accord_de")
        .get(pk=passage.pk)
    )
    if passage.etat != EtatPassage.A_DISCUTER:
        raise TransitionRefusee(PAS_A_DISCUTER)
    if passage.version != version:
        raise ConclusionsPerimees
    if _changent(passage, lignes):
        passage.accord_de = None
        passage.version += 1
        passage.save(update_fields=["version", "accord_de"])
        for numero, champs in lignes.items():
            Conclusion.objects.update_or_create(passage=passage, numero=numero, defaults=champs)
    return passage


def _changent(passage: Passage, lignes: dict[int, dict]) -> bool:
    gardees = {une.numero: une for une in passage.conclusions.all()}
    return any(
        numero not in gardees or getattr(gardees[numero], nom) != texte
        for numero, champs in lignes.items()
        for nom, texte in champs.items()
    )


@transaction.atomic
def accorder(passage: Passage, moi: Participation, version: int, lignes: dict[int, dict]):
    """Keep these words and say, for one's side, that they are final; the passage as it then is.

    With the other side's agreement to the same words it is concluded for good; without, the other
    side is told. Raises as ``enregistrer``, and TransitionRefusee when something is missing.
    """
    if manques := manquants(passage, lignes):
        raise TransitionRefusee(manques[0][1])
    passage = enregistrer(passage, version, lignes)
    deja = passage.accord_de
    # One person who has changed side does not agree with themself.
    if deja and deja.voix != moi.voix and deja.personne_id != moi.personne_id:
        passage.etat, passage.conclu_le = EtatPassage.TERMINE, timezone.now()
        passage.save(update_fields=["etat", "conclu_le"])
        consigner(passage, "terminer", moi.personne)
        avis.conclu(passage)
    elif deja != moi:
        passage.accord_de = moi
        passage.save(update_fields=["accord_de"])
        consigner(passage, "proposer_de_conclure", moi.personne)
        avis.accord_propose(passage, moi)
    return passage


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
