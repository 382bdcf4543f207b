"""Bars: diverging from a common line, or stacked to 100 %."""

from collections.abc import Sequence
from dataclasses import dataclass

from hubpartenariat.socle.graphiques.bases import (
    NON_PUBLIE,
    Graphique,
    dizaine,
    en_pour_cent,
    pour_cent,
    tableau,
)
from hubpartenariat.socle.graphiques.trace import Feuille
from hubpartenariat.socle.statistiques import Repartition, pourcentage
from hubpartenariat.socle.typographie import nombre

ETROIT = 14  # per cent of the width under which a figure does not fit in its area


@dataclass(frozen=True)
class Echelle:
    """Names of the categories, from the most favourable; how many of them are favourable."""

    libelles: tuple[str, ...]
    favorables: int

    def aires(self) -> tuple[str, ...]:
        """The filling of each category: plain while favourable, hatched after."""
        pleines = ("fort", "moyen", "clair")[: self.favorables]
        reste = len(self.libelles) - self.favorables
        if len(pleines) < self.favorables or reste > 2:
            raise ValueError("a scale has at most three favourable categories and two others")
        return (*pleines, *("reserve", "contre")[:reste])


@dataclass(frozen=True)
class LigneDeBarres:
    """One bar: a proposition, a collège … None when it may not be published."""

    libelle: str
    repartition: Repartition | None


def barres_divergentes(
    cle: str, titre: str, lignes: Sequence[LigneDeBarres], echelle: Echelle
) -> Graphique:
    """Favourable answers to the right of a common line, the others to its left."""
    montrees = [x.repartition for x in lignes if x.repartition and x.repartition.base]
    droite = dizaine(max((_favorable(r, echelle.favorables) for r in montrees), default=0))
    gauche = dizaine(max((100 - _favorable(r, echelle.favorables) for r in montrees), default=0))
    etendue = gauche + droite or 1

    def place(question: Repartition):
        debut = gauche - 100 + _favorable(question, echelle.favorables)
        # From the far left: the least favourable first.
        parts = list(enumerate(question.effectifs))[::-1]
        x = debut
        for rang, effectif in parts:
            part = 100 * effectif / question.base
            yield rang, 100 * x / etendue, 100 * part / etendue
            x += part

    axe = 100 * gauche / etendue
    return _barres(cle, titre, lignes, echelle, place, axe)


def barres_empilees(
    cle: str, titre: str, lignes: Sequence[LigneDeBarres], echelle: Echelle
) -> Graphique:
    """100 % stacked bars, the most favourable category first."""

    def place(question: Repartition):
        x = 0.0
        for rang, effectif in enumerate(question.effectifs):
            part = 100 * effectif / question.base
            yield rang, x, part
            x += part

    return _barres(cle, titre, lignes, echelle, place, None)


def _favorable(question: Repartition, premieres: int) -> float:
    return float(100 * question.part_favorable(premieres))


def _barres(cle, titre, lignes, echelle: Echelle, place, axe: float | None) -> Graphique:
    feuille = Feuille(cle, titre, _resume_de_barres(lignes, echelle))
    aires = echelle.aires()
    feuille.legende(list(zip(aires, echelle.libelles, strict=True)))
    feuille.texte(0, feuille.y + 10, "En % des avis exprimés", genre="discret")
    feuille.y += 26
    for ligne in lignes:
        question = ligne.repartition
        feuille.mots(ligne.libelle, "fort")
        if question is None or not question.base:
            feuille.mots(NON_PUBLIE, "discret")
            feuille.y += 14
            continue
        favorable = pour_cent(pourcentage(question.favorables(echelle.favorables), question.base))
        feuille.mots(f"Favorables {favorable}, {nombre(question.base)} avis", "discret")
        y = feuille.y + 10
        for rang, x, largeur in place(question):
            if largeur > 0:  # half a pixel of outline on each side of the drawing
                feuille.aire(aires[rang], 0.3 + 0.994 * x, 0.994 * largeur, y, 28)
        for rang, x, largeur in place(question):
            if largeur >= ETROIT:
                chiffre = nombre(question.pourcentages[rang], 1)
                feuille.valeur(aires[rang], x + largeur / 2, y + 20, chiffre)
        if axe is not None:
            feuille.trait(0.3 + 0.994 * axe, 0.3 + 0.994 * axe, y - 6, y + 34, "fort")
        feuille.y = y + 28 + 20
    entetes = ["Question", *echelle.libelles, "Favorables", "Avis exprimés",
               "Ne se prononce pas", "Sans réponse"]  # fmt: skip
    return Graphique(
        cle,
        feuille.titre,
        feuille.svg(),
        tableau(titre, entetes, [_en_cellules(x, echelle) for x in lignes]),
        f"{feuille.titre}. {feuille.description}",
    )


def _en_cellules(ligne: LigneDeBarres, echelle: Echelle) -> list[str]:
    question = ligne.repartition
    if question is None or not question.base:
        return [ligne.libelle, *["–"] * (len(echelle.libelles) + 4)]
    parts = [
        f"{pour_cent(p)} ({nombre(n)})"
        for p, n in zip(question.pourcentages, question.effectifs, strict=True)
    ]
    favorables = pourcentage(question.favorables(echelle.favorables), question.base)
    fin = (question.base, question.sans_avis, question.manquants)
    return [ligne.libelle, *parts, pour_cent(favorables), *map(nombre, fin)]


def _resume_de_barres(lignes, echelle: Echelle) -> str:
    parts = [
        (x.repartition.part_favorable(echelle.favorables), x.libelle)
        for x in lignes
        if x.repartition and x.repartition.base
    ]
    if not parts:
        return "Aucun résultat publié."
    (basse, dernier), (haute, premier) = min(parts), max(parts)
    if len(parts) == 1:
        return f"{premier} : {en_pour_cent(haute)} d’avis favorables."
    return (
        f"{len(parts)} barres. Part d’avis favorables la plus haute : {premier}, "
        f"{en_pour_cent(haute)} ; la plus basse : {dernier}, {en_pour_cent(basse)}."
    )
