"""Shared borders: cut outlines into arcs, simplify each arc once, put the outlines back together.

Two neighbours refer to the same arc, so simplifying can open no gap between them. Coordinates
are integers in the view's own grid. Pure functions over plain lists; no GIS library.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

Point = tuple[float, float]
Entier = tuple[int, int]
Arete = tuple[Point, Point]
LATITUDE_REFERENCE = 48.8
METRES_PAR_DEGRE = 111_195.0
FINESSES = (1, 1 / 4, 1 / 16, 1 / 64, 2, 4, 16, 256)


def projeter(point: Point) -> Point:
    """Equirectangular projection at 48.8° north: metres east and metres south."""
    longitude, latitude = point
    return (
        longitude * METRES_PAR_DEGRE * cos(radians(LATITUDE_REFERENCE)),
        -latitude * METRES_PAR_DEGRE,
    )


@dataclass
class Topologie:
    """Arcs (each drawn once) and, per zone, rings as lists of arc numbers (~n = reversed)."""

    arcs: list[list[Point]]
    zones: dict[str, list[list[int]]]


def orienter(anneaux: Iterable[tuple[str, list[Point]]]) -> dict[Arete, str]:
    """Who owns the left side of each directed edge, from (commune, closed ring) pairs."""
    cotes: dict[Arete, str] = {}
    for zone, anneau in anneaux:
        for a, b in pairwise(anneau if aire(anneau) > 0 else anneau[::-1]):
            if a != b:
                cotes[a, b] = zone
    return cotes


def recoudre(cotes: dict[Arete, str], preferes: frozenset[str]) -> list[tuple[str, float]]:
    """Close the holes and overlaps of the source, in place; give back (owner, square metres).

    Apart from the outline of the whole, a loop of edges with nobody on the other side is a
    hole or an overlap. It goes to a preferred commune if one borders it, else to the one that
    touches it with the fewest edges.
    """
    suite = {a: b for a, b in cotes if (b, a) not in cotes}
    boucles = []
    while suite:
        depart = min(suite)
        boucle = [(depart, suite.pop(depart))]
        while boucle[-1][1] != depart:
            boucle.append((boucle[-1][1], suite.pop(boucle[-1][1])))
        boucles.append(boucle)
    boucles.sort(key=lambda boucle: -abs(aire([a for a, _ in boucle])))
    reprises = []
    for boucle in boucles[1:]:
        aretes_de = Counter(cotes[arete] for arete in boucle)
        gagnant = min(aretes_de, key=lambda z: (z not in preferes, aretes_de[z], z))
        for a, b in boucle:
            if cotes[a, b] == gagnant:
                del cotes[a, b]
            else:
                cotes[b, a] = gagnant
        contour = [a for a, _ in boucle]
        reprises.append((gagnant, abs(aire([*contour, contour[0]]))))
    return reprises


def construire(cotes: dict[Arete, str], zone_de: Callable[[str], str | None]) -> Topologie:
    """Cut the edges into arcs; `zone_de` maps a commune to its zone (None: not on this map).

    Edges with the same zone on both sides disappear: mapping each commune to its département
    gives the outline of their union.
    """
    retenues = {arete: z for arete, c in cotes.items() if (z := zone_de(c))}
    bords = {(a, b): z for (a, b), z in retenues.items() if retenues.get((b, a)) != z}
    suivants: dict[Point, list[Point]] = defaultdict(list)
    voisins: dict[Point, set[frozenset]] = defaultdict(set)
    degres: dict[Point, set[Point]] = defaultdict(set)
    for a, b in bords:
        suivants[a].append(b)
        paire = frozenset((bords[a, b], bords.get((b, a), "")))
        for ici, autre in ((a, b), (b, a)):
            voisins[ici].add(paire)
            degres[ici].add(autre)
    noeuds = {p for p in degres if len(degres[p]) != 2 or len(voisins[p]) > 1}

    arcs: list[list[Point]] = []
    numero: dict[tuple[Point, Point], int] = {}
    reste = set(bords)

    def suivre(a: Point, b: Point) -> list[Point]:
        zone, chaine = bords[a, b], [a, b]
        while b not in noeuds and b != chaine[0]:
            b = next(c for c in suivants[b] if bords[b, c] == zone)
            chaine.append(b)
        return chaine

    departs = sorted(e for e in bords if e[0] in noeuds)
    for depart in [*departs, *sorted(bords)]:
        if depart not in reste:
            continue
        chaine = suivre(*depart)
        n = len(arcs)
        arcs.append(chaine)
        for a, b in pairwise(chaine):
            numero[a, b], numero[b, a] = n, ~n
            reste.discard((a, b))
            reste.discard((b, a))
    return Topologie(arcs, _assembler(bords, arcs, numero))


def _assembler(bords, arcs, numero) -> dict[str, list[list[int]]]:
    """Chain the arcs of each zone into closed rings."""
    zones: dict[str, list[list[int]]] = defaultdict(list)
    departs: dict[tuple[str, Point], list[int]] = defaultdict(list)
    for arete, zone in sorted(bords.items()):
        n = numero[arete]
        debut = arcs[n][0] if n >= 0 else arcs[~n][-1]
        if arete[0] == debut and n not in departs[zone, debut]:
            departs[zone, debut].append(n)
    for zone, debut in sorted(departs):
        while departs[zone, debut]:
            n = departs[zone, debut].pop(0)
            anneau, ici = [n], arcs[n][-1] if n >= 0 else arcs[~n][0]
            while ici != debut:
                n = departs[zone, ici].pop(0)
                anneau.append(n)
                ici = arcs[n][-1] if n >= 0 else arcs[~n][0]
            zones[zone].append(anneau)
    return dict(zones)


def aire(anneau: list[Point]) -> float:
    """Signed area of a closed ring (positive when counter-clockwise with y upwards)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(anneau)) / 2


