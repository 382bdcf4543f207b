"""``manage.py charger_referentiels``: what every instance needs before anybody comes."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from consultation.restitution import charger_2025
from hubpartenariat.comptes.roles import charger_roles
from hubpartenariat.socle.synonymes import charger_synonymes
from hubpartenariat.socle.territoire import charger_communes
from ressources.bibliotheque.chargement import charger_bibliotheque
from ressources.glossaire import charger_glossaire


class Command(BaseCommand):
    help = "Load roles, communes, consultation of 2025, glossary, library. Safe to run again."

    def handle(self, **options):
        call_command("createcachetable", verbosity=0)
        charger_roles()
        charger_communes()
        charger_2025()
        charger_glossaire()
        charger_synonymes()
        charger_bibliotheque()
        self.stdout.write("référentiels : à jour")
