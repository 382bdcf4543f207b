"""Where the hub bends allauth: its words, its mails, what it keeps secret."""

import base64
import hashlib
from io import BytesIO

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.urls import reverse

from hubpartenariat.socle.courriel import envoyer

# Why a mail came, when it is not simply that the address is that of an account.
RAISONS = {
    "login_code": "un code de connexion a été demandé pour cette adresse",
    "email_confirmation_signup": "une inscription a été demandée avec cette adresse",
    "email_confirmation": "un compte du hub a demandé à utiliser cette adresse",
    "account_already_exists": "une inscription a été demandée avec cette adresse",
    "unknown_account": "un code a été demandé pour cette adresse",
    "password_reset_code": "un nouveau mot de passe a été demandé pour cette adresse",
}
METHODES = {
    "reauthenticate": "Avec votre mot de passe",
    "mfa_reauthenticate": "Avec un code à usage unique",
    "mfa_reauthenticate:webauthn": "Avec une clé d’accès",
}
CODE_INEXACT = "Ce code n’est pas le bon, ou il a expiré."
TROP_D_ESSAIS = "Trop d’essais en peu de temps. Attendez quelques minutes, puis recommencez."


class CompteAdapter(DefaultAccountAdapter):
    """Accounts of the hub."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Ce compte est fermé.",
        "duplicate_email": "C’est déjà l’adresse de votre compte.",
        "email_password_mismatch": (
            "L’adresse e-mail et le mot de passe ne vont pas ensemble. Vérifiez-les, ou demandez "
            "un code de connexion."
        ),
        "email_taken": "Cette adresse ne peut pas être utilisée.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "incorrect_code": CODE_INEXACT,
        "incorrect_password": "Ce n’est pas votre mot de passe.",
        "max_email_addresses": "Vous ne pouvez pas avoir plus de %d adresses.",
        "rate_limited": "Vous venez de demander un code. Attendez un peu avant le suivant.",
        "same_as_current": "C’est déjà l’adresse de votre compte.",
        "too_many_login_attempts": TROP_D_ESSAIS,
        "unknown_email": "Vérifiez cette adresse.",
        "unverified_primary_email": "Votre adresse e-mail doit d’abord être vérifiée.",
    }

    def save_user(self, request, user, form, commit=True):
        user.nom = " ".join(form.cleaned_data.get("nom", "").split())
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix, email, context):
        """Every mail of allauth is one of ours: ``templates/courriels/comptes/<name>.txt``."""
        nom = template_prefix.rpartition("/")[2]
        contexte = dict(context)
        if nom in RAISONS:
            contexte["raison"] = f"Vous recevez ce message car {RAISONS[nom]}."
        envoyer(email, f"comptes/{nom}", contexte, confidentiel=True)

    def login(self, request, user):
        """Before the first sign-in, somebody else may have chosen the password of this address.

        Whoever reads the mails of an address owns its account: if the first sign-in is by code,
        a password chosen before, by whoever signed up with that address, opens nothing any more.
        """
        par_code = any(p["method"] == "code" for p in get_authentication_records(request, user))
        if par_code and user.last_login is None and user.has_usable_password():
            user.set_unusable_password()
            user.save(update_fields=["password"])
            messages.info(
                request,
                "Par prudence, le mot de passe choisi à l’inscription a été effacé. Vous pouvez "
                "en choisir un dans « Mon espace », ou continuer sans.",
            )
        super().login(request, user)

    def get_password_change_redirect_url(self, request):
        return reverse("mon_espace")

    def get_reauthentication_methods(self, user):
        methodes = super().get_reauthentication_methods(user)
        return [m | {"description": METHODES[m["id"]]} for m in methodes]


def _chiffre() -> MultiFernet:
    """Encryption by the secret key of the instance; former keys still read."""
    cles = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    empreintes = (hashlib.sha256(f"second-facteur:{cle}".encode()).digest() for cle in cles)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(e)) for e in empreintes])


class DoubleFacteurAdapter(DefaultMFAAdapter):
    """The second step: secrets encrypted at rest, French names."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": "Votre compte utilise déjà une autre adresse.",
        "cannot_delete_authenticator": "Vous ne pouvez pas retirer cette deuxième étape.",
        "cannot_generate_recovery_codes": (
            "Les codes de secours accompagnent une application ou une clé : ajoutez-en une d’abord."
        ),
        "incorrect_code": CODE_INEXACT,
        "unverified_email": "Vérifiez d’abord votre adresse e-mail.",
    }

    def encrypt(self, text):
        return _chiffre().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _chiffre().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self):
        return settings.MFA_TOTP_ISSUER

    def generate_authenticator_name(self, user, type):
        deja = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Clé n° {deja + 1}" if deja else "Ma clé d’accès"

    def build_totp_svg(self, url):
        """The QR code as an image to put in the page: black on white, whatever the theme."""
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        tampon = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage, border=3).save(tampon)
        svg = tampon.getvalue().decode()
        svg = svg[svg.index("<svg") :]
        return svg.replace("<svg", '<svg class="qr" role="img" aria-label="Code QR à scanner"', 1)
