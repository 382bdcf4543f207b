"""``manage.py charger_demo``: the demonstration, contents and accounts, all invented."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cartographie import demo


class Command(BaseCommand):
    help = "Load the demo accounts and fiches. Safe to run again; refused on a hub that people use."

    def handle(self, **options):
        from hubpartenariat.comptes.demo import DemoRefusee, charger_comptes_demo

        try:
            with transaction.atomic():
                comptes = charger_comptes_demo()
                # The first accounts belong to no team: they are the ones who write.
                auteurs = [compte for compte in comptes if not compte.is_staff][:3]
                fiches = demo.charger(auteurs)
        except DemoRefusee as refus:
            raise CommandError(str(refus)) from refus
        self.stdout.write(f"démonstration : {len(comptes)} comptes, {fiches} fiches ajoutées")
