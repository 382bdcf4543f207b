"""Contrasts of the tokens, in both themes: a colour may change, its legibility may not."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "static/css/tokens.css"
COULEUR = r"#[0-9a-f]{3}(?:[0-9a-f]{3})?"
FONDS = ["papier", "papier-2"]
# (ink, background, minimum): everything that the style sheets put on top of one another.
PAIRES = [
    *[
        (encre, fond, 4.5)
        for encre in ("encre", "encre-2", "lien", "lien-fort", "accent", "vert", "ambre")
        for fond in FONDS
    ],
    ("encre", "lien-fond", 4.5),
    ("encre-2", "lien-fond", 4.5),
    ("lien", "lien-fond", 4.5),
    ("lien-fort", "lien-fond", 4.5),
    ("encre", "accent-fond", 4.5),
    ("accent", "accent-fond", 4.5),
    ("encre", "vert-fond", 4.5),
    ("vert", "vert-fond", 4.5),
    ("encre", "ambre-fond", 4.5),
    ("ambre", "ambre-fond", 4.5),
    ("papier", "lien", 4.5),
    ("papier", "lien-fort", 4.5),
    ("papier", "accent", 4.5),
    ("papier", "encre", 4.5),
    *[(f"sur-echelle-{niveau}", f"echelle-{niveau}", 4.5) for niveau in range(5)],
    *[(bord, fond, 3) for bord in ("filet", "focus") for fond in FONDS],
    ("focus", "lien-fond", 3),
    ("echelle-4", "papier", 3),
]


def luminance(couleur: str) -> float:
    chiffres = couleur.removeprefix("#")
    if len(chiffres) == 3:
        chiffres = "".join(c * 2 for c in chiffres)
    canaux = [int(chiffres[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, v, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * r + 0.7152 * v + 0.0722 * b


def contraste(une: str, autre: str) -> float:
    haut, bas = sorted((luminance(une), luminance(autre)), reverse=True)
    return (haut + 0.05) / (bas + 0.05)


def themes(source: str) -> dict[str, dict[str, str]]:
    """The tokens as three tables: without light-dark(), light, dark."""
    simples = dict(re.findall(rf"--([\w-]+): ({COULEUR});", source))
    doubles = re.findall(rf"--([\w-]+): light-dark\(({COULEUR}), ({COULEUR})\);", source)
    return {
        "repli": simples,
        "clair": {nom: clair for nom, clair, _ in doubles},
        "sombre": {nom: sombre for nom, _, sombre in doubles},
    }


THEMES = themes(TOKENS.read_text(encoding="utf-8"))


def test_black_on_white_is_21():
    assert round(contraste("#000", "#ffffff"), 2) == 21
    assert round(contraste("#777777", "#ffffff"), 2) == 4.48


def test_every_colour_exists_in_both_themes_and_in_the_fallback():
    assert THEMES["repli"].keys() == THEMES["clair"].keys() == THEMES["sombre"].keys()
    assert THEMES["repli"] == THEMES["clair"]
    assert len(THEMES["clair"]) > 20


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("encre", "fond", "minimum"), PAIRES)
def test_contrast(theme, encre, fond, minimum):
    mesure = contraste(THEMES[theme][encre], THEMES[theme][fond])
    assert mesure >= minimum, f"{encre} on {fond}: {mesure:.2f}"


@pytest.mark.parametrize("theme", ["clair", "sombre"])
def test_scale_steps_are_told_apart(theme):
    """Five steps in one direction: a map read in black and white keeps its order."""
    pas = [luminance(THEMES[theme][f"echelle-{niveau}"]) for niveau in range(5)]
    assert pas == sorted(pas, reverse=theme == "clair")
    for un, autre in zip(pas, pas[1:], strict=False):
        haut, bas = max(un, autre), min(un, autre)
        assert (haut + 0.05) / (bas + 0.05) >= 1.25
