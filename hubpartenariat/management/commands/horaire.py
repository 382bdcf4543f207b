"""``manage.py horaire``: the recurring jobs; ``manage.py horaire NOM``: run one now."""

from django.core.management.base import BaseCommand, CommandError

from hubpartenariat.celery import app
from hubpartenariat.socle.horaires import horaires, tableau_de_bord


class Command(BaseCommand):
    help = "List the recurring jobs with their last run, or run one now (for a cron)."

    def add_arguments(self, parser):
        parser.add_argument("nom", nargs="?")

    def handle(self, nom, **options):
        if nom is None:
            for un in tableau_de_bord():
                horaire, derniere = un["horaire"], un["derniere"]
                fait = "jamais encore"
                if derniere:
                    fait = f"{derniere.commencee_le:%Y-%m-%d %H:%M}, {derniere.resultat}"
                self.stdout.write(f"{horaire.nom:<28} {horaire.libelle} ({horaire.quand}) : {fait}")
            return
        if nom not in horaires():
            raise CommandError(f"« {nom} » n’est pas un travail régulier : {', '.join(horaires())}")
        app.loader.import_default_modules()
        resultat = app.tasks[horaires()[nom].tache].apply()
        if resultat.failed():
            raise CommandError(f"{nom} : {resultat.result}")
        self.stdout.write(f"{nom} : fait")
