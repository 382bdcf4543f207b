"""« Signaler »: a private path to the team of the hub."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from annuaire.enums import EtatSignalement


class Signalement(models.Model):
    """Something that should not be. Read by the people who hold the right, and nobody else."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="signalements",
        verbose_name="auteur",
    )
    type_objet = models.ForeignKey(ContentType, models.CASCADE, verbose_name="type d’objet")
    cle_objet = models.CharField("clé de l’objet", max_length=64)
    objet = GenericForeignKey("type_objet", "cle_objet")
    texte = models.TextField("ce qui s’est passé", max_length=3000)
    etat = models.CharField(
        "état", max_length=10, choices=EtatSignalement, default=EtatSignalement.RECU
    )
    suite = models.TextField("réponse à la personne qui signale", max_length=3000, blank=True)
    cree_le = models.DateTimeField("reçu le", auto_now_add=True)

    class Meta:
        verbose_name = "signalement"
        ordering = ["-cree_le", "-pk"]
        permissions = [("traiter_signalement", "Peut lire et traiter les signalements")]

    def __str__(self):
        return f"Signalement du {self.cree_le:%d/%m/%Y}"
