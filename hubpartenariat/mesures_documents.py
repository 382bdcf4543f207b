"""What documents cost: booklets of 1, 100 and 1,000 fiches, reports, each in a process of its own.

Seconds of processor and peak of resident memory are those of the child, read from the system.
"""

import os
import resource

from django.db import connections

from cartographie.models import Fiche
from cartographie.syntheses import livret
from hubpartenariat.syntheses.management.commands.synthese import rendre

TAILLES = (1, 100, 1_000)
JOUR = "2026-11-26"


def a_part(faire) -> dict:
    """Run ``faire() -> (bytes, pages)`` in a child: processor, memory, pages, bytes."""
    lire, ecrire = os.pipe()
    connections.close_all()
    enfant = os.fork()
    if enfant == 0:
        etat = 1
        try:
            contenu, pages = faire()
            os.write(ecrire, f"{pages} {len(contenu)}".encode())
            etat = 0
        finally:
            os._exit(etat)
    os.close(ecrire)
    _, etat, usage = os.wait4(enfant, 0)
    with os.fdopen(lire) as tube:
        dit = tube.read().split()
    if etat or not dit:
        raise RuntimeError("a document could not be made")
    return _bilan(usage, *map(int, dit))


def _bilan(usage: resource.struct_rusage, pages: int, octets: int) -> dict:
    cpu = usage.ru_utime + usage.ru_stime
    return {
        "pages": pages,
        "octets": octets,
        "cpu_s": round(cpu, 2),
        "cpu_ms_par_page": round(1000 * cpu / pages, 1),
        "memoire_mo": round(usage.ru_maxrss / 1024),
    }


def mesurer(tailles=TAILLES) -> list[dict]:
    """Booklets of the first N fiches, then the synthesis of all of them."""
    total = Fiche.objects.publiees().count()
    resultats = []
    for taille in tailles:
        if taille <= total:
            mesure = a_part(lambda n=taille: _livret(n))
            resultats.append({"fiches": taille, "page": "livret (PDF)"} | mesure)
    portee = {"territoire": "region", "au": JOUR}
    mesure = a_part(lambda: rendre("rapport_cartographie", portee))
    resultats.append({"fiches": total, "page": "synthèse (PDF)"} | mesure)
    return resultats


def _livret(combien: int):
    livret.FICHES_MAX = combien  # in the child alone
    return rendre("livret", {"filtres": ""})


def ligne(m: dict) -> str:
    return (
        f"{m['page']:<16} {m['fiches']:>6} fiches  {m['pages']:>5} pages  {m['cpu_s']:>7.1f} s CPU"
        f"  {m['cpu_ms_par_page']:>6.1f} ms/page  {m['memoire_mo']:>5} Mo"
        f"  {m['octets'] / 1e6:>6.1f} Mo de fichier"
    )
