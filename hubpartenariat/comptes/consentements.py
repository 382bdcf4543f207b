"""Consents: one receipt per purpose, dated, with the text agreed to; withdrawn in one click.

A consent that is withdrawn, or older than a year without having been confirmed again, counts as
none: ``actif`` and ``avec_consentement`` are the only questions that the trades ask.
"""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

JOURS_DE_VALIDITE = 365
JOURS_DE_RAPPEL = 30  # a mail asks to confirm that long before the end
DOUBLE_CLIC = timedelta(minutes=1)


class Finalite(models.TextChoices):
    APPARIEMENT = "appariement", "Me proposer des appels qui me correspondent"
    CONTACT = "contact", "M’écrire par e-mail à ce sujet"
    NOUVELLES = "nouvelles", "Recevoir les nouvelles de la communauté"
    STATISTIQUES = "statistiques", "Compter mon profil dans les chiffres du hub"


class Texte(NamedTuple):
    """What a person agrees to, word for word. A new wording takes a new version."""

    version: str
    accord: str  # in the first person: stored in the receipt
    retrait: str  # what changes as soon as it is withdrawn


TEXTES = {
    Finalite.APPARIEMENT: Texte(
        "2026-11",
        "J’accepte que le hub compare mon profil aux appels des équipes pour me proposer ceux qui "
        "me correspondent. Mon profil peut parler de ma santé : le hub n’en utilise et n’en "
        "montre que ce que j’ai permis, réponse par réponse. Aucune équipe ne voit mon nom, mon "
        "adresse ou ma maladie avant que nous ayons dit oui des deux côtés.",
        "Plus aucun appel ne vous est proposé, et vos réponses ne sont plus montrées à personne. "
        "Votre profil reste dans votre espace. Les missions déjà commencées continuent.",
    ),
    Finalite.CONTACT: Texte(
        "2026-11",
        "J’accepte que le hub m’écrive par e-mail quand un appel me correspond ou quand une "
        "réponse m’attend, sans dépasser le nombre de propositions que j’ai fixé.",
        "Plus aucune proposition par e-mail. Vous les trouvez dans votre espace quand vous venez.",
    ),
    Finalite.NOUVELLES: Texte(
        "2026-11",
        "J’accepte de recevoir par e-mail les nouvelles de la communauté des patientes et "
        "patients partenaires : rencontres, formations, outils.",
        "Vous ne recevez plus ces nouvelles. Le reste ne change pas.",
    ),
    Finalite.STATISTIQUES: Texte(
        "2026-11",
        "J’accepte que mon profil soit compté dans les chiffres publics du hub, par territoire et "
        "par domaine. Un groupe de moins de cinq personnes n’est jamais montré.",
        "Votre profil n’est plus compté, dès la prochaine lecture des chiffres.",
    ),
}


class ConsentementQuerySet(models.QuerySet):
    def en_vigueur(self):
        """The last word of each person on each purpose: neither withdrawn nor replaced."""
        return self.filter(retire_le=None, renouvele_le=None)

    def valides(self, finalite=None, le=None):
        """Those that count: in force, and not past their year."""
        valides = self.en_vigueur().filter(expire_le__gt=le or timezone.now())
        return valides.filter(finalite=finalite) if finalite else valides

    def de(self, personne):
        return self.filter(personne=personne)


class Consentement(models.Model):
    """One yes of one person to one purpose. Withdrawn or renewed, it stays as a receipt."""

    personne = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="consentements",
        verbose_name="personne",
    )
    finalite = models.CharField("finalité", max_length=14, choices=Finalite)
    texte = models.TextField("texte accepté", max_length=2000)
    version = models.CharField("version du texte", max_length=10, blank=True)
    donne_le = models.DateTimeField("donné le", default=timezone.now)
    expire_le = models.DateTimeField("à reconfirmer avant le")
    renouvele_le = models.DateTimeField("remplacé par un nouvel accord le", null=True, blank=True)
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)
    rappele_le = models.DateTimeField("rappelé le", null=True, blank=True, editable=False)

    objects = ConsentementQuerySet.as_manager()

    class Meta:
        verbose_name = "consentement"
        ordering = ["-donne_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "finalite"],
                condition=Q(retire_le=None, renouvele_le=None),
                name="consentement_un_a_la_fois",
                violation_error_message="Ce consentement est déjà donné.",
            )
        ]

    def __str__(self):
        return f"{self.get_finalite_display()} ({self.donne_le:%d/%m/%Y})"

    @property
    def expire(self) -> bool:
        return self.expire_le <= timezone.now()


def valide_pour(personne: str, finalite) -> Exists:
    """SQL: has the account whose key is in the column ``personne`` a consent that counts?"""
    return Exists(
        Consentement.objects.valides(finalite).order_by().filter(personne=OuterRef(personne))
    )


def actif(personne, finalite) -> bool:
    """Does this person agree to this purpose, now? One query."""
    return Consentement.objects.de(personne).valides(finalite).exists()


def actives(personne) -> set[str]:
    """Every purpose that this person agrees to now. One query."""
    return set(Consentement.objects.de(personne).valides().values_list("finalite", flat=True))


def donner(personne, finalite) -> Consentement:
    """Write the receipt of a yes. The one that stands is kept; an expired one is replaced."""
    with transaction.atomic():
        ancien = _verrouiller(personne, finalite)
        if ancien and not ancien.expire:
            return ancien
        return _ecrire(personne, finalite, ancien)


def renouveler(personne, finalite) -> Consentement:
    """Confirm for one more year, with the text of today. A double click makes one receipt."""
    with transaction.atomic():
        ancien = _verrouiller(personne, finalite)
        if ancien and ancien.donne_le > timezone.now() - DOUBLE_CLIC:
            return ancien
        return _ecrire(personne, finalite, ancien)


def retirer(personne, finalite) -> bool:
    """Withdraw, at once. False: there was nothing to withdraw."""
    en_vigueur = Consentement.objects.de(personne).en_vigueur().filter(finalite=finalite)
    return bool(en_vigueur.update(retire_le=timezone.now()))


def _verrouiller(personne, finalite) -> Consentement | None:
    """Lock the account (one writer of its consents at a time); the receipt in force."""
    get_user_model().objects.select_for_update().get(pk=personne.pk)
    return Consentement.objects.de(personne).en_vigueur().filter(finalite=finalite).first()


def recu(personne, finalite, quand) -> Consentement:
    """The receipt of a yes given at ``quand``, not written yet."""
    texte = TEXTES[Finalite(finalite)]
    return Consentement(
        personne=personne,
        finalite=finalite,
        texte=texte.accord,
        version=texte.version,
        donne_le=quand,
        expire_le=quand + timedelta(days=JOURS_DE_VALIDITE),
    )


def _ecrire(personne, finalite, ancien) -> Consentement:
    nouveau = recu(personne, finalite, timezone.now())
    if ancien:
        Consentement.objects.filter(pk=ancien.pk).update(renouvele_le=nouveau.donne_le)
    nouveau.save()
    return nouveau
