"""The reverse proxy that is delivered: what it lets through, what it says when it does not."""

import http.server
import re
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from hubpartenariat.socle.televersements.accueil import TAILLE_AU_PLUS
from hubpartenariat.socle.televersements.reception import CORPS_AU_PLUS

DEPLOIEMENT = Path(settings.BASE_DIR) / "deploiement"
CONF = (DEPLOIEMENT / "nginx.conf").read_text(encoding="utf-8")
PAGE = (DEPLOIEMENT / "pages" / "413.html").read_text(encoding="utf-8")
MO = 1024 * 1024
UUID = "0f2b8a52-4f3c-4c39-9d5e-3f3a1f0e7a11"


def depots() -> tuple[str, int]:
    """(addresses where files are sent, what is let through there)."""
    motif, dedans = re.search(r"location ~ (\^\S+) \{(.*?)\}", CONF, re.DOTALL).groups()
    return motif, int(re.search(r"client_max_body_size (\d+)m;", dedans)[1]) * MO


def adresses_avec_fichier() -> set[str]:
    return {
        reverse("ressources:proposer"),
        reverse("agenda:document", args=[UUID]),
        reverse("admin:ressources_ressource_corriger", args=[12]),
    }


def test_the_hub_refuses_before_the_proxy_does():
    motif, passe = depots()
    assert passe > CORPS_AU_PLUS >= 2 * TAILLE_AU_PLUS
    for adresse in adresses_avec_fichier():
        assert re.search(motif, adresse), adresse
    assert not re.search(motif, reverse("ressources:liste"))


def test_every_form_that_takes_a_file_is_one_of_those():
    """A form with a file in a new template is to be added to the proxy, and here."""
    gabarits = [
        chemin
        for chemin in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        if "multipart/form-data" in chemin.read_text(encoding="utf-8")
    ]
    assert len(gabarits) == len(adresses_avec_fichier())


def test_ordinary_forms_fit_in_what_the_proxy_lets_through_elsewhere():
    partout = int(re.search(r"^  client_max_body_size (\d+)m;", CONF, re.MULTILINE)[1]) * MO
    assert partout > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert partout > TAILLE_AU_PLUS  # a file of the tables that the team imports


def test_the_page_of_the_proxy_says_the_same_weight_in_french():
    assert "error_page 413 /413.html;" in CONF
    assert f"{TAILLE_AU_PLUS // MO} Mo au plus" in PAGE and '<html lang="fr">' in PAGE
    assert "./deploiement/pages:/etc/nginx/pages:ro" in (
        Path(settings.BASE_DIR) / "docker-compose.yml"
    ).read_text(encoding="utf-8")
    assert not re.search(r"<(script|style|link|img)", PAGE)  # nothing that its policy would block


class _Hub(http.server.BaseHTTPRequestHandler):
    """Reads what arrives, says how much."""

    def do_POST(self):
        reste = int(self.headers["Content-Length"])
        while reste > 0:
            reste -= len(self.rfile.read(min(reste, MO)))
        self.send_response(422)
        self.end_headers()
        self.wfile.write(b"le hub a lu")

    def log_message(self, *_args):
        pass


def _port() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


@pytest.fixture
def mandataire(tmp_path):
    """The address of nginx with our own configuration, but for names, ports and certificates."""
    commande = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if commande is None:
        pytest.skip("nginx is not installed")
    hub = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Hub)
    threading.Thread(target=hub.serve_forever, daemon=True).start()
    port = _port()
    conf = CONF.replace("server web:8000", f"server 127.0.0.1:{hub.server_port}")
    conf = conf.replace("listen 443 ssl default_server;", f"listen 127.0.0.1:{port};")
    conf = conf.replace("listen 80 default_server;", f"listen 127.0.0.1:{_port()};")
    conf = re.sub(r"^ *(http2|ssl_\w+) .*;$", "", conf, flags=re.MULTILINE)
    conf = conf.replace("/etc/nginx/pages", str(DEPLOIEMENT / "pages"))
    dossiers = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporaires = "".join(f"{nom}_temp_path {tmp_path};" for nom in dossiers)
    conf = conf.replace("http {", f"http {{ access_log off; {temporaires}", 1)
    tete = f"pid {tmp_path}/pid; error_log {tmp_path}/erreurs; daemon off;\n"
    if Path("/proc/self").stat().st_uid == 0:
        tete += "user root;\n"
    (tmp_path / "nginx.conf").write_text(tete + conf, encoding="utf-8")
    nginx = subprocess.Popen(
        [commande, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "erreurs"],
        stderr=subprocess.DEVNULL,
    )
    try:
        _attendre(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        nginx.terminate()
        nginx.wait(10)
        hub.shutdown()
        hub.server_close()


def _attendre(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("nginx did not start")


def _envoyer(adresse: str, octets: int) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(adresse, b"x" * octets, timeout=30) as reponse:
            return reponse.status, reponse.read().decode()
    except urllib.error.HTTPError as erreur:
        with erreur:
            return erreur.code, erreur.read().decode()


def _annoncer(adresse: str, octets: int) -> tuple[int, str]:
    """What is answered to who only says how heavy it will be."""
    hote, _, chemin = adresse.removeprefix("http://").partition("/")
    nom, _, port = hote.partition(":")
    with socket.create_connection((nom, int(port)), 10) as prise:
        tete = f"POST /{chemin} HTTP/1.1\r\nHost: hub\r\nContent-Length: {octets}\r\n\r\n"
        prise.sendall(tete.encode())
        prise.settimeout(10)
        recu = b""
        while b"</html>" not in recu and (bout := prise.recv(65_536)):
            recu += bout
    return int(recu.split()[1]), recu.decode()


def test_through_nginx_the_hub_answers_then_the_page_does(mandataire):
    proposer = mandataire + reverse("ressources:proposer")
    assert _envoyer(proposer, 25 * MO) == (422, "le hub a lu")
    for adresse, octets in ((proposer, 2 * 1024 * MO), (f"{mandataire}/recherche/", 25 * MO)):
        statut, dit = _annoncer(adresse, octets)
        assert statut == 413 and "Cet envoi est trop lourd" in dit
        assert "text/html" in dit and "Content-Security-Policy" in dit
