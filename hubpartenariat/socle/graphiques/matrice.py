"""Matrix: each proposition at its place, lines at the medians, quadrants with a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from hubpartenariat.socle.graphiques.bases import (
    Graphique,
    dizaine,
    tableau,
)
from hubpartenariat.socle.graphiques.trace import Feuille, couper
from hubpartenariat.socle.typographie import nombre


@dataclass(frozen=True)
class PointDeMatrice:
    """A proposition in the matrix: x and y are percentages, from 0 to 100."""

    code: str
    libelle: str
    x: float | None
    y: float | None


@dataclass(frozen=True)
class Axe:
    nom: str
    unite: str = "%"


HAUTEUR_DE_MATRICE = 380
ETIQUETTES = [(11, 5, "start"), (-11, 5, "end"), (0, -11, "middle"), (0, 22, "middle"),
              (11, -10, "start"), (-11, -10, "end"), (11, 20, "start"),
              (-11, 20, "end")]  # fmt: skip
GAUCHE = 11.0  # per cent of the width kept for the figures of the axis
REFERENCE = 290  # px: the narrowest drawing, on which labels must not meet


def matrice(
    cle: str,
    titre: str,
    points: Sequence[PointDeMatrice],
    axes: tuple[Axe, Axe],
    quadrants: tuple[str, str, str, str],
) -> Graphique:
    """Scatter of x by y, with a line at the median of each.

    ``quadrants``: names of the upper left, upper right, lower left and lower right. A point on a
    median belongs to the upper or right side. Points at the same place share one mark.
    """
    montres = [p for p in points if p.x is not None and p.y is not None]
    if not montres:
        raise ValueError("a matrix has one point at least")
    milieu_x, milieu_y = median(p.x for p in montres), median(p.y for p in montres)
    bords_x, bords_y = _bords([p.x for p in montres]), _bords([p.y for p in montres])

    def cote(p: PointDeMatrice) -> str:
        return quadrants[(p.y < milieu_y) * 2 + (p.x >= milieu_x)]

    phrases = []
    for nom in dict.fromkeys(quadrants):
        codes = [p.code for p in montres if cote(p) == nom]
        phrases.append(f"{nom} : {', '.join(codes) or 'aucune'}")
    feuille = Feuille(cle, titre, ". ".join(phrases) + ".")
    axe_x, axe_y = axes
    feuille.texte(0, feuille.y + 14, f"En hauteur : {axe_y.nom}, en {axe_y.unite}", genre="discret")
    feuille.y += 30
    haut = _noms_de_quadrants(feuille, quadrants[0], quadrants[1])
    bas = haut + HAUTEUR_DE_MATRICE
    gauche, largeur = GAUCHE, 96 - GAUCHE

    def px(valeur):
        return gauche + largeur * (valeur - bords_x[0]) / (bords_x[1] - bords_x[0])

    def py(valeur):
        return (
            bas - 12 - (HAUTEUR_DE_MATRICE - 24) * (valeur - bords_y[0]) / (bords_y[1] - bords_y[0])
        )

    for valeur in _graduations(bords_y):
        feuille.trait(gauche - 2, gauche, round(py(valeur), 1), round(py(valeur), 1))
        texte_y = round(py(valeur) + 5, 1)
        feuille.texte(gauche - 3, texte_y, nombre(valeur), ancre="end", genre="discret")
    for y in (haut, bas):
        feuille.trait(gauche, 100, y, y)
    for x in (gauche, 100):
        feuille.trait(x, x, haut, bas)
    feuille.trait(px(milieu_x), px(milieu_x), haut, bas, "tirets")
    feuille.trait(gauche, 100, round(py(milieu_y), 1), round(py(milieu_y), 1), "tirets")
    medianes = [
        (REFERENCE * px(milieu_x) / 100 - 1, haut, REFERENCE * px(milieu_x) / 100 + 1, bas),
        (REFERENCE * gauche / 100, py(milieu_y) - 1, REFERENCE, py(milieu_y) + 1),
    ]
    _points(feuille, montres, px, py, medianes)
    feuille.y = bas
    for valeur in _graduations(bords_x):
        feuille.trait(px(valeur), px(valeur), bas, bas + 6)
        feuille.texte(px(valeur), bas + 22, nombre(valeur), ancre="middle", genre="discret")
    feuille.y = bas + 32
    _noms_de_quadrants(feuille, quadrants[2], quadrants[3])
    feuille.texte(100, feuille.y + 14, f"{axe_x.nom}, en {axe_x.unite}", ancre="end",
                  genre="discret")  # fmt: skip
    feuille.y += 26
    feuille.texte(0, feuille.y + 12, "Tirets : médianes des propositions", genre="discret")
    feuille.y += 18
    lignes = [
        [f"{p.code} {p.libelle}".strip(), _sur(p.x), _sur(p.y), cote(p) if p in montres else "–"]
        for p in points
    ]
    lignes.append(["Médiane", _sur(milieu_x), _sur(milieu_y), "–"])
    entetes = ["Proposition", f"{axe_x.nom} ({axe_x.unite})", f"{axe_y.nom} ({axe_y.unite})",
               "Quadrant"]  # fmt: skip
    table = tableau(titre, entetes, lignes, mots=(3,))
    texte = f"{feuille.titre}. {feuille.description}"
    return Graphique(cle, feuille.titre, feuille.svg(), table, texte)


def _sur(valeur) -> str:
    return "–" if valeur is None else nombre(valeur, 1)


def _bords(valeurs: Sequence[float]) -> tuple[int, int]:
    """Round bounds that hold the values, at least twenty points apart."""
    bas, haut = 10 * int(min(valeurs) // 10), dizaine(max(valeurs))
    while haut - bas < 20:
        bas, haut = max(0, bas - 10), min(100, haut + 10)
    return bas, haut


def _graduations(bords: tuple[int, int]) -> list[int]:
    pas = 10 if bords[1] - bords[0] <= 40 else 20
    return [v for v in range(bords[0], bords[1] + 1) if v % pas == 0]


def _noms_de_quadrants(feuille: Feuille, un: str, autre: str) -> float:
    """Two names, left and right, on as many lines as the longer; returns the next y."""
    paire = couper(un, 17, 3), couper(autre, 17, 3)
    for x, ancre, lignes in ((0, "start", paire[0]), (100, "end", paire[1])):
        for rang, ligne in enumerate(lignes):
            feuille.texte(x, feuille.y + 14 + 20 * rang, ligne, ancre=ancre, genre="fort")
    feuille.y += 20 * max(map(len, paire)) + 8
    return feuille.y


def _points(feuille: Feuille, points, px, py, medianes) -> None:
    """Marks, and their codes where they meet neither a mark nor another code if possible."""
    places: dict[tuple[float, float], list[str]] = {}
    for p in points:
        places.setdefault((px(p.x), round(py(p.y), 1)), []).append(p.code)
    pris = medianes + [
        (REFERENCE * x / 100 - 6, y - 6, REFERENCE * x / 100 + 6, y + 6) for x, y in places
    ]
    for x, y in places:
        feuille.repere("point", x, y)
    for (x, y), codes in places.items():
        mot = ", ".join(codes)
        essais = []
        for dx, dy, ancre in ETIQUETTES:
            boite = _boite(REFERENCE * x / 100 + dx, y + dy, ancre, 9 * len(mot))
            dehors = boite[0] < REFERENCE * GAUCHE / 100 or boite[2] > REFERENCE
            essais.append((dehors * 5 + sum(_touche(boite, autre) for autre in pris), len(essais)))
        choix = min(essais)[1]
        dx, dy, ancre = ETIQUETTES[choix]
        pris.append(_boite(REFERENCE * x / 100 + dx, y + dy, ancre, 9 * len(mot)))
        feuille.texte(x, y + dy, mot, ancre=ancre, dx=dx, genre="code")


def _boite(x: float, y: float, ancre: str, largeur: float) -> tuple[float, float, float, float]:
    debut = x - {"start": 0, "middle": largeur / 2, "end": largeur}[ancre]
    return debut, y - 13, debut + largeur, y + 3


def _touche(a, b) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
