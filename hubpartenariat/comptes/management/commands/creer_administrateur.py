"""``manage.py creer_administrateur``: the first person who may give roles to others."""

import getpass
import sys

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from hubpartenariat.comptes.enums import Role
from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.comptes.roles import charger_roles


class Command(BaseCommand):
    help = (
        "Create an administrator, or make one of an existing account. Asks what is not given. "
        "Without a password, sign-in is by a code sent to the address."
    )

    def add_arguments(self, parser):
        parser.add_argument("--courriel", help="address of the person")
        parser.add_argument("--nom", default="", help="name shown to others")

    def handle(self, courriel=None, nom="", **options):
        interactif = courriel is None
        if interactif and not sys.stdin.isatty():
            raise CommandError("Donnez l’adresse : --courriel prenom@exemple.fr")
        courriel = self._adresse(courriel)
        existant = Utilisateur.objects.filter(email__iexact=courriel).first()
        mot_de_passe = None
        if interactif and existant is None:
            nom = nom or input("Nom affiché (facultatif) : ").strip()[:80]
            mot_de_passe = self._mot_de_passe(courriel)
        compte = self._creer(existant, courriel, nom, mot_de_passe)
        self.stdout.write(
            f"{compte.email} administre le hub. Connexion : "
            f"{settings.ADRESSE_PUBLIQUE}{reverse('account_request_login_code')}\n"
            "La première connexion demandera d’ajouter une deuxième étape."
        )

    @staticmethod
    @transaction.atomic
    def _creer(compte, courriel, nom, mot_de_passe):
        charger_roles()
        if compte is None:
            compte = Utilisateur.objects.create_user(courriel, mot_de_passe, nom=nom)
        # The operator vouches for the address.
        EmailAddress.objects.update_or_create(
            user=compte, email=compte.email, defaults={"verified": True, "primary": True}
        )
        compte.activer(True)
        compte.attribuer_roles(compte.roles | {Role.ADMINISTRATEUR})
        return compte

    @staticmethod
    def _adresse(courriel):
        courriel = (courriel or input("Adresse e-mail : ")).strip().lower()
        try:
            validate_email(courriel)
        except ValidationError as erreur:
            raise CommandError(f"« {courriel} » n’est pas une adresse e-mail complète.") from erreur
        return courriel

    def _mot_de_passe(self, courriel):
        question = "Mot de passe (vide : connexion par code reçu par e-mail) : "
        while mot_de_passe := getpass.getpass(question):
            try:
                validate_password(mot_de_passe, Utilisateur(email=courriel))
            except ValidationError as erreur:
                self.stderr.write("\n".join(erreur.messages))
                continue
            if mot_de_passe == getpass.getpass("Le même, encore une fois : "):
                return mot_de_passe
            self.stderr.write("Les deux ne sont pas identiques.")
        return None
