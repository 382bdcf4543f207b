"""``manage.py mesurer`` (script/bench): how long the pages of the map take, and what they cost.

Each page is asked in this process, through the whole WSGI stack (middleware, session, templates),
without network: what is measured is the hub, not the machine's sockets. "SQL" is the time of the
same queries sent again alone; "CPU" is the mean time of processor of our own process, which tells a
slow page from a busy machine. The database is made for the occasion and dropped at the end.
"""

import gzip
import json
import platform
import statistics
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client

from cartographie import demo
from cartographie.models import Fiche

TAILLES = (14, 1_000, 10_000, 100_000)
GRAINE = 7
ECHAUFFEMENT = 5
COLONNES = ("page", "p50 ms", "p95 ms", "CPU ms", "requêtes", "SQL ms", "page/SQL", "ko", "ko gzip")


def pages() -> dict[str, str]:
    fiche = Fiche.objects.publiees().order_by("-publiee_le").values_list("slug", flat=True)[0]
    return {
        "liste": "/cartographie/",
        "liste, deux facettes": "/cartographie/?type_structure=hopital&domaine=parcours",
        "recherche": "/cartographie/?q=éducation+thérapeutique",
        "fiche": f"/cartographie/fiches/{fiche}/",
        "carte d’un département": "/cartographie/?departement=94",
    }


class Command(BaseCommand):
    help = "Measure the pages of the map at several sizes; prints a table, writes var/bench.json."

    def add_arguments(self, parser):
        parser.add_argument("--tailles", type=int, nargs="+", default=TAILLES, metavar="N")
        parser.add_argument("--tours", type=int, default=40, help="requests per page (default 40)")
        parser.add_argument("--sortie", type=Path, default=settings.VAR / "bench.json")

    def handle(self, *, tailles, tours, sortie, **options):
        tailles = sorted(set(tailles))
        if tailles[0] < 14 or tailles[-1] > 1_000_000 or tours < 5:
            raise CommandError("Tailles de 14 à 1000000 fiches, 5 tours au moins.")
        call_command("collectstatic", verbosity=0, interactive=False)
        resultats = []
        with base_a_part():
            call_command("charger_referentiels", verbosity=0)
            demo.charger([])
            for taille in tailles:
                debut = time.monotonic()
                if taille > 14:
                    call_command("semer", fiches=taille - 14, graine=GRAINE, verbosity=0)
                with connection.cursor() as curseur:
                    curseur.execute("VACUUM ANALYZE")
                self.stdout.write(
                    f"\n{taille} fiches (préparées en {time.monotonic() - debut:.0f} s)"
                )
                titres = "  ".join(f"{titre:>9}" for titre in COLONNES[1:])
                self.stdout.write(f"{COLONNES[0]:<24}{titres}")
                for nom, adresse in pages().items():
                    mesure = mesurer(adresse, tours)
                    resultats.append({"fiches": taille, "page": nom, "adresse": adresse} | mesure)
                    self.stdout.write(ligne(nom, mesure))
        ecrire(sortie, resultats, tours)
        self._conclure(resultats, tailles)
        self.stdout.write(f"\nÉcrit dans {sortie}")

    def _conclure(self, resultats, tailles):
        """What is wanted, and whether it holds."""
        p50 = {(r["fiches"], r["page"]): r["p50_ms"] for r in resultats}
        voulus = [(14, 20), (10_000, 30)]
        self.stdout.write("")
        for taille, plafond in voulus:
            if taille in tailles:
                self._dire(f"liste à {taille}", p50[taille, "liste"], plafond)
        if {1_000, 100_000} <= set(tailles):
            rapport = p50[100_000, "liste, deux facettes"] / p50[1_000, "liste, deux facettes"]
            self._dire("liste filtrée, 100 000 / 1 000", rapport, 3, unite="×")
        requetes = {(r["page"], r["requetes"]) for r in resultats}
        stables = len(requetes) == len({page for page, _ in requetes})
        self.stdout.write(
            f"requêtes identiques à toutes les tailles : {'oui' if stables else 'NON'}"
        )
        self._dire(
            "requêtes de la liste", max(n for p, n in requetes if "liste" in p), 12, unite=""
        )

    def _dire(self, quoi, valeur, plafond, unite="ms"):
        tenu = "tenu" if valeur <= plafond else "PAS TENU"
        self.stdout.write(f"{quoi} : {valeur:.4g} {unite} (voulu ≤ {plafond}) {tenu}")


@contextmanager
def base_a_part():
    """A database made for the measures, then dropped; the one of the hub is not touched."""
    ancien = settings.DATABASES["default"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{ancien}_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(ancien, verbosity=0)


def mesurer(adresse: str, tours: int) -> dict:
    """Times, queries and bytes of one page."""
    client = Client(headers={"host": "localhost"})
    requetes = []

    def noter(execute, sql, parametres, many, contexte):
        requetes.append((sql, parametres))
        return execute(sql, parametres, many, contexte)

    for _ in range(ECHAUFFEMENT):
        client.get(adresse)
    with connection.execute_wrapper(noter):
        reponse = client.get(adresse)
    if reponse.status_code != 200:
        raise CommandError(f"{adresse} : réponse {reponse.status_code}")
    cpu = time.process_time()
    temps = [chronometrer(lambda: client.get(adresse)) for _ in range(tours)]
    cpu = (time.process_time() - cpu) * 1000 / tours
    sql = [chronometrer(lambda: rejouer(requetes)) for _ in range(tours)]
    p50 = statistics.median(temps)
    p50_sql = statistics.median(sql)
    return {
        "p50_ms": round(p50, 2),
        "p95_ms": round(statistics.quantiles(temps, n=20)[-1], 2),
        "cpu_ms": round(cpu, 2),
        "requetes": len(requetes),
        "sql_ms": round(p50_sql, 2),
        "rapport": round(p50 / p50_sql, 2),
        "octets": len(reponse.content),
        "octets_gzip": len(gzip.compress(reponse.content, 6)),
    }


def rejouer(requetes) -> None:
    with connection.cursor() as curseur:
        for sql, parametres in requetes:
            curseur.execute(sql, parametres)
            curseur.fetchall()


def chronometrer(faire) -> float:
    debut = time.perf_counter()
    faire()
    return (time.perf_counter() - debut) * 1000


def ligne(nom: str, m: dict) -> str:
    cases = [
        f"{m['p50_ms']:9.1f}",
        f"{m['p95_ms']:9.1f}",
        f"{m['cpu_ms']:9.1f}",
        f"{m['requetes']:9d}",
        f"{m['sql_ms']:9.2f}",
        f"{m['rapport']:9.1f}",
        f"{m['octets'] / 1000:9.1f}",
        f"{m['octets_gzip'] / 1000:9.1f}",
    ]
    return f"{nom:<24}" + "  ".join(cases)


def ecrire(sortie: Path, resultats: list[dict], tours: int) -> None:
    with connection.cursor() as curseur:
        curseur.execute("SHOW server_version")
        postgresql = curseur.fetchone()[0]
    sortie.parent.mkdir(parents=True, exist_ok=True)
    contenu = {
        "quand": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "comment": "in-process WSGI (Django test client), no network; SQL is the replayed queries",
        "python": platform.python_version(),
        "postgresql": postgresql,
        "tours": tours,
        "mesures": resultats,
    }
    sortie.write_text(json.dumps(contenu, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
