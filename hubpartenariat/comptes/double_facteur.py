"""Where a session stands with the second step of sign-in, for those of whom it is required."""

from enum import Enum

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator


class Etat(Enum):
    """What is missing before a person who must use two steps may work."""

    SANS_OBJET = "not required of this account"
    A_CREER = "no second step was set up"
    A_PROUVER = "set up, but this session did not show it"
    ACQUIS = "shown in this session"


def etat(request) -> Etat:
    """One query for those concerned, none for the others."""
    personne = request.user
    if not (personne.is_authenticated and personne.doit_avoir_deux_facteurs):
        return Etat.SANS_OBJET
    moyens = dict(Authenticator.objects.filter(user_id=personne.pk).values_list("pk", "type"))
    # Recovery codes replace a lost factor; alone they are none.
    if not set(moyens.values()) - {Authenticator.Type.RECOVERY_CODES}:
        return Etat.A_CREER
    preuves = get_authentication_records(request, personne)
    if any(p.get("method") == "mfa" and p.get("id") in moyens for p in preuves):
        return Etat.ACQUIS
    return Etat.A_PROUVER


def noter_la_preuve(request) -> None:
    """Setting up a factor needs a valid answer from it: this session has just shown it."""
    moyen = (
        Authenticator.objects.filter(user_id=request.user.pk)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .latest("created_at")
    )
    record_authentication(
        request, request.user, "mfa", id=moyen.pk, type=moyen.type, reauthenticated=True
    )
