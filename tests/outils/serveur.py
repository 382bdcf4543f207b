"""The whole hub as an operator runs it: the supervisor and its real processes, on its own data."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from http.cookies import SimpleCookie
from pathlib import Path

import psutil

RACINE = Path(__file__).resolve().parents[2]


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


class Hub:
    """Starts and kills the hub. ``var`` survives, so that a new start finds the same data."""

    def __init__(self, var: Path, **environnement: str):
        self.var, self.port = var, port_libre()
        self.environnement = os.environ | {"HUB_VAR": str(var), **environnement}
        for nom in ("DATABASE_URL", "REDIS_URL", "HUB_BASE_EMBARQUEE", "DJANGO_SETTINGS_MODULE"):
            if nom not in environnement:
                self.environnement.pop(nom, None)
        self.processus: subprocess.Popen | None = None

    def demarrer(self, *options: str) -> str:
        """Start, wait until the address is printed; returns everything printed so far."""
        commande = [sys.executable, "-m", "hubpartenariat.superviseur", "--port", str(self.port)]
        self.processus = subprocess.Popen(
            [*commande, *options],
            cwd=RACINE,
            env=self.environnement,
            stdout=subprocess.PIPE,
            stderr=(self.var.parent / "erreurs.log").open("a"),
            text=True,
            start_new_session=True,
        )
        lignes = []
        for ligne in self.processus.stdout:
            lignes.append(ligne)
            if "Ctrl-C" in ligne:
                return "".join(lignes)
        raise AssertionError("the hub did not start:\n" + "".join(lignes) + self.erreurs())

    def erreurs(self) -> str:
        return (self.var.parent / "erreurs.log").read_text()[-3000:]

    def arreter(self) -> None:
        if self.processus and self.processus.poll() is None:
            self.processus.terminate()
            self.processus.wait(60)
        self.processus.stdout.close()

    def processus_de(self, motif: str) -> list[psutil.Process]:
        """Living processes of this instance whose command line holds ``motif``."""
        trouves = []
        for un in psutil.process_iter(["pid", "cmdline", "environ"]):
            ligne = " ".join(un.info["cmdline"] or [])
            notre = str(self.var) in ligne or (un.info["environ"] or {}).get("HUB_VAR") == str(
                self.var
            )
            if notre and motif in ligne:
                trouves.append(un)
        return trouves

    def tuer(self, motif: str) -> int:
        """Kill -9 every process whose command line holds ``motif``; returns how many."""
        victimes = self.processus_de(motif)
        for victime in victimes:
            try:
                victime.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        return len(victimes)

    def tuer_tout(self) -> None:
        """A power cut: the supervisor first, then everything else."""
        self.processus.kill()
        self.processus.wait()
        self.processus.stdout.close()
        for motif in ("gunicorn", "celery", "postgres"):
            self.tuer(motif)
        time.sleep(0.5)

    def executer(self, code: str) -> str:
        """Run Python inside the hub's settings (a shell beside the running instance)."""
        return subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", code],
            cwd=RACINE,
            env=self.environnement,
            capture_output=True,
            text=True,
            check=True,
        ).stdout


class Navigateur:
    """A small HTTP client with cookies: what a browser without JavaScript sends."""

    def __init__(self, hub: Hub):
        self.hub, self.cookies = hub, {}

    def demander(self, methode: str, chemin: str, donnees=None):
        """Returns (status, headers, text). Raises OSError when the connection is cut."""
        lien = http.client.HTTPConnection("127.0.0.1", self.hub.port, timeout=30)
        entetes = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        corps = None
        if donnees is not None:
            corps = urllib.parse.urlencode(donnees, doseq=True)
            entetes["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            lien.request(methode, chemin, corps, entetes)
            reponse = lien.getresponse()
            texte = reponse.read()
        except http.client.HTTPException as erreur:
            raise ConnectionError(str(erreur)) from erreur
        finally:
            lien.close()
        for entete in reponse.headers.get_all("Set-Cookie", []):
            for nom, morceau in SimpleCookie(entete).items():
                self.cookies[nom] = morceau.value
        return reponse.status, reponse.headers, texte.decode("utf-8", "replace")

    def lire(self, chemin: str) -> str:
        statut, entetes, texte = self.demander("GET", chemin)
        while statut in {301, 302, 303}:
            statut, entetes, texte = self.demander("GET", entetes["Location"])
        assert statut == 200, f"{chemin}: {statut}"
        return texte

    def envoyer(self, chemin: str, donnees: dict):
        """POST with the CSRF token of the cookie's form."""
        jeton = self.jeton or ""
        return self.demander("POST", chemin, donnees | {"csrfmiddlewaretoken": jeton})

    @property
    def jeton(self) -> str | None:
        return self.cookies.get("csrftoken")

    def entrer(self, email: str, mot_de_passe: str) -> None:
        """Sign in by password."""
        self.lire("/comptes/login/")
        statut, _, _ = self.envoyer("/comptes/login/", {"login": email, "password": mot_de_passe})
        assert statut == 302, f"sign-in answered {statut}"


def champ(html: str, nom: str) -> str:
    """Value of a hidden input of the page."""
    trouve = re.search(rf'name="{nom}"[^>]*value="([^"]*)"', html) or re.search(
        rf'value="([^"]*)"[^>]*name="{nom}"', html
    )
    assert trouve, f"no field {nom} in the page"
    return trouve[1]
