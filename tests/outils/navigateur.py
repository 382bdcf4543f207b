"""A real browser in front of the hub as the tests see it: same process, same transaction.

The server answers in threads that share the test's database connection, one request at a time, so
that nothing needs to be committed nor cleaned. Playwright lives in a thread of its own: its event
loop would make Django refuse every query.
"""

import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from playwright.sync_api import sync_playwright

OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """The browser of the system; None lets Playwright use its own."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


class _Discret(WSGIRequestHandler):
    def log_message(self, *args):
        """Say nothing: a failing page is seen by the test."""


class _Serveur(ThreadedWSGIServer):
    def _close_connections(self):
        """The connection is the test's: it stays open."""

    def handle_error(self, request, client_address):
        """A browser that goes elsewhere cuts its connections."""


@contextmanager
def _sans_fermer():
    """Django closes old connections around a request; this one is inside the test's transaction."""
    signaux = (request_started, request_finished)
    branches = [signal.disconnect(close_old_connections) for signal in signaux]
    try:
        yield
    finally:
        for signal, branche in zip(signaux, branches, strict=True):
            if branche:
                signal.connect(close_old_connections)


class _UneALaFois:
    """The application, one request at a time: a transaction is not shared by two threads."""

    def __init__(self, application):
        self.application, self.verrou = application, threading.Lock()

    def __call__(self, environ, demarrer):
        with self.verrou, _connexion_gardee():
            reponse = self.application(environ, demarrer)
            try:
                return [b"".join(reponse)]
            finally:
                if fermer := getattr(reponse, "close", None):
                    fermer()


@contextmanager
def _connexion_gardee():
    """What ends a request elsewhere would close the connection, hence the transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@contextmanager
def servir():
    """The address of the hub, served from the current transaction."""
    connexion = connections["default"]
    connexion.inc_thread_sharing()
    serveur = _Serveur(("127.0.0.1", 0), _Discret, connections_override={"default": connexion})
    serveur.set_app(_UneALaFois(StaticFilesHandler(WSGIHandler())))
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.05})
    fil.daemon = True
    fil.start()
    try:
        yield f"http://127.0.0.1:{serveur.server_port}"
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join(5)
        connexion.dec_thread_sharing()


class Navigateur:
    """One Chromium, in its own thread: ``executer(fonction, *args)`` calls fonction(browser)."""

    def __init__(self):
        self.fil = ThreadPoolExecutor(1, thread_name_prefix="chromium")
        self.fil.submit(self._ouvrir).result()

    def _ouvrir(self):
        self.playwright = sync_playwright().start()
        self.chromium = self.playwright.chromium.launch(executable_path=chromium(), args=OPTIONS)

    def executer(self, fonction, *args):
        return self.fil.submit(fonction, self.chromium, *args).result()

    def fermer(self):
        self.fil.submit(self.chromium.close).result()
        self.fil.submit(self.playwright.stop).result()
        self.fil.shutdown()
