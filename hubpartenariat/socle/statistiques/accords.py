"""Do people agree, and do the collèges agree with one another? Rules fixed before opening."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import prod

from hubpartenariat.socle.statistiques.repartitions import Repartition


def accord_entre_groupes(groupes: Iterable[tuple[int, int]]) -> float:
    """Agreement between groups: the product of (A + 1) / (S + 2), from 0 to 1.

    ``groupes`` are pairs (A people who agree, S people who expressed themselves). One group
    against is enough to bring it down, whatever its size; a group without answer counts 1/2.
    Source: "group-informed consensus" of Polis (C. Small et al., Recerca 26 (2021) 1–26).
    Vectors: (18 of 20), (25 of 28) → 0.748; (18 of 20), (8 of 28) → 0.259.
    """
    groupes = list(groupes)
    if any(not 0 <= accords <= exprimes for accords, exprimes in groupes):
        raise ValueError("a group cannot have more agreements than answers")
    return prod((accords + 1) / (exprimes + 2) for accords, exprimes in groupes)


class Etiquette(Enum):
    """What one can say of a question in a few words."""

    CONSENSUS_FORT = "consensus fort"
    SOUS_CONDITIONS = "consensus sous conditions"
    DISPERSES = "avis dispersés"
    DESACCORD = "désaccord entre collèges"
    # Named for honesty: a majority that is not favourable is no « consensus sous conditions ».
    RESERVES = "majorité réservée"
    INSUFFISANT = "trop peu de réponses"


@dataclass(frozen=True)
class RegleDAccord:
    """Thresholds of the labels, as shares from 0 to 1. Frozen with the consultation, and printed.

    Read in this order: too few answers; gap between collèges; strong consensus; dispersed;
    majority not favourable; else consensus under conditions. The gap comes first, so that "strong"
    is never said of a question on which the collèges are far apart.
    """

    favorable: Fraction = Fraction(75, 100)
    favorable_par_college: Fraction = Fraction(60, 100)
    ecart: Fraction = Fraction(25, 100)
    categorie: Fraction = Fraction(50, 100)
    majorite: Fraction = Fraction(50, 100)
    college_minimum: int = 11

    def __post_init__(self):
        for nom in ("favorable", "favorable_par_college", "ecart", "categorie", "majorite"):
            # 0.6 written by hand is 3/5, not the nearest binary number.
            valeur = Fraction(str(getattr(self, nom)))
            if not 0 <= valeur <= 1:
                raise ValueError(f"{nom} is a share, from 0 to 1")
            object.__setattr__(self, nom, valeur)
        if self.college_minimum < 1:
            raise ValueError("a collège has one answer at least")

    def phrases(self) -> list[str]:
        """The rule in words, for the page of results and the methods."""
        return [
            f"{Etiquette.DESACCORD.value.capitalize()} : au moins {_points(self.ecart)} points "
            f"entre les parts favorables de deux collèges de {self.college_minimum} réponses "
            "ou plus.",
            f"{Etiquette.CONSENSUS_FORT.value.capitalize()} : au moins {_points(self.favorable)} % "
            f"d’avis favorables, et au moins {_points(self.favorable_par_college)} % dans chaque "
            f"collège de {self.college_minimum} réponses ou plus.",
            f"{Etiquette.DISPERSES.value.capitalize()} : aucune réponse ne réunit "
            f"{_points(self.categorie)} % des avis exprimés.",
            f"{Etiquette.RESERVES.value.capitalize()} : moins de {_points(self.majorite)} % "
            "d’avis favorables.",
            f"{Etiquette.SOUS_CONDITIONS.value.capitalize()} : les autres cas.",
            f"Sous {self.college_minimum} avis exprimés, aucune de ces étiquettes n’est donnée.",
        ]


def _points(valeur: Fraction) -> str:
    nombre = valeur * 100
    return str(nombre.numerator) if nombre.denominator == 1 else f"{float(nombre):g}"


@dataclass(frozen=True)
class Accord:
    """The label of a question and what it was read from."""

    etiquette: Etiquette
    part_favorable: Fraction | None
    plus_forte: Fraction | None  # share of the most chosen category
    ecart: Fraction | None  # between the most and the least favourable collège; None below two
    colleges: tuple[str, ...]  # those that were large enough to weigh in


def etiqueter(
    ensemble: Repartition,
    colleges: Mapping[str, Repartition],
    premieres: int,
    regle: RegleDAccord | None = None,
) -> Accord:
    """The label of a question. ``premieres``: how many categories are favourable.

    Give only the collèges that the page shows: a label that reads a hidden one would tell of it.
    Shares are compared exactly, so 75 % means 75 % and not 74,96.
    """
    regle = regle or RegleDAccord()
    parts = {
        code: college.part_favorable(premieres)
        for code, college in colleges.items()
        if college.base >= regle.college_minimum
    }
    ecart = max(parts.values()) - min(parts.values()) if len(parts) > 1 else None
    favorable = ensemble.part_favorable(premieres)
    forte = Fraction(max(ensemble.effectifs), ensemble.base) if ensemble.base else None
    if ensemble.base < regle.college_minimum:
        etiquette = Etiquette.INSUFFISANT
    elif ecart is not None and ecart >= regle.ecart:
        etiquette = Etiquette.DESACCORD
    elif favorable >= regle.favorable and all(
        valeur >= regle.favorable_par_college for valeur in parts.values()
    ):
        etiquette = Etiquette.CONSENSUS_FORT
    elif forte < regle.categorie:
        etiquette = Etiquette.DISPERSES
    elif favorable < regle.majorite:
        etiquette = Etiquette.RESERVES
    else:
        etiquette = Etiquette.SOUS_CONDITIONS
    return Accord(etiquette, favorable, forte, ecart, tuple(parts))
