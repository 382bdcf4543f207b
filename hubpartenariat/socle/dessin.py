"""Pieces of SVG for the map: shapes, borders, labels, legend. Pure and deterministic."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from hubpartenariat.socle.choses import FICHES, Chose
from hubpartenariat.socle.contours import Vue, vue_couronne, vue_region
from hubpartenariat.socle.vocabulaires import Departement

PAPIER, ENCRE, ENCRE_2, ACCENT = "#fbfaf7", "#1c2333", "#4b5670", "#b5411c"
FILET = "#b4b9c3"
COURONNE = ("75", "92", "93", "94")
# Names cut where the shape is too narrow for one line.
COUPES = {
    "92": ("Hauts-", "de-Seine"),
    "93": ("Seine-", "Saint-Denis"),
    "94": ("Val-de-", "Marne"),
}
# Where a label reads better than at the computed point: above the frame of the enlargement,
# and in the city rather than in the wood for the 12th arrondissement.
REPERES = {"95": (560, 190), "75112": (1300, 780)}
TAILLE = 84  # of the labels, in grid units: 12 px when the drawing is 288 px wide
TAILLE_LARGE = 48  # the same on a wide screen (css/carte.css)
# Widths of the drawings of départements, for the size of the names on a phone.
GABARITS = {"large": 84, "moyen": 66, "etroit": 50}
ESSAIS_DE_NOMS = 150


@dataclass(frozen=True)
class Palier:
    """One step of the legend. ``niveau`` is the class suffix: 0 to 4, or "vide"."""

    libelle: str
    niveau: str
    couleur: str
    minimum: int
    maximum: int


@dataclass(frozen=True)
class Ligne:
    """One territory of the list that goes with the map."""

    code: str
    libelle: str
    nombre: int
    url: str | None
    actif: bool
    chose: Chose = FICHES


def nombre_fr(nombre: int) -> str:
    """12345 → "12 345" with a narrow no-break space."""
    return f"{nombre:,}".replace(",", "\u202f")


def palier_de(nombre: int, legende: list[Palier]) -> Palier:
    """The step of the legend that a count falls in."""
    return next(p for p in legende if p.minimum <= nombre <= p.maximum)


def gabarit(vue: Vue) -> str:
    """Key of GABARITS for a view."""
    return "large" if vue.largeur > 1700 else "moyen" if vue.largeur > 1300 else "etroit"


def cadre(
    largeur: int, hauteur: int, interieur: SafeString, titre: str, liens: bool, classe: str
) -> SafeString:
    """The svg element: a named group of links in a page, an image with a title otherwise."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="carte__svg carte__svg--{}" '
        'viewBox="0 0 {} {}" width="{}" height="{}" {}>{}{}</svg>',
        classe,
        largeur,
        hauteur,
        largeur,
        hauteur,
        format_html('role="group" aria-label="{}"', titre)
        if liens
        else SafeString('role="img" font-family="Atkinson Hyperlegible Next, sans-serif"'),
        "" if liens else format_html("<title>{}</title>", titre),
        interieur,
    )


def _hachures(nom: str, pas: int) -> SafeString:
    """What fills a territory without fiche: visible in black and white too."""
    return format_html(
        '<defs><pattern id="{}" width="{}" height="{}" patternUnits="userSpaceOnUse">'
        '<rect class="carte__fond" width="{}" height="{}" fill="{}"/>'
        '<path class="carte__hachure" d="M0 {}L{} 0" fill="none" stroke="{}" stroke-width="3"/>'
        "</pattern></defs>",
        nom, pas, pas, pas, pas, PAPIER, pas, pas, "#a9b0bd",
    )  # fmt: skip


def _aire(trace: str, palier: Palier, hachures: str) -> SafeString:
    couleur = f"url(#{hachures})" if palier.niveau == "vide" else palier.couleur
    # Between two dark neighbours a dark border would vanish.
    trait = f' stroke="{PAPIER}"' if palier.niveau in "34" else ""
    return SafeString(
        f'<path class="carte__aire carte__aire--{palier.niveau}" fill="{couleur}"{trait} '
        f'd="{trace}"/>'
    )


