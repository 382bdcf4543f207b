"""A sheet on which charts are drawn as SVG: as wide as its place, text always at its own size.

Across, positions are percentages of the width; down, pixels. So the same drawing serves a phone, a
wide screen and paper, and nothing is scaled. Colours are written twice: literally, for documents
(WeasyPrint reads no style sheet inside an SVG), and as classes, which a page turns into tokens
(css/graphiques.css), for the dark theme too. Areas differ by hatching, never by colour alone.
"""

from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hubpartenariat.socle.typographie import typographier

PAPIER, ENCRE, ENCRE_2, FILET, ACCENT = "#fbfaf7", "#1c2333", "#4b5670", "#767f92", "#b5411c"
# Name of a filling → literal colour, ink to write on it, hatching if any.
AIRES = {
    "fort": ("#0f6b80", "#ffffff", ""),
    "moyen": ("#84c0c5", ENCRE, ""),
    "clair": ("#e3f1f0", ENCRE, "points"),
    "reserve": (PAPIER, ENCRE, "hachures"),
    "contre": (ACCENT, ENCRE, "rayures"),
}
# Drawn over the colour, in a tile of 8 px.
MOTIFS = {
    "points": ('<circle cx="4" cy="4" r="1.3" class="{c}" fill="{t}"/>', "#0f6b80", "teal"),
    "hachures": ('<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" class="{c}" stroke="{t}" fill="none" '
                 'stroke-width="1.6"/>', ACCENT, "accent"),
    "rayures": ('<path d="M-2 6L2 10M0 0L8 8M6 -2L10 2" class="{c}" stroke="{t}" fill="none" '
                'stroke-width="1.6"/>', PAPIER, "papier"),
}  # fmt: skip
LARGEUR_DE_LIGNE = 34  # characters of a label on a phone of 320 px
MARGE = 4


def pc(valeur: float) -> str:
    """A position across, in per cent of the width."""
    return f"{round(valeur, 2):g}%"


def couper(texte: str, largeur: int = LARGEUR_DE_LIGNE, lignes: int = 2) -> list[str]:
    """A label in French typography, on a few lines; the table says the rest."""
    return wrap(typographier(texte), largeur, max_lines=lignes, placeholder="…") or [""]


