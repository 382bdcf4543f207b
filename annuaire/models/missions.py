"""After both agreed: a mission followed lightly, feedback, and the private carnet d'engagement."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from annuaire.enums import Cote, EtatMission
from annuaire.transitions.carnet import TransitionsDeLigne
from annuaire.transitions.missions import TransitionsDeMission
from hubpartenariat.socle.moderation import Moderable


class MissionQuerySet(models.QuerySet):
    def de(self, personne):
        """Missions of which ``personne`` is a side, today: not those of a team that they left."""
        return self.filter(
            Q(relation__profil__personne=personne)
            | Q(relation__appel__in=personne.appels.all())
            | Q(relation__repondant=personne),
            relation__anonymise_le=None,
        )

    def du_patient(self, personne):
        return self.filter(relation__profil__personne=personne, relation__anonymise_le=None)

    def with_relation(self):
        """What pages and mails read around a mission, in the same query."""
        return self.select_related(
            "relation__profil__personne", "relation__appel__structure", "relation__structure"
        )


class MissionSuivie(TransitionsDeMission, Moderable):
    """What follows a double agreement: when it starts, who meets, when it ends."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    relation = models.OneToOneField(
        "annuaire.MiseEnRelation",
        models.CASCADE,
        related_name="mission",
        verbose_name="mise en relation",
    )
    etat = models.CharField(
        "état", max_length=12, choices=EtatMission, default=EtatMission.A_DEMARRER, editable=False
    )
    debut = models.DateField("début", null=True, blank=True)
    fin = models.DateField("fin", null=True, blank=True)
    creee_le = models.DateTimeField("créée le", auto_now_add=True)

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = "mission"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="mission_dates_en_ordre",
                condition=Q(fin__isnull=True)
                | Q(debut__isnull=True)
                | Q(fin__gte=models.F("debut")),
                violation_error_message="La fin ne peut pas précéder le début.",
            )
        ]

    def __str__(self):
        return f"Mission {self.pk}"


class Rencontre(models.Model):
    """A meeting of the two sides; both may note it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mission = models.ForeignKey(
        MissionSuivie, models.CASCADE, related_name="rencontres", verbose_name="mission"
    )
    quand = models.DateField("date")
    objet = models.CharField("objet", max_length=200)
    notee_par = models.CharField("notée par", max_length=8, choices=Cote)

    class Meta:
        verbose_name = "rencontre"
        ordering = ["quand", "pk"]

    def __str__(self):
        return self.objet


class Retour(models.Model):
    """What one side says of the mission when it ends."""

    mission = models.ForeignKey(
        MissionSuivie, models.CASCADE, related_name="retours", verbose_name="mission"
    )
    cote = models.CharField("côté", max_length=8, choices=Cote)
    satisfaction = models.PositiveSmallIntegerField(
        "satisfaction", validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    texte = models.TextField("ce que vous en retenez", max_length=2000, blank=True)
    montre_a_l_autre = models.BooleanField("montrer à l’autre côté", default=False)
    cree_le = models.DateTimeField("écrit le", auto_now_add=True)

    class Meta:
        verbose_name = "retour"
        ordering = ["cree_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "cote"],
                name="retour_un_par_cote",
                violation_error_message="Ce côté a déjà donné son retour.",
            )
        ]

    def __str__(self):
        return f"Retour ({self.get_cote_display()})"


class LigneQuerySet(models.QuerySet):
    def de(self, personne):
        """The private lines of ``personne``."""
        return self.filter(profil__personne=personne)

    def demandees(self):
        """Lines whose co-signature was asked for, answered or not: what a team may read."""
        return self.exclude(demandee_le=None)

    def a_cosigner(self):
        return self.demandees().filter(cosignee_le=None, declinee_le=None)

    def cosignees(self):
        return self.exclude(cosignee_le=None)


class LigneDeCarnet(TransitionsDeLigne, models.Model):
    """One engagement in somebody's private carnet, co-signed by the team when it happened.

    Nobody else reads it until its owner asks for the co-signature; from then on it is locked.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    profil = models.ForeignKey(
        "annuaire.Profil", models.CASCADE, related_name="carnet", verbose_name="profil"
    )
    mission = models.ForeignKey(
        MissionSuivie,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="lignes",
        verbose_name="mission",
    )
    quand = models.DateField("date")
    heures = models.DecimalField(
        "heures",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0.25), MaxValueValidator(200)],
    )
    role = models.CharField("rôle tenu", max_length=160)
    description = models.TextField("ce que j’ai fait", max_length=1500, blank=True)
    demandee_le = models.DateTimeField("co-signature demandée le", null=True, editable=False)
    declinee_le = models.DateTimeField("co-signature déclinée le", null=True, editable=False)
    cosignee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="co-signée par",
    )
    cosignee_le = models.DateTimeField("co-signée le", null=True, editable=False)
    creee_le = models.DateTimeField("écrite le", auto_now_add=True)

    objects = LigneQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du carnet d’engagement"
        verbose_name_plural = "carnet d’engagement"
        ordering = ["quand", "pk"]
        constraints = [
            models.CheckConstraint(
                name="carnet_cosigne_avec_mission",
                condition=Q(cosignee_le__isnull=True) | Q(mission__isnull=False),
                violation_error_message="Seule une ligne liée à une mission se co-signe.",
            ),
            models.CheckConstraint(
                name="carnet_cosigne_ou_decline",
                condition=Q(cosignee_le__isnull=True) | Q(declinee_le__isnull=True),
                violation_error_message="Une ligne co-signée n’est pas déclinée.",
            ),
        ]

    def __str__(self):
        return f"{self.quand:%d/%m/%Y} {self.role}"