def _zone(ligne: Ligne, trace: str, palier: Palier, hachures: str, *, doublon=False) -> SafeString:
    """A shape, in its link if it has one; ``doublon``: for the mouse only, drawn elsewhere too.

    Written without format_html: up to 507 of them per drawing. Only name and address come from
    outside, and both are escaped.
    """
    aire = _aire(trace, palier, hachures)
    if not ligne.url:
        return aire
    nom = escape(f"{ligne.libelle} : {ligne.chose.compte(ligne.nombre)}")
    etat = ' tabindex="-1" aria-hidden="true"' if doublon else ""
    if ligne.actif and not doublon:
        etat = ' aria-current="true"'
    return SafeString(
        f'<a class="carte__zone" href="{escape(ligne.url)}" aria-label="{nom}"{etat}>'
        f"{aire}<title>{nom}</title></a>"
    )


def _trait(classe: str, trace: str, couleur: str, epaisseur: float) -> SafeString:
    return format_html(
        '<path class="carte__{}" fill="none" stroke="{}" stroke-width="{}" '
        'stroke-linejoin="round" d="{}"/>',
        classe,
        couleur,
        epaisseur,
        SafeString(trace),
    )


def _etiquette(
    x: int, y: int, nombre: int, lignes: Iterable[str], taille: int, image: bool, classe: str = ""
) -> SafeString:
    """Count and, under it, name on the map."""
    if image:  # one text per line: WeasyPrint centres only whole texts
        grand = round(taille * 1.3)
        return format_html(
            "{}{}",
            _texte(x, y, nombre_fr(nombre), grand, True, gras=True),
            format_html_join(
                "",
                "{}",
                (
                    (_texte(x, y + i * taille, mot, taille, True),)
                    for i, mot in enumerate(lignes, 1)
                ),
            ),
        )
    tspans = format_html(
        '<tspan class="carte__nombre" font-size="{}" font-weight="700">{}</tspan>{}',
        round(taille * 1.3),
        nombre_fr(nombre),
        format_html_join("", '<tspan x="{}" dy="1em">{}</tspan>', ((x, mot) for mot in lignes)),
    )
    return _texte(x, y, tspans, taille, False, classe)


def _texte(
    x: float,
    y: float,
    contenu: str,
    taille: int,
    image: bool,
    classe: str = "",
    gras: bool = False,
) -> SafeString:
    """A centred text; a picture draws its halo by hand (no paint-order in PDFs)."""
    if image:
        return format_html(
            '<g text-anchor="middle" font-size="{}" font-weight="{}">'
            '<text x="{}" y="{}" fill="{}" stroke="{}" stroke-width="{}" '
            'stroke-linejoin="round">{}</text>'
            '<text x="{}" y="{}" fill="{}">{}</text></g>',
            taille, 700 if gras else 400,
            x, y, PAPIER, PAPIER, taille // 5, contenu,
            x, y, ENCRE, contenu,
        )  # fmt: skip
    return format_html(
        '<text class="carte__etiquette{}" x="{}" y="{}" text-anchor="middle" font-size="{}">{}'
        "</text>",
        classe,
        x,
        y,
        taille,
        contenu,
    )


def _departements(
    nom: str, lignes: dict[str, Ligne], legende: list[Palier], nommes: Iterable[str],
    taille: int, liens: bool,
) -> SafeString:  # fmt: skip
    """Shapes, borders, active outlines and labels of one view of the départements."""
    vue = {"region": vue_region, "couronne": vue_couronne}[nom]()
    hachures, nommes = f"hachures-{nom}", list(nommes)
    reperes = vue.reperes | REPERES
    zones = format_html_join(
        "",
        "{}",
        (
            (
                _zone(
                    lignes[code],
                    trace,
                    palier_de(lignes[code].nombre, legende),
                    hachures,
                    doublon=code not in nommes,
                ),
            )
            for code, trace in vue.traces.items()
        ),
    )
    etiquettes = format_html_join(
        "",
        "{}",
        (
            (
                _etiquette(
                    *reperes[code],
                    lignes[code].nombre,
                    COUPES.get(code, (Departement(code).label,)),
                    taille,
                    not liens,
                ),
            )
            for code in nommes
        ),
    )
    return format_html(
        "{}{}{}{}{}{}",
        _hachures(hachures, 28),
        zones,
        _trait("frontieres", vue.frontieres, ENCRE_2, 4),
        _trait("pourtour", vue.pourtour, ENCRE_2, 6),
        actives(vue, lignes.values()),
        format_html('<g class="carte__noms" aria-hidden="true">{}</g>', etiquettes),
    )


def actives(vue: Vue, lignes: Iterable[Ligne]) -> SafeString:
    traces = "".join(vue.traces[x.code] for x in lignes if x.actif and x.code in vue.traces)
    return _trait("actif", traces, ACCENT, 16) if traces else SafeString("")


