"""Invented fiches for a report, and the words of a PDF as a tool that is not ours reads them."""

import random
import re
import subprocess
from collections import Counter

from django.utils import timezone

from cartographie.models import Fiche
from cartographie.semer import fabriquer
from hubpartenariat.socle.territoire import Commune

NOMBRE = re.compile(r"\d+(?:\u202f\d{3})*(?:,\d+)?")


def aujourd_hui(territoire: str = "region") -> dict:
    """What a report is asked for: this territory, as it is read today."""
    return {"territoire": territoire, "au": timezone.localdate().isoformat()}


def semer(graine: int, combien: int) -> None:
    """So many published fiches, always the same for one seed; some answers left out."""
    hasard = random.Random(graine)  # noqa: S311 — invented contents
    communes: dict[str, list[str]] = {}
    for code, departement in Commune.objects.values_list("code", "departement"):
        communes.setdefault(departement, []).append(code)
    fiches = []
    for rang in range(combien):
        une = fabriquer(graine, rang, communes)
        if hasard.random() < 0.2:
            une.avancement = ""
        if hasard.random() < 0.2:
            une.check_list = {}
        fiches.append(une)
    Fiche.objects.bulk_create(fiches)


def pages_de(contenu: bytes, dossier) -> list[str]:
    """The text of each page, in reading order, spaces made equal (thin ones kept apart)."""
    fichier = dossier / "lu.pdf"
    fichier.write_bytes(contenu)
    lu = subprocess.run(
        ["pdftotext", "-raw", fichier, "-"], capture_output=True, text=True, check=True
    ).stdout
    return [" ".join(page.split(" ")) for page in lu.split("\f")][:-1]


def a_plat(texte: str) -> str:
    """Without any space: a label cut over lines reads like a label on one."""
    return re.sub(r"\s+", "", texte)


def nombres(texte: str) -> Counter:
    """Every number of a text, as it is printed."""
    return Counter(re.sub(r"\s", "", n) for n in NOMBRE.findall(texte))
