"""Editions of the reports: numbered, frozen, read and annotated."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from hubpartenariat.socle.rapports import rapports
from hubpartenariat.socle.rapports.registre import TERRITOIRES
from hubpartenariat.syntheses.transitions import TransitionsDEdition

LIRE, PUBLIER = "syntheses.lire_edition", "syntheses.publier_edition"


class EtatEdition(models.TextChoices):
    BROUILLON = "brouillon", "Brouillon"
    PUBLIEE = "publiee", "Publiée"
    RETIREE = "retiree", "Retirée"


class EditionQuerySet(models.QuerySet):
    def visibles_par(self, personne):
        """What ``personne`` may know of: everything for the team; what was published, and the
        drafts they asked for, for reviewers; what is open for everybody."""
        ouvertes = Q(etat=EtatEdition.PUBLIEE, ouverte=True)
        if not personne.is_authenticated:
            return self.filter(ouvertes)
        if personne.has_perm(PUBLIER):
            return self
        if personne.has_perm(LIRE):
            return self.filter(~Q(etat=EtatEdition.BROUILLON) | Q(demandee_par=personne))
        return self.filter(ouvertes)

    def publiees(self):
        return self.filter(etat=EtatEdition.PUBLIEE)

    def ouvertes(self):
        return self.filter(etat=EtatEdition.PUBLIEE, ouverte=True)

    def with_lecture(self, personne):
        """Annotate ``lue``: whether ``personne`` marked it as read."""
        lectures = Lecture.objects.filter(edition=models.OuterRef("pk"), personne=personne.pk)
        return self.annotate(lue=models.Exists(lectures))

    def sans_donnees(self):
        """For lists: without the content, which is heavy."""
        return self.defer("donnees")


class Edition(TransitionsDEdition, models.Model):
    """One report at one date. Its data never change once published: see ``transitions``."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rapport = models.CharField("rapport", max_length=40)
    territoire = models.CharField("territoire", max_length=10)
    arretee_au = models.DateField("données lues le")
    annee = models.PositiveSmallIntegerField("année")
    numero = models.PositiveSmallIntegerField("numéro dans l’année", null=True, blank=True)
    etat = models.CharField(
        "état", max_length=10, choices=EtatEdition, default=EtatEdition.BROUILLON
    )
    donnees = models.JSONField("données", default=dict, editable=False)
    precedente = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, verbose_name="édition précédente"
    )
    ouverte = models.BooleanField("ouverte au public", default=False)
    motif = models.CharField("motif du retrait", max_length=300, blank=True)
    demandee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="demandée par",
    )
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "édition"
        verbose_name_plural = "éditions"
        ordering = ["-arretee_au", "-pk"]
        permissions = [
            ("lire_edition", "Peut lire les éditions publiées et en demander"),
            ("publier_edition", "Peut publier, retirer et ouvrir une édition"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rapport", "territoire", "annee", "numero"],
                condition=Q(numero__isnull=False),
                name="edition_numerotee_une_fois",
                violation_error_message="Cette édition porte déjà ce numéro.",
            ),
            models.CheckConstraint(
                condition=Q(etat="brouillon") | Q(numero__isnull=False, publiee_le__isnull=False),
                name="edition_publiee_numerotee",
                violation_error_message="Une édition publiée porte un numéro et une date.",
            ),
            models.CheckConstraint(
                condition=Q(ouverte=False) | Q(etat="publiee"),
                name="edition_ouverte_publiee",
                violation_error_message="Seule une édition publiée s’ouvre au public.",
            ),
            models.UniqueConstraint(
                fields=["rapport", "territoire", "arretee_au"],
                condition=Q(etat="brouillon"),
                name="un_brouillon_par_jour",
                violation_error_message="Ce brouillon existe déjà.",
            ),
        ]

    def __str__(self):
        return f"{self.titre}, {self.nom_du_territoire} ({self.libelle_du_numero})"

    def get_absolute_url(self) -> str:
        return reverse("syntheses:edition", args=[self.uuid])

    @property
    def titre(self) -> str:
        rapport = rapports().get(self.rapport)
        return rapport.titre if rapport else self.rapport

    @property
    def nom_du_territoire(self) -> str:
        return TERRITOIRES.get(self.territoire, self.territoire)

    @property
    def libelle_du_numero(self) -> str:
        """« édition 2026-2 », « brouillon »."""
        return f"édition {self.annee}-{self.numero}" if self.numero else "brouillon"

    @property
    def publiee(self) -> bool:
        return self.etat == EtatEdition.PUBLIEE

    @property
    def retiree(self) -> bool:
        return self.etat == EtatEdition.RETIREE

    @property
    def brouillon(self) -> bool:
        return self.etat == EtatEdition.BROUILLON


class Annotation(models.Model):
    """A remark of a reader on an edition, at a chapter or a page. Readers and the team see it."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="annotations", verbose_name="édition"
    )
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="auteur",
    )
    chapitre = models.CharField("chapitre", max_length=60, blank=True)
    page = models.PositiveSmallIntegerField("page du PDF", null=True, blank=True)
    texte = models.TextField("remarque", max_length=2000)
    creee_le = models.DateTimeField("écrite le", auto_now_add=True)

    class Meta:
        verbose_name = "annotation"
        verbose_name_plural = "annotations"
        ordering = ["creee_le", "pk"]

    def __str__(self):
        return f"Annotation {self.pk} de {self.edition_id}"


class Lecture(models.Model):
    """A reader said that they have read an edition."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="lectures", verbose_name="édition"
    )
    personne = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="personne"
    )
    lue_le = models.DateTimeField("lue le", auto_now_add=True)

    class Meta:
        verbose_name = "lecture"
        verbose_name_plural = "lectures"
        ordering = ["-lue_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "personne"],
                name="lecture_une_fois",
                violation_error_message="Vous avez déjà marqué cette édition comme lue.",
            )
        ]

    def __str__(self):
        return f"Lecture {self.pk} de {self.edition_id}"
