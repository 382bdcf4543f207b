"""``manage.py charger_referentiels``: what every instance needs before anybody comes."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from hubpartenariat.comptes.roles import charger_roles
from hubpartenariat.socle.territoire import charger_communes


class Command(BaseCommand):
    help = "Load the roles, the communes and the cache table. Safe to run again."

    def handle(self, **options):
        call_command("createcachetable", verbosity=0)
        charger_roles()
        charger_communes()
        self.stdout.write("référentiels : à jour")
