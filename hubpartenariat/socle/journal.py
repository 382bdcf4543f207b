"""Who did what, when, to which object: kept for moderation history and for accountability."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class EntreeJournal(models.Model):
    """One act of one person on one object. Holds no text that a person typed, only facts."""

    quand = models.DateTimeField("quand", auto_now_add=True)
    qui = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="qui",
    )
    action = models.CharField("action", max_length=60)
    type_objet = models.ForeignKey(ContentType, models.CASCADE, verbose_name="type d’objet")
    cle_objet = models.CharField("clé de l’objet", max_length=64)
    objet = GenericForeignKey("type_objet", "cle_objet")
    detail = models.JSONField("détail", default=dict, blank=True)

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "journal"
        ordering = ["-quand", "-pk"]
        indexes = [models.Index(fields=["type_objet", "cle_objet", "-quand"])]

    def __str__(self):
        return f"{self.quand:%d/%m/%Y %H:%M} {self.action}"


def consigner(objet: models.Model, action: str, qui=None, **detail) -> EntreeJournal:
    """Write one line of the journal about ``objet``, in the caller's transaction."""
    return EntreeJournal.objects.create(
        type_objet=ContentType.objects.get_for_model(objet),
        cle_objet=str(objet.pk),
        action=action,
        qui=qui if getattr(qui, "is_authenticated", False) else None,
        detail=detail,
    )


def histoire(objet: models.Model) -> models.QuerySet[EntreeJournal]:
    """The journal of one object, latest first. One query."""
    return EntreeJournal.objects.filter(
        type_objet=ContentType.objects.get_for_model(objet), cle_objet=str(objet.pk)
    ).select_related("qui")
