"""The blocks of a chapter, as plain JSON. Pure functions.

A number that may not be published is None, whatever hides it. ``cle`` is unique in a report: it
names the table behind the block (CSV, XLSX).
"""

from collections.abc import Iterable, Mapping, Sequence

from hubpartenariat.socle.pdf import borner
from hubpartenariat.socle.statistiques import pourcentage
from hubpartenariat.socle.vocabulaires import Territoire

# Rows of one table that are drawn (thousands take minutes); the same number is in the templates
# « _morceau » and « _bloc ». The files to download hold them all.
LIGNES_MAX = 400
ELEMENTS_MAX = 500  # of one list: a line each
COURT, LONG = 300, 4000
# A table of at most so many rows is kept whole on a page.
INSECABLE = 14


def texte(contenu: str, *, titre: str = "", chapeau: bool = False) -> dict:
    """One or several paragraphs."""
    return {
        "genre": "texte",
        "titre": borner(titre, COURT),
        "texte": borner(contenu, LONG),
        "chapeau": chapeau,
    }


def chiffres(cle: str, titre: str, lignes: Iterable[tuple], note: str = "") -> dict:
    """Key figures: (label, value) or (label, value, out of)."""
    retenues = [
        {"libelle": borner(une[0], COURT), "valeur": une[1], "sur": une[2] if une[2:] else None}
        for une in lignes
    ]
    return {
        "genre": "chiffres",
        "cle": cle,
        "titre": titre,
        "chiffres": retenues,
        "note": note,
        "court": len(retenues) <= INSECABLE,
    }


def barres(
    cle: str,
    titre: str,
    lignes: Iterable[tuple[str, Sequence[int | None]]],
    groupes: Sequence[tuple[str, int | None]] = (("Nombre", None),),
    *,
    entete: str = "",
    unite: str = "",
    note: str = "",
) -> dict:
    """A chart that is a table: per row, for each group, its count, its share and its bar.

    ``groupes``: (name, base). With a base, bars are shares of it; without, they are drawn against
    the greatest count.
    """
    lignes = [(borner(libelle, COURT), list(valeurs)) for libelle, valeurs in lignes]
    en_parts = all(base is not None for _, base in groupes)
    plafond = max((v or 0 for _, valeurs in lignes for v in valeurs), default=0)
    return {
        "genre": "barres",
        "cle": cle,
        "titre": titre,
        "entete": entete,
        "unite": unite,
        "note": _avec_le_reste(note, len(lignes)),
        "en_parts": en_parts,
        "groupes": [{"nom": nom, "base": base} for nom, base in groupes],
        "lignes": [
            {
                "libelle": libelle,
                "cases": [
                    _case(valeur, base if en_parts else None, plafond)
                    for valeur, (_, base) in zip(valeurs, groupes, strict=True)
                ],
            }
            for libelle, valeurs in lignes
        ],
        "court": len(lignes) <= INSECABLE,
    }


def _case(valeur: int | None, base: int | None, plafond: int) -> dict:
    """``part``: percentage with one decimal, as text; ``longueur``: of the bar, 0 to 100."""
    if valeur is None:
        return {"valeur": None, "part": None, "longueur": 0}
    part = None if base is None else pourcentage(valeur, base)
    longueur = float(part) if part is not None else 100 * valeur / plafond if plafond else 0
    return {
        "valeur": valeur,
        "part": None if part is None else str(part),
        "longueur": round(min(longueur, 100), 1),
    }


def _avec_le_reste(note: str, combien: int) -> str:
    """What is not drawn is said, with where it is."""
    reste = combien - LIGNES_MAX
    if reste <= 0:
        return note
    lignes = "1 ligne" if reste == 1 else f"{reste} lignes"
    return f"{note} Et {lignes} de plus, dans le tableau à télécharger sur le site.".strip()


def tableau(
    cle: str, titre: str, entetes: Sequence[str], lignes: Iterable[Sequence], note: str = ""
) -> dict:
    """A plain table: the first cell of a row names it, the others are counts or short words."""
    lignes = [
        [borner(une, COURT) if isinstance(une, str) else une for une in ligne] for ligne in lignes
    ]
    return {
        "genre": "tableau",
        "cle": cle,
        "titre": titre,
        "entetes": list(entetes),
        "lignes": lignes,
        # Words are read from the left, numbers from the right.
        "mots": any(" " in une for ligne in lignes for une in ligne[1:] if isinstance(une, str)),
        "note": _avec_le_reste(note, len(lignes)),
        "court": len(lignes) <= INSECABLE,
    }


def carte(
    cle: str,
    titre: str,
    comptes: Mapping[str, int],
    resume: str,
    *,
    departement: str = "",
    noms: Mapping[str, str] | None = None,
    note: str = "",
) -> dict:
    """Counts by territory (codes of ``Territoire``), or by commune of a département (``noms`` says
    which): the map, and the same numbers in its table."""
    noms = dict(Territoire.choices) if noms is None else dict(noms)
    return {
        "genre": "carte",
        "cle": cle,
        "titre": titre,
        "departement": departement,
        "noms": noms,
        "comptes": {code: comptes.get(code, 0) for code in noms},
        "alternative": f"Carte. {resume}",
        "note": note,
        "court": True,
    }


def liste(cle: str, titre: str, elements: Iterable[dict], note: str = "") -> dict:
    """Things in a row: {"titre", "texte", "url"}; ``url`` is an address of the hub, or nothing."""
    elements = [
        {
            "titre": borner(un["titre"], COURT),
            "texte": borner(un.get("texte", ""), COURT),
            "url": un.get("url", ""),
        }
        for un in elements
    ]
    reste = len(elements) - ELEMENTS_MAX
    if reste > 0:
        note = f"{note} Et {reste} autres, sur le site.".strip()
    return {
        "genre": "liste",
        "cle": cle,
        "titre": titre,
        "elements": elements[:ELEMENTS_MAX],
        "note": note,
        "court": len(elements) <= INSECABLE,
    }


def table(bloc: dict) -> tuple[list[str], list[list]] | None:
    """The numbers behind a block, as headers and rows; None for a block of words."""
    genre = bloc["genre"]
    if genre == "chiffres":
        lignes = [[une["libelle"], une["valeur"], une["sur"]] for une in bloc["chiffres"]]
        return ["Indicateur", "Valeur", "Sur"], lignes
    if genre == "barres":
        entetes = [bloc["entete"] or "Intitulé"]
        for groupe in bloc["groupes"]:
            entetes += [groupe["nom"]]
            entetes += [f"{groupe['nom']}, en % de {groupe['base']}"] if bloc["en_parts"] else []
        lignes = []
        for ligne in bloc["lignes"]:
            cases = [ligne["libelle"]]
            for case in ligne["cases"]:
                cases += [case["valeur"], *([_decimal(case["part"])] if bloc["en_parts"] else [])]
            lignes.append(cases)
        return entetes, lignes
    if genre == "tableau":
        return bloc["entetes"], bloc["lignes"]
    if genre == "carte":
        lignes = [[bloc["noms"][code], n] for code, n in bloc["comptes"].items()]
        return ["Territoire", "Nombre"], lignes
    if genre == "liste":
        lignes = [[un["titre"], un["texte"], un["url"]] for un in bloc["elements"]]
        return ["Titre", "Précision", "Adresse"], lignes
    return None


def _decimal(part: str | None) -> float | None:
    return None if part is None else float(part)
