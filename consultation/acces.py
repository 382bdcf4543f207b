"""Which answer a browser writes: a secret in a cookie of this consultation, and nothing else.

The private link sets the cookie and sends on to addresses without secret, so that neither the
history, nor a Referer, nor a line of the log holds it. The cookie ends with the browser's session.
"""

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from consultation.saisie import trouver

COOKIE = "reponse"
ENVOIS_PAR_HEURE = 5
DEBUTS_PAR_HEURE = 400  # from one address: a whole hospital may share it


def secret_de(request) -> str:
    return request.COOKIES.get(COOKIE, "")[:100]


def reponse_de(request, consultation):
    """The answer that this browser holds; 404 when it holds none."""
    reponse = trouver(consultation, secret_de(request))
    if reponse is None:
        raise Http404
    return reponse


def confier(reponse_http, consultation, secret: str):
    """Let this browser write the answer of ``secret``, until it is closed."""
    reponse_http.set_cookie(
        COOKIE,
        secret,
        path=consultation.get_absolute_url(),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return reponse_http


def reprendre(reponse_http, consultation):
    """This browser holds nothing any more: the next person at this screen finds nothing."""
    reponse_http.delete_cookie(COOKIE, path=consultation.get_absolute_url(), samesite="Lax")
    return reponse_http


def lien(consultation, secret: str) -> str:
    """The private link, whole."""
    chemin = reverse("consultation:lien", args=[consultation.slug, secret])
    return settings.ADRESSE_PUBLIQUE + chemin
