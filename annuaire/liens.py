"""Personal links of mails: eight days, one answer, one address. Only a digest is kept.

Opening the link changes nothing (mail scanners open links); only the answer sent from its page
uses it, in the same transaction as what it does.
"""

import hashlib
import secrets
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from annuaire.models import LienMagique
from hubpartenariat.socle.moderation import TransitionRefusee

DUREE = timedelta(days=8)
CONSERVATION = timedelta(days=30)
DEJA_SERVI = "Ce lien a déjà servi."


def empreinte(jeton: str) -> str:
    return hashlib.sha256(jeton.encode()).hexdigest()


def preparer(sollicitation) -> tuple[str, LienMagique]:
    """A new token (32 random bytes) and its row, not saved: the token exists nowhere else."""
    jeton = secrets.token_urlsafe(32)
    personne = sollicitation.profil.personne
    return jeton, LienMagique(
        empreinte=empreinte(jeton),
        personne=personne,
        courriel=personne.email,
        sollicitation=sollicitation,
    )


def chemin(jeton: str) -> str:
    return reverse("annuaire:lien", args=[jeton])


def trouver(jeton: str, *, qui=None) -> LienMagique | None:
    """The link of a token, used and old ones too; None when it is worth nothing here.

    Worth nothing: made up, of a closed account, sent to an address that is no longer theirs, or
    opened in the browser of somebody else (``qui``: who is signed in).
    """
    lien = (
        LienMagique.objects.filter(empreinte=empreinte(jeton), sollicitation__isnull=False)
        .select_related("personne", "sollicitation__appel__structure", "sollicitation__profil")
        .first()
    )
    if lien is None or not lien.personne.is_active:
        return None
    if lien.personne.email.lower() != lien.courriel.lower():
        return None
    if getattr(qui, "is_authenticated", False) and qui.pk != lien.personne_id:
        return None
    return lien


def est_mort(lien) -> bool:
    """Used already, or older than eight days."""
    return bool(lien.utilise_le) or lien.cree_le <= timezone.now() - DUREE


def consommer(lien) -> None:
    """Use the link, in the caller's transaction: of two at once, one is refused."""
    vivants = LienMagique.objects.filter(
        pk=lien.pk, utilise_le=None, cree_le__gt=timezone.now() - DUREE
    )
    if vivants.update(utilise_le=timezone.now()) != 1:
        raise TransitionRefusee(DEJA_SERVI)


def purger(maintenant=None) -> int:
    """Forget links long dead. Returns how many."""
    avant = (maintenant or timezone.now()) - CONSERVATION
    return LienMagique.objects.filter(cree_le__lt=avant).delete()[0]
