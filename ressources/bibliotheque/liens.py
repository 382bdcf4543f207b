"""Which links of the library still answer: asked once a week, without going where we must not.

The address comes from people: only http(s) on the usual ports, only to machines of the public
internet. The name is resolved once and the connection made to that very address, so that a name
cannot change its mind between the check and the visit; each redirection is checked again.
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.utils import timezone

from ressources.models import Ressource

SECONDES = 10
DETOURS_AU_PLUS = 5
PORTS = {"http": 80, "https": 443}
AGENT = "HubDuPartenariat/1.0 (verification des liens)"
MORTS = {404, 410}  # other refusals (401, 403, 429, 5xx) may come from who asks


class Interdit(Exception):
    """An address that the hub does not visit."""


class Muet(Exception):
    """Nobody answers there."""


@dataclass(frozen=True)
class Lieu:
    """Where an address leads, once resolved: one machine of the public internet."""

    schema: str
    hote: str
    ip: str
    port: int
    chemin: str


def resoudre(adresse: str) -> Lieu:
    """Read and resolve an address. Interdit if it is not for us, Muet if its name is unknown."""
    try:
        morceaux = urlsplit(adresse)
        port = morceaux.port
    except ValueError:
        raise Interdit(adresse) from None
    if morceaux.scheme not in PORTS or not morceaux.hostname or morceaux.username:
        raise Interdit(adresse)
    if port not in (None, PORTS[morceaux.scheme]):
        raise Interdit(adresse)
    port = PORTS[morceaux.scheme]
    try:
        trouvees = socket.getaddrinfo(morceaux.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Muet(adresse) from None
    ips = [ipaddress.ip_address(une[4][0]) for une in trouvees]
    if not all(ip.is_global and not ip.is_multicast for ip in ips):
        raise Interdit(adresse)
    chemin = morceaux.path or "/"
    if morceaux.query:
        chemin += f"?{morceaux.query}"
    return Lieu(morceaux.scheme, morceaux.hostname, str(ips[0]), port, chemin)


def demander(lieu: Lieu, maniere: str) -> tuple[int, str]:
    """Ask for the head of a page: (status, where it redirects). Nothing of the page is read."""
    prise = socket.create_connection((lieu.ip, lieu.port), timeout=SECONDES)
    connexion = http.client.HTTPConnection(lieu.hote, lieu.port, timeout=SECONDES)
    try:
        if lieu.schema == "https":
            prise = ssl.create_default_context().wrap_socket(prise, server_hostname=lieu.hote)
        connexion.sock = prise
        connexion.request(maniere, lieu.chemin, headers={"User-Agent": AGENT})
        reponse = connexion.getresponse()
        return reponse.status, reponse.headers.get("Location", "")
    finally:
        connexion.close()
        prise.close()


def repond(adresse: str, demander=demander, resoudre=resoudre) -> bool | None:
    """Whether the page is there; None when it cannot be told (forbidden to us, busy, hidden)."""
    try:
        for _ in range(DETOURS_AU_PLUS + 1):
            lieu = resoudre(adresse)
            statut, suite = demander(lieu, "HEAD")
            if statut in (*MORTS, 405, 501):  # many sites know GET only
                statut, suite = demander(lieu, "GET")
            if not (300 <= statut < 400 and suite):
                return False if statut in MORTS else True if statut < 400 else None
            adresse = urljoin(adresse, suite)
    except Interdit:
        return None
    except (Muet, OSError, http.client.HTTPException, UnicodeError, ValueError):
        return False
    return None


def verifier(demander=demander, resoudre=resoudre) -> dict[str, int]:
    """Ask every published link once; {"vivants", "muets", "inconnus"}. Safe to run twice.

    The day of the first silence stays until the link answers again.
    """
    bilan = dict.fromkeys(("vivants", "muets", "inconnus"), 0)
    aujourd_hui = timezone.localdate()
    liens = Ressource.objects.publiees().exclude(lien="").exclude(lien__startswith="/")
    for une in liens.only("lien", "lien_mort_depuis").iterator():
        vivant = repond(une.lien, demander, resoudre)
        if vivant is None:
            bilan["inconnus"] += 1
            continue
        bilan["vivants" if vivant else "muets"] += 1
        depuis = None if vivant else une.lien_mort_depuis or aujourd_hui
        if depuis != une.lien_mort_depuis:
            # Only if nobody corrected the link meanwhile.
            Ressource.objects.filter(pk=une.pk, lien=une.lien).update(lien_mort_depuis=depuis)
    return bilan
