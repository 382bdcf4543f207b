"""What people answered. Nothing here says who: no account, no address, no time of day."""

import uuid

from django.db import models
from django.db.models import Q

from consultation.enums import Doute, EtatReponse, EtatVerbatim, Source
from consultation.managers import RemarqueQuerySet, ReponseQuerySet
from consultation.models.questionnaire import (
    College,
    Consultation,
    Echelle,
    Modalite,
    Proposition,
    Questionnaire,
)

PRIORITES_MAX = 3


class Reponse(models.Model):
    """One person's answer, from the first page to the end.

    ``empreinte`` is the digest of the secret of the private link, which the hub does not keep.
    ``profil`` maps question code to category code; it is copied when sending and read from here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="reponses")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="reponses")
    empreinte = models.CharField(  # noqa: DJ001 — none for paper and imports
        "empreinte du lien", max_length=64, unique=True, null=True, editable=False
    )
    etat = models.CharField(
        "état", max_length=10, choices=EtatReponse, default=EtatReponse.BROUILLON
    )
    source = models.CharField("source", max_length=8, choices=Source, default=Source.WEB)
    # Key of the line it was imported from: the same file read twice changes nothing.
    cle_import = models.CharField(  # noqa: DJ001 — none for the others
        "clé d’import", max_length=64, null=True, editable=False
    )
    ordre_des_themes = models.JSONField("ordre des thèmes", default=list)
    profil = models.JSONField("profil", default=dict)
    college = models.ForeignKey(
        College, models.PROTECT, null=True, blank=True, related_name="reponses"
    )
    # Page of the form → how many saves, and by which drawn page: refuses a stale save.
    versions = models.JSONField("enregistrements par page", default=dict, editable=False)
    # Kept, not counted until somebody has looked: see consultation/doutes.py.
    douteuse = models.BooleanField("à vérifier avant de compter", default=False)
    doute = models.CharField("pourquoi", max_length=12, choices=Doute, blank=True)
    commencee_le = models.DateField("commencée le", auto_now_add=True)
    modifiee_le = models.DateField("modifiée le", auto_now=True)
    envoyee_le = models.DateField("envoyée le", null=True, blank=True)

    objects = ReponseQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse"
        verbose_name_plural = "réponses"
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "cle_import"], name="reponse_importee_une_fois"
            ),
            models.CheckConstraint(
                name="reponse_envoyee_datee",
                condition=Q(etat="brouillon") | Q(envoyee_le__isnull=False),
            ),
        ]

    def __str__(self):
        return f"réponse {self.pk}"


class Avis(models.Model):
    """One choice: person × proposition × scale. ``modalite`` None: « ne se prononce pas »."""

    reponse = models.ForeignKey(Reponse, models.CASCADE, related_name="avis")
    proposition = models.ForeignKey(Proposition, models.PROTECT, related_name="avis")
    echelle = models.ForeignKey(Echelle, models.PROTECT, related_name="avis")
    modalite = models.ForeignKey(
        Modalite, models.PROTECT, null=True, blank=True, related_name="avis"
    )

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        constraints = [
            models.UniqueConstraint(
                fields=["reponse", "proposition", "echelle"],
                name="avis_un_par_personne",
                violation_error_message="Une personne donne un seul avis sur cette échelle.",
            )
        ]

    def __str__(self):
        return f"{self.proposition_id}/{self.echelle_id}"


class Priorite(models.Model):
    """One of the few propositions that a person puts first. ``place`` is a seat, not an order."""

    reponse = models.ForeignKey(Reponse, models.CASCADE, related_name="priorites")
    proposition = models.ForeignKey(Proposition, models.PROTECT, related_name="priorites")
    place = models.PositiveSmallIntegerField("place")

    class Meta:
        verbose_name = "priorité"
        constraints = [
            models.UniqueConstraint(
                fields=["reponse", "proposition"], name="priorite_une_fois_par_proposition"
            ),
            models.UniqueConstraint(fields=["reponse", "place"], name="priorite_place_unique"),
            models.CheckConstraint(
                name="priorites_trois_au_plus",
                condition=Q(place__gte=1, place__lte=PRIORITES_MAX),
                violation_error_message="Trois priorités au plus.",
            ),
        ]

    def __str__(self):
        return f"{self.proposition_id}"


class Remarque(models.Model):
    """Free words, about a proposition or about the whole (``proposition`` None)."""

    reponse = models.ForeignKey(Reponse, models.CASCADE, related_name="remarques")
    proposition = models.ForeignKey(
        Proposition, models.PROTECT, null=True, blank=True, related_name="remarques"
    )
    texte = models.TextField("remarque", max_length=2000)
    etat = models.CharField("état", max_length=8, choices=EtatVerbatim, default=EtatVerbatim.A_LIRE)
    # What is published: the words without what would let somebody be recognised.
    texte_publie = models.TextField("texte publié", max_length=2000, blank=True)

    objects = RemarqueQuerySet.as_manager()

    class Meta:
        verbose_name = "remarque"
        constraints = [
            models.UniqueConstraint(
                fields=["reponse", "proposition"],
                name="remarque_une_par_proposition",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return self.texte[:60]


class Abonnement(models.Model):
    """Somebody who asked to be told of what follows. No key in common with the answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="abonnements")
    courriel = models.EmailField("adresse e-mail")

    class Meta:
        verbose_name = "abonnement aux suites"
        verbose_name_plural = "abonnements aux suites"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "courriel"], name="abonnement_unique")
        ]

    def __str__(self):
        return str(self.pk)
