"""One chart of each kind for /composants/, with figures of the size of a real consultation."""

import random
from fractions import Fraction

from hubpartenariat.socle.graphiques import (
    Axe,
    Echelle,
    Graphique,
    LigneDeBarres,
    LigneDEcart,
    PointDeMatrice,
    barres_divergentes,
    barres_empilees,
    ecarts,
    matrice,
    rangs,
)
from hubpartenariat.socle.statistiques import Repartition, rangs_du_vote

PERTINENCE = Echelle(("Oui, tout à fait", "Oui, partiellement", "Plutôt non", "Non"), 2)
IMPACT = Echelle(("Impact majeur", "Levier parmi d’autres", "Impact limité"), 2)
TITRES = {
    "P1": "Élaborer un référentiel régional",
    "P6": "Garantir une place réelle des patients partenaires dans les instances de gouvernance",
    "P13": "Sensibiliser le grand public",
    "P19": "Assurer la reconnaissance des patients partenaires",
}
VOIX = {"P19": 28, "P1": 27, "P2": 27, "P4": 24}


def _lignes(comptes: dict[str, tuple[int, ...] | None]) -> list[LigneDeBarres]:
    return [
        LigneDeBarres(
            f"{code} {TITRES.get(code, '')}".strip(),
            effectifs and Repartition.de(effectifs, sans_avis=2, personnes=78),
        )
        for code, effectifs in comptes.items()
    ]


def exemples() -> list[Graphique]:
    """The five kinds of charts, in the order of the results page."""
    hasard = random.Random(2025)  # noqa: S311 — a picture
    pertinence = {"P19": (66, 8, 2, 0), "P6": (60, 10, 4, 2), "P1": (45, 18, 8, 5),
                  "P13": (28, 16, 20, 11), "P7": None}  # fmt: skip
    impact = {"P19": (60, 14, 2), "P6": (50, 18, 8), "P1": (39, 25, 11), "P13": (24, 24, 27)}
    points = [
        PointDeMatrice(
            f"P{n}", TITRES.get(f"P{n}", ""), hasard.randint(40, 92), hasard.randint(25, 80)
        )
        for n in range(1, 22)
    ]
    bulletins = [[] for _ in range(78)]
    voix = VOIX | {f"P{n}": 12 - n for n in (6, 8, 9, 10)}
    for code, nombre in voix.items():
        for bulletin in hasard.sample([b for b in bulletins if len(b) < 3], nombre):
            bulletin.append(code)
    return [
        barres_divergentes("ex-pertinence", "Pertinence", _lignes(pertinence), PERTINENCE),
        barres_empilees("ex-impact", "Impact attendu", _lignes(impact), IMPACT),
        matrice(
            "ex-matrice",
            "Faisabilité et impact",
            points,
            (Axe("Faisabilité favorable"), Axe("Impact majeur")),
            ("Ambitieux, à préparer", "À lancer d’abord", "À discuter", "Faciles, effet limité"),
        ),
        ecarts(
            "ex-ecarts",
            "Personnes concernées et professionnels",
            [
                LigneDEcart("P19", Fraction(19, 20), Fraction(31, 46)),
                LigneDEcart("P13", Fraction(8, 20), Fraction(24, 46)),
                LigneDEcart("P6", Fraction(17, 20), Fraction(39, 46)),
                LigneDEcart("P7", None, Fraction(20, 46)),
            ],
            ("Personnes concernées", "Professionnels"),
        ),
        rangs("ex-rangs", "Les trois priorités", rangs_du_vote(bulletins, list(voix)), TITRES, 78),
    ]
