"""Invented fiches for a report, and the words of a PDF as a tool that is not ours reads them."""

import random
import re
import subprocess
from collections import Counter

from django.utils import timezone

from cartographie.models import Fiche
from cartographie.semer import fabriquer
from hubpartenariat.socle.rapports.publication import carte_de
from hubpartenariat.socle.templatetags.rapports import effectif, part
from hubpartenariat.socle.territoire import Commune
from hubpartenariat.socle.typographie import typographier

# Thousands are read apart: the reader of the PDF gives their thin space back as an ordinary one.
NOMBRE = re.compile(r"\d+(?:,\d+)?")


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
    return Counter(NOMBRE.findall(texte))


def ecrites(bloc: dict) -> list[str]:
    """The rows of a block as they must be printed: words, then numbers, no space."""
    if bloc["genre"] == "chiffres":
        return [
            a_plat(
                effectif(u["valeur"])
                + (f" sur {effectif(u['sur'])}" if u["sur"] is not None else "")
                + typographier(u["libelle"])
            )
            for u in bloc["chiffres"]
        ]
    if bloc["genre"] == "barres":
        return [
            a_plat(
                typographier(ligne["libelle"])
                + "".join(
                    effectif(c["valeur"]) + (part(c["part"]) if bloc["en_parts"] else "")
                    for c in ligne["cases"]
                )
            )
            for ligne in bloc["lignes"]
        ]
    if bloc["genre"] == "tableau":
        return [
            a_plat("".join(typographier(c) if isinstance(c, str) else effectif(c) for c in ligne))
            for ligne in bloc["lignes"]
        ]
    return []


def mots_de(chose) -> str:
    """Every word and number of a JSON value, as printed."""
    if isinstance(chose, dict):
        return " ; ".join(mots_de(v) for k, v in chose.items() if k not in {"cle", "longueur"})
    if isinstance(chose, list):
        return " ; ".join(mots_de(v) for v in chose)
    if isinstance(chose, bool) or chose is None:
        return ""
    if isinstance(chose, int):
        return effectif(chose)
    texte = str(chose)
    return part(texte) if re.fullmatch(r"\d+\.\d", texte) else texte


def corps_de(pages: list[str]) -> str:
    """The chapters, without cover, contents, colophon, running heads and page numbers."""
    gardees = []
    for page in pages[2:-1]:
        lignes = page.strip().split("\n")
        gardees += [
            ligne
            for ligne in lignes
            if not ligne.startswith("Hub du partenariat en santé ·")
            and "· empreinte " not in ligne
            and not re.fullmatch(r"\d+ / \d+", ligne.strip())
        ]
    return "\n".join(gardees)


def ecarts(json: dict, pages: list[str]) -> list:
    """What a PDF prints otherwise than its JSON: rows that are missing, numbers too many."""
    lu = corps_de(pages)
    sans_espace, permis, manquent = a_plat(lu), nombres(""), []
    for rang, chapitre in enumerate(json["chapitres"], 1):
        permis += nombres(f"{rang} ; {mots_de(chapitre)}")
        for bloc in chapitre["blocs"]:
            manquent += [
                (bloc["cle"], ligne) for ligne in ecrites(bloc) if ligne not in sans_espace
            ]
            if bloc["genre"] == "carte":
                permis += nombres(re.sub(r"<[^>]+>", " ; ", str(carte_de(bloc).svg)))
            if bloc["genre"] == "barres":
                permis += nombres(" ; ".join(str(g["base"]) for g in bloc["groupes"]))
    return manquent + list((nombres(lu) - permis).elements())
