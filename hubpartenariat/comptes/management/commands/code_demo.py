"""``manage.py code_demo moderateur@demo.hub.example``: the one-time code of the moment."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management.base import BaseCommand, CommandError

from hubpartenariat.comptes.demo import COMPTES, secret_demo


class Command(BaseCommand):
    help = "Print the one-time code of a demo account, and for how long it serves."

    def add_arguments(self, parser):
        parser.add_argument("courriel", help="address of a demo account")

    def handle(self, courriel, **options):
        demo = next((c for c in COMPTES if c.courriel == courriel.lower()), None)
        if demo is None:
            possibles = ", ".join(c.courriel for c in COMPTES if c.avec_etape)
            raise CommandError(
                f"Pas de compte de démonstration à cette adresse. Il y a {possibles}."
            )
        if not demo.avec_etape:
            raise CommandError(
                "Ce compte se connecte sans deuxième étape : aucun code n’est demandé."
            )
        periode = app_settings.TOTP_PERIOD
        maintenant = time.time()
        code = format_hotp_value(hotp_value(secret_demo(demo.courriel), int(maintenant // periode)))
        self.stdout.write(f"{code} (encore {periode - int(maintenant % periode)} s)")
