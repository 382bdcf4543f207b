"""Live sessions: writing an answer once per person, merging words, reading what may be shown."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from django.db import transaction

from consultation.enums import (
    EtatContribution,
    EtatQuestion,
    EtatSeance,
    GenreDeQuestion,
    Source,
)
from consultation.models import Contribution, Participant, QuestionDeSeance, Soutien
from consultation.models.seances import LONGUEUR
from consultation.saisie import empreinte
from consultation.transitions_de_seance import CLOSE
from hubpartenariat.socle.formats import cellule
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.typographie import sans_accents

PERSONNES_MINIMUM = 2  # a word said by one person could point at them
LIGNES_DE_PAPIER = 500
FERMEE = "Cette question n’accepte plus de réponses."


# --- Merging words, pure ---------------------------------------------------------------------
def cle_de_mot(mot: str) -> str:
    """Folded: without case, accents, punctuation around, nor the plural of each word."""
    mots = re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", sans_accents(mot).replace("’", "'"))
    return " ".join(_au_singulier(m) for m in mots)


_BORDS = ' \t\u00a0\u202f.,;:!?…«»"'
# Words whose end only looks like a plural.
_INVARIABLES = {
    *("acces", "avis", "choix", "concours", "corps", "deux", "discours", "faux", "heureux"),
    *("jaloux", "mieux", "parcours", "poids", "prix", "proces", "progres", "recours", "repos"),
    *("sens", "succes", "taux", "temps", "toujours", "voix"),
}


def _au_singulier(mot: str) -> str:
    """« patients » → « patient », « réseaux » → « réseau », « journaux » → « journal »."""
    if len(mot) < 4 or mot in _INVARIABLES or mot.endswith("ss"):
        return mot
    if mot.endswith("aux") and not mot.endswith("eaux"):
        return mot[:-3] + "al"
    return mot[:-1] if mot[-1] in "sx" else mot


@dataclass(frozen=True)
class Mot:
    """One word with its spellings merged. ``libelle``: the spelling most used."""

    cle: str
    libelle: str
    nombre: int


def fusionner(mots: Iterable[str]) -> list[Mot]:
    """Words said more than once come first; ties in alphabetical order."""
    graphies: dict[str, Counter] = {}
    for mot in mots:
        if cle := cle_de_mot(mot):
            graphies.setdefault(cle, Counter())[mot.strip(_BORDS)] += 1
    fondus = [
        Mot(cle, min(c, key=lambda g, c=c: (-c[g], g != g.lower(), len(g), g)), c.total())
        for cle, c in graphies.items()
    ]
    return sorted(fondus, key=lambda mot: (-mot.nombre, mot.cle))


# --- Writing ---------------------------------------------------------------------------------
def participant(seance, secret: str) -> Participant:
    """The browser that holds this secret, known from its first answer on."""
    return Participant.objects.get_or_create(seance=seance, empreinte=empreinte(secret))[0]


def repondre(question: QuestionDeSeance, secret: str, texte: str) -> None:
    """Write this person's answer; other words take the place of the first, and lose its « moi
    aussi ». The same words sent twice change nothing: what the room reads stays on the screen."""
    texte = texte[:LONGUEUR]
    with transaction.atomic():
        _ouverte(question)
        personne = participant(question.seance, secret)
        ancienne = Contribution.objects.filter(question=question, participant=personne).first()
        if ancienne and ancienne.texte == texte:
            return
        if ancienne:
            ancienne.soutiens.all().delete()
        ligne = Contribution(
            question=question, participant=personne, texte=texte, etat=_etat_initial(question)
        )
        Contribution.objects.bulk_create(
            [ligne],
            update_conflicts=True,
            unique_fields=["question", "participant"],
            update_fields=["texte", "etat"],
        )


def dire_moi_aussi(contribution: Contribution, secret: str) -> None:
    """Join an idea that is shown; joining twice counts once, and one's own idea is one's own."""
    question = contribution.question
    with transaction.atomic():
        _ouverte(question)
        if contribution.etat != EtatContribution.MONTREE:
            raise TransitionRefusee("Cette idée n’est pas montrée.")
        personne = participant(question.seance, secret)
        if contribution.participant_id != personne.pk:
            Soutien.objects.get_or_create(contribution=contribution, participant=personne)


def saisir_le_papier(question: QuestionDeSeance, lignes: str) -> int:
    """Answers written on paper, one per line, typed by the staff. Returns how many."""
    textes = [ligne.strip() for ligne in lignes.splitlines() if ligne.strip()]
    if longues := [t for t in textes if len(t) > LONGUEUR]:
        raise TransitionRefusee(
            f"« {longues[0][:60]}… » compte {len(longues[0])} signes, {LONGUEUR} au plus : "
            "partagez cette réponse ou raccourcissez-la. Rien n’a été saisi."
        )
    if len(textes) > LIGNES_DE_PAPIER:
        raise TransitionRefusee(f"Saisissez {LIGNES_DE_PAPIER} lignes au plus à la fois.")
    if not QuestionDeSeance.objects.filter(pk=question.pk).exclude(seance__etat=EtatSeance.CLOSE):
        raise TransitionRefusee(CLOSE)
    if question.genre == GenreDeQuestion.CHOIX:
        connus = {cle_de_mot(c): c for c in question.choix}
        inconnues = [t for t in textes if cle_de_mot(t) not in connus]
        if inconnues:
            raise TransitionRefusee(
                f"« {inconnues[0]} » n’est pas une des réponses possibles. Rien n’a été saisi."
            )
        textes = [connus[cle_de_mot(t)] for t in textes]
    Contribution.objects.bulk_create(
        Contribution(
            question=question, texte=t, etat=EtatContribution.MONTREE, source=Source.PAPIER
        )
        for t in textes
    )
    return len(textes)


def _ouverte(question: QuestionDeSeance) -> None:
    """Refuses unless the question is open now."""
    en_cours = QuestionDeSeance.objects.filter(
        pk=question.pk, etat=EtatQuestion.OUVERTE, seance__etat=EtatSeance.OUVERTE
    )
    if not en_cours.exists():
        raise TransitionRefusee(FERMEE)


def _etat_initial(question: QuestionDeSeance) -> str:
    if question.genre in GenreDeQuestion.ecrites():
        return EtatContribution.A_LIRE
    return EtatContribution.MONTREE


# --- Moderating --------------------------------------------------------------------------------
def cacher_le_mot(question: QuestionDeSeance, cle: str) -> None:
    """Take a word off the screen, for those who say it later too."""
    with transaction.atomic():
        gardee = QuestionDeSeance.objects.select_for_update().get(pk=question.pk)
        if cle and cle not in gardee.mots_caches:
            gardee.mots_caches.append(cle)
            gardee.save(update_fields=["mots_caches"])


def montrer_le_mot(question: QuestionDeSeance, cle: str) -> None:
    with transaction.atomic():
        gardee = QuestionDeSeance.objects.select_for_update().get(pk=question.pk)
        gardee.mots_caches = [mot for mot in gardee.mots_caches if mot != cle]
        gardee.save(update_fields=["mots_caches"])


# --- Reading -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Lecture:
    """What may be shown of one question: lines (words, count, share of the widest in %)."""

    question: QuestionDeSeance
    personnes: int
    lignes: list[tuple[str, int | None, int]]
    caches: list[Mot]
    retenus: int  # words said by one person only

    @property
    def assez(self) -> bool:
        return self.personnes >= PERSONNES_MINIMUM


def lire(question: QuestionDeSeance) -> Lecture:
    """What people read of this question. Two queries at most, whatever the number of answers."""
    if question.genre in GenreDeQuestion.ecrites():
        return _lire_les_textes(question)
    textes = list(question.contributions.montrees().values_list("texte", flat=True))
    if question.genre == GenreDeQuestion.CHOIX:
        comptes = Counter(textes)
        assez = len(textes) >= PERSONNES_MINIMUM
        lignes = [(c, comptes[c] if assez else None) for c in question.choix]
        return Lecture(question, len(textes), _avec_parts(lignes), [], 0)
    mots = fusionner(textes)
    visibles = [m for m in mots if m.cle not in question.mots_caches]
    montres = [m for m in visibles if m.nombre >= PERSONNES_MINIMUM]
    return Lecture(
        question,
        len(textes),
        _avec_parts([(m.libelle, m.nombre) for m in montres]),
        [m for m in mots if m.cle in question.mots_caches],
        len(visibles) - len(montres),
    )


def _lire_les_textes(question: QuestionDeSeance) -> Lecture:
    """Written answers that the facilitator has read, the most joined first, then by their words."""
    montrees = question.contributions.montrees().with_soutiens()
    rangees = sorted(
        montrees.values_list("texte", "nombre_de_soutiens"), key=lambda x: (-x[1], x[0])
    )
    if question.genre == GenreDeQuestion.MOI_AUSSI:
        lignes = _avec_parts([(texte, 1 + soutiens) for texte, soutiens in rangees])
    else:
        lignes = [(texte, None, 0) for texte, _ in rangees]
    return Lecture(question, question.contributions.count(), lignes, [], 0)


def _avec_parts(lignes: list[tuple[str, int | None]]) -> list[tuple[str, int | None, int]]:
    plus = max((n for _, n in lignes if n), default=0)
    return [(mot, n, round(100 * n / plus) if n and plus else 0) for mot, n in lignes]


def en_csv(seance) -> str:
    """Everything that was said, in no order of time; no key leads to anybody."""
    sortie = StringIO()
    sortie.write("\ufeff")
    ecrivain = csv.writer(sortie, delimiter=";")
    ecrivain.writerow(
        ["question", "genre", "proposition", "reponse", "moi_aussi", "etat", "source"]
    )
    lignes = (
        Contribution.objects.filter(question__seance=seance)
        .with_soutiens()
        .select_related("question__proposition")
        .order_by("question__ordre", "question", "texte", "pk")
    )
    for une in lignes:
        proposition = une.question.proposition
        ecrivain.writerow(
            [
                cellule(une.question.intitule),
                une.question.get_genre_display(),
                proposition.code if proposition else "",
                cellule(une.texte),
                une.nombre_de_soutiens,
                une.get_etat_display(),
                une.get_source_display(),
            ]
        )
    return sortie.getvalue()
