"""What every chart shares: the result, its table, figures in words, axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hubpartenariat.socle.graphiques.trace import Feuille
from hubpartenariat.socle.statistiques import pourcentage
from hubpartenariat.socle.typographie import FINE, nombre, typographier

NON_PUBLIE = "Non publié : trop peu de réponses"


PAR_PAGE = 8  # rows of a chart that hold on a page of a document, with its legend


def tranches(lignes: Sequence, taille: int = PAR_PAGE) -> list[Sequence]:
    """Rows in slices for a document, as even as possible: 21 → 7, 7, 7."""
    if not lignes:
        return []
    nombre_de_tranches = -(-len(lignes) // taille)
    pas = -(-len(lignes) // nombre_de_tranches)
    return [lignes[i : i + pas] for i in range(0, len(lignes), pas)]


@dataclass(frozen=True)
class Graphique:
    """A drawn chart. ``cle`` is unique on its page; ``alternative`` says it in a few words."""

    cle: str
    titre: str
    svg: SafeString
    table: SafeString
    alternative: str


def pour_cent(valeur) -> str:
    """« 73,1 % », from a percentage already computed."""
    return "–" if valeur is None else f"{nombre(valeur, 1)}{FINE}%"


def tableau(
    titre: str, entetes: Sequence[str], lignes: Sequence[Sequence[str]], mots: Sequence[int] = ()
) -> SafeString:
    """Header cells in the first row and column; columns ``mots`` hold words."""
    tete = format_html_join(
        "",
        '<th scope="col"{}>{}</th>',
        ((_genre(i, mots), typographier(mot)) for i, mot in enumerate(entetes)),
    )
    corps = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (
                typographier(premiere),
                format_html_join(
                    "",
                    "<td{}>{}</td>",
                    ((_genre(i, mots), typographier(v)) for i, v in enumerate(reste, 1)),
                ),
            )
            for premiere, *reste in lignes
        ),
    )
    return format_html(
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        typographier(titre),
        tete,
        corps,
    )


def _genre(colonne: int, mots: Sequence[int]) -> SafeString:
    """The class of a cell: nothing for a column of words."""
    return SafeString("" if colonne == 0 or colonne in mots else ' class="nombre"')


def en_pour_cent(part: Fraction) -> str:
    return pour_cent(pourcentage(part.numerator, part.denominator))


def dizaine(valeur: float) -> int:
    return min(100, 10 * -int(-valeur // 10))


def sur_l_axe(valeur: float, bas: float = 0, haut: float = 100) -> float:
    """Position across of a value, with room for the marks at both ends."""
    return 4 + 92 * (valeur - bas) / ((haut - bas) or 1)


def axe_horizontal(feuille: Feuille, valeurs: Sequence[int]) -> None:
    for valeur in valeurs:
        x = sur_l_axe(valeur, valeurs[0], valeurs[-1])
        feuille.texte(x, feuille.y + 14, nombre(valeur), ancre="middle", genre="discret")
        feuille.trait(x, x, feuille.y + 20, feuille.y + 27)
    feuille.y += 34
