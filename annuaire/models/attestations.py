"""Attestations drawn from the carnet d'engagement: a photograph of co-signed lines, and its proof.

The proof (``CodeDAttestation``) names nobody and refers to nobody: it outlives the account, so that
a paper given to a university stays checkable after its owner left. The rest goes with the profile.
"""

import hashlib
import hmac
import json
import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

LONGUEUR_DU_CODE = 20  # hexadecimal figures: 80 bits, beyond guessing


class CodeDAttestation(models.Model):
    """What anybody who holds the paper may check: made on such a day, so many hours."""

    code = models.CharField("code", max_length=LONGUEUR_DU_CODE, unique=True, editable=False)
    heures = models.DecimalField("heures", max_digits=8, decimal_places=2, editable=False)
    faite_le = models.DateField("faite le", editable=False)

    class Meta:
        verbose_name = "code d’attestation"
        verbose_name_plural = "codes d’attestation"
        ordering = ["-faite_le", "-pk"]

    def __str__(self):
        return self.en_groupes

    @property
    def en_groupes(self) -> str:
        """As it is printed: « 3F2A-… », five groups of four."""
        return "-".join(self.code[i : i + 4] for i in range(0, LONGUEUR_DU_CODE, 4))


class AttestationManager(models.Manager):
    def etablir(self, profil, *, nom: str, du, au):
        """The attestation of these co-signed lines; the same one when nothing changed that day."""
        lignes = list(
            profil.carnet.cosignees()
            .filter(quand__range=(du, au))
            .select_related(
                "mission__relation__appel__structure",
                "mission__relation__structure",
                "cosignee_par",
            )
        )
        contenu = [contenu_de(ligne) for ligne in lignes]
        heures = sum(ligne.heures for ligne in lignes)
        jour = timezone.localdate()
        with transaction.atomic():
            type(profil)._base_manager.select_for_update(no_key=True).get(pk=profil.pk)
            deja = self.filter(
                profil=profil, nom=nom, du=du, au=au, contenu=contenu, code__faite_le=jour
            ).first()
            if deja:
                return deja
            cle = uuid.uuid4()
            code = CodeDAttestation.objects.create(
                code=chiffrer([str(cle), nom, du, au, contenu]), heures=heures, faite_le=jour
            )
            return self.create(
                uuid=cle, profil=profil, nom=nom, du=du, au=au, contenu=contenu, code=code
            )


class Attestation(models.Model):
    """One attestation as it was made: the real name, asked for that day, and the lines."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    profil = models.ForeignKey(
        "annuaire.Profil", models.CASCADE, related_name="attestations", verbose_name="profil"
    )
    code = models.OneToOneField(
        CodeDAttestation, models.PROTECT, related_name="+", verbose_name="code", editable=False
    )
    nom = models.CharField("nom et prénom", max_length=120)
    du = models.DateField("du")
    au = models.DateField("au")
    contenu = models.JSONField("lignes", default=list, editable=False)
    faite_le = models.DateTimeField("faite le", auto_now_add=True)

    objects = AttestationManager()

    class Meta:
        verbose_name = "attestation d’engagement"
        verbose_name_plural = "attestations d’engagement"
        ordering = ["-faite_le", "-pk"]

    def __str__(self):
        return f"Attestation du {self.faite_le:%d/%m/%Y}"


def contenu_de(ligne) -> dict:
    """What an attestation repeats of one line: neither the appel nor the description."""
    structure = ligne.mission.structure
    return {
        "quand": ligne.quand.isoformat(),
        "heures": str(ligne.heures),
        "role": ligne.role,
        "structure": structure.nom if structure else "",
        "par": ligne.cosignee_par.nom if ligne.cosignee_par else "",
    }


def chiffrer(contenu) -> str:
    """A code that only this hub can compute from what the attestation says."""
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    cle = f"attestation:{settings.SECRET_KEY}".encode()
    return hmac.new(cle, texte.encode(), hashlib.sha256).hexdigest()[:LONGUEUR_DU_CODE].upper()
