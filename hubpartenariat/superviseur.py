"""``script/server``: starts everything the hub needs, watches it, stops it.

One process holds the lock of the data folder, PostgreSQL (unless DATABASE_URL is given), the web
server and the worker. What dies is started again; what an earlier, killed supervisor left behind
is ended first, so that nothing ever runs twice on the same data.
"""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

from hubpartenariat.embarque import (
    arreter_postgresql,
    demarrer_postgresql,
    postgresql_vivant,
)

RACINE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("HUB_VAR") or RACINE / "var")
DELAI_D_ARRET = 20  # seconds given to the web server and the worker to finish what they do
DELAI_DE_DEMARRAGE = 60


class ErreurDeDemarrage(Exception):
    """Why the hub does not start, in one French sentence for the person at the terminal."""


def dire(texte: str = "") -> None:
    sys.stdout.write(texte + "\n")
    sys.stdout.flush()


class Verrou:
    """The lock of the data folder: held by the kernel, so a killed holder leaves none."""

    def __init__(self, dossier: Path):
        dossier.mkdir(parents=True, exist_ok=True)
        self.fichier = (dossier / "verrou").open("a+")

    def prendre(self) -> None:
        try:
            fcntl.flock(self.fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as erreur:
            self.fichier.seek(0)
            ou = self.fichier.read().strip() or "adresse inconnue"
            raise ErreurDeDemarrage(
                f"Le hub tourne déjà sur ces données ({ou}). "
                "Arrêtez-le d’abord, ou donnez un autre dossier : HUB_VAR=… script/server"
            ) from erreur

    def noter(self, texte: str) -> None:
        self.fichier.truncate(0)
        self.fichier.write(texte)
        self.fichier.flush()


class Processus:
    """One child of the supervisor, started again when it dies."""

    def __init__(self, nom: str, commande: list[str]):
        self.nom, self.commande = nom, commande
        self.enfant: subprocess.Popen | None = None
        self.pas_avant = 0.0

    def demarrer(self) -> None:
        # A session of its own: Ctrl-C reaches the supervisor alone, which stops things in order.
        self.enfant = subprocess.Popen(self.commande, cwd=RACINE, start_new_session=True)

    def veiller(self) -> bool:
        """Start again if dead (at most every two seconds). True when something was started."""
        if self.enfant and self.enfant.poll() is None:
            return False
        if time.monotonic() < self.pas_avant:
            return False
        dire(f"[hub] {self.nom} s’est arrêté : redémarrage.")
        self.pas_avant = time.monotonic() + 2
        self.demarrer()
        return True

    def arreter(self) -> None:
        if self.enfant and self.enfant.poll() is None:
            self.enfant.terminate()

    def attendre(self, delai: float) -> None:
        if not self.enfant:
            return
        try:
            self.enfant.wait(delai)
        except subprocess.TimeoutExpired:
            os.killpg(self.enfant.pid, signal.SIGKILL)


class Traces:
    """The children's identities on disk, to end those that a killed supervisor left behind."""

    def __init__(self, dossier: Path):
        self.fichier = dossier / "processus.json"

    def noter(self, processus: list[Processus]) -> None:
        lignes = []
        for un in processus:
            with contextlib.suppress(psutil.NoSuchProcess):
                lignes.append([un.enfant.pid, psutil.Process(un.enfant.pid).create_time()])
        provisoire = self.fichier.with_suffix(".tmp")
        provisoire.write_text(json.dumps(lignes))
        provisoire.replace(self.fichier)

    def nettoyer(self) -> None:
        """End the processes noted last time that still live (same number and same birth)."""
        try:
            lignes = json.loads(self.fichier.read_text())
        except (FileNotFoundError, ValueError):
            return
        restes = []
        for pid, naissance in lignes:
            with contextlib.suppress(psutil.NoSuchProcess):
                parent = psutil.Process(pid)
                if parent.create_time() == naissance:
                    restes += [parent, *parent.children(recursive=True)]
        for reste in restes:
            with contextlib.suppress(psutil.NoSuchProcess):
                reste.terminate()
        _, tenaces = psutil.wait_procs(restes, timeout=10)
        for reste in tenaces:
            with contextlib.suppress(psutil.NoSuchProcess):
                reste.kill()
        self.fichier.unlink(missing_ok=True)

    def effacer(self) -> None:
        self.fichier.unlink(missing_ok=True)


def verifier_port(hote: str, port: int) -> None:
    famille = socket.AF_INET6 if ":" in hote else socket.AF_INET
    with socket.socket(famille) as essai:
        essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            essai.bind((hote, port))
        except OSError as erreur:
            raise ErreurDeDemarrage(
                f"Le port {port} de {hote} n’est pas libre. "
                f"Choisissez-en un autre : PORT={port + 1} script/server"
            ) from erreur


def empreinte_des_statiques() -> str:
    fichiers = sorted(p for p in (RACINE / "static").rglob("*") if p.is_file())
    lignes = [
        f"{p.relative_to(RACINE)} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in fichiers
    ]
    lignes.append((RACINE / "requirements.txt").read_text())
    return hashlib.sha256("\n".join(lignes).encode()).hexdigest()


def preparer(avec_demo: bool) -> list[str]:
    """Migrate, load the référentiels, the static files and (first time) the demo.

    Returns the lines to print about the accounts. Runs Django in this process: seconds matter.
    """
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubpartenariat.settings")
    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    call_command("charger_referentiels", verbosity=0)
    temoin = settings.STATIC_ROOT / ".empreinte"
    if not temoin.exists() or temoin.read_text() != empreinte_des_statiques():
        call_command("collectstatic", verbosity=0, interactive=False)
        temoin.write_text(empreinte_des_statiques())
    comptes = get_user_model().objects
    lignes: list[str] = []
    if avec_demo:
        if not comptes.exists():
            dire("[hub] Premier démarrage : chargement de la démonstration…")
            call_command("charger_demo", verbosity=0)
        from hubpartenariat.comptes.demo import presentation

        lignes = presentation()
    elif not comptes.administrateurs().exists() and sys.stdin.isatty():
        call_command("creer_administrateur")
    elif not comptes.administrateurs().exists():
        lignes = [
            "Créez le premier administrateur : .venv/bin/python manage.py creer_administrateur"
        ]
    connection.close()
    return lignes


def commandes(hote: str, port: int) -> list[Processus]:
    python = sys.executable
    web = [
        *[python, "-m", "gunicorn", "hubpartenariat.wsgi", "--bind", f"{hote}:{port}"],
        *["--workers", os.environ.get("WEB_PROCESSUS", "2"), "--threads", "4"],
        *["--max-requests", "5000", "--max-requests-jitter", "500", "--timeout", "30"],
        *["--graceful-timeout", "15", "--log-level", "warning", "--no-control-socket"],
    ]
    # As root in a container is the operator's choice; no message is ever pickled.
    celery = [python, "-W", "ignore:You're running the worker with superuser"]
    celery += ["-m", "celery", "-A", "hubpartenariat", "--quiet"]
    travailleur = [
        *[*celery, "worker", "--concurrency", "2"],
        *["--loglevel", "warning", "--without-gossip", "--without-mingle"],
    ]
    # Not inside the worker (--beat): it would not be started again there if it died alone.
    horloge = [*celery, "beat", "--loglevel", "warning", "--pidfile", ""]
    return [
        Processus("le serveur web", web),
        Processus("le travailleur", travailleur),
        Processus("l’horloge", horloge),
    ]


def attendre_reponse(adresse: str, processus: list[Processus]) -> None:
    fin = time.monotonic() + DELAI_DE_DEMARRAGE
    while time.monotonic() < fin:
        for un in processus:
            if un.enfant.poll() is not None:
                raise ErreurDeDemarrage(f"{un.nom.capitalize()} n’a pas démarré : voir ci-dessus.")
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"{adresse}/sante/", timeout=2)  # noqa: S310 — our own address
            return
        time.sleep(0.2)
    raise ErreurDeDemarrage("Le serveur web ne répond pas après une minute.")


