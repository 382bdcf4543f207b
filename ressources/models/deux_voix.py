"""Tools that each voice answers on its own: a use of one, its two answers, what both conclude."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ressources.enums import EtatPassage, OutilADeuxVoix, Voix


class PassageQuerySet(models.QuerySet):
    def visible_par(self, personne):
        """Those of the projects in which this person takes part; none for a visitor."""
        from ressources.models import Projet

        return self.filter(projet__in=Projet.objects.visible_par(personne))

    def devoiles(self):
        """Both voices are in."""
        return self.exclude(etat=EtatPassage.A_REPONDRE)

    def de_l_outil(self, outil: str):
        """The uses of one tool, the oldest first."""
        return self.filter(outil=outil).order_by("ouvert_le", "pk")


class Passage(models.Model):
    """One use of one tool by one project, at one date."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    projet = models.ForeignKey(
        "ressources.Projet", models.CASCADE, related_name="passages", verbose_name="projet"
    )
    outil = models.CharField("outil", max_length=12, choices=OutilADeuxVoix)
    etat = models.CharField(
        "état", max_length=12, choices=EtatPassage, default=EtatPassage.A_REPONDRE
    )
    ouvert_le = models.DateTimeField("ouvert le", auto_now_add=True)
    devoile_le = models.DateTimeField("dévoilé le", null=True, blank=True, editable=False)
    conclu_le = models.DateTimeField("conclu le", null=True, blank=True, editable=False)
    # Raised by each save of the conclusions: a save made from an older page is refused.
    version = models.PositiveIntegerField("version", default=0, editable=False)
    # Who said, for one side, that the joint answers as they stand are final: see conclusions.py.
    accord_de = models.ForeignKey(
        "ressources.Participation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="accord d’un côté",
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = "passage d’un outil à deux voix"
        verbose_name_plural = "passages d’outils à deux voix"
        ordering = ["-ouvert_le", "-pk"]
        permissions = [("lire_ensemble", "Lire les moyennes du baromètre, à partir de 5 paires")]
        constraints = [
            models.UniqueConstraint(
                fields=["projet", "outil"],
                condition=Q(etat="a_repondre"),
                name="passage_un_seul_a_repondre",
                violation_error_message="Un passage attend déjà les réponses des deux voix.",
            ),
            models.CheckConstraint(
                condition=Q(etat="a_repondre", devoile_le=None)
                | Q(etat__in=["a_discuter", "termine"], devoile_le__isnull=False),
                name="passage_devoile_a_une_date",
                violation_error_message="Un passage dévoilé porte la date où il l’a été.",
            ),
        ]

    def __str__(self):
        return f"{self.get_outil_display()} du {self.ouvert_le:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return self.adresse()

    @property
    def devoile(self) -> bool:
        return self.etat != EtatPassage.A_REPONDRE

    def adresse(self, suite: str = "page") -> str:
        """A page of this use: « page », « commun », « pdf », « json »; « passages »: of all."""
        cles = [self.projet.uuid] if suite == "passages" else [self.projet.uuid, self.uuid]
        return reverse(f"ressources:{self.outil}_{suite}", args=cles)


class ReponseDeVoix(models.Model):
    """What one side answered, all criteria at once, in the order of the tool. Blind until both are
    in: read through ``ressources/deux_voix/lecture.py`` alone."""

    passage = models.ForeignKey(
        Passage, models.CASCADE, related_name="reponses", verbose_name="passage"
    )
    voix = models.CharField("voix", max_length=16, choices=Voix)
    codes = ArrayField(models.CharField(max_length=8), verbose_name="réponses")
    # Criteria that the fiche of the project contradicts, and the words of the side about them.
    contredits = ArrayField(
        models.CharField(max_length=4), verbose_name="critères contredits", default=list, blank=True
    )
    precision = models.CharField("précision", max_length=300, blank=True)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="envoyée par",
    )
    envoyee_le = models.DateTimeField("envoyée le", auto_now=True)

    class Meta:
        verbose_name = "réponse d’une voix"
        verbose_name_plural = "réponses des deux voix"
        ordering = ["passage", "voix"]
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "voix"],
                name="reponse_une_par_voix",
                violation_error_message="Cette voix a déjà répondu.",
            )
        ]

    def __str__(self):
        return f"{self.get_voix_display()}, {self.passage}"

    @property
    def marque(self) -> str:
        """Changes each time this side sends: a page that shows older answers is told apart."""
        return self.envoyee_le.isoformat()


class Conclusion(models.Model):
    """What both sides say of one criterion, once they have talked."""

    passage = models.ForeignKey(
        Passage, models.CASCADE, related_name="conclusions", verbose_name="passage"
    )
    numero = models.PositiveSmallIntegerField(
        "numéro du critère", validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    code = models.CharField("réponse commune", max_length=8, blank=True)
    phrase = models.CharField("en une phrase", max_length=300, blank=True)
    action = models.CharField("action", max_length=300, blank=True)

    class Meta:
        verbose_name = "conclusion commune"
        verbose_name_plural = "conclusions communes"
        ordering = ["passage", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "numero"],
                name="conclusion_une_par_critere",
                violation_error_message="Ce critère a déjà une conclusion.",
            )
        ]

    def __str__(self):
        return f"{self.passage}, critère {self.numero}"
