"""What a project writes and signs: charter, mission letters. A signed version never changes."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ressources.enums import GenreEcrit, MoyenDeSignature
from ressources.models.projets import Participation, Projet


class EcritQuerySet(models.QuerySet):
    def visible_par(self, personne):
        """Those of the projects of this person; none for a visitor."""
        return self.filter(projet__in=Projet.objects.visible_par(personne))


class Ecrit(models.Model):
    """One text of a project. ``clauses`` is what is being written: [{"titre", "texte"}]."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    projet = models.ForeignKey(Projet, models.CASCADE, related_name="ecrits")
    genre = models.CharField("genre", max_length=8, choices=GenreEcrit)
    titre = models.CharField("titre", max_length=150)
    pour = models.ForeignKey(
        Participation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="lettres",
        verbose_name="pour qui est la lettre",
    )
    clauses = models.JSONField("clauses", default=list)
    revision = models.PositiveIntegerField("révision", default=0)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    objects = EcritQuerySet.as_manager()

    class Meta:
        verbose_name = "écrit d’un projet"
        verbose_name_plural = "écrits des projets"
        ordering = ["genre", "cree_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["projet"],
                condition=Q(genre="charte"),
                name="ecrit_une_charte_par_projet",
                violation_error_message="Ce projet a déjà sa charte.",
            ),
            models.CheckConstraint(
                name="ecrit_lettre_pour_quelqu_un",
                condition=Q(genre="charte", pour=None) | Q(genre="lettre", pour__isnull=False),
                violation_error_message="Une lettre de mission est pour une personne.",
            ),
        ]

    def __str__(self):
        return self.titre

    def get_absolute_url(self) -> str:
        return self.adresse()

    def adresse(self, nom: str = "ecrit", *args) -> str:
        """The address of one of its pages."""
        return reverse(f"ressources:{nom}", args=[self.projet.uuid, self.uuid, *args])


class Version(models.Model):
    """A text put to signature: frozen, numbered, known by its digest."""

    ecrit = models.ForeignKey(Ecrit, models.CASCADE, related_name="versions")
    numero = models.PositiveSmallIntegerField("numéro")
    clauses = models.JSONField("clauses")
    empreinte = models.CharField("empreinte", max_length=64)
    # Who was in the project that day: they are asked, nobody else.
    signataires = ArrayField(models.BigIntegerField(), verbose_name="signataires")
    proposee_par = models.ForeignKey(
        Participation, models.SET_NULL, null=True, related_name="+", verbose_name="proposée par"
    )
    proposee_le = models.DateTimeField("proposée le")

    class Meta:
        verbose_name = "version d’un écrit"
        verbose_name_plural = "versions des écrits"
        ordering = ["ecrit", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["ecrit", "numero"],
                name="version_numerotee_une_fois",
                violation_error_message="Cette version existe déjà.",
            )
        ]

    def __str__(self):
        return f"{self.ecrit}, version {self.numero}"


class Signature(models.Model):
    """« Lu et approuvé »: who, when, and the digest of what was read."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="signatures")
    participation = models.ForeignKey(
        Participation, models.SET_NULL, null=True, related_name="signatures"
    )
    nom = models.CharField("nom écrit par la personne", max_length=100)
    voix = models.CharField("voix", max_length=16)
    empreinte = models.CharField("empreinte", max_length=64)
    moyen = models.CharField("moyen", max_length=8, choices=MoyenDeSignature)
    signee_le = models.DateTimeField("signée le")

    class Meta:
        verbose_name = "signature"
        ordering = ["signee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "participation"],
                name="signature_une_par_personne",
                violation_error_message="Vous avez déjà signé cette version.",
            )
        ]

    def __str__(self):
        return f"{self.nom}, {self.version}"
