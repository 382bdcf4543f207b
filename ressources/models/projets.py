"""Projects: a light space that a team shares, professionals and patients partenaires alike."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ressources.enums import Pas, Voix


class ProjetQuerySet(models.QuerySet):
    def de(self, personne):
        """The projects in which ``personne`` takes part, today."""
        return self.filter(
            pk__in=Participation.objects.filter(personne=personne, partie_le=None).values("projet")
        )

    def visible_par(self, personne):
        """Those that ``personne`` may open: nobody but its participants; none for a visitor."""
        return self.de(personne) if personne.is_authenticated else self.none()


class Projet(models.Model):
    """What a team makes together. Everyone in it sees the same thing."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    titre = models.CharField("titre", max_length=150)
    resume = models.TextField("en quelques mots", max_length=1000, blank=True)
    fiche = models.ForeignKey(
        "cartographie.Fiche",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="projets",
        verbose_name="fiche de la cartographie",
    )
    structure = models.ForeignKey(
        "annuaire.Structure",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="projets",
        verbose_name="structure",
    )
    pas = models.CharField("étape", max_length=12, choices=Pas, default=Pas.IDEE)
    faits = ArrayField(
        models.CharField(max_length=16), verbose_name="signes atteints", default=list, blank=True
    )
    exemple = models.BooleanField("exemple", default=False, editable=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    objects = ProjetQuerySet.as_manager()

    class Meta:
        verbose_name = "projet"
        ordering = ["-modifie_le", "-pk"]

    def __str__(self):
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("ressources:projet", args=[self.uuid])

    def presents(self):
        """Who takes part today, in the order of their arrival."""
        return self.participations.filter(partie_le=None)

    def voix_de(self, personne) -> str | None:
        """The side (``Voix``) of this person in the project; None for somebody else."""
        return (
            self.participations.filter(personne=personne, partie_le=None)
            .values_list("voix", flat=True)
            .first()
        )


class Participation(models.Model):
    """One person in one project, with the side that they speak for."""

    projet = models.ForeignKey(
        Projet, models.CASCADE, related_name="participations", verbose_name="projet"
    )
    personne = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="participations",
        verbose_name="personne",
    )
    nom = models.CharField("nom montré au projet", max_length=100)
    voix = models.CharField("voix", max_length=16, choices=Voix)
    arrivee_le = models.DateTimeField("arrivée le", auto_now_add=True)
    partie_le = models.DateTimeField("partie le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "participation"
        ordering = ["arrivee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["projet", "personne"],
                condition=Q(partie_le=None),
                name="participation_une_par_personne",
                violation_error_message="Cette personne est déjà dans le projet.",
            )
        ]

    def __str__(self):
        return self.nom


class InvitationAuProjet(models.Model):
    """Somebody asked, by e-mail, to join a project. The link serves once, eight days."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    projet = models.ForeignKey(
        Projet, models.CASCADE, related_name="invitations", verbose_name="projet"
    )
    courriel = models.EmailField("adresse e-mail")
    voix = models.CharField("voix", max_length=16, choices=Voix)
    creee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="invité par"
    )
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    acceptee_le = models.DateTimeField("acceptée le", null=True, editable=False)
    # The row of a cancelled one stays: it counts among those that its author has sent.
    annulee_le = models.DateTimeField("annulée le", null=True, editable=False)

    class Meta:
        verbose_name = "invitation à un projet"
        verbose_name_plural = "invitations à des projets"
        ordering = ["-creee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["projet", "courriel"],
                condition=Q(acceptee_le=None, annulee_le=None),
                name="invitation_au_projet_une_par_adresse",
                violation_error_message="Cette personne est déjà invitée.",
            )
        ]

    def __str__(self):
        return f"{self.courriel} → {self.projet}"
