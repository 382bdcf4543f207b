"""A polar chart: one axis per criterion around a circle, one outline per voice.

Outlines differ by their stroke (solid, dashed) and their marks (full discs, hollow squares), so
that they are told apart in black and white. Axes bear numbers; the table says their names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hubpartenariat.socle.graphiques.bases import Graphique, tableau
from hubpartenariat.socle.graphiques.trace import ACCENT, ENCRE, ENCRE_2, FILET
from hubpartenariat.socle.typographie import typographier

COTE, RAYON, BORD = 340, 132, 156  # the square, the outer ring, where numbers are written
LIGNE = 26  # of the legend
TEAL = "#0f6b80"
TRAITS = (("plein", TEAL, ""), ("tirets", ACCENT, "8 5"))  # name, literal colour, dashes


@dataclass(frozen=True)
class Contour:
    """One voice: its name, and its level on each axis; None where it has none."""

    nom: str
    valeurs: tuple[int | None, ...]


def polaire(
    cle: str, titre: str, axes: Sequence[str], contours: Sequence[Contour], maximum: int
) -> Graphique:
    """Levels from 0 (centre) to ``maximum`` (outer ring). Two outlines at most.

    An axis without level interrupts the outline: nothing is drawn that was not answered.
    """
    if len(contours) > len(TRAITS):
        raise ValueError("a polar chart has at most two outlines")
    if any(len(c.valeurs) != len(axes) for c in contours):
        raise ValueError("one level per axis")
    nombre, dit = len(axes), _description(axes, contours, maximum)
    morceaux = [_anneaux(nombre, maximum), _axes(nombre)]
    morceaux += [
        _contour(contour, trait, maximum) for contour, trait in zip(contours, TRAITS, strict=False)
    ]
    morceaux += [
        _legende(contour.nom, trait, COTE + 6 + LIGNE * rang)
        for rang, (contour, trait) in enumerate(zip(contours, TRAITS, strict=False))
    ]
    titre = typographier(titre)
    svg = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="graphique__svg graphique__svg--polaire" '
        'role="img" viewBox="0 0 {} {}" aria-labelledby="{}-titre" aria-describedby="{}-texte" '
        'font-family="Atkinson Hyperlegible Next, sans-serif" font-size="15">'
        '<title id="{}-titre">{}</title><desc id="{}-texte">{}</desc>{}</svg>',
        COTE, COTE + 10 + LIGNE * len(contours), cle, cle, cle, titre, cle, dit,
        format_html_join("", "{}", ((m,) for m in morceaux)),
    )  # fmt: skip
    lignes = [
        [f"{rang}. {axe}", *(_mot(contour.valeurs[rang - 1]) for contour in contours)]
        for rang, axe in enumerate(axes, 1)
    ]
    entetes = ["Critère", *(contour.nom for contour in contours)]
    return Graphique(cle, titre, svg, tableau(titre, entetes, lignes), f"{titre}. {dit}")


def point(rang: int, nombre: int, rayon: float) -> tuple[float, float]:
    """Where an axis is at this distance of the centre; the first axis points up, then clockwise."""
    angle = 2 * pi * rang / nombre - pi / 2
    milieu = COTE / 2
    return round(milieu + rayon * cos(angle), 1), round(milieu + rayon * sin(angle), 1)


def segments(valeurs: Sequence[int | None]) -> list[tuple[int, int]]:
    """Pairs of neighbouring axes that both have a level: what the outline joins."""
    nombre = len(valeurs)
    paires = ((i, (i + 1) % nombre) for i in range(nombre))
    return [(i, j) for i, j in paires if valeurs[i] is not None and valeurs[j] is not None]


def _anneaux(nombre: int, maximum: int) -> SafeString:
    """One ring per level, straight from axis to axis, with its figure beside the first axis."""
    morceaux = []
    for niveau in range(1, maximum + 1):
        rayon = RAYON * niveau / maximum
        coins = " ".join("{},{}".format(*point(i, nombre, rayon)) for i in range(nombre))
        morceaux.append(
            format_html(
                '<polygon class="graphique__trait graphique__trait--filet" points="{}" '
                'fill="none" stroke="{}" stroke-width="{}"/>',
                coins,
                FILET,
                "1.5" if niveau == maximum else "0.75",
            )  # fmt: skip
        )
        x, y = point(0, nombre, rayon)
        morceaux.append(
            format_html(
                '<text class="graphique__discret" x="{}" y="{}" font-size="12" fill="{}">{}</text>',
                x + 4,
                y + 12,
                ENCRE_2,
                niveau,
            )  # fmt: skip
        )
    return mark_safe("".join(morceaux))  # noqa: S308 — each part escaped


def _axes(nombre: int) -> SafeString:
    morceaux = []
    for rang in range(nombre):
        (x, y), (tx, ty) = point(rang, nombre, RAYON), point(rang, nombre, BORD)
        morceaux.append(
            format_html(
                '<line class="graphique__trait graphique__trait--filet" x1="{}" y1="{}" x2="{}" '
                'y2="{}" stroke="{}" stroke-width="0.75"/>'
                '<text class="graphique__fort" x="{}" y="{}" text-anchor="middle" fill="{}" '
                'font-weight="700">{}</text>',
                COTE / 2,
                COTE / 2,
                x,
                y,
                FILET,
                tx,
                ty + 5,
                ENCRE,
                rang + 1,
            )  # fmt: skip
        )
    return mark_safe("".join(morceaux))  # noqa: S308 — each part escaped


def _contour(contour: Contour, trait: tuple[str, str, str], maximum: int) -> SafeString:
    nom, couleur, tirets = trait
    places = [
        None if v is None else point(i, len(contour.valeurs), RAYON * v / maximum)
        for i, v in enumerate(contour.valeurs)
    ]
    chemin = "".join(
        "M{} {}L{} {}".format(*places[i], *places[j]) for i, j in segments(contour.valeurs)
    )
    ligne = _ligne(nom, couleur, tirets, chemin) if chemin else SafeString("")
    marques = [_marque(nom, couleur, *place) for place in places if place]
    return mark_safe(ligne + "".join(marques))  # noqa: S308 — each part escaped


def _ligne(nom: str, couleur: str, tirets: str, chemin: str) -> SafeString:
    return format_html(
        '<path class="graphique__contour graphique__contour--{}" d="{}" fill="none" stroke="{}" '
        'stroke-width="3" stroke-linecap="round"{}/>',
        nom, chemin, couleur, format_html(' stroke-dasharray="{}"', tirets) if tirets else "",
    )  # fmt: skip


def _marque(nom: str, couleur: str, x: float, y: float) -> SafeString:
    """A full disc for the solid outline, a larger hollow square for the dashed one: where both are
    at the same place, the disc is seen inside the square."""
    if nom == "plein":
        return format_html(
            '<circle class="graphique__marque graphique__marque--plein" cx="{}" cy="{}" r="4.5" '
            'fill="{}"/>', x, y, couleur,
        )  # fmt: skip
    return format_html(
        '<rect class="graphique__marque graphique__marque--tirets" x="{}" y="{}" width="15" '
        'height="15" fill="none" stroke="{}" stroke-width="2.5"/>',
        round(x - 7.5, 1), round(y - 7.5, 1), couleur,
    )  # fmt: skip


def _legende(nom: str, trait: tuple[str, str, str], y: float) -> SafeString:
    code, couleur, tirets = trait
    ligne = _ligne(code, couleur, tirets, f"M40 {y + 8}L92 {y + 8}")
    marque = _marque(code, couleur, 66, y + 8)
    texte = format_html(
        '<text class="graphique__mot" x="104" y="{}" fill="{}">{}, {}</text>',
        y + 13, ENCRE, typographier(nom), "trait plein" if code == "plein" else "tirets",
    )  # fmt: skip
    return mark_safe(ligne + marque + texte)  # noqa: S308 — each part escaped


def _description(axes, contours, maximum: int) -> str:
    parties = [f"{len(axes)} critères, de 0 à {maximum}."]
    for contour in contours:
        connus = [v for v in contour.valeurs if v is not None]
        if connus:
            parties.append(f"{contour.nom} : de {min(connus)} à {max(connus)}.")
        else:
            parties.append(f"{contour.nom} : aucune réponse.")
    return typographier(" ".join(parties))


def _mot(valeur: int | None) -> str:
    return "–" if valeur is None else str(valeur)
