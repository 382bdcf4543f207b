"""Mise en relation: an appel is brought to people, they come forward, both sides agree or not.

Identity is shown only in the states where both agreements are written: the database refuses any
other row. A seat is a number within its appel, unique: two people can never hold the same one.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from annuaire.enums import Canal, Cote, EtatAppel, EtatRelation, ReponseSollicitation
from annuaire.models.profils import SOLLICITATIONS_AU_PLUS
from annuaire.transitions.relations import TransitionsDeRelation
from hubpartenariat.socle.moderation import Moderable


class SollicitationQuerySet(models.QuerySet):
    def en_attente(self):
        """Without an answer, for an appel that may still be answered."""
        return self.filter(
            reponse=ReponseSollicitation.ATTENDUE,
            appel__etat__in=EtatAppel.vivants(),
            appel__expire_le__gt=timezone.now(),
        )


class Sollicitation(models.Model):
    """One appel brought to one person by the hub. ``rang`` counts them within the month."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appel = models.ForeignKey(
        "annuaire.Appel", models.CASCADE, related_name="sollicitations", verbose_name="appel"
    )
    profil = models.ForeignKey(
        "annuaire.Profil", models.CASCADE, related_name="sollicitations", verbose_name="profil"
    )
    canal = models.CharField("canal", max_length=14, choices=Canal)
    mois = models.CharField("mois", max_length=7)  # "2026-11", Europe/Paris
    rang = models.PositiveSmallIntegerField("rang dans le mois")
    raisons = models.JSONField("pourquoi cette personne", default=list)
    reponse = models.CharField(
        "réponse",
        max_length=10,
        choices=ReponseSollicitation,
        default=ReponseSollicitation.ATTENDUE,
    )
    creee_le = models.DateTimeField("créée le", default=timezone.now)

    objects = SollicitationQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition envoyée"
        verbose_name_plural = "propositions envoyées"
        ordering = ["-creee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appel", "profil"],
                name="sollicitation_une_fois",
                violation_error_message="Cet appel a déjà été proposé à cette personne.",
            ),
            models.UniqueConstraint(
                fields=["profil", "mois", "rang"],
                name="sollicitation_rang_unique",
                violation_error_message="Deux propositions ne peuvent avoir le même rang.",
            ),
            models.CheckConstraint(
                name="sollicitation_sous_plafond",
                condition=Q(rang__range=(1, SOLLICITATIONS_AU_PLUS)),
                violation_error_message="Le plafond de propositions du mois est atteint.",
            ),
        ]

    def __str__(self):
        return f"{self.appel} ({self.mois}, {self.rang})"


class RelationQuerySet(models.QuerySet):
    def visible_par(self, personne):
        """Those of which ``personne`` is a side, or the trusted third party."""
        return self.filter(
            Q(profil__personne=personne)
            | Q(appel__in=personne.appels.all())
            | Q(repondant=personne)
            | Q(tiers=personne),
            anonymise_le=None,
        )

    def du_patient(self, personne):
        return self.filter(profil__personne=personne, anonymise_le=None)

    def de_l_equipe(self, personne):
        """Those that ``personne`` decides for a team, never their own candidatures."""
        return self.filter(
            Q(appel__in=personne.appels.all()) | Q(repondant=personne), anonymise_le=None
        ).exclude(profil__personne=personne)

    def en_cours(self):
        return self.filter(etat=EtatRelation.EN_COURS)

    def assises(self):
        """Those that hold a seat, or held it to the end of their mission."""
        return self.filter(siege__isnull=False)


