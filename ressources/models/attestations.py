"""Attestations of a project, co-signed by the other side, that a paper's reader may check."""

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from ressources.enums import GenreAttestation
from ressources.models.projets import Participation

LONGUEUR_DU_CODE = 20  # hexadecimal figures: 80 bits, beyond guessing


def nouveau_code() -> str:
    return secrets.token_hex(LONGUEUR_DU_CODE // 2).upper()


class AttestationDeProjet(models.Model):
    """Asked by one participant, co-signed by somebody of the other side; then it never changes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="attestations", verbose_name="pour qui"
    )
    genre = models.CharField("attestation de", max_length=10, choices=GenreAttestation)
    nom = models.CharField("nom et prénom, comme sur le papier", max_length=120)
    role = models.CharField("ce qui a été fait", max_length=300)
    du = models.DateField("du")
    au = models.DateField("au")
    heures = models.DecimalField("heures", max_digits=6, decimal_places=2, null=True, blank=True)
    demandee_le = models.DateTimeField("demandée le", auto_now_add=True)
    cosignee_par = models.ForeignKey(
        Participation, models.SET_NULL, null=True, related_name="+", editable=False
    )
    cosignee_nom = models.CharField("cosignée par", max_length=100, blank=True, editable=False)
    cosignee_le = models.DateTimeField("cosignée le", null=True, editable=False)
    # Why the other side would not co-sign; asking again, corrected, takes both away.
    refusee_le = models.DateTimeField("refusée le", null=True, editable=False)
    motif = models.CharField("ce qui n’est pas juste", max_length=300, blank=True, editable=False)
    code = models.CharField(
        "code", max_length=20, unique=True, default=nouveau_code, editable=False
    )

    class Meta:
        verbose_name = "attestation de projet"
        verbose_name_plural = "attestations de projet"
        ordering = ["-demandee_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="attestation_finit_apres_son_debut",
                condition=Q(au__gte=models.F("du")),
                violation_error_message="La fin vient après le début.",
            ),
            models.CheckConstraint(
                name="attestation_cosignee_ou_refusee",
                condition=Q(cosignee_le=None) | Q(refusee_le=None),
                violation_error_message="Une attestation cosignée n’est plus refusée.",
            ),
        ]

    def __str__(self):
        mot = self.get_genre_display().lower()
        return f"Attestation d’{mot}" if mot[:1] in "aeiouyhé" else f"Attestation de {mot}"

    @property
    def heures_justes(self):
        """Hours without the zeros that the column adds: 12, 12.5; None when not said."""
        return None if self.heures is None else self.heures.normalize()

    @property
    def en_groupes(self) -> str:
        """As it is printed: « 3F2A-… », five groups of four."""
        return "-".join(self.code[i : i + 4] for i in range(0, LONGUEUR_DU_CODE, 4))

    @property
    def verification(self) -> str:
        """The address where a paper is checked."""
        return reverse("ressources:verifier_attestation", args=[self.en_groupes])
