"""Live sessions: people in one room answer from their phones. Nothing says who they are.

While a session is open, a digest of a cookie keeps one answer per person; closing the session
deletes the digests: what was said stays, tied to nobody.
"""

import secrets
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from consultation.enums import (
    EtatContribution,
    EtatQuestion,
    EtatSeance,
    GenreDeQuestion,
    Source,
)
from consultation.models.questionnaire import Consultation, Proposition
from consultation.transitions_de_seance import TransitionsDeQuestion, TransitionsDeSeance
from hubpartenariat.socle.moderation import Moderable

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0, 1: read aloud, typed on a phone
LONGUEUR_DU_CODE = 6
LONGUEUR = 500


def nouveau_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR_DU_CODE))


class Seance(TransitionsDeSeance, Moderable):
    """One meeting, joined with a short code."""

    code = models.CharField("code", max_length=8, unique=True, default=nouveau_code, editable=False)
    titre = models.CharField("titre", max_length=150)
    date = models.DateField("date")
    consultation = models.ForeignKey(
        Consultation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="seances",
        verbose_name="consultation",
    )
    etat = models.CharField(
        "état",
        max_length=12,
        choices=EtatSeance,
        default=EtatSeance.PREPARATION,
        editable=False,
    )
    animee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="préparée par",
    )
    exemple = models.BooleanField("exemple", default=False, editable=False)

    class Meta:
        verbose_name = "séance"
        ordering = ["-date", "-pk"]

    def __str__(self):
        return self.titre

    def get_absolute_url(self):
        return reverse("seance:participer", args=[self.code])

    @property
    def en_cours(self):
        """The question that is open, or None. One query."""
        return self.questions.filter(etat=EtatQuestion.OUVERTE).first()


class QuestionQuerySet(models.QuerySet):
    def d_une_proposition(self, proposition):
        """What was asked about it in sessions that are over."""
        return self.filter(
            proposition=proposition, seance__etat=EtatSeance.CLOSE, etat=EtatQuestion.FERMEE
        ).select_related("seance")


class QuestionDeSeance(TransitionsDeQuestion, Moderable):
    """One question. ``mots_caches``: folded words that the facilitator took off the screen."""

    seance = models.ForeignKey(Seance, models.CASCADE, related_name="questions")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    genre = models.CharField("genre", max_length=10, choices=GenreDeQuestion)
    intitule = models.CharField("question", max_length=250)
    choix = ArrayField(
        models.CharField(max_length=120),
        verbose_name="réponses possibles, séparées par des virgules",
        default=list,
        blank=True,
    )
    proposition = models.ForeignKey(
        Proposition,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions_de_seance",
        verbose_name="à propos de la proposition",
    )
    etat = models.CharField(
        "état", max_length=10, choices=EtatQuestion, default=EtatQuestion.A_VENIR, editable=False
    )
    mots_caches = ArrayField(
        models.CharField(max_length=LONGUEUR), default=list, blank=True, editable=False
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question de séance"
        verbose_name_plural = "questions de séance"
        ordering = ["ordre", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_a_choix_avec_des_choix",
                condition=~Q(genre="choix") | Q(choix__len__gte=2),
                violation_error_message="Donnez au moins deux réponses possibles.",
            ),
            models.UniqueConstraint(
                fields=["seance"],
                condition=Q(etat="ouverte"),
                name="question_ouverte_une_a_la_fois",
            ),
        ]

    def __str__(self):
        return self.intitule


class Participant(models.Model):
    """A browser in the room, for the time of the session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seance = models.ForeignKey(Seance, models.CASCADE, related_name="participants")
    empreinte = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "participant"
        constraints = [
            models.UniqueConstraint(fields=["seance", "empreinte"], name="participant_une_fois")
        ]

    def __str__(self):
        return str(self.pk)


class ContributionQuerySet(models.QuerySet):
    def montrees(self):
        return self.filter(etat=EtatContribution.MONTREE)

    def with_soutiens(self):
        return self.annotate(nombre_de_soutiens=Count("soutiens"))


class Contribution(models.Model):
    """What one person, or one sheet of paper, answered to one question."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(QuestionDeSeance, models.CASCADE, related_name="contributions")
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, related_name="contributions"
    )
    texte = models.CharField("réponse", max_length=LONGUEUR)
    etat = models.CharField(
        "état", max_length=8, choices=EtatContribution, default=EtatContribution.A_LIRE
    )
    source = models.CharField("source", max_length=8, choices=Source, default=Source.WEB)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "contribution"
        constraints = [
            models.UniqueConstraint(
                fields=["question", "participant"], name="contribution_une_par_personne"
            )
        ]

    def __str__(self):
        return self.texte[:60]


class Soutien(models.Model):
    """« Moi aussi », once per person and idea."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="soutiens")
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, related_name="soutiens"
    )

    class Meta:
        verbose_name = "soutien"
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "participant"], name="soutien_un_par_personne"
            )
        ]

    def __str__(self):
        return str(self.pk)
