"""What two published versions say together: the answers of the people between them.

Two tables that are safe alone may not be safe side by side: where a group grew by one person, the
difference is this person's answers. See docs/decisions/0014.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from consultation.models.reponses import PRIORITES_MAX
from consultation.resultats import COLLEGE

Colonnes = list[list[int]]  # indices of the counts that are added together in each column
VOTES = "le vote des priorités"
AUTRES = "les groupes qui ne sont pas publiés"
ENSEMBLE = "l’ensemble des réponses"


@dataclass(frozen=True)
class Trop:
    """A group that changed by too few answers: its name, and by how many."""

    groupe: str
    nombre: int


def trop_petite(avant: dict, apres: dict, ensemble: int, groupe: int) -> Trop | None:
    """The first group whose change from one content to the other is of 1 to threshold - 1 answers.

    ``ensemble``, ``groupe``: thresholds of the whole and of a group. A change is counted over the
    answers to one question, those who came and those who left each on their own: neither may be
    few, however many the others are. None when nothing can be read by subtraction.
    """
    votants = _votants_de_plus(avant, apres)
    if 0 < votants < ensemble:
        return Trop(VOTES, votants)
    noms = _noms(apres["questionnaire"])
    arbre = _arbre(apres["questionnaire"])
    for une, autre in _questions(avant, apres):
        tout = _Ecart.de(une["comptes"], autre["comptes"])
        if tout is None:
            continue
        if 0 < tout.taille < ensemble:
            return Trop(ENSEMBLE, tout.taille)
        for nom, ecart in _groupes(une, autre, tout, arbre):
            if 0 < ecart.taille < groupe:
                return Trop(noms.get(nom, AUTRES), ecart.taille)
    return None


@dataclass(frozen=True)
class _Ecart:
    """Difference of two rows of counts, by column. ``colonnes`` are shared by both rows."""

    colonnes: Colonnes
    valeurs: list[int]

    @classmethod
    def de(cls, avant, apres) -> "_Ecart | None":
        """Of two whole rows, each count its own column."""
        if not avant or not apres or len(avant) != len(apres):
            return None
        return cls(
            [[n] for n in range(len(avant))], [b - a for a, b in zip(avant, apres, strict=True)]
        )

    @property
    def taille(self) -> int:
        """The fewer of those who came and of those who left; 0 when nobody did."""
        venus = sum(v for v in self.valeurs if v > 0)
        partis = -sum(v for v in self.valeurs if v < 0)
        return min(filter(None, (venus, partis)), default=0)

    def en(self, colonnes: Colonnes) -> "_Ecart":
        """The same difference where several columns are added together."""
        par_indice = {
            n: valeur for c, valeur in zip(self.colonnes, self.valeurs, strict=True) for n in c[:1]
        }
        return _Ecart(colonnes, [sum(par_indice.get(n, 0) for n in c) for c in colonnes])

    def moins(self, autres: "list[_Ecart]") -> "_Ecart":
        """What is left once ``autres`` are taken away, on the columns that all of them share."""
        communes = _communes([self.colonnes, *(autre.colonnes for autre in autres)])
        reste = self.en(communes).valeurs
        for autre in autres:
            reste = [a - b for a, b in zip(reste, autre.en(communes).valeurs, strict=True)]
        return _Ecart(communes, reste)


def _votants_de_plus(avant: dict, apres: dict) -> int:
    """How many voters came or left; among as many voters as before, how many others at least."""
    un, autre = (contenu.get("top3") or {} for contenu in (avant, apres))
    if un.get("votants") is None or autre.get("votants") is None:
        return 0
    if ecart := abs(autre["votants"] - un["votants"]):
        return ecart
    voix = {rang["code"]: rang["voix"] for rang in un["rangs"]}
    gagnees = sum(max(0, rang["voix"] - voix.get(rang["code"], 0)) for rang in autre["rangs"])
    return -(-gagnees // PRIORITES_MAX)


def _questions(avant: dict, apres: dict) -> Iterator[tuple[dict, dict]]:
    """The same question in both contents."""
    for code, echelles in apres["questions"].items():
        for echelle, question in echelles.items():
            ancienne = avant["questions"].get(code, {}).get(echelle)
            if ancienne:
                yield ancienne, question


def _groupes(une, autre, tout: _Ecart, arbre: dict) -> Iterator[tuple[tuple[str, str], _Ecart]]:
    """((variable, code), difference) of the groups published twice; then of all the others of the
    whole, and of those of each collège, which a subtraction gives."""
    publies = {
        variable: _publies_deux_fois(une["coupes"].get(variable, {}), lignes)
        for variable, lignes in autre["coupes"].items()
    }
    for variable, groupes in publies.items():
        yield from (((variable, code), ecart) for code, ecart in groupes.items())
        if _codes(groupes) != _codes(autre["coupes"][variable]):
            yield (variable, ""), tout.moins(list(groupes.values()))
    for college, (variable, codes) in arbre.items():
        parent = publies.get(COLLEGE, {}).get(college)
        dedans = {c: e for c, e in publies.get(variable, {}).items() if _codes([c]) <= set(codes)}
        if parent and _codes(dedans) != set(codes):
            yield (COLLEGE, college), parent.moins(list(dedans.values()))


def _codes(groupes) -> set[str]:
    """The categories of these groups; those put together are joined by « + » (reunions.py)."""
    return {code for groupe in groupes for code in groupe.split("+")}


def _publies_deux_fois(avant: dict, apres: dict) -> dict[str, _Ecart]:
    """Difference of each group published in both; of the same categories put together in one of
    them and apart in the other, as one group."""
    ecarts = {}
    for ensemble in _communs(_montres(avant), _montres(apres)):
        anciennes, nouvelles = (
            [ligne for code, ligne in lignes.items() if ligne and _codes([code]) <= ensemble]
            for lignes in (avant, apres)
        )
        communes = _communes([ligne["colonnes"] for ligne in anciennes + nouvelles])
        valeurs = [_somme(nouvelles, colonne) - _somme(anciennes, colonne) for colonne in communes]
        ecarts["+".join(sorted(ensemble))] = _Ecart(communes, valeurs)
    return ecarts


def _montres(lignes: dict) -> list[set[str]]:
    return [_codes([code]) for code, ligne in lignes.items() if ligne]


def _communs(avant: list[set[str]], apres: list[set[str]]) -> list[set[str]]:
    """The smallest sets of categories that both give, alone or by adding groups."""
    ensembles = [set(c) for c in _unions([*avant, *apres])] if avant and apres else []
    donnes = [set().union(*groupes) for groupes in (avant, apres)]
    return [e for e in ensembles if all(e <= donne for donne in donnes)]


def _somme(lignes: list[dict], colonne: list[int]) -> int:
    return sum(_par_indice(ligne)[n] for ligne in lignes for n in colonne)


def _par_indice(ligne: dict) -> dict[int, int]:
    """The count of a column, held by its first index; 0 for the others."""
    par_indice = {n: 0 for colonne in ligne["colonnes"] for n in colonne}
    par_indice.update({c[0]: n for c, n in zip(ligne["colonnes"], ligne["comptes"], strict=True)})
    return par_indice


def _communes(plusieurs: list[Colonnes]) -> Colonnes:
    """The finest columns that are unions of columns of each of these."""
    return _unions(colonne for colonnes in plusieurs for colonne in colonnes)


def _unions(morceaux) -> list[list]:
    """These sets, put together where they share something."""
    communes: list[set] = []
    for colonne in map(set, morceaux):
        touchees = [c for c in communes if c & colonne]
        communes = [c for c in communes if not c & colonne] + [colonne.union(*touchees)]
    return sorted(sorted(c) for c in communes)


def _arbre(questionnaire: dict) -> dict[str, tuple[str, list[str]]]:
    """{collège: (variable, its categories)}."""
    arbre: dict[str, tuple[str, list[str]]] = {}
    for question in questionnaire["profil"]:
        for categorie in question["categories"]:
            if categorie["college"]:
                place = arbre.setdefault(categorie["college"], (question["code"], []))
                place[1].append(categorie["code"])
    return arbre


def _noms(questionnaire: dict) -> dict[tuple[str, str], str]:
    colleges = {(COLLEGE, c["code"]): c["libelle"] for c in questionnaire["colleges"]}
    return colleges | {
        (question["code"], c["code"]): c["libelle"]
        for question in questionnaire["profil"]
        for c in question["categories"]
    }
