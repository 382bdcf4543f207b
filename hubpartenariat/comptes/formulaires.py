"""The forms of allauth in the hub's words: labels, help, errors, what a browser may fill in."""

import json
import re

from allauth.account import forms as compte
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as etape
from allauth.mfa.totp import forms as application
from allauth.mfa.webauthn import forms as cle
from django import forms
from django.core.exceptions import ValidationError

LIBELLES = {
    "email": "Adresse e-mail",
    "login": "Adresse e-mail",
    "password": "Mot de passe",
    "oldpassword": "Mot de passe actuel",
    "password1": "Mot de passe",
    "password2": "Le même mot de passe, encore une fois",
    "code": "Code reçu par e-mail",
    "name": "Nom de cette clé",
}
AIDES = {
    "password1": "Au moins 12 caractères. Une petite phrase convient bien.",
    "code": "6 chiffres. Regardez aussi dans les courriers indésirables.",
    "name": "Pour la reconnaître plus tard : « Téléphone », « Ordinateur du bureau »…",
}
MANQUE = {
    "email": "Indiquez votre adresse e-mail.",
    "login": "Indiquez votre adresse e-mail.",
    "password": "Indiquez votre mot de passe.",
    "oldpassword": "Indiquez votre mot de passe actuel.",
    "password1": "Indiquez le mot de passe que vous choisissez.",
    "password2": "Écrivez le mot de passe une deuxième fois.",
    "code": "Indiquez le code.",
    "name": "Donnez un nom à cette clé.",
    "credential": "Votre appareil n’a rien transmis. Réessayez.",
}
ADRESSE_INCOMPLETE = "Cette adresse n’est pas complète. Exemple : prenom@exemple.fr"
CHIFFRES = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class Habille:
    """Dresses every field of a form of allauth. ``libelles`` and ``aides`` are the form's own."""

    libelles: dict[str, str] = {}
    aides: dict[str, str] = {}
    sans_mention = True  # everything is asked for; saying so at each field would be noise

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for nom, champ in self.fields.items():
            champ.label = self.libelles.get(nom) or LIBELLES.get(nom) or champ.label
            champ.help_text = self.aides.get(nom, AIDES.get(nom, ""))
            champ.widget.attrs.pop("placeholder", None)
            if nom in MANQUE:
                champ.error_messages["required"] = MANQUE[nom]
            if isinstance(champ, forms.EmailField):
                champ.error_messages["invalid"] = ADRESSE_INCOMPLETE
                for regle in champ.validators:
                    if getattr(regle, "code", "") == "invalid":
                        champ.error_messages["invalid"] = ADRESSE_INCOMPLETE
            if nom == "code":
                champ.widget.attrs |= CHIFFRES

    def clean_code(self):
        """Figures are often copied with spaces."""
        self.cleaned_data["code"] = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        return super().clean_code()


class DecodeurPrudent(json.JSONDecoder):
    """A number of 5,000 digits or 5,000 nested lists is no JSON for us, rather than a crash."""

    def decode(self, texte, *args, **options):
        try:
            return super().decode(texte, *args, **options)
        except json.JSONDecodeError:
            raise
        except (ValueError, RecursionError) as erreur:
            raise json.JSONDecodeError("unreadable", "", 0) from erreur


