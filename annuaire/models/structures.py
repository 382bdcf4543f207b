"""Structures of the region, and who belongs to them."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from annuaire.enums import EtatRattachement, EtatStructure, Preuve, RoleRattachement
from annuaire.transitions.structures import TransitionsDeRattachement, TransitionsDeStructure
from hubpartenariat.socle.champs_de_modele import codes
from hubpartenariat.socle.moderation import Moderable
from hubpartenariat.socle.vocabulaires import Domaine, FormeAction, Territoire, TypeStructure


class StructureQuerySet(models.QuerySet):
    def publiees(self):
        """Structures that everyone may read."""
        return self.filter(etat=EtatStructure.PUBLIEE)

    def pour_vignettes(self):
        """Only the columns that a card of a list and the JSON list show."""
        return self.only(
            "uuid",
            "slug",
            "nom",
            "type_structure",
            "groupe",
            "departements",
            "commune_id",
            "presentation",
            "partenariat",
            "domaines",
            "exemple",
            "publiee_le",
        )

    def et_ses_doubles(self, structure):
        """A structure and those merged into it: what points at any of them is its own."""
        return self.filter(Q(pk=structure.pk) | Q(fusionnee_dans=structure))

    def tenues_par(self, personne):
        """Published structures whose page ``personne`` keeps."""
        return self.publiees().filter(
            rattachements__personne=personne,
            rattachements__etat=EtatRattachement.ACCEPTE,
            rattachements__role=RoleRattachement.REFERENT,
        )


class Structure(TransitionsDeStructure, Moderable):
    """A hospital, an association, a CPTS…: public, kept by its referents."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField("adresse", max_length=80, unique=True, editable=False)
    etat = models.CharField(
        "état", max_length=12, choices=EtatStructure, default=EtatStructure.PROPOSEE, editable=False
    )
    fusionnee_dans = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="fusionnees",
        verbose_name="réunie à",
    )
    exemple = models.BooleanField("exemple inventé", default=False, editable=False)
    nom = models.CharField("nom", max_length=160)
    type_structure = models.CharField("type de structure", max_length=20, choices=TypeStructure)
    groupe = models.CharField("groupe ou réseau", max_length=160, blank=True)
    departements = codes(Territoire, "territoire")
    commune = models.ForeignKey(
        "socle.Commune", models.PROTECT, null=True, blank=True, verbose_name="commune"
    )
    page_web = models.URLField("page web", max_length=300, blank=True)
    presentation = models.TextField("présentation", max_length=1200, blank=True)
    partenariat = models.TextField("ce qu’elle fait en partenariat", max_length=2000, blank=True)
    domaines = codes(Domaine, "domaines d’intervention")
    formes = codes(FormeAction, "formes d’action")
    domaines_courriel = ArrayField(
        models.CharField(max_length=120),
        verbose_name="fins d’adresses e-mail de la structure",
        default=list,
        blank=True,
    )
    proposee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="proposée par",
    )
    motif = models.TextField("motif du refus ou du retrait", max_length=2000, blank=True)
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifiée le", default=timezone.now, editable=False)
    publiee_le = models.DateTimeField("publiée le", null=True, editable=False)

    objects = StructureQuerySet.as_manager()

    class Meta:
        verbose_name = "structure"
        ordering = ["nom", "pk"]
        constraints = [
            models.CheckConstraint(
                name="structure_publiee_complete",
                condition=~Q(etat=EtatStructure.PUBLIEE)
                | (Q(departements__len__gt=0) & Q(publiee_le__isnull=False)),
                violation_error_message="Une structure publiée a un territoire.",
            ),
            models.CheckConstraint(
                name="structure_fusionnee_quelque_part",
                condition=Q(etat=EtatStructure.FUSIONNEE) ^ Q(fusionnee_dans__isnull=True),
                violation_error_message="Une structure réunie à une autre dit à laquelle.",
            ),
        ]
        permissions = [("moderer_structure", "Peut modérer et réunir les structures")]

    def __str__(self):
        return self.nom


class Rattachement(TransitionsDeRattachement, models.Model):
    """A person says what they are to a structure; proved by their address or by the team."""

    structure = models.ForeignKey(
        Structure, models.CASCADE, related_name="rattachements", verbose_name="structure"
    )
    personne = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="rattachements",
        verbose_name="personne",
    )
    role = models.CharField("rôle", max_length=14, choices=RoleRattachement)
    etat = models.CharField(
        "état", max_length=10, choices=EtatRattachement, default=EtatRattachement.DEMANDE
    )
    preuve = models.CharField("preuve", max_length=12, choices=Preuve, blank=True)
    message = models.TextField("message à l’équipe", max_length=1000, blank=True)
    montre_mon_nom = models.BooleanField("montrer mon nom sur la page", default=False)
    cree_le = models.DateTimeField("demandé le", auto_now_add=True)
    decide_le = models.DateTimeField("décidé le", null=True, blank=True)

    class Meta:
        verbose_name = "rattachement"
        ordering = ["structure", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "personne", "role"],
                condition=Q(etat__in=[EtatRattachement.DEMANDE, EtatRattachement.ACCEPTE]),
                name="rattachement_unique",
                violation_error_message="Cette personne est déjà rattachée à cette structure.",
            )
        ]

    def __str__(self):
        return f"{self.personne} – {self.structure} ({self.get_role_display()})"

    @property
    def est_referent(self) -> bool:
        return self.role == RoleRattachement.REFERENT
