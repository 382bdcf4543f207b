"""A program: heavy files sent at once to the cleaners of one process, its memory and theirs.

``python depots_simultanes.py SIZE COUNT`` prints in JSON what came out. A process of its own: what
other tests started would count among its children.
"""

import io
import json
import resource
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
from PIL import Image

from hubpartenariat.socle.televersements import accueil
from tests.outils.memoire import pic, remettre_le_pic_a_zero


def envoyer(contenu: bytes) -> str:
    try:
        return accueil.nettoyer(contenu, accueil.FORMATS["jpg"])[:2].hex()
    except accueil.ValidationError as erreur:
        return erreur.messages[0]


class Guet(threading.Thread):
    """Looks at the cleaners: how many at once, how much they hold together."""

    def __init__(self):
        super().__init__(daemon=True)
        self.ensemble, self.memoire, self.fini = 0, 0, False

    def run(self):
        moi = psutil.Process()
        while not self.fini:
            enfants = [e for e in moi.children() if e.is_running()]
            self.ensemble = max(self.ensemble, len(enfants))
            self.memoire = max(self.memoire, sum(map(_tient, enfants)))
            time.sleep(0.02)


def _tient(enfant) -> int:
    try:
        return enfant.memory_info().rss
    except psutil.Error:
        return 0


def principal() -> None:
    cote, combien = map(int, sys.argv[1:])
    sortie = io.BytesIO()
    Image.new("RGB", (cote, cote), (20, 90, 100)).save(sortie, "JPEG")
    contenu, guet = sortie.getvalue(), Guet()
    remettre_le_pic_a_zero()
    avant = pic()
    guet.start()
    with ThreadPoolExecutor(combien) as tous:
        faits = list(tous.map(envoyer, [contenu] * combien))
    guet.fini = True
    guet.join()
    bilan = {
        "faits": faits,
        "ensemble": guet.ensemble,
        "memoire_mo": guet.memoire // 2**20,
        "plus_gros_mo": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "site_mo": (pic() - avant) // 1024,
    }
    sys.stdout.write(json.dumps(bilan))


if __name__ == "__main__":
    principal()
