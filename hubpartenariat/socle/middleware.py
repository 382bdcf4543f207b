"""Headers of every answer, and a sign-in that loses no text."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

# Only our own files.
POLITIQUE = (
    "default-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

A_REFAIRE = "Rien n’est encore enregistré : connectez-vous, puis recommencez ce geste."


class EntetesDeSecurite:
    """Content-Security-Policy and Permissions-Policy on every answer, errors included.

    What a signed-in person is shown is kept by no shared cache, unless its view says otherwise.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        reponse = self.get_response(request)
        reponse.headers.setdefault("Content-Security-Policy", POLITIQUE)
        reponse.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        # The user, if the page asked who it is: never a query of our own.
        if getattr(getattr(request, "_cached_user", None), "is_authenticated", False):
            reponse.headers.setdefault("Cache-Control", "private, no-cache")
        reponse.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return reponse


class AdresseLisible:
    """Refuse (400) an address that holds a NUL character: PostgreSQL can store or compare none.

    Forms deal with theirs, so that what was typed is not lost.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL character in the address.")
        return self.get_response(request)


class ConnexionRequise(LoginRequiredMiddleware):
    """Closed by default; a form sent after the session expired is kept, not thrown away.

    A view may carry ``garder_la_saisie``: a function that receives the anonymous POST (whose CSRF
    token was already checked) and returns the answer: keep the text, then sign in.
    """

    def handle_no_permission(self, request, view_func):
        garder = getattr(view_func, "garder_la_saisie", None)
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        if garder:
            return garder(request, *request.resolver_match.args, **request.resolver_match.kwargs)
        messages.info(request, A_REFAIRE)
        return redirect_to_login(page_quittee(request))


def page_quittee(request) -> str:
    """Path of the page of the hub that this POST was sent from; one's space when it is not told.

    Not the address of the POST itself: most of those cannot be opened.
    """
    venue = request.headers.get("Referer", "")
    surs = {request.get_host()}
    if not url_has_allowed_host_and_scheme(venue, surs, require_https=request.is_secure()):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    page = urlsplit(venue)
    return f"{page.path}?{page.query}" if page.query else page.path or "/"


class MethodeRefusee:
    """A page in French where a browser opens an address that only takes what a form sends."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        reponse = self.get_response(request)
        lue_par_quelqu_un = "text/html" in request.headers.get("Accept", "")
        if reponse.status_code != 405 or reponse.content or not lue_par_quelqu_un:
            return reponse
        contexte = {
            "statut": 405,
            "titre": "Cette adresse ne s’ouvre pas directement",
            "texte": "Elle reçoit ce qu’un formulaire envoie. Revenez à la page où il se trouve.",
        }
        page = render(request, "erreur.html", contexte, status=405)
        page.headers["Allow"] = reponse.headers["Allow"]
        return page
