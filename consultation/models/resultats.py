"""Results as they were published: frozen, numbered, quoted everywhere with their fingerprint."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from consultation.models.questionnaire import Consultation


class VersionDeResultats(models.Model):
    """One counting. ``contenu`` holds only what may be published: nothing hidden is in it.

    See resultats.py for its shape. A version is never edited; a correction is a new one.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="resultats")
    numero = models.PositiveSmallIntegerField("numéro")
    repondants = models.PositiveIntegerField("nombre de répondants")
    contenu = models.JSONField("contenu")
    empreinte = models.CharField("empreinte", max_length=64)
    note = models.TextField("note de publication", max_length=2000, blank=True)
    faite_le = models.DateTimeField("comptée le", auto_now_add=True)
    publiee_le = models.DateTimeField("publiée le")
    publiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "version de résultats"
        verbose_name_plural = "versions de résultats"
        ordering = ["consultation", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "numero"], name="resultats_numero_unique"
            )
        ]

    def __str__(self):
        return f"{self.consultation}, résultats version {self.numero}"

    def get_absolute_url(self):
        return reverse("consultation:resultats", args=[self.consultation.slug])

    @property
    def citation(self) -> str:
        """« version 1 du 3 décembre 2026, 78 réponses, empreinte 1a2b3c4d5e6f »."""
        from django.utils.formats import date_format
        from django.utils.timezone import localtime

        jour = date_format(localtime(self.publiee_le), "j F Y")
        return (
            f"version {self.numero} du {jour}, {self.repondants} réponses, "
            f"empreinte {self.empreinte[:12]}"
        )
