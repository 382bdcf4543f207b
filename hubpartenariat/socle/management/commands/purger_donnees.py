"""Apply the retention periods: ``manage.py purger_donnees`` says, ``--executer`` does."""

from django.core.management.base import BaseCommand

from hubpartenariat.socle import conservation


class Command(BaseCommand):
    help = "Applique les durées de conservation. Sans --executer, dit seulement ce qui serait fait."

    def add_arguments(self, parser):
        parser.add_argument("--executer", action="store_true", help="agir, au lieu de compter")

    def handle(self, *args, executer=False, **options):
        comptes = conservation.appliquer(executer=executer)
        for regle in conservation.regles():
            self.stdout.write(f"{comptes[regle.nom]:>7}  {regle.phrase}")
        if not executer:
            self.stdout.write("Rien n’a été fait. Relancez avec --executer pour agir.")
