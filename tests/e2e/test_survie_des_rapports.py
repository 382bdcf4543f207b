"""Twenty documents asked for, then the worst: worker killed, broker emptied, database killed.

Every job ends once, none twice, none forgotten; the site answers meanwhile. With the embedded
broker and with a real Redis.
"""

import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.e2e.test_survie import insister
from tests.outils.serveur import Hub, Navigateur, port_libre

pytestmark = pytest.mark.lourd
TERRITOIRES = ("region", "75", "77", "78", "91", "92", "93", "94", "95")
FICHES = 11
CONSTAT = """
import json
from pathlib import Path
from django.conf import settings
from cartographie.models import Fiche
from hubpartenariat.socle.models import DemandeDocument as D
dossier = Path(settings.VAR) / "documents"
print(json.dumps({
    "etats": sorted(D.objects.values_list("etat", flat=True)),
    "essais": sorted(D.objects.values_list("essais", flat=True)),
    "connus": D.objects.exclude(fichier="").values("fichier").distinct().count(),
    "fichiers": len([f for f in dossier.rglob("*.pdf") if f.is_file()]),
    "quand": {str(p): str(t) for p, t in D.objects.filter(etat="pret")
              .values_list("pk", "termine_le")},
    "fiches": list(Fiche.objects.publiees().order_by("slug").values_list("slug", flat=True)),
}))
"""


PURGE = """
from datetime import timedelta
from django.utils import timezone
from hubpartenariat.socle import documents
documents.purger(timezone.now() + timedelta(days=2))
"""


class RedisATuer:
    """A real Redis on a port of its own."""

    def __init__(self, dossier: Path):
        self.port = port_libre()
        self.processus = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1"]
            + ["--save", "", "--dir", str(dossier)],
            stdout=subprocess.DEVNULL,
        )
        self.environnement = {"REDIS_URL": f"redis://127.0.0.1:{self.port}/0"}

    def vider(self, hub) -> None:
        subprocess.run(["redis-cli", "-p", str(self.port), "flushall"], check=True)

    def arreter(self) -> None:
        self.processus.terminate()
        self.processus.wait()


class Embarque:
    """The embedded broker: messages are files."""

    environnement: dict[str, str] = {}

    def vider(self, hub) -> None:
        for message in (hub.var / "file-attente" / "messages").glob("*.msg"):
            message.unlink(missing_ok=True)

    def arreter(self) -> None:
        """Nothing runs."""


def constat(hub) -> dict:
    for _ in range(60):
        try:
            return json.loads(hub.executer(CONSTAT).strip().splitlines()[-1])
        except subprocess.CalledProcessError:  # the database is being restarted
            time.sleep(1)
    raise AssertionError("the database never came back")


@pytest.mark.parametrize("sorte", ["disque", "redis"])
def test_twenty_jobs_end_once_whatever_is_killed(sorte):
    if sorte == "redis" and not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed")
    with tempfile.TemporaryDirectory(prefix="hub-", ignore_cleanup_errors=True) as dossier:
        courtier = RedisATuer(Path(dossier)) if sorte == "redis" else Embarque()
        hub = Hub(Path(dossier) / "var", **courtier.environnement)
        try:
            hub.demarrer()
            _jouer(hub, courtier)
        finally:
            hub.arreter()
            courtier.arreter()


def _jouer(hub, courtier) -> None:
    visiteur = Navigateur(hub)
    page = "/syntheses/rapports/cartographie/"
    visiteur.lire(page)
    for code in TERRITOIRES:
        champs = {"territoire": code}
        statut, _, _ = insister(lambda c=champs: visiteur.envoyer(f"{page}pdf/", c))
        assert statut == 302
    for slug in constat(hub)["fiches"][:FICHES]:
        lieu = f"/cartographie/fiches/{slug}/pdf/"
        statut, _, _ = insister(lambda lieu=lieu: visiteur.envoyer(lieu, {}))
        assert statut == 302
    total = len(TERRITOIRES) + FICHES
    assert hub.tuer("celery") > 0
    avant = constat(hub)
    assert len(avant["etats"]) == total
    courtier.vider(hub)
    assert insister(lambda: visiteur.demander("GET", "/syntheses/"))[0] == 200
    assert hub.tuer("postgres") > 0
    assert insister(lambda: visiteur.demander("GET", page))[0] == 200
    hub.tuer("celery")
    fin = time.monotonic() + 240
    while (vu := constat(hub))["etats"] != ["pret"] * total and time.monotonic() < fin:
        assert insister(lambda: visiteur.demander("GET", "/cartographie/"))[0] == 200
        time.sleep(1)
    assert vu["etats"] == ["pret"] * total
    assert vu["connus"] == total
    # A worker killed between writing its file and saying so leaves one that no row knows: it is
    # never handed out, and the nightly purge removes it.
    assert vu["fichiers"] - total <= 4
    hub.executer(PURGE)
    assert constat(hub)["fichiers"] == total
    assert max(vu["essais"]) <= 3
    for cle, quand in avant["quand"].items():  # what was done was not done again
        assert vu["quand"][cle] == quand