def _cadre_couronne(vue: Vue) -> tuple[int, int, int, int]:
    """Box of Paris and the petite couronne on the map of the region: x, y, width, height."""
    boites = [vue.boites[code] for code in COURONNE]
    x, y = min(b[0] for b in boites) - 16, min(b[1] for b in boites) - 16
    return x, y, max(b[2] for b in boites) + 16 - x, max(b[3] for b in boites) + 16 - y


def _rectangle(x, y, largeur, hauteur) -> SafeString:
    return format_html(
        '<rect class="carte__loupe" x="{}" y="{}" width="{}" height="{}" rx="12" fill="none" '
        'stroke="{}" stroke-width="6"/>',
        x, y, largeur, hauteur, ENCRE,
    )  # fmt: skip


# --- Whole drawings ------------------------------------------------------------------------


def page_region(lignes: dict[str, Ligne], legende: list[Palier], titre: str) -> SafeString:
    """For a page: the region, then Paris and the petite couronne enlarged."""
    region, couronne = vue_region(), vue_couronne()
    grandes = [code for code in region.traces if code not in COURONNE]
    principal = format_html(
        "{}{}",
        _departements("region", lignes, legende, grandes, TAILLE, True),
        _rectangle(*_cadre_couronne(region)),
    )
    agrandi = format_html(
        '{}<text class="carte__legende-vue" x="0" y="{}" font-size="{}">Paris et petite</text>'
        '<text class="carte__legende-vue" x="0" y="{}" font-size="{}">couronne</text>',
        _departements("couronne", lignes, legende, COURONNE, TAILLE, True),
        TAILLE,
        TAILLE,
        2 * TAILLE,
        TAILLE,
    )
    return format_html(
        "{}{}",
        cadre(region.largeur, region.hauteur, principal, titre, True, "region"),
        cadre(
            couronne.largeur,
            couronne.hauteur,
            agrandi,
            f"{titre} : Paris et petite couronne",
            True,
            "couronne",
        ),
    )


def image_region(
    lignes: dict[str, Ligne], region: Ligne, legende: list[Palier], titre: str
) -> SafeString:
    """For a PDF: the same in one picture, with the legend and the count of the whole region."""
    vue, couronne = vue_region(), vue_couronne()
    grandes = [code for code in vue.traces if code not in COURONNE]
    x, y, largeur, hauteur = _cadre_couronne(vue)
    gauche, haut, echelle = vue.largeur + 150, 40, 0.55
    droite, bas = couronne.largeur * echelle, couronne.hauteur * echelle
    interieur = format_html(
        '{}{}{}<g transform="translate({} {}) scale({})">{}</g>{}{}{}',
        _departements("region", lignes, legende, grandes, 64, False),
        _rectangle(x, y, largeur, hauteur),
        _rectangle(gauche - 20, haut - 20, round(droite + 40), round(bas + 40)),
        gauche, haut, echelle,
        _departements("couronne", lignes, legende, COURONNE, 116, False),
        _mention(gauche + 10, haut + 60, ("Paris et petite", "couronne")),
        _legende(legende, gauche - 20, round(haut + bas + 150)),
        _mention(40, vue.hauteur - 40, (f"Région entière : {region.chose.compte(region.nombre)}",)),
    )  # fmt: skip
    return cadre(round(gauche + droite + 40), vue.hauteur, interieur, titre, False, "image")


def _mention(x: int, y: int, lignes: Iterable[str]) -> SafeString:
    return format_html_join(
        "",
        '<text x="{}" y="{}" font-size="60" fill="{}">{}</text>',
        ((x, y + 66 * i, ENCRE, ligne) for i, ligne in enumerate(lignes)),
    )


