"""Appels of teams and offres of patients partenaires: needs made public, moderated, dated."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from annuaire.enums import (
    Alerte,
    CharteDeLAppel,
    Disponibilite,
    EtatAppel,
    EtatOffre,
    Frais,
    Lieu,
    Mission,
    ModeDeChoix,
)
from hubpartenariat.socle.champs_de_modele import codes, etiquettes
from hubpartenariat.socle.formulaires import Brouillonnable
from hubpartenariat.socle.moderation import Moderable
from hubpartenariat.socle.vocabulaires import Domaine, Statut, Territoire

PLACES_PAR_DEFAUT = 2
PLACES_AU_PLUS = 50


def alertes() -> ArrayField:
    return ArrayField(
        models.CharField(max_length=20, choices=Alerte),
        verbose_name="alertes",
        default=list,
        blank=True,
        editable=False,
    )


class Appel(Moderable, Brouillonnable):
    """A team looks for patients partenaires: what for, when, where, under what conditions."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(  # noqa: DJ001 — no address before the first publication
        "adresse", max_length=80, unique=True, null=True, editable=False
    )
    etat = models.CharField(
        "état", max_length=12, choices=EtatAppel, default=EtatAppel.BROUILLON, editable=False
    )
    exemple = models.BooleanField("exemple inventé", default=False, editable=False)
    equipe = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="appels", blank=True, verbose_name="équipe"
    )
    # 1. The need
    structure = models.ForeignKey(
        "annuaire.Structure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appels",
        verbose_name="structure",
    )
    titre = models.CharField("titre", max_length=160, blank=True)
    description = models.TextField("ce que vous cherchez", max_length=2000, blank=True)
    mission = models.CharField("mission", max_length=20, choices=Mission, blank=True)
    domaine = models.CharField("domaine", max_length=12, choices=Domaine, blank=True)
    themes = etiquettes("thèmes ou maladies")
    deja_fait = models.TextField("ce qui a déjà été fait ensemble", max_length=2000, blank=True)
    # 2. The conditions
    departements = codes(Territoire, "territoire")
    commune = models.ForeignKey(
        "socle.Commune", models.PROTECT, null=True, blank=True, verbose_name="commune"
    )
    lieu = models.CharField("lieu", max_length=10, choices=Lieu, blank=True)
    temps = models.CharField("temps demandé", max_length=200, blank=True)
    disponibilites = codes(Disponibilite, "moments")
    places = models.PositiveSmallIntegerField(
        "nombre de places",
        default=PLACES_PAR_DEFAUT,
        validators=[MinValueValidator(1), MaxValueValidator(PLACES_AU_PLUS)],
    )
    pourquoi_une_place = models.TextField("pourquoi une seule place", max_length=600, blank=True)
    statut = models.CharField("statut proposé", max_length=15, choices=Statut, blank=True)
    frais = models.CharField("frais", max_length=12, choices=Frais, blank=True)
    charte = models.CharField("charte", max_length=10, choices=CharteDeLAppel, blank=True)
    mode = models.CharField(
        "façon de choisir", max_length=8, choices=ModeDeChoix, default=ModeDeChoix.CHOIX
    )
    # 3. The right door: answers to the four questions, {question: "oui" | "non"}
    orientation = models.JSONField("orientation", default=dict, blank=True)

    alertes = alertes()
    motif = models.TextField("motif", max_length=2000, blank=True)
    creee_le = models.DateTimeField("créé le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifié le", default=timezone.now, editable=False)
    soumis_le = models.DateTimeField("envoyé le", null=True, editable=False)
    publie_le = models.DateTimeField("publié le", null=True, editable=False)
    expire_le = models.DateTimeField("expire le", null=True, editable=False)
    relance_le = models.DateTimeField("rappelé le", null=True, editable=False)
    anonymise_le = models.DateTimeField("anonymisé le", null=True, editable=False)

    class Meta:
        verbose_name = "appel"
        ordering = ["-publie_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="appel_publie_complet",
                condition=~Q(etat__in=[EtatAppel.OUVERT, EtatAppel.EN_CHOIX, EtatAppel.POURVU])
                | (
                    ~Q(titre="")
                    & ~Q(statut="")
                    & ~Q(frais="")
                    & Q(slug__isnull=False)
                    & Q(publie_le__isnull=False)
                    & Q(expire_le__isnull=False)
                ),
                violation_error_message=(
                    "Un appel publié a un titre, un statut et dit ce que deviennent les frais."
                ),
            ),
            models.CheckConstraint(
                name="appel_jamais_seul",
                condition=Q(places__gte=2)
                | ~Q(pourquoi_une_place="")
                | Q(etat__in=[EtatAppel.BROUILLON, EtatAppel.SANS_SUITE]),
                violation_error_message="Dites pourquoi il n’y a qu’une place.",
            ),
            models.CheckConstraint(
                name="appel_sans_suite_motive",
                condition=~Q(etat=EtatAppel.SANS_SUITE) | ~Q(motif=""),
                violation_error_message="Un appel sans suite dit pourquoi.",
            ),
        ]
        permissions = [("moderer_appel", "Peut modérer les appels et les offres")]

    def __str__(self):
        return self.titre or "Appel sans titre"


class Offre(Moderable):
    """A patient partenaire says, under pseudonym, what they would like to do; teams answer."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    profil = models.ForeignKey(
        "annuaire.Profil", models.CASCADE, related_name="offres", verbose_name="profil"
    )
    etat = models.CharField(
        "état", max_length=10, choices=EtatOffre, default=EtatOffre.BROUILLON, editable=False
    )
    exemple = models.BooleanField("exemple inventé", default=False, editable=False)
    titre = models.CharField("titre", max_length=160)
    texte = models.TextField("ce que je propose", max_length=1500)
    domaine = models.CharField("domaine", max_length=12, choices=Domaine)
    departements = codes(Territoire, "territoire")
    alertes = alertes()
    motif = models.TextField("motif", max_length=2000, blank=True)
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifiée le", default=timezone.now, editable=False)
    publiee_le = models.DateTimeField("publiée le", null=True, editable=False)
    expire_le = models.DateTimeField("expire le", null=True, editable=False)

    class Meta:
        verbose_name = "offre"
        ordering = ["-publiee_le", "-pk"]

    def __str__(self):
        return self.titre
