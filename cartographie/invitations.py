"""Inviting a colleague to write a fiche: one mail, one use, eight days, one address."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from cartographie.avis import absolue
from hubpartenariat.socle import courriel
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee

DUREE = timedelta(days=8)
OUVERTES_PAR_FICHE = 5
SEL = "cartographie.invitation"


class InvitationQuerySet(models.QuerySet):
    def ouvertes(self):
        """Neither used nor too old."""
        return self.filter(acceptee_le=None, creee_le__gt=timezone.now() - DUREE)

    def du_jeton(self, jeton: str):
        """The invitation of a link, open or not; None when the link was not made by the hub."""
        try:
            cle = signing.loads(jeton, salt=SEL)
            return self.select_related("fiche").filter(uuid=uuid.UUID(cle)).first()
        except (signing.BadSignature, ValueError, TypeError, AttributeError):
            return None


class Invitation(models.Model):
    """A colleague asked, by e-mail, to write a fiche with its authors."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    fiche = models.ForeignKey(
        "cartographie.Fiche", models.CASCADE, related_name="invitations", verbose_name="fiche"
    )
    courriel = models.EmailField("adresse e-mail")
    creee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="invitée par"
    )
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    acceptee_le = models.DateTimeField("acceptée le", null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        ordering = ["-creee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiche", "courriel"],
                condition=models.Q(acceptee_le=None),
                name="invitation_une_par_adresse",
                violation_error_message="Cette personne est déjà invitée.",
            )
        ]

    def __str__(self):
        return f"{self.courriel} → {self.fiche}"

    @property
    def jeton(self) -> str:
        """What the link carries: signed, and worth nothing without this row."""
        return signing.dumps(str(self.uuid), salt=SEL)

    def raison_de_ne_pas_accepter(self, par) -> str | None:
        if self.acceptee_le:
            return "Ce lien a déjà servi."
        if self.creee_le <= timezone.now() - DUREE:
            return "Ce lien a plus de huit jours. Demandez une nouvelle invitation."
        if par.email.lower() != self.courriel.lower():
            return (
                "Cette invitation a été envoyée à une autre adresse que celle de votre compte. "
                "Connectez-vous avec l’adresse qui l’a reçue, ou demandez une nouvelle invitation."
            )
        return None

    def accepter(self, par):
        """Make ``par`` an author. The link serves once: the update acts on one row or refuses."""
        if raison := self.raison_de_ne_pas_accepter(par):
            raise TransitionRefusee(raison)
        with transaction.atomic():
            ouvertes = type(self).objects.ouvertes().filter(pk=self.pk)
            if ouvertes.update(acceptee_le=timezone.now()) != 1:
                raise TransitionRefusee("Ce lien a déjà servi.")
            self.fiche.auteurs.add(par)
            consigner(self.fiche, "rejoindre", par)


def inviter(fiche, adresse: str, par) -> None:
    """Mail a link to ``adresse``. Asking again for the same address sends a new link."""
    adresse = adresse.lower()
    with transaction.atomic():
        type(fiche)._base_manager.select_for_update().get(pk=fiche.pk)
        if not fiche.est_auteur(par):
            raise TransitionRefusee("Seules les personnes qui écrivent la fiche peuvent inviter.")
        if fiche.auteurs.filter(email__iexact=adresse).exists():
            raise TransitionRefusee("Cette personne écrit déjà cette fiche avec vous.")
        fiche.invitations.filter(courriel=adresse, acceptee_le=None).delete()
        if fiche.invitations.ouvertes().count() >= OUVERTES_PAR_FICHE:
            raise TransitionRefusee(
                f"{OUVERTES_PAR_FICHE} invitations attendent déjà une réponse. "
                "Attendez qu’elles soient acceptées ou qu’elles expirent."
            )
        invitation = fiche.invitations.create(courriel=adresse, creee_par=par)
        consigner(fiche, "inviter", par)
        courriel.envoyer(
            adresse,
            "cartographie/invitation",
            {
                "fiche": fiche,
                "par": par,
                "adresse": absolue(reverse("cartographie:invitation", args=[invitation.jeton])),
            },
            cle=f"invitation:{invitation.uuid}",
            confidentiel=True,
        )
