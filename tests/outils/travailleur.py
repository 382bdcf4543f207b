"""A real Celery worker beside the tests, on the test database, with a broker of its own."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connection
from kombu import Connection

from tests.outils.serveur import RACINE, port_libre


def adresse_de_la_base() -> str:
    """Address of the database that the tests write in, for another process."""
    base = connection.settings_dict
    hote = base["HOST"] or base["OPTIONS"].get("host", "")
    if not hote or hote.startswith("/"):
        return f"postgresql://{base['USER']}@/{base['NAME']}?host={hote}"
    secret = f":{base['PASSWORD']}" if base["PASSWORD"] else ""
    return f"postgresql://{base['USER']}{secret}@{hote}:{base['PORT'] or 5432}/{base['NAME']}"


class CourtierSurDisque:
    """The broker of the embedded set-up."""

    environnement: dict[str, str] = {}

    def __init__(self, var: Path):
        self.dossier = var / "file-attente"
        messages = self.dossier / "messages"
        self.connexion = Connection(
            transport="hubpartenariat.socle.file_sur_disque:Transport",
            transport_options={
                "data_folder_in": messages,
                "data_folder_out": messages,
                "control_folder": self.dossier / "controle",
            },
        )

    def vider(self) -> None:
        for message in (self.dossier / "messages").glob("*.msg"):
            message.unlink(missing_ok=True)

    def arreter(self) -> None:
        self.connexion.release()


class CourtierRedis:
    """A Redis server of the machine, on a free port."""

    def __init__(self, var: Path):
        var.mkdir(parents=True, exist_ok=True)
        port = port_libre()
        self.serveur = subprocess.Popen(
            [shutil.which("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
            + ["--save", "", "--dir", str(var)],
            stdout=subprocess.DEVNULL,
        )
        adresse = f"redis://127.0.0.1:{port}/0"
        self.environnement = {"REDIS_URL": adresse}
        self.connexion = Connection(adresse)
        self.connexion.ensure_connection(max_retries=20, interval_start=0.1, interval_step=0.1)

    def vider(self) -> None:
        self.connexion.default_channel.client.flushall()

    def arreter(self) -> None:
        self.connexion.release()
        self.serveur.terminate()
        self.serveur.wait()


class Travailleur:
    """A worker and its clock, as the supervisor starts them."""

    def __init__(self, courtier):
        self.courtier, self.processus, self.horloge = courtier, None, None

    def demarrer(self) -> None:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        self.processus = self._lancer(
            *["worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]
        )
        self.horloge = self._lancer("beat", "--pidfile", "")

    def _lancer(self, *ordre: str) -> subprocess.Popen:
        propre = {n: v for n, v in os.environ.items() if n not in {"DATABASE_URL", "REDIS_URL"}}
        ici = {"HUB_VAR": str(settings.VAR), "HUB_BASE_EMBARQUEE": adresse_de_la_base()}
        with (settings.VAR / "travailleur.log").open("a") as journal:
            return subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "hubpartenariat", "--quiet", *ordre]
                + ["--loglevel", "warning"],
                cwd=RACINE,
                env=propre | ici | self.courtier.environnement,
                stdout=journal,
                stderr=journal,
            )

    def enfants(self) -> list[psutil.Process]:
        return psutil.Process(self.processus.pid).children(recursive=True)

    def figer(self) -> None:
        """Stop the clock of everything: what is looked at next does not change meanwhile."""
        self._signaler(signal.SIGSTOP)
        time.sleep(0.3)  # what PostgreSQL had already received is done

    def reprendre(self) -> None:
        self._signaler(signal.SIGCONT)

    def _signaler(self, numero: signal.Signals) -> None:
        for un in (psutil.Process(self.processus.pid), *self.enfants()):
            un.send_signal(numero)

    def tuer_au_travail(self, au_travail: Callable[[], bool], delai: float = 240) -> None:
        """kill -9 at a moment when ``au_travail()`` is true for certain."""
        debut = time.monotonic()
        while True:
            attendre(au_travail, delai - (time.monotonic() - debut))
            self.figer()
            if au_travail():
                break
            self.reprendre()
        self.tuer()

    def tuer(self) -> None:
        """kill -9 of everything, as when the machine loses power."""
        for un in (self.processus, self.horloge):
            if un and un.poll() is None:
                victimes = [*psutil.Process(un.pid).children(recursive=True)]
                un.kill()
                for victime in victimes:
                    victime.kill()
                psutil.wait_procs(victimes, timeout=10)
                un.wait()

    def arreter(self) -> None:
        for un in (self.horloge, self.processus):
            if un and un.poll() is None:
                un.terminate()
        try:
            for un in (self.horloge, self.processus):
                if un:
                    un.wait(20)
        except subprocess.TimeoutExpired:
            self.tuer()


def attendre(condition, delai: float) -> float:
    """Wait for ``condition()``; returns the seconds it took. Fails after ``delai``."""
    debut = time.monotonic()
    while not condition():
        assert time.monotonic() - debut < delai, f"not within {delai} s"
        time.sleep(0.1)
    return time.monotonic() - debut
