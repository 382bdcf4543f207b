"""Headers of every answer, and a sign-in that loses no text."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest

# Only our own files.
POLITIQUE = (
    "default-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


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
        if request.method == "POST" and garder:
            return garder(request, *request.resolver_match.args, **request.resolver_match.kwargs)
        return super().handle_no_permission(request, view_func)
