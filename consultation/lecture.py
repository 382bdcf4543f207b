"""Results as they are read: figures computed from the counts of a version and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from consultation.depouillement import SANS
from consultation.questionnaires import propositions
from consultation.regles import NON_REPRESENTATIF, Regles
from consultation.resultats import COLLEGE
from consultation.reunions import groupes_montres
from hubpartenariat.socle.statistiques import (
    Accord,
    RangEstime,
    Repartition,
    accord_entre_groupes,
    etiqueter,
    pourcentage,
    wilson,
)

NON_PRECISE = "Non précisé"


@dataclass(frozen=True)
class Ligne:
    """One published row of a cut. ``repartition`` None: hidden or empty; ``fine``: full scale."""

    code: str
    libelle: str
    repartition: Repartition | None
    favorables: int = 0
    fine: bool = True

    @property
    def part_favorable(self):
        """Exact share (0 to 1) of favourable answers, or None."""
        if self.repartition is None or not self.repartition.base:
            return None
        return self.repartition.part_favorable(self.favorables)

    @property
    def pourcentage_favorable(self):
        if self.repartition is None:
            return None
        return pourcentage(self.repartition.favorables(self.favorables), self.repartition.base)


@dataclass(frozen=True)
class Question:
    """One proposition on one scale."""

    proposition: dict
    echelle: dict
    comptes: list[int] | None
    coupes: dict
    resultats: "Resultats"

    @property
    def code(self) -> str:
        return f"{self.proposition['code']}-{self.echelle['code']}"

    @cached_property
    def repartition(self) -> Repartition | None:
        return None if self.comptes is None else _repartition(self.comptes, None)

    @property
    def favorables(self) -> int:
        return self.echelle["favorables"]

    @property
    def pourcentage_favorable(self):
        """Percentage of favourable among expressed answers, one decimal; None when not shown."""
        if self.repartition is None:
            return None
        return pourcentage(self.repartition.favorables(self.favorables), self.repartition.base)

    @property
    def modalites(self) -> list[dict]:
        """The scale with counts, percentages and Wilson bounds (percentages)."""
        if self.repartition is None:
            return [m | {"effectif": None, "pourcentage": None} for m in self.echelle["modalites"]]
        base = self.repartition.base
        return [
            m | {"effectif": n, "pourcentage": pourcentage(n, base), "wilson": _bornes(n, base)}
            for m, n in zip(self.echelle["modalites"], self.repartition.effectifs, strict=True)
        ]

    def coupe(self, variable: str) -> list[Ligne]:
        """One row per category of this variable, in their order; hidden and empty look alike."""
        lignes = self.coupes.get(variable, {})
        return [
            self._ligne(code, libelle, lignes.get(code))
            for code, libelle in self.resultats.categories(variable)
        ]

    def _ligne(self, code, libelle, ligne) -> Ligne:
        if not ligne:
            return Ligne(code, libelle, None)
        colonnes = ligne["colonnes"]
        fine = all(len(groupe) == 1 for groupe in colonnes)
        favorables = self.favorables if fine else 1
        return Ligne(code, libelle, _repartition(ligne["comptes"], colonnes), favorables, fine)

    @property
    def colleges(self) -> list[Ligne]:
        return self.coupe(COLLEGE)

    @cached_property
    def accord(self) -> Accord | None:
        """The label, from what is shown only."""
        if self.repartition is None:
            return None
        entiers = {ligne.code: ligne for ligne in self.colleges if ligne.repartition is not None}
        # A collège shown with its scale added up still says how many are favourable.
        comparables = {
            code: _en_deux(ligne.repartition, ligne.favorables) for code, ligne in entiers.items()
        }
        return etiqueter(
            self.repartition,
            {c: self._aligner(r) for c, r in comparables.items()},
            self.favorables,
            self.resultats.regles.accord,
        )

    def _aligner(self, deux: tuple[int, int]) -> Repartition:
        """(favourable, others) on the scale of the question: the label reads favourables only."""
        autres = len(self.echelle["modalites"]) - self.favorables
        pour = (deux[0], *[0] * (self.favorables - 1))
        return Repartition((*pour, deux[1], *[0] * (autres - 1)))

    @property
    def consensus(self) -> float | None:
        return None if self.repartition is None else self.repartition.consensus

    @property
    def accord_des_colleges(self) -> float | None:
        """Product over the collèges shown of (A + 1) / (S + 2); None under two."""
        couples = [
            (x.repartition.favorables(x.favorables), x.repartition.base)
            for x in self.colleges
            if x.repartition is not None
        ]
        return accord_entre_groupes(couples) if len(couples) > 1 else None

    @property
    def mediane(self) -> str:
        """The median category in words; « entre … et … » when it falls between two."""
        if self.repartition is None or self.repartition.mediane is None:
            return ""
        bas, haut = self.repartition.mediane
        noms = [m["libelle"] for m in self.echelle["modalites"]]
        return noms[bas] if bas == haut else f"entre « {noms[bas]} » et « {noms[haut]} »"


@dataclass(frozen=True)
class Resultats:
    """What a version says. ``contenu`` of the form « comptes » (see resultats.py)."""

    contenu: dict

    @cached_property
    def regles(self) -> Regles:
        return Regles.de(self.contenu["regles"])

    @property
    def repondants(self) -> int:
        return self.contenu["repondants"]

    @property
    def avertissement(self) -> str:
        return NON_REPRESENTATIF.format(n=self.repondants)

    @cached_property
    def propositions(self) -> list[dict]:
        return propositions(self.contenu["questionnaire"])

    @property
    def themes(self) -> list[dict]:
        return self.contenu["questionnaire"]["themes"]

    @property
    def echelles(self) -> list[dict]:
        return self.contenu["questionnaire"]["echelles"]

    def proposition(self, code: str) -> dict | None:
        return next((p for p in self.propositions if p["code"] == code), None)

    def autres_formulations(self, code: str) -> list[dict]:
        """The words of a proposition that people answered and that are not those printed."""
        return self.contenu.get("formulations", {}).get(code, [])

    @property
    def reformulees(self) -> list[dict]:
        """The propositions whose answers come from other words too."""
        return [p for p in self.propositions if self.autres_formulations(p["code"])]

    def question(self, proposition: dict, echelle: dict) -> Question:
        ici = self.contenu["questions"][proposition["code"]][echelle["code"]]
        return Question(proposition, echelle, ici["comptes"], ici["coupes"], self)

    def questions(self, echelle: dict) -> Iterator[Question]:
        """Every proposition on one scale, in the order of the questionnaire."""
        return (self.question(proposition, echelle) for proposition in self.propositions)

    def variables(self) -> list[tuple[str, str]]:
        """(code, words) of what results may be cut by: the collèges, then profile questions."""
        questionnaire = self.contenu["questionnaire"]
        colleges = [(COLLEGE, "Collège")] if questionnaire["colleges"] else []
        return colleges + [(q["code"], q["libelle"]) for q in questionnaire["profil"]]

    def categories(self, variable: str) -> list[tuple[str, str]]:
        """(code, words), those too small put together; then the people who did not say."""
        questionnaire = self.contenu["questionnaire"]
        if variable == COLLEGE:
            connues = [(c["code"], c["libelle"]) for c in questionnaire["colleges"]]
        else:
            reunies = self.contenu.get("reunions", {}).get(variable, [])
            connues = [
                groupe
                for q in questionnaire["profil"]
                if q["code"] == variable
                for groupe in groupes_montres(q, reunies)
            ]
        return [*connues, (SANS, NON_PRECISE)]

    @cached_property
    def noms_du_duo(self) -> tuple[str, str] | None:
        """Short words of the two collèges that the rules compare."""
        noms = {c["code"]: c["court"] for c in self.contenu["questionnaire"]["colleges"]}
        duo = self.regles.duo
        return (noms[duo[0]], noms[duo[1]]) if duo and set(duo) <= set(noms) else None

    def effectifs(self, variable: str) -> list[tuple[str, str, int | None]]:
        nombres = self.contenu["effectifs"].get(variable, {})
        return [(c, libelle, nombres.get(c)) for c, libelle in self.categories(variable)]

    @cached_property
    def rangs(self) -> list[RangEstime]:
        return [
            RangEstime(**r | {"voisins": frozenset(r["voisins"])})
            for r in self.contenu["top3"]["rangs"]
        ]

    @property
    def votants(self) -> int | None:
        return self.contenu["top3"]["votants"]


def _repartition(comptes: list[int], colonnes) -> Repartition:
    """The last two columns are « ne se prononce pas » and missing, grouped or not."""
    *echelle, sans_avis, manquants = comptes
    return Repartition(tuple(echelle), sans_avis, manquants)


def _en_deux(repartition: Repartition, favorables: int) -> tuple[int, int]:
    pour = repartition.favorables(favorables)
    return pour, repartition.base - pour


def _bornes(effectif: int, base: int):
    """Wilson bounds as percentages with one decimal."""
    intervalle = wilson(effectif, base)
    return intervalle and tuple(round(100 * borne, 1) for borne in intervalle)