class Feuille:
    """An SVG being drawn, from top to bottom: ``y`` is where the next thing goes."""

    def __init__(self, cle: str, titre: str, description: str):
        self.cle, self.titre, self.description = cle, typographier(titre), typographier(description)
        self.morceaux: list[SafeString] = []
        self.motifs: set[str] = set()
        self.y = MARGE

    # --- shapes --------------------------------------------------------------------------------
    def aire(self, nom: str, x: float, largeur: float, y: float, hauteur: float) -> None:
        """A filled rectangle of ``largeur`` per cent."""
        couleur, _, motif = AIRES[nom]
        if motif:
            self.motifs.add(nom)
            couleur = f"url(#{self.cle}-{nom})"
        self._poser(
            '<rect class="graphique__aire graphique__aire--{}" x="{}" width="{}" y="{}" '
            'height="{}" fill="{}" stroke="{}" stroke-width="1"/>',
            nom if not motif else "motif", pc(x), pc(largeur), y, hauteur, couleur, ENCRE,
        )  # fmt: skip

    def pastille(self, nom: str, y: float) -> None:
        """The swatch of a legend."""
        couleur, _, motif = AIRES[nom]
        if motif:
            self.motifs.add(nom)
            couleur = f"url(#{self.cle}-{nom})"
        self._poser(
            '<rect class="graphique__aire graphique__aire--{}" x="1" width="26" y="{}" '
            'height="16" fill="{}" stroke="{}" stroke-width="1"/>',
            nom if not motif else "motif", y, couleur, ENCRE,
        )  # fmt: skip

    def valeur(self, nom: str, x: float, y: float, contenu: str) -> None:
        """A figure written on an area, on a patch of paper where the area is hatched."""
        _, encre, motif = AIRES[nom]
        fond = SafeString("")
        if motif:
            demi = 5 + 4.5 * len(contenu)
            fond = format_html(
                '<rect class="graphique__fond" x="{}" y="-15" width="{}" height="20" rx="3" '
                'fill="{}"/>', -demi, 2 * demi, PAPIER,
            )  # fmt: skip
        self._poser(
            '<svg x="{}" y="{}" overflow="visible">{}<text class="graphique__sur--{}" x="0" y="0" '
            'text-anchor="middle" fill="{}">{}</text></svg>',
            pc(x), y, fond, "motif" if motif else nom, encre, contenu,
        )  # fmt: skip

    def trait(self, x1: float, x2: float, y1: float, y2: float, genre: str = "filet") -> None:
        """A straight line: « filet » (axes, grid) or « fort »; « tirets » for a median."""
        couleur, epaisseur, tirets = {
            "filet": (FILET, 1, ""),
            "fort": (ENCRE, 3, ""),
            "tirets": (ENCRE_2, 1.5, "6 4"),
        }[genre]
        self._poser(
            '<line class="graphique__trait graphique__trait--{}" x1="{}" x2="{}" y1="{}" y2="{}" '
            'stroke="{}" stroke-width="{}"{}/>',
            genre, pc(x1), pc(x2), y1, y2, couleur, epaisseur,
            format_html(' stroke-dasharray="{}"', tirets) if tirets else "",
        )  # fmt: skip

    def repere(self, forme: str, x: float, y: float) -> None:
        """A mark: « rond » full, « losange » hollow, « barre » upright, « point » small."""
        trace = {
            "rond": '<circle class="graphique__rond" r="7" fill="#0f6b80" stroke="#1c2333"/>',
            "point": '<circle class="graphique__rond" r="5" fill="#0f6b80" stroke="#1c2333"/>',
            "losange": '<path class="graphique__losange" d="M0 -9L9 0L0 9L-9 0Z" fill="#fbfaf7" '
            'stroke="#b5411c" stroke-width="3"/>',
            "barre": '<path class="graphique__trait graphique__trait--fort" d="M0 -10V10" '
            'stroke="#1c2333" stroke-width="5" fill="none"/>',
            "borne": '<path class="graphique__trait graphique__trait--fort" d="M0 -6V6" '
            'stroke="#1c2333" stroke-width="2" fill="none"/>',
        }[forme]
        self._poser(
            '<svg x="{}" y="{}" overflow="visible">{}</svg>',
            pc(x), y, mark_safe(trace),  # noqa: S308 — one of the constants above
        )  # fmt: skip

    # --- words ---------------------------------------------------------------------------------
    def texte(
        self, x: float, y: float, contenu: str, *, ancre: str = "start", genre: str = "mot",
        dx: float = 0,
    ) -> None:  # fmt: skip
        """One line of text; ``genre``: mot, fort, discret or code; ``dx``: pixels from ``x``."""
        self._poser(
            '<text class="graphique__{}" x="{}" y="{}" dx="{}" text-anchor="{}" fill="{}" '
            'font-weight="{}">{}</text>',
            genre, pc(x), y, dx, ancre, ENCRE_2 if genre == "discret" else ENCRE,
            700 if genre == "fort" else 400, contenu,
        )  # fmt: skip

    def mots(self, contenu: str, genre: str = "mot") -> None:
        """A label on its own lines."""
        for ligne in couper(contenu, LARGEUR_DE_LIGNE if genre == "fort" else 40):
            self.texte(0, self.y + 16, ligne, genre=genre)
            self.y += 21

    def legende(self, entrees: list[tuple[str, str]]) -> None:
        """One line per area: a swatch and its name."""
        for nom, libelle in entrees:
            self.pastille(nom, self.y + 3)
            self.texte(0, self.y + 16, couper(libelle, 30, 1)[0], dx=36)
            self.y += 24
        self.y += 8

    def _poser(self, modele: str, *valeurs) -> None:
        self.morceaux.append(format_html(modele, *valeurs))

    # --- the whole -----------------------------------------------------------------------------
    def svg(self) -> SafeString:
        """The drawing, named and described, with the hatchings it uses."""
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" class="graphique__svg" role="img" '
            'width="100%" height="{}" aria-labelledby="{}-titre" aria-describedby="{}-texte" '
            'font-family="Atkinson Hyperlegible Next, sans-serif" font-size="14">'
            '<title id="{}-titre">{}</title><desc id="{}-texte">{}</desc>{}{}</svg>',
            round(self.y + MARGE), self.cle, self.cle, self.cle, self.titre, self.cle,
            self.description, self._definitions(),
            format_html_join("", "{}", ((m,) for m in self.morceaux)),
        )  # fmt: skip

    def _definitions(self) -> SafeString:
        motifs = []
        for nom in sorted(self.motifs):
            fond, _, motif = AIRES[nom]
            trace, teinte, jeton = MOTIFS[motif]
            classe = f"graphique__motif graphique__motif--{jeton}"
            dessin = mark_safe(trace.format(c=classe, t=teinte))  # noqa: S308 — constants above
            motifs.append(
                format_html(
                    '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse">'
                    '<rect class="graphique__aire--{}" width="8" height="8" fill="{}"/>{}'
                    "</pattern>",
                    self.cle,
                    nom,
                    nom,
                    fond,
                    dessin,
                )  # fmt: skip
            )
        return format_html(
            "<defs>{}</defs>", format_html_join("", "{}", ((m,) for m in motifs))
        ) if motifs else SafeString("")  # fmt: skip
