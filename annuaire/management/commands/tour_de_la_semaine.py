"""``manage.py tour_de_la_semaine``: bring the open appels to the people they fit."""

import sys

from django.core.management.base import BaseCommand, CommandError

from annuaire import tour


class Command(BaseCommand):
    help = (
        "Write to people about the appels that fit them, within their ceilings. Safe to run "
        "again: nobody is written to twice in a week."
    )

    def add_arguments(self, parser):
        parser.add_argument("--simuler", action="store_true", help="say what would be written")

    def handle(self, *args, simuler, **options):
        try:
            bilan = tour.faire(simuler=simuler, progres=self._progres if _terminal() else None)
        except tour.TourEnCours as erreur:
            raise CommandError(str(erreur)) from None
        verbe = "seraient écrites" if simuler else "écrites"
        self.stdout.write(
            f"{bilan.appels} appels à pourvoir, {bilan.propositions} propositions {verbe} à "
            f"{bilan.personnes} personnes, {bilan.secondes:.1f} s"
        )

    def _progres(self, faits, total):
        self.stderr.write(f"\r{faits}/{total} personnes", ending="\n" if faits == total else "")


def _terminal() -> bool:
    return sys.stderr.isatty()
