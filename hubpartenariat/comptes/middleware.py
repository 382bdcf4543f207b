"""The second factor, required of those who can see or decide for others."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse

from hubpartenariat.comptes.double_facteur import Etat, etat

# Reachable before the factor exists: setting it up, saying again who one is.
POUR_CREER = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "account_reauthenticate",
}
# Reachable once it exists and this session has not shown it. Not the set-up pages: somebody who
# holds an old session must not replace the factor.
POUR_PROUVER = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
SUITE = "suite_apres_deux_facteurs"  # in the session: where the person was going


class DoubleFacteurRequis:
    """Send staff and ARS reviewers who have not shown a second factor to set it up or show it.

    Public pages stay open to them, without any of the powers of their roles; the pages they are
    sent to say why (``user.pouvoirs_suspendus``). Costs no query to the others, one to them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        situation = etat(request)
        if situation is Etat.SANS_OBJET:
            return None
        if situation is Etat.ACQUIS:
            if request.session.get(SUITE) == request.get_full_path():
                del request.session[SUITE]
            return None
        request.user.pouvoirs_suspendus = True
        page = request.resolver_match.view_name
        ouvertes = POUR_CREER if situation is Etat.A_CREER else POUR_PROUVER
        if page in ouvertes or not getattr(view_func, "login_required", True):
            return None
        suite = request.get_full_path() if request.method == "GET" else None
        garder = getattr(view_func, "garder_la_saisie", None)
        if request.method == "POST" and garder:
            # As when a session expires: the text waits, and the page takes it up again.
            reponse = garder(request, *view_args, **view_kwargs)
            if reponse.status_code == 401:  # an autosave: its page says what happened
                return reponse
            suite = request.path
        # Anything else that was posted was not done, and is not to be repeated.
        if situation is Etat.A_PROUVER:
            return _vers("mfa_reauthenticate", next=suite or reverse("mon_espace"))
        if suite:
            request.session[SUITE] = suite
        return _vers("mfa_index")


def _vers(nom: str, **parametres) -> HttpResponseRedirect:
    adresse = reverse(nom)
    return HttpResponseRedirect(f"{adresse}?{urlencode(parametres)}" if parametres else adresse)