class SansCrash:
    """What the browser says of a passkey is read by fido2, which fails in many ways on nonsense."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["credential"].decoder = DecodeurPrudent

    def _refuser_l_illisible(self, lire):
        try:
            return lire()
        except ValidationError:
            raise
        except Exception as erreur:
            raise get_adapter().validation_error("incorrect_code") from erreur


# --- Coming in -------------------------------------------------------------------------------
class DemandeDeCode(Habille, compte.RequestLoginCodeForm):
    """First way in: an address, nothing else."""

    aides = {"email": "Vous y recevrez un code à 6 chiffres. Aucun mot de passe n’est nécessaire."}

    @property
    def par_mot_de_passe(self):
        """The second way, shown on the same page."""
        return Connexion(auto_id="mdp_%s")


class Connexion(Habille, compte.LoginForm):
    """Second way in: an address and a password."""

    field_order = ["login", "password"]

    def __init__(self, *args, **options):
        options.setdefault("auto_id", "mdp_%s")
        super().__init__(*args, **options)

    @property
    def par_code(self):
        """The first way, shown on the same page."""
        return DemandeDeCode(auto_id="code_%s", initial={"email": self.data.get("login", "")[:254]})


class CodeDeConnexion(Habille, compte.ConfirmLoginCodeForm):
    pass


class Inscription(Habille, compte.SignupForm):
    """An address is enough; a name to be called by and a password are offered."""

    sans_mention = False
    nom = forms.CharField(
        label="Nom affiché",
        max_length=80,
        required=False,
        help_text="Un pseudonyme convient.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ["email", "nom", "password1"]
    aides = {
        "email": "Nous y enverrons un code, pour vérifier qu’elle est bien à vous.",
        "nom": "Un pseudonyme convient.",
        "password1": (
            "Sans mot de passe, vous vous connecterez avec un code reçu par e-mail. Si vous en "
            "choisissez un : au moins 12 caractères, une petite phrase convient bien."
        ),
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["email"].qui_voit = "l’équipe du Pôle ETP. Elle n’est jamais publiée."
        self.fields[
            "nom"
        ].qui_voit = "les personnes qui rédigent une fiche avec vous et l’équipe du Pôle ETP."
        self.fields["nom"].error_messages["max_length"] = "80 caractères au plus."


# --- My account ------------------------------------------------------------------------------
class CodeDeVerification(Habille, compte.ConfirmEmailVerificationCodeForm):
    pass


class NouvelleAdresse(Habille, compte.AddEmailForm):
    libelles = {"email": "Nouvelle adresse e-mail"}
    aides = {"email": "Nous y enverrons un code. L’ancienne adresse sert jusque-là."}


class Confirmation(Habille, compte.ReauthenticateForm):
    pass


class MotDePasseOublie(Habille, compte.ResetPasswordForm):
    aides = {"email": "Celle de votre compte. Vous y recevrez un code à 6 chiffres."}


class CodeDeReinitialisation(Habille, compte.ConfirmPasswordResetCodeForm):
    pass


class NouveauMotDePasse(Habille, compte.ResetPasswordKeyForm):
    libelles = {"password1": "Nouveau mot de passe"}


class PremierMotDePasse(Habille, compte.SetPasswordForm):
    libelles = {"password1": "Mot de passe choisi"}


class ChangementDeMotDePasse(Habille, compte.ChangePasswordForm):
    libelles = {"password1": "Nouveau mot de passe"}
    aides = {"oldpassword": ""}


# --- Second step -----------------------------------------------------------------------------
_CODE_OU_SECOURS = {
    "libelles": {"code": "Code à usage unique"},
    "aides": {
        "code": "Les 6 chiffres affichés par votre application, ou l’un de vos codes de secours."
    },
}


class DeuxiemeEtape(Habille, etape.AuthenticateForm):
    libelles, aides = _CODE_OU_SECOURS["libelles"], _CODE_OU_SECOURS["aides"]


class ConfirmationParCode(Habille, etape.ReauthenticateForm):
    libelles, aides = _CODE_OU_SECOURS["libelles"], _CODE_OU_SECOURS["aides"]


class ActivationDeLApplication(Habille, application.ActivateTOTPForm):
    libelles = {"code": "Code affiché par l’application"}
    aides = {"code": "6 chiffres, qui changent toutes les 30 secondes."}


class _ReponseDeCle(SansCrash, Habille):
    def clean_credential(self):
        return self._refuser_l_illisible(super().clean_credential)


class DeuxiemeEtapeParCle(_ReponseDeCle, cle.AuthenticateWebAuthnForm):
    pass


class ConfirmationParCle(_ReponseDeCle, cle.ReauthenticateWebAuthnForm):
    pass


class ConnexionParCle(_ReponseDeCle, cle.LoginWebAuthnForm):
    pass


class AjoutDeCle(SansCrash, Habille, cle.AddWebAuthnForm):
    libelles = {"passwordless": "Me connecter avec cette clé seule"}
    aides = {
        "passwordless": (
            "Sans code ni mot de passe. L’appareil demandera votre empreinte, votre visage ou "
            "son code secret."
        )
    }

    def clean(self):
        return self._refuser_l_illisible(super().clean)


class NomDeCle(Habille, cle.EditWebAuthnForm):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"].max_length = 80
        self.fields["name"].widget.attrs["maxlength"] = "80"
