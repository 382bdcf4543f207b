"""The glossary: terms in words of our own, those of fixtures/referentiels/glossaire.json."""

from django.db import models
from django.urls import reverse

from hubpartenariat.socle.champs_de_modele import etiquettes


class Terme(models.Model):
    """One term. Rows exist so that the search of the hub finds them; the file is the truth."""

    code = models.SlugField("code", max_length=60, unique=True)
    mot = models.CharField("mot", max_length=80)
    aussi = etiquettes("on dit aussi")
    definition = models.TextField("définition", max_length=1000)
    source = models.CharField("source", max_length=300)
    charge_le = models.DateTimeField("chargé le", auto_now=True)

    class Meta:
        verbose_name = "terme du glossaire"
        verbose_name_plural = "termes du glossaire"
        ordering = ["code"]

    def __str__(self):
        return self.mot

    def get_absolute_url(self) -> str:
        return f"{reverse('ressources:glossaire')}#{self.code}"
