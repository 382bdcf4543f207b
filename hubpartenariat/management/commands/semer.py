"""``manage.py semer``: plausible invented contents in quantity, the same for the same seed."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from cartographie import semer
from cartographie.models import Fiche
from hubpartenariat.socle.territoire import Commune
from hubpartenariat.socle.vocabulaires import Departement

AU_PLUS = 1_000_000
PAS_ENCORE = ("profils", "appels", "reponses")


class Command(BaseCommand):
    help = (
        "Write plausible published contents, always the same for one seed. Running it again only "
        "adds what is missing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--fiches", type=int, default=0, metavar="N", help="published fiches")
        for nom in PAS_ENCORE:
            parser.add_argument(f"--{nom}", type=int, default=0, metavar="N", help="not yet")
        parser.add_argument("--graine", type=int, default=1, metavar="S", help="seed (default 1)")
        parser.add_argument("--simuler", action="store_true", help="say what would be written")

    def handle(self, *, fiches, graine, simuler, **options):
        for nom in PAS_ENCORE:
            if options[nom]:
                raise CommandError(f"--{nom} : le hub ne contient pas encore cette application.")
        if not 1 <= fiches <= AU_PLUS:
            raise CommandError(f"--fiches : donnez un nombre de 1 à {AU_PLUS}.")
        if not 0 <= graine <= 10**9:
            raise CommandError("--graine : donnez un nombre de 0 à 1000000000.")
        communes = self._communes()
        presentes = semer.deja_la(graine, fiches)
        manquent = fiches - len(presentes)
        if simuler:
            exemple = semer.fabriquer(graine, 0, communes)
            self.stdout.write(
                f"{manquent} fiches seraient écrites ({len(presentes)} le sont déjà). "
                f"La première : « {exemple.titre} ». Rien n’a été écrit."
            )
            return
        debut = time.monotonic()
        self._semer(fiches, graine, communes, presentes)
        if manquent > semer.LOT:
            # What autovacuum would do in a minute: fresh statistics and index-only scans.
            with connection.cursor() as curseur:
                ordre = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
                curseur.execute(f"{ordre} socle_entreeindex, socle_bitsfacette")
                curseur.execute("ANALYZE cartographie_fiche")
        duree = time.monotonic() - debut
        self.stdout.write(f"{manquent} fiches écrites en {duree:.0f} s (graine {graine}).")

    def _communes(self) -> dict[str, list[str]]:
        """Codes by département, without Paris as a whole: its arrondissements stand for it."""
        par_departement: dict[str, list[str]] = {code: [] for code in Departement.values}
        feuilles = Commune.objects.filter(commune=None).order_by("code")
        for code, departement in feuilles.values_list("code", "departement"):
            par_departement[departement].append(code)
        if not all(par_departement.values()):
            raise CommandError("Les communes manquent : lancez d’abord charger_referentiels.")
        return par_departement

    def _semer(self, fiches, graine, communes, presentes):
        faites = 0
        lots = semer.lots(graine, 0, fiches, communes)
        with ThreadPoolExecutor(1) as atelier:  # the next batch is made while one is written
            suivant = atelier.submit(next, lots, None)
            while lot := suivant.result():
                suivant = atelier.submit(next, lots, None)
                nouvelles = [fiche for fiche in lot if fiche.uuid not in presentes]
                with transaction.atomic():
                    Fiche.objects.bulk_create(nouvelles)
                faites += len(lot)
                self._progres(faites, fiches)

    def _progres(self, faites: int, fiches: int) -> None:
        if not sys.stderr.isatty():
            return
        plein = 30 * faites // fiches
        barre = "█" * plein + "·" * (30 - plein)
        fin = "\n" if faites == fiches else ""
        sys.stderr.write(f"\r{barre} {faites}/{fiches}{fin}")
        sys.stderr.flush()
