"""The sheet of a project: what is aimed at, by whom it is steered, what was decided together."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from ressources.enums import Voix
from ressources.models.projets import Participation, Projet


class FicheProjet(models.Model):
    """One sheet by project, written by everyone in it."""

    projet = models.OneToOneField(Projet, models.CASCADE, related_name="fiche_projet")
    diagnostic = models.TextField("état des lieux partagé", max_length=4000, blank=True)
    objectifs = models.TextField("objectifs", max_length=4000, blank=True)
    plan = models.TextField("plan d’action", max_length=4000, blank=True)
    moyens = models.TextField("moyens", max_length=4000, blank=True)
    calendrier = models.TextField("calendrier", max_length=4000, blank=True)
    criteres = models.TextField("critères d’évaluation", max_length=4000, blank=True)
    # When criteria were first saved; nothing for those that were written before it was kept.
    criteres_le = models.DateTimeField("critères écrits le", null=True, editable=False)
    revision = models.PositiveIntegerField("révision", default=0, editable=False)
    modifiee_le = models.DateTimeField("modifiée le", auto_now=True)

    class Meta:
        verbose_name = "fiche projet"
        verbose_name_plural = "fiches projet"

    def __str__(self):
        return f"Fiche projet : {self.projet}"

    def get_absolute_url(self) -> str:
        return reverse("ressources:projet_fiche", args=[self.projet.uuid])


class MembreDuPilotage(models.Model):
    """One seat of the steering body: who, for which side, with or without a vote."""

    fiche = models.ForeignKey(FicheProjet, models.CASCADE, related_name="pilotage")
    nom = models.CharField("nom ou fonction", max_length=120)
    voix = models.CharField("parle comme", max_length=16, choices=Voix)
    vote = models.BooleanField("a une voix dans les décisions", default=False)

    class Meta:
        verbose_name = "membre du pilotage"
        verbose_name_plural = "membres du pilotage"
        ordering = ["pk"]

    def __str__(self):
        return self.nom


class Releve(models.Model):
    """What a meeting concluded: true once everyone who was in the project has said so."""

    projet = models.ForeignKey(Projet, models.CASCADE, related_name="releves")
    titre = models.CharField("objet de la réunion", max_length=150)
    tenue_le = models.DateField("date de la réunion")
    texte = models.TextField("conclusions", max_length=8000)
    revision = models.PositiveIntegerField("révision", default=0, editable=False)
    # Who was in the project when this text was written: they are asked, nobody else.
    attendus = ArrayField(
        models.BigIntegerField(), default=list, editable=False, verbose_name="à valider par"
    )
    cree_le = models.DateTimeField("créé le", auto_now_add=True)

    class Meta:
        verbose_name = "relevé de conclusions"
        verbose_name_plural = "relevés de conclusions"
        ordering = ["-tenue_le", "-pk"]

    def __str__(self):
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("ressources:releve", args=[self.projet.uuid, self.pk])


class Validation(models.Model):
    """« C’est bien ce que nous avons dit »: one person, one state of the text."""

    releve = models.ForeignKey(Releve, models.CASCADE, related_name="validations")
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="validations")
    revision = models.PositiveIntegerField("révision validée")
    validee_le = models.DateTimeField("validée le", auto_now_add=True)

    class Meta:
        verbose_name = "validation d’un relevé"
        verbose_name_plural = "validations des relevés"
        ordering = ["validee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["releve", "participation", "revision"],
                name="validation_une_par_personne_et_par_texte",
                violation_error_message="Vous avez déjà validé ce texte.",
            )
        ]

    def __str__(self):
        return f"{self.participation}, {self.releve}"
