"""Profile categories too few to be shown, put together under the wider one that they share.

Done before anything is hidden, over the whole consultation, never question by question. A family
is every category of one question, in one collège, that has the same wider category (``parent``).

The rule: a family stays apart only when the number of people of each of its categories is printed.
So that being apart says nothing that the page does not say: if only the small ones were merged,
a category hidden beside another would be known to reach the threshold, and with two groups hidden
together this may give the size of the other. The categories of a hidden collège are always merged.
"""

from collections import defaultdict
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Famille:
    """``code``: those of its categories joined by « + », which no code of a category holds."""

    code: str
    libelle: str
    codes: tuple[str, ...]


def familles(question: dict) -> list[Famille]:
    """The categories of one profile question that may be put together, two at least."""
    parents = {c["libelle"]: c["parent"] for c in question["categories"]}
    cherches = set(filter(None, parents.values()))
    groupes = defaultdict(list)
    for categorie in question["categories"]:
        large = categorie["parent"] or categorie["libelle"]
        if large not in cherches:
            continue
        vus = {large}
        while (suivant := parents.get(large)) and suivant not in vus:
            large = suivant
            vus.add(large)
        groupes[categorie["college"], large].append(categorie["code"])
    return [
        Famille("+".join(codes), large, tuple(codes))
        for (_, large), codes in groupes.items()
        if len(codes) > 1
    ]


def a_reunir(depouillement, effectifs: dict) -> dict[str, tuple[Famille, ...]]:
    """The families, not put together yet, of which a size is hidden; by profile question."""
    trouvees = {}
    for question in depouillement.contenu["profil"]:
        tailles = effectifs[question["code"]]
        faites = depouillement.reunions.get(question["code"], ())
        nouvelles = tuple(
            famille
            for famille in familles(question)
            if famille not in faites and any(tailles[code] is None for code in famille.codes)
        )
        if nouvelles:
            trouvees[question["code"]] = nouvelles
    return trouvees


def reunir(depouillement, nouvelles: dict[str, tuple[Famille, ...]]):
    """The same counts with these families each as one category."""
    reunions = dict(depouillement.reunions)
    for variable, lesquelles in nouvelles.items():
        reunions[variable] = (*reunions.get(variable, ()), *lesquelles)
    autre = replace(depouillement, reunions=reunions)
    tailles, comptes = dict(depouillement.tailles), dict(depouillement.comptes)
    for variable in nouvelles:
        groupes = _regrouper(autre, variable, tailles[variable])
        tailles[variable] = {code: sum(nombres) for code, nombres in groupes.items()}
        comptes[variable] = {
            question: {
                code: tuple(map(sum, zip(*lignes, strict=True)))
                for code, lignes in _regrouper(autre, variable, table).items()
            }
            for question, table in comptes[variable].items()
        }
    return replace(autre, tailles=tailles, comptes=comptes)


def _regrouper(depouillement, variable: str, table: dict) -> dict[str, list]:
    groupes = defaultdict(list)
    for code, valeur in table.items():
        groupes[depouillement.groupe(variable, code)].append(valeur)
    return groupes


def en_json(reunions: dict[str, tuple[Famille, ...]]) -> dict:
    """As a version of results keeps them."""
    return {
        variable: [
            {"code": f.code, "libelle": f.libelle, "codes": list(f.codes)} for f in lesquelles
        ]
        for variable, lesquelles in reunions.items()
    }


def groupes_montres(question: dict, reunies: list[dict]) -> list[tuple[str, str]]:
    """(code, words) of the categories of a profile question, a family in place of its first."""
    de = {code: (une["code"], une["libelle"]) for une in reunies for code in une["codes"]}
    paires = [de.get(c["code"], (c["code"], c["libelle"])) for c in question["categories"]]
    return list(dict.fromkeys(paires))
