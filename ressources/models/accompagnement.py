"""A team that asks for support, who follows it, and what is looked at together in the end."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ressources.enums import EtatAccompagnement, Pas
from ressources.models.projets import Participation, Projet

A_PRENDRE = Q(etat=EtatAccompagnement.DEMANDE) | (
    Q(etat=EtatAccompagnement.SUIVI) & (Q(referent=None) | Q(referent__is_active=False))
)


class AccompagnementQuerySet(models.QuerySet):
    def a_prendre(self):
        """Those that wait for somebody: just asked, or followed by somebody who has left."""
        return self.filter(A_PRENDRE)

    def en_attente_d_abord(self):
        """Those that nobody follows yet, the oldest first; then those that wait for a meeting:
        never met first, then not met for the longest."""
        ordre = models.Case(
            models.When(A_PRENDRE, then=0),
            models.When(etat=EtatAccompagnement.SUIVI, then=1),
            default=2,
        )
        return self.annotate(
            ordre=ordre, dernier_contact=models.Max("rencontres__tenue_le")
        ).order_by("ordre", F("dernier_contact").asc(nulls_first=True), "demande_le", "pk")


class Accompagnement(models.Model):
    """One request for support by a project, and its follow-up."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    projet = models.ForeignKey(Projet, models.CASCADE, related_name="accompagnements")
    etat = models.CharField(
        "état", max_length=8, choices=EtatAccompagnement, default=EtatAccompagnement.DEMANDE
    )
    demande = models.TextField("ce que vous attendez", max_length=2000)
    demande_le = models.DateTimeField("demandé le", auto_now_add=True)
    referent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="accompagnements",
        verbose_name="référent",
    )
    pris_le = models.DateTimeField("suivi depuis le", null=True, blank=True)
    clos_le = models.DateTimeField("terminé le", null=True, blank=True)

    objects = AccompagnementQuerySet.as_manager()

    class Meta:
        verbose_name = "accompagnement"
        permissions = [("suivre_accompagnement", "Voir et suivre toutes les équipes accompagnées")]
        ordering = ["-demande_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["projet"],
                condition=~Q(etat="clos"),
                name="accompagnement_un_seul_ouvert",
                violation_error_message="Ce projet est déjà accompagné.",
            )
        ]

    def __str__(self):
        return f"Accompagnement : {self.projet}"

    def get_absolute_url(self) -> str:
        return reverse("ressources:accompagnement", args=[self.uuid])

    @property
    def a_prendre(self) -> bool:
        """As the QuerySet method of the same name says it."""
        if self.etat == EtatAccompagnement.DEMANDE:
            return True
        parti = self.referent is None or not self.referent.is_active
        return self.etat == EtatAccompagnement.SUIVI and parti

    @property
    def depuis(self):
        """When it came into its state; None where nobody wrote it down."""
        dates = {
            EtatAccompagnement.DEMANDE: self.demande_le,
            EtatAccompagnement.SUIVI: self.pris_le,
            EtatAccompagnement.CLOS: self.clos_le,
        }
        return dates[self.etat]


class Rencontre(models.Model):
    """One meeting of the support: what was decided, what comes next."""

    accompagnement = models.ForeignKey(
        Accompagnement, models.CASCADE, related_name="rencontres", verbose_name="accompagnement"
    )
    tenue_le = models.DateField("date de la rencontre")
    decisions = models.TextField("ce qui est décidé", max_length=4000)
    suites = models.TextField("la suite", max_length=2000, blank=True)
    pas = models.CharField("étape ce jour-là", max_length=12, choices=Pas, blank=True)
    ecrite_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "rencontre d’accompagnement"
        verbose_name_plural = "rencontres d’accompagnement"
        ordering = ["-tenue_le", "-pk"]

    def __str__(self):
        return f"Rencontre du {self.tenue_le:%d/%m/%Y}"


class Bilan(models.Model):
    """Two halves, filled together: what the project changed; how the partnership worked."""

    projet = models.OneToOneField(Projet, models.CASCADE, related_name="bilan")
    effets_patients = models.TextField("effets pour les patients", max_length=4000, blank=True)
    effets_equipe = models.TextField("effets pour l’équipe", max_length=4000, blank=True)
    effets_suite = models.TextField("ce qui restera", max_length=4000, blank=True)
    partenariat_bien = models.TextField("ce qui a bien marché", max_length=4000, blank=True)
    partenariat_mal = models.TextField("ce qui a été difficile", max_length=4000, blank=True)
    partenariat_autre = models.TextField(
        "ce que nous ferions autrement", max_length=4000, blank=True
    )
    revision = models.PositiveIntegerField("révision", default=0, editable=False)
    rendu_le = models.DateTimeField("rendu le", null=True, editable=False)
    rendu_revision = models.PositiveIntegerField("révision rendue", null=True, editable=False)
    accord_de = models.ForeignKey(
        Participation,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="accord d’un côté pour le rendre",
    )
    un_seul_cote = models.BooleanField("rendu par un seul côté", default=False, editable=False)

    class Meta:
        verbose_name = "bilan"

    def __str__(self):
        return f"Bilan : {self.projet}"

    def get_absolute_url(self) -> str:
        return reverse("ressources:bilan", args=[self.projet.uuid])
