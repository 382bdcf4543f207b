"""Référents: people trusted by a territory or a hospital group, and what they cover."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hubpartenariat.socle.champs_de_modele import codes
from hubpartenariat.socle.vocabulaires import Territoire


class PerimetreQuerySet(models.QuerySet):
    def en_vigueur(self):
        """Those whose end has not come."""
        return self.filter(Q(jusqu_au=None) | Q(jusqu_au__gte=timezone.localdate()))


class Perimetre(models.Model):
    """What one référent covers. Shown publicly only with their agreement."""

    personne = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="perimetres", verbose_name="personne"
    )
    departements = codes(Territoire, "territoires couverts")
    groupe = models.CharField("groupe hospitalier ou réseau", max_length=160, blank=True)
    presentation = models.TextField("présentation", max_length=600, blank=True)
    public = models.BooleanField("montrer mon nom sur la page des référents", default=False)
    depuis = models.DateField("depuis", auto_now_add=True)
    jusqu_au = models.DateField("jusqu’au", null=True, blank=True)

    objects = PerimetreQuerySet.as_manager()

    class Meta:
        verbose_name = "périmètre de référent"
        verbose_name_plural = "périmètres de référents"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="perimetre_quelque_part",
                condition=Q(departements__len__gt=0) | ~Q(groupe=""),
                violation_error_message="Un référent couvre un territoire ou un groupe.",
            )
        ]

    def __str__(self):
        return f"{self.personne} : {', '.join(self.departements) or self.groupe}"
