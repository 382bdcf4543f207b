"""After a restore: erase again whoever left since the backup was made. Safe to run twice."""

from django.core.management.base import BaseCommand

from hubpartenariat.comptes.effaces import effaces
from hubpartenariat.comptes.models import Utilisateur


class Command(BaseCommand):
    help = "Efface de nouveau les comptes supprimés depuis la sauvegarde qui vient d’être remise."

    def handle(self, *args, **options):
        cles = list(effaces())
        revenus = Utilisateur.objects.filter(pk__in=cles).exclude(
            email__endswith="@hub.invalid", is_active=False
        )
        nombre = 0
        for personne in revenus:
            personne.anonymiser()
            nombre += 1
        self.stdout.write(f"{len(cles)} compte(s) dans la liste, {nombre} effacé(s) de nouveau.")