def _legende(legende: list[Palier], x: int, y: int) -> SafeString:
    """Swatches in two columns, for a picture that stands alone."""
    titre, y = _mention(x, y, ("Nombre de fiches",)), y + 40
    return titre + format_html_join(
        "",
        '<rect x="{}" y="{}" width="70" height="50" fill="{}" stroke="{}" stroke-width="3"/>'
        '<text x="{}" y="{}" font-size="60" fill="{}">{}</text>',
        (
            (
                x + 520 * (i // 3),
                y + 85 * (i % 3),
                palier.couleur if palier.maximum else "url(#hachures-region)",
                ENCRE_2,
                x + 520 * (i // 3) + 95,
                y + 85 * (i % 3) + 45,
                ENCRE,
                palier.libelle,
            )
            for i, palier in enumerate(legende)
        ),
    )


def communes(
    vue: Vue, nommees: list[Ligne], legende: list[Palier], image: bool, classe: str
) -> SafeString:
    """The communes of a département: white ground, those with fiches shaded and named."""
    servies = [ligne for ligne in nommees if ligne.nombre]
    zones = SafeString(
        "".join(
            _zone(ligne, vue.traces[ligne.code], palier_de(ligne.nombre, legende), "")
            for ligne in servies
        )
    )
    return format_html(
        '{}{}<g class="carte__communes" stroke="{}" stroke-width="3">{}</g>{}{}{}',
        _aire(vue.pourtour, legende[0], ""),
        # Where most communes are drawn with their own outline, the thin borders add nothing.
        _trait("mailles", vue.frontieres, FILET, 2.5) if len(servies) < 200 else "",
        ENCRE_2,
        zones,
        _trait("pourtour", vue.pourtour, ENCRE_2, 6),
        actives(vue, servies),
        _noms_de_communes(vue, nommees, GABARITS[classe], image),
    )


@dataclass(frozen=True)
class _Nom:
    """A label and the room it takes."""

    ligne: Ligne
    x: float
    y: float
    demi: float
    taille: int
    empile: bool  # count above the name (arrondissements), else after it

    @property
    def boite(self) -> tuple[float, float, float, float]:
        haut, bas = (1.2, 1.2) if self.empile else (0.85, 0.3)
        return (
            self.x - self.demi,
            self.y - haut * self.taille,
            self.x + self.demi,
            self.y + bas * self.taille,
        )


def _nom(vue: Vue, ligne: Ligne, taille: int) -> _Nom:
    """Inside the shape if there is room, else just under it; never off the drawing."""
    if ligne.libelle.endswith("arrondissement"):
        x, y = REPERES.get(ligne.code, vue.reperes[ligne.code])
        return _Nom(ligne, x, y, 0.7 * taille, taille, True)
    demi = (len(ligne.libelle) + len(str(ligne.nombre)) + 1) * 0.26 * taille
    gauche, haut, droite, bas = vue.boites[ligne.code]
    x, y = vue.reperes[ligne.code]
    y += round(0.3 * taille)
    if droite - gauche < 1.3 * demi or bas - haut < 1.8 * taille:
        x, y = (gauche + droite) // 2, round(bas + 0.85 * taille)
    x = round(min(max(x, demi), vue.largeur - demi))
    return _Nom(ligne, x, min(y, vue.hauteur - 10), demi, taille, False)


def _noms_de_communes(vue: Vue, servies: list[Ligne], taille: int, image: bool) -> SafeString:
    """Names where there is room, the most fiches first; fewer of them on a small screen."""
    candidates = servies[:ESSAIS_DE_NOMS]
    places: list[_Nom] = []
    petits = {} if image else _placer((_nom(vue, x, taille) for x in candidates), places)
    # On a wide screen these stay where they are, smaller; others come between them.
    places = [_Nom(n.ligne, n.x, n.y, n.demi, TAILLE_LARGE, n.empile) for n in places]
    autres = (_nom(vue, x, TAILLE_LARGE) for x in candidates if x.code not in petits)
    grands = _placer(autres, places)
    return format_html(
        '<g class="carte__noms" aria-hidden="true">{}{}</g>',
        SafeString("".join(_etiquette_de_commune(n, image, "") for n in petits.values())),
        SafeString(
            "".join(
                _etiquette_de_commune(n, image, " carte__etiquette--large") for n in grands.values()
            )
        ),
    )


def _placer(noms: Iterable[_Nom], places: list[_Nom]) -> dict[str, _Nom]:
    """Greedy placement: keep the labels that cover none of those already placed."""
    gardes = {}
    boites = [nom.boite for nom in places]
    for nom in noms:
        gauche, haut, droite, bas = nom.boite
        if all(droite < g or gauche > d or bas < h or haut > b for g, h, d, b in boites):
            places.append(nom)
            boites.append(nom.boite)
            gardes[nom.ligne.code] = nom
    return gardes


def _etiquette_de_commune(nom: _Nom, image: bool, classe: str) -> SafeString:
    libelle, nombre = nom.ligne.libelle, nom.ligne.nombre
    if nom.empile:
        court = libelle.removeprefix("Paris ").removesuffix(" arrondissement")
        return _etiquette(nom.x, nom.y, nombre, (court,), nom.taille, image, classe)
    texte = format_html('{} <tspan font-weight="700">{}</tspan>', libelle, nombre_fr(nombre))
    return _texte(nom.x, nom.y, texte, nom.taille, image, classe)
