"""Addresses of allauth, with two views that also note that the new factor was shown."""

from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.urls import include, path

from hubpartenariat.comptes.double_facteur import noter_la_preuve


class _PreuveNotee:
    """Setting up a factor is using it: the person is not asked for it again in this session."""

    def form_valid(self, form):
        reponse = super().form_valid(form)
        noter_la_preuve(self.request)
        return reponse


class ActiverLApplication(_PreuveNotee, ActivateTOTPView):
    pass


class AjouterUneCle(_PreuveNotee, AddWebAuthnView):
    pass


urlpatterns = [
    path("2fa/totp/activate/", ActiverLApplication.as_view(), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", AjouterUneCle.as_view(), name="mfa_add_webauthn"),
    path("", include("allauth.urls")),
]