class Superviseur:
    """Holds everything together until it is asked to stop."""

    def __init__(self, hote: str, port: int, avec_demo: bool):
        self.hote, self.port, self.avec_demo = hote, port, avec_demo
        self.embarque = not os.environ.get("DATABASE_URL")
        self.traces = Traces(VAR)
        self.processus: list[Processus] = []
        self.fin = False

    def demander_la_fin(self, *_args) -> None:
        self.fin = True

    def lancer(self) -> None:
        verrou = Verrou(VAR)
        verrou.prendre()
        self.traces.nettoyer()
        verifier_port(self.hote, self.port)
        adresse = f"http://{'localhost' if self.hote in {'127.0.0.1', '0.0.0.0', '::1'} else self.hote}:{self.port}"  # noqa: E501, S104
        os.environ.setdefault("ADRESSE_PUBLIQUE", adresse)
        verrou.noter(f"processus {os.getpid()}, {adresse}")
        if self.embarque:
            os.environ["HUB_BASE_EMBARQUEE"] = demarrer_postgresql(VAR / "postgresql")
        lignes = preparer(self.avec_demo)
        self.processus = commandes(self.hote, self.port)
        for un in self.processus:
            un.demarrer()
        self.traces.noter(self.processus)
        attendre_reponse(f"http://{self.hote}:{self.port}", self.processus)
        dire(f"\nLe hub est ouvert : {adresse}/\n")
        for ligne in lignes:
            dire(ligne)
        dire("\nCtrl-C pour arrêter.")
        self.veiller()

    def veiller(self) -> None:
        while not self.fin:
            if self.embarque and not postgresql_vivant(VAR / "postgresql"):
                dire("[hub] PostgreSQL s’est arrêté : redémarrage.")
                self.redemarrer_base()
            relances = [un.veiller() for un in self.processus]
            if any(relances):
                self.traces.noter(self.processus)
            time.sleep(0.5)

    def redemarrer_base(self) -> None:
        try:
            demarrer_postgresql(VAR / "postgresql")
        except Exception as erreur:  # try again at the next turn, whatever it was
            dire(f"[hub] PostgreSQL ne démarre pas encore : {erreur}")
            time.sleep(2)

    def arreter(self) -> None:
        dire("\n[hub] Arrêt : les travaux en cours se terminent…")
        for un in self.processus:
            un.arreter()
        fin = time.monotonic() + DELAI_D_ARRET
        for un in self.processus:
            un.attendre(max(0.1, fin - time.monotonic()))
        self.traces.effacer()
        if self.embarque:
            arreter_postgresql(VAR / "postgresql")


def lire_arguments() -> argparse.Namespace:
    lecteur = argparse.ArgumentParser(
        prog="script/server", description="Démarre le hub : base, site, travailleur."
    )
    lecteur.add_argument("--sans-demo", action="store_true", help="démarrer avec un hub vide")
    lecteur.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    lecteur.add_argument("--hote", default=os.environ.get("HOST") or "127.0.0.1")
    return lecteur.parse_args()


def principal() -> int:
    arguments = lire_arguments()
    superviseur = Superviseur(arguments.hote, arguments.port, not arguments.sans_demo)
    for numero in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(numero, superviseur.demander_la_fin)
    try:
        superviseur.lancer()
    except ErreurDeDemarrage as erreur:
        sys.stderr.write(f"{erreur}\n")
        return 1
    finally:
        if superviseur.processus:
            superviseur.arreter()
    return 0


if __name__ == "__main__":
    sys.exit(principal())
