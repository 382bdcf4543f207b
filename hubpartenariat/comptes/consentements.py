"""Consents: one receipt per purpose, dated, with the text agreed to; withdrawn in one click."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

JOURS_DE_VALIDITE = 365


class Finalite(models.TextChoices):
    APPARIEMENT = "appariement", "Me proposer des appels qui me correspondent"
    CONTACT = "contact", "M’écrire par e-mail à ce sujet"
    NOUVELLES = "nouvelles", "Recevoir les nouvelles de la communauté"
    STATISTIQUES = "statistiques", "Compter mon profil dans les chiffres du hub"


class Consentement(models.Model):
    """One yes of one person to one purpose. Withdrawn or renewed, it stays as a receipt."""

    personne = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="consentements",
        verbose_name="personne",
    )
    finalite = models.CharField("finalité", max_length=14, choices=Finalite)
    texte = models.TextField("texte accepté", max_length=2000)
    donne_le = models.DateTimeField("donné le", default=timezone.now)
    expire_le = models.DateTimeField("à reconfirmer avant le")
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "consentement"
        ordering = ["-donne_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "finalite"],
                condition=Q(retire_le=None),
                name="consentement_un_a_la_fois",
                violation_error_message="Ce consentement est déjà donné.",
            )
        ]

    def __str__(self):
        return f"{self.get_finalite_display()} ({self.donne_le:%d/%m/%Y})"
