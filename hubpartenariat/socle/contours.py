"""Outlines of the départements and communes, ready to draw: read once per process."""

import csv
import json
from dataclasses import dataclass
from functools import cache

from hubpartenariat.socle.territoire import DOSSIER_GEO

Point = tuple[int, int]
Boite = tuple[int, int, int, int]


@dataclass(frozen=True)
class Vue:
    """One map on its own integer grid; see fixtures/referentiels/geo/README.md."""

    largeur: int
    hauteur: int
    traces: dict[str, str]  # zone → SVG path of its outline
    reperes: dict[str, Point]  # zone → a point well inside, for its label
    boites: dict[str, Boite]  # zone → left, top, right, bottom
    frontieres: str  # SVG path of the borders shared by two zones, each drawn once
    pourtour: str  # SVG path of the outline of the whole


@cache
def vue_region() -> Vue:
    """The eight départements."""
    return _lire("departements.json", "region")


@cache
def vue_couronne() -> Vue:
    """Paris and its three neighbours, enlarged."""
    return _lire("departements.json", "couronne")


@cache
def vue_departement(code: str) -> Vue:
    """The communes of a département; the arrondissements for Paris."""
    return _lire(f"communes/{code}.json", "communes")


@cache
def noms() -> dict[str, str]:
    """Name of each commune and arrondissement by INSEE code."""
    with (DOSSIER_GEO / "communes.csv").open(encoding="utf-8", newline="") as fichier:
        return {ligne["code"]: ligne["nom"] for ligne in csv.DictReader(fichier)}


def lire_brut(fichier: str, nom: str) -> dict:
    """The view as stored: arcs, and zones as rings of arc numbers."""
    return json.loads((DOSSIER_GEO / fichier).read_text(encoding="utf-8"))[nom]


def _lire(fichier: str, nom: str) -> Vue:
    brut = lire_brut(fichier, nom)
    arcs = [decoder(arc) for arc in brut["arcs"]]
    usages: dict[int, list[int]] = {}
    for anneaux in brut["zones"].values():
        for anneau in anneaux:
            for n in anneau:
                usages.setdefault(max(n, ~n), []).append(n)
    bord = [n for (n, *autres) in usages.values() if not autres]
    formes = {
        zone: [deplier(arcs, anneau) for anneau in anneaux]
        for zone, anneaux in brut["zones"].items()
    }
    return Vue(
        largeur=brut["largeur"],
        hauteur=brut["hauteur"],
        traces={
            zone: "".join(f"{_chemin(points)}z" for points in anneaux)
            for zone, anneaux in formes.items()
        },
        boites={zone: _boite(anneaux) for zone, anneaux in formes.items()},
        reperes={zone: tuple(point) for zone, point in brut["reperes"].items()},
        frontieres="".join(_chemin(arcs[n]) for n, cotes in usages.items() if len(cotes) == 2),
        pourtour="".join(f"{_chemin(points)}z" for points in _enchainer(arcs, bord)),
    )


def _boite(anneaux: list[list[Point]]) -> Boite:
    xs = [x for points in anneaux for x, _ in points]
    ys = [y for points in anneaux for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def decoder(arc: list[int]) -> list[Point]:
    """Points of an arc stored as a first point and steps."""
    x, y = arc[:2]
    points = [(x, y)]
    for i in range(2, len(arc), 2):
        x, y = x + arc[i], y + arc[i + 1]
        points.append((x, y))
    return points


def deplier(arcs: list[list[Point]], anneau: list[int]) -> list[Point]:
    """Closed list of points of a ring of arc numbers."""
    points: list[Point] = []
    for n in anneau:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        points += arc[1:] if points else arc
    return points


def _enchainer(arcs: list[list[Point]], bord: list[int]) -> list[list[Point]]:
    """Closed outlines made of these oriented arcs, end to end."""
    suite = {deplier(arcs, [n])[0]: n for n in bord}
    contours = []
    while suite:
        depart = next(iter(suite))
        anneau = [suite.pop(depart)]
        while (fin := deplier(arcs, [anneau[-1]])[-1]) != depart:
            anneau.append(suite.pop(fin))
        contours.append(deplier(arcs, anneau))
    return contours


def _chemin(points: list[Point]) -> str:
    """Shortest SVG path through these points (steps, no useless space)."""
    (x, y), *suite = points
    morceaux = [f"M{x} {y}l"]
    for a, b in suite:
        for pas in (a - x, b - y):
            colle = morceaux[-1][-1] == "l" or pas < 0
            morceaux.append(str(pas) if colle else f" {pas}")
        x, y = a, b
    return "".join(morceaux)
