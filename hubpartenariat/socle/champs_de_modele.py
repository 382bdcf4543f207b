"""Model fields that several trades need."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


def codes(vocabulaire: type[models.TextChoices], libelle: str) -> ArrayField:
    """A field holding several codes of one vocabulary."""
    return ArrayField(
        models.CharField(max_length=30, choices=vocabulaire.choices),
        verbose_name=libelle,
        default=list,
        blank=True,
    )


def etiquettes(libelle: str) -> ArrayField:
    """A field holding free tags."""
    return ArrayField(
        models.CharField(max_length=60), verbose_name=libelle, default=list, blank=True
    )
