"""Measuring pages: times, queries, bytes, in a database made for the occasion.

Each page is asked in this process, through the whole WSGI stack (middleware, session, templates),
without network: what is measured is the hub, not the machine's sockets. "SQL" is the time of the
same queries sent again alone; "CPU" is the mean time of processor of our own process, which tells a
slow page from a busy machine.
"""

import gzip
import json
import platform
import statistics
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client

ECHAUFFEMENT = 5
COLONNES = ("p50 ms", "p95 ms", "CPU ms", "requêtes", "SQL ms", "page/SQL", "ko", "ko gzip")


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


def mesurer(adresse: str, tours: int, personne=None) -> dict:
    """Times, queries and bytes of one page, as a visitor or as ``personne``."""
    client = Client(headers={"host": "localhost"})
    if personne:
        client.force_login(personne)
    requetes = []

    def noter(execute, sql, parametres, many, contexte):
        if sql.lstrip("(").startswith(("SELECT", "WITH")):
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


def titres(quoi: str) -> str:
    return f"{quoi:<28}" + "  ".join(f"{titre:>9}" for titre in COLONNES)


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
    return f"{nom:<28}" + "  ".join(cases)


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
