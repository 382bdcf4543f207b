"""Sign-in as allauth is told to do it. Read by settings.py; nothing here depends on where it runs.

The address is the only identifier; a code sent to it or a password opens the door; a second step
(application, passkey) is offered to all and required of some (see comptes/middleware.py).
"""

_FORMULAIRES = "hubpartenariat.comptes.formulaires"

ACCOUNT_ADAPTER = "hubpartenariat.comptes.adapter.CompteAdapter"
ACCOUNT_FORMS = {
    "add_email": f"{_FORMULAIRES}.NouvelleAdresse",
    "change_password": f"{_FORMULAIRES}.ChangementDeMotDePasse",
    "confirm_email_verification_code": f"{_FORMULAIRES}.CodeDeVerification",
    "confirm_login_code": f"{_FORMULAIRES}.CodeDeConnexion",
    "confirm_password_reset_code": f"{_FORMULAIRES}.CodeDeReinitialisation",
    "login": f"{_FORMULAIRES}.Connexion",
    "reauthenticate": f"{_FORMULAIRES}.Confirmation",
    "request_login_code": f"{_FORMULAIRES}.DemandeDeCode",
    "reset_password": f"{_FORMULAIRES}.MotDePasseOublie",
    "reset_password_from_key": f"{_FORMULAIRES}.NouveauMotDePasse",
    "set_password": f"{_FORMULAIRES}.PremierMotDePasse",
    "signup": f"{_FORMULAIRES}.Inscription",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# Codes: six figures, read on one device and typed on another.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60

# Many people share the address of a hospital, so what is strict is counted by account. Three tries
# for a code and ten codes an hour leave a guesser less than one chance in a thousand a day.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "120/m/ip,5/5m/key",
    "signup": "60/m/ip",
    "request_login_code": "60/m/ip,3/m/key,10/h/key",
    "reset_password": "60/m/ip,3/m/key,10/h/key",
}

MFA_ADAPTER = "hubpartenariat.comptes.adapter.DoubleFacteurAdapter"
MFA_FORMS = {
    "activate_totp": f"{_FORMULAIRES}.ActivationDeLApplication",
    "add_webauthn": f"{_FORMULAIRES}.AjoutDeCle",
    "authenticate": f"{_FORMULAIRES}.DeuxiemeEtape",
    "authenticate_webauthn": f"{_FORMULAIRES}.DeuxiemeEtapeParCle",
    "edit_webauthn": f"{_FORMULAIRES}.NomDeCle",
    "login_webauthn": f"{_FORMULAIRES}.ConnexionParCle",
    "reauthenticate": f"{_FORMULAIRES}.ConfirmationParCode",
    "reauthenticate_webauthn": f"{_FORMULAIRES}.ConfirmationParCle",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Hub du partenariat en santé"
MFA_TOTP_TOLERANCE = 1  # a slow hand or a clock half a minute late

# --- Passwords: long rather than strange; quick to verify, slow to attack ------------------
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