def poids(arc: list[Point]) -> list[float]:
    """Visvalingam-Whyatt weight of each point: the triangle area lost by removing it."""
    poids_ = [float("inf")] * len(arc)
    gauche, droite = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))

    def triangle(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = arc[gauche[i]], arc[i], arc[droite[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    tas = [(triangle(i), i) for i in range(1, len(arc) - 1)]
    heapq.heapify(tas)
    courant = {i: aire_ for aire_, i in tas}
    plancher = 0.0
    while tas:
        aire_, i = heapq.heappop(tas)
        if courant.get(i) != aire_:
            continue
        plancher = poids_[i] = max(plancher, aire_)
        del courant[i]
        g, d = gauche[i], droite[i]
        droite[g], gauche[d] = d, g
        for voisin in (g, d):
            if voisin in courant:
                courant[voisin] = triangle(voisin)
                heapq.heappush(tas, (courant[voisin], voisin))
    return poids_


def simplifier(
    topologie: Topologie, sur_grille: Callable[[Point], Entier], seuil: float
) -> list[list[Entier]]:
    """Simplify every arc once, in grid units; refine the few that would touch another.

    `seuil` is the smallest triangle kept, in square grid units. Arcs that cross, or rings that
    would lose their shape, are tried finer, then (where rounding itself is the cause) coarser,
    until nothing is wrong.
    """
    flottants = [[sur_grille(p) for p in arc] for arc in topologie.arcs]
    lourds = [poids(arc) for arc in flottants]
    essais = [0] * len(flottants)
    for tour in range(60):
        arcs = [
            _arrondir(arc, p, seuil * FINESSES[e])
            for arc, p, e in zip(flottants, lourds, essais, strict=True)
        ]
        fautifs = croisements(arcs)
        for anneaux in topologie.zones.values():
            for anneau in anneaux:
                avant = abs(aire(deplier(flottants, anneau)))
                if avant > 4 and not 0.7 < abs(aire(deplier(arcs, anneau))) / avant < 1.4:
                    fautifs |= {n if n >= 0 else ~n for n in anneau}
        if not fautifs:
            return arcs
        if tour > 4:  # one at a time, or two neighbours would dodge the same way for ever
            fautifs = {sorted(fautifs)[tour % len(fautifs)]}
        for n in fautifs:
            essais[n] = (essais[n] + 1) % len(FINESSES)
    raise ValueError(f"{len(fautifs)} arcs se croisent encore : grille trop grossière.")


def _arrondir(arc: list[Point], poids_: list[float], seuil: float) -> list[Entier]:
    ferme = arc[0] == arc[-1]
    if ferme:
        troisieme = sorted(poids_[1:-1], reverse=True)[:3][-1]
        seuil = min(seuil, troisieme)
    gardes = [(round(x), round(y)) for (x, y), p in zip(arc, poids_, strict=True) if p >= seuil]
    propre = [gardes[0]]
    for point in gardes[1:-1]:
        if point != propre[-1] and point != gardes[-1]:
            propre.append(point)
    return [*propre, gardes[-1]]


def deplier(arcs: list[list[Entier]], anneau: list[int]) -> list[Entier]:
    """Give back the closed list of points of a ring of arcs."""
    points: list[Entier] = []
    for n in anneau:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def croisements(arcs: list[list[Entier]], maille: int = 24) -> set[int]:
    """Numbers of the arcs with a segment that properly crosses another segment."""
    cases: dict[tuple[int, int], list[tuple[int, Entier, Entier]]] = defaultdict(list)
    for n, arc in enumerate(arcs):
        for a, b in pairwise(arc):
            if a == b:  # two junctions of the source that meet on the grid
                continue
            for i in range(min(a[0], b[0]) // maille, max(a[0], b[0]) // maille + 1):
                for j in range(min(a[1], b[1]) // maille, max(a[1], b[1]) // maille + 1):
                    cases[i, j].append((n, a, b))
    fautifs = set()
    for segments in cases.values():
        for i, (n, a, b) in enumerate(segments):
            for m, c, d in segments[i + 1 :]:
                if _se_croisent(a, b, c, d):
                    fautifs |= {n, m}
    return fautifs


def _se_croisent(a: Entier, b: Entier, c: Entier, d: Entier) -> bool:
    def cote(p: Entier, q: Entier, r: Entier) -> int:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    if {a, b} == {c, d}:
        return True
    return cote(a, b, c) * cote(a, b, d) < 0 and cote(c, d, a) * cote(c, d, b) < 0


def dedans(point: Point, anneaux: list[list[Point]]) -> bool:
    """Even-odd test: is the point inside these closed rings?"""
    x, y = point
    impair = False
    for anneau in anneaux:
        for (ax, ay), (bx, by) in pairwise(anneau):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                impair = not impair
    return impair


def distance_au_bord(point: Point, anneaux: list[list[Point]]) -> float:
    """Distance from a point to the nearest segment of the rings."""
    x, y = point
    meilleure = float("inf")
    for anneau in anneaux:
        for (ax, ay), (bx, by) in pairwise(anneau):
            dx, dy = bx - ax, by - ay
            norme = dx * dx + dy * dy
            t = ((x - ax) * dx + (y - ay) * dy) / norme if norme else 0
            t = min(1, max(0, t))
            meilleure = min(meilleure, (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2)
    return meilleure**0.5


def centre_visuel(anneaux: list[list[Point]], largeur: float = 1.0) -> Point:
    """A point well inside the outline, farthest from its border, where a label may sit.

    `largeur` > 1 looks for room that is wider than high, as a name is.
    """
    tires = [[(x / largeur, y) for x, y in anneau] for anneau in anneaux]
    xs = [x for anneau in tires for x, _ in anneau]
    ys = [y for anneau in tires for _, y in anneau]
    pas = max(max(xs) - min(xs), max(ys) - min(ys)) / 24 or 1
    candidats = [
        (min(xs) + i * pas, min(ys) + j * pas)
        for i in range(int((max(xs) - min(xs)) / pas) + 1)
        for j in range(int((max(ys) - min(ys)) / pas) + 1)
    ]
    meilleur, score = None, -1.0
    while pas > 0.01 * (max(xs) - min(xs) + 1e-9):
        for point in candidats:
            if dedans(point, tires) and (d := distance_au_bord(point, tires)) > score:
                meilleur, score = point, d
        if meilleur is None:
            return anneaux[0][0]
        pas /= 3
        candidats = [
            (meilleur[0] + i * pas, meilleur[1] + j * pas)
            for i in range(-2, 3)
            for j in range(-2, 3)
        ]
    return (meilleur[0] * largeur, meilleur[1])