class MiseEnRelation(TransitionsDeRelation, Moderable):
    """One patient partenaire and one team, from the first word to both agreements."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appel = models.ForeignKey(
        "annuaire.Appel",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="relations",
        verbose_name="appel",
    )
    offre = models.ForeignKey(
        "annuaire.Offre",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="relations",
        verbose_name="offre",
    )
    # Empty once anonymised, two years after the end.
    profil = models.ForeignKey(
        "annuaire.Profil",
        models.CASCADE,
        null=True,
        related_name="relations",
        verbose_name="profil",
    )
    # For an answer to an offre: who answers, and for what structure. Empty for an appel.
    repondant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reponses_aux_offres",
        verbose_name="personne qui répond",
    )
    structure = models.ForeignKey(
        "annuaire.Structure",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="structure qui répond",
    )
    etat = models.CharField(
        "état", max_length=12, choices=EtatRelation, default=EtatRelation.EN_COURS, editable=False
    )
    motivation = models.TextField("quelques lignes", max_length=1200)
    veut_bien_le_tirage = models.BooleanField("d’accord pour un tirage au sort", default=True)
    accord_equipe_le = models.DateTimeField("accord de l’équipe", null=True, editable=False)
    accord_patient_le = models.DateTimeField("accord du patient", null=True, editable=False)
    siege = models.PositiveSmallIntegerField("place", null=True, editable=False)
    # Who ended it and why: never shown to the other side.
    close_par = models.CharField("close par", max_length=8, choices=Cote, blank=True)
    raison = models.TextField("raison (jamais montrée à l’autre)", max_length=1000, blank=True)
    tiers = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="relations_accompagnees",
        verbose_name="tiers de confiance",
    )
    tiers_demande_le = models.DateTimeField("tiers demandé le", null=True, editable=False)
    messages_fermes_par = models.CharField(
        "messages fermés par", max_length=8, choices=Cote, blank=True
    )
    creee_le = models.DateTimeField("créée le", default=timezone.now)
    relance_le = models.DateTimeField("rappelée le", null=True, editable=False)
    anonymise_le = models.DateTimeField("anonymisée le", null=True, editable=False)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = "mise en relation"
        verbose_name_plural = "mises en relation"
        ordering = ["-creee_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="relation_appel_ou_offre",
                condition=Q(appel__isnull=False) ^ Q(offre__isnull=False),
                violation_error_message="Une mise en relation répond à un appel ou à une offre.",
            ),
            models.CheckConstraint(
                name="relation_de_quelqu_un",
                condition=Q(profil__isnull=False) | Q(anonymise_le__isnull=False),
                violation_error_message="Une mise en relation concerne une personne.",
            ),
            models.CheckConstraint(
                name="relation_double_accord",
                condition=~Q(etat__in=[EtatRelation.ACCORDEE, EtatRelation.CLOSE])
                | (Q(accord_equipe_le__isnull=False) & Q(accord_patient_le__isnull=False)),
                violation_error_message="Il faut l’accord des deux côtés.",
            ),
            models.CheckConstraint(
                name="relation_siege_si_accord",
                condition=Q(siege__isnull=True)
                | Q(etat__in=[EtatRelation.ACCORDEE, EtatRelation.CLOSE]),
                violation_error_message="Une place se donne au double accord.",
            ),
            models.CheckConstraint(
                name="relation_accordee_a_un_siege",
                condition=~Q(etat=EtatRelation.ACCORDEE)
                | Q(siege__isnull=False)
                | Q(appel__isnull=True),
                violation_error_message="Un double accord occupe une place.",
            ),
            models.UniqueConstraint(
                fields=["appel", "siege"],
                condition=Q(siege__isnull=False, etat=EtatRelation.ACCORDEE),
                name="relation_siege_unique",
                violation_error_message="Cette place est déjà donnée.",
            ),
            models.UniqueConstraint(
                fields=["appel", "profil"],
                condition=Q(appel__isnull=False),
                name="relation_une_par_appel",
                violation_error_message="Vous avez déjà répondu à cet appel.",
            ),
            models.UniqueConstraint(
                fields=["offre"],
                condition=Q(offre__isnull=False, etat=EtatRelation.ACCORDEE),
                name="relation_une_equipe_par_offre",
                violation_error_message="Cette offre a déjà trouvé une équipe.",
            ),
            models.UniqueConstraint(
                fields=["offre", "repondant"],
                condition=Q(offre__isnull=False),
                name="relation_une_par_offre",
                violation_error_message="Vous avez déjà répondu à cette offre.",
            ),
        ]

    def __str__(self):
        return f"Mise en relation {str(self.uuid)[:8]}"


class Message(models.Model):
    """A word from one side to the other, through the hub: no address is shown."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    relation = models.ForeignKey(
        MiseEnRelation, models.CASCADE, related_name="messages", verbose_name="mise en relation"
    )
    cote = models.CharField("côté", max_length=8, choices=Cote)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="auteur"
    )
    texte = models.TextField("texte", max_length=2000)
    envoye_le = models.DateTimeField("envoyé le", auto_now_add=True)
    lu_le = models.DateTimeField("lu le", null=True, editable=False)

    class Meta:
        verbose_name = "message"
        ordering = ["envoye_le", "pk"]

    def __str__(self):
        return f"Message du {self.envoye_le:%d/%m/%Y}"


class LienMagique(models.Model):
    """A mailed link that answers one question without signing in: eight days, one use.

    Only a digest of its token is stored; it is bound to the address that received it.
    """

    empreinte = models.CharField("empreinte du jeton", max_length=64, unique=True, editable=False)
    personne = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="personne"
    )
    courriel = models.EmailField("adresse qui l’a reçu")
    sollicitation = models.ForeignKey(
        Sollicitation, models.CASCADE, null=True, related_name="liens", verbose_name="proposition"
    )
    relation = models.ForeignKey(
        MiseEnRelation, models.CASCADE, null=True, related_name="liens", verbose_name="relation"
    )
    cree_le = models.DateTimeField("créé le", default=timezone.now)
    utilise_le = models.DateTimeField("utilisé le", null=True, editable=False)

    class Meta:
        verbose_name = "lien personnel"
        verbose_name_plural = "liens personnels"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="lien_pour_une_chose",
                condition=Q(sollicitation__isnull=False) ^ Q(relation__isnull=False),
                violation_error_message="Un lien concerne une proposition ou une relation.",
            )
        ]

    def __str__(self):
        return f"Lien du {self.cree_le:%d/%m/%Y}"
