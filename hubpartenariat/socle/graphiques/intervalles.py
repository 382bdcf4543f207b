"""Gaps between two groups, and ranks with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString

from hubpartenariat.socle.graphiques.bases import (
    NON_PUBLIE,
    Graphique,
    axe_horizontal,
    en_pour_cent,
    pour_cent,
    sur_l_axe,
    tableau,
)
from hubpartenariat.socle.graphiques.trace import Feuille, couper
from hubpartenariat.socle.statistiques import RangEstime, pourcentage
from hubpartenariat.socle.typographie import nombre


@dataclass(frozen=True)
class LigneDEcart:
    """Shares (0 to 1) of two groups on one question; None when a group is not published."""

    libelle: str
    un: Fraction | None
    autre: Fraction | None

    @property
    def ecart(self) -> Fraction | None:
        """In points over 100, first group less second."""
        return None if self.un is None or self.autre is None else 100 * (self.un - self.autre)


def ecarts(
    cle: str,
    titre: str,
    lignes: Sequence[LigneDEcart],
    groupes: tuple[str, str],
    quoi: str = "avis favorables",
) -> Graphique:
    """For each question, two marks and the line between them, the widest gap first."""
    triees = sorted(lignes, key=lambda x: (x.ecart is None, -abs(x.ecart or 0)))
    connus = [x for x in triees if x.ecart is not None]
    resume = "Aucun résultat publié."
    if connus:
        resume = f"Plus grand écart : {connus[0].libelle}, {_points_d_ecart(connus[0].ecart)}."
    feuille = Feuille(cle, titre, resume)
    for forme, nom in zip(("rond", "losange"), groupes, strict=True):
        feuille.y += 24
        feuille.morceaux.append(
            format_html('<svg x="14" y="{}" overflow="visible">{}</svg>', feuille.y - 13,
                        _repere_nu(forme))
        )  # fmt: skip
        feuille.texte(0, feuille.y - 8, couper(nom, 30, 1)[0], dx=36)
    feuille.y += 6
    de = "d’" if quoi[0] in "aeéiou" else "de "
    feuille.texte(0, feuille.y + 10, f"En % {de}{quoi}", genre="discret")
    feuille.y += 22
    axe_horizontal(feuille, [0, 25, 50, 75, 100])
    for ligne in triees:
        feuille.mots(ligne.libelle, "fort")
        if ligne.ecart is None:
            feuille.mots(NON_PUBLIE, "discret")
            feuille.y += 10
            continue
        feuille.mots(
            f"{en_pour_cent(ligne.un)} et {en_pour_cent(ligne.autre)}, "
            f"écart {_points_d_ecart(ligne.ecart)}",
            "discret",
        )
        y = feuille.y + 14
        un, autre = (sur_l_axe(float(100 * v)) for v in (ligne.un, ligne.autre))
        feuille.trait(sur_l_axe(0), sur_l_axe(100), y, y)
        feuille.trait(min(un, autre), max(un, autre), y, y, "fort")
        feuille.repere("losange", autre, y)
        feuille.repere("rond", un, y)
        feuille.y = y + 26
    entetes = ["Question", *groupes, "Écart (points)"]
    corps = [
        [
            x.libelle,
            *("–" if v is None else en_pour_cent(v) for v in (x.un, x.autre)),
            "–" if x.ecart is None else nombre(pourcentage_signe(x.ecart)),
        ]
        for x in triees
    ]
    table = tableau(titre, entetes, corps)
    texte = f"{feuille.titre}. {feuille.description}"
    return Graphique(cle, feuille.titre, feuille.svg(), table, texte)


def pourcentage_signe(points: Fraction):
    """A gap in points with one decimal, its sign kept."""
    valeur = pourcentage(abs(points).numerator, abs(points).denominator * 100)
    return -valeur if points < 0 else valeur


def _points_d_ecart(points: Fraction) -> str:
    valeur = pourcentage_signe(abs(points))
    return f"{nombre(valeur)} point{'s' if valeur >= 2 else ''}"


def _repere_nu(forme: str) -> SafeString:
    """The mark alone, for a legend placed in pixels."""
    feuille = Feuille("x", "", "")
    feuille.repere(forme, 0, 0)
    return feuille.morceaux[0]


def rangs(
    cle: str,
    titre: str,
    estimes: Sequence[RangEstime],
    libelles: dict[str, str],
    personnes: int,
    base: int | None = None,
) -> Graphique:
    """Options of the vote with the interval of their rank; ties are written.

    ``personnes`` have voted; shares are of ``base`` (everybody who answered), or of those who
    voted. ``estimes`` may be the head of a longer list: the axis reaches the last possible rank.
    """
    base = base or personnes
    tete = [x for x in estimes if x.rang == 1]
    resume = f"{personnes} personnes ont voté. En tête : {', '.join(x.code for x in tete)}"
    proches = sorted(set().union(*(x.voisins for x in tete)) - {x.code for x in tete})
    resume += f", que le hasard seul ne sépare pas de {', '.join(proches)}." if proches else "."
    feuille = Feuille(cle, titre, resume)
    dernier = max([len(estimes), *(x.haut for x in estimes)])
    feuille.texte(0, feuille.y + 14, "Rang, du premier au dernier", genre="discret")
    feuille.y += 24
    pas = max(1, -(-dernier // 5))
    axe_horizontal(feuille, sorted({1, *range(pas, dernier - pas // 2, pas), dernier}))
    for x in estimes:
        feuille.mots(_nom(x.code, libelles), "fort")
        feuille.mots(f"{nombre(x.voix)} voix, {_rang_en_mots(x)}", "discret")
        y = feuille.y + 14
        bas, rang, haut = (sur_l_axe(v, 1, dernier) for v in (x.bas, x.rang, x.haut))
        feuille.trait(sur_l_axe(0), sur_l_axe(100), y, y)
        feuille.trait(bas, haut, y, y, "fort")
        feuille.repere("borne", bas, y)
        feuille.repere("borne", haut, y)
        feuille.repere("rond", rang, y)
        feuille.y = y + 26
    corps = [
        [
            _nom(x.code, libelles),
            nombre(x.voix),
            pour_cent(pourcentage(x.voix, base)),
            f"{nombre(x.rang)}{' ex æquo' if x.ex_aequo else ''}",
            nombre(x.bas) if x.bas == x.haut else f"{nombre(x.bas)} à {nombre(x.haut)}",
            ", ".join(sorted(x.voisins, key=lambda c: (len(c), c))) or "–",
        ]
        for x in estimes
    ]
    part = f"Part des {nombre(base)} personnes"
    entetes = [
        "Proposition",
        "Voix",
        part,
        "Rang",
        "Rangs possibles (95 %)",
        "Ordre incertain avec",
    ]
    table = tableau(titre, entetes, corps, mots=(5,))
    texte = f"{feuille.titre}. {feuille.description}"
    return Graphique(cle, feuille.titre, feuille.svg(), table, texte)


def _nom(code: str, libelles: dict[str, str]) -> str:
    return f"{code} {libelles.get(code, '')}".strip()


def _rang_en_mots(x: RangEstime) -> str:
    rang = f"rang {nombre(x.rang)}{' ex æquo' if x.ex_aequo else ''}"
    return rang if x.bas == x.haut else f"{rang} (de {nombre(x.bas)} à {nombre(x.haut)})"
