"""How often somebody does something within the hour, counted without keeping who."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

HEURE = 3600


def trop(quoi: str, cle: str, au_plus: int) -> bool:
    """Count one more; whether ``cle`` did this more than ``au_plus`` times within the hour."""
    nom = _nom(quoi, cle)
    cache.add(nom, 0, timeout=HEURE)
    try:
        return cache.incr(nom) > au_plus
    except ValueError:  # the counter ended between the two lines
        return False


def deja_trop(quoi: str, cle: str, au_plus: int) -> bool:
    """Whether ``trop`` would refuse, without counting once more."""
    return cache.get(_nom(quoi, cle), 0) >= au_plus


def adresse(request) -> str:
    """The address that a request comes from, as the proxies in front of the hub say it."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:  # no proxy said it: the neighbour's own address
        return request.META.get("REMOTE_ADDR", "")


def _nom(quoi: str, cle: str) -> str:
    return f"debit:{quoi}:{cle}"
