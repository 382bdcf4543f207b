"""Small groups: what is shown of whom, so that nothing hidden can be rebuilt from the rest.

The rules, all of them applied here and nowhere else:

1. A collège is shown from 11 expressed answers, a category of a profile from 5; the whole from 5.
2. Results are cut by one profile variable at a time, never two (``une_seule_variable``).
3. What is hidden stays next to something hidden (complementary suppression). The groups hidden
   together, seen as one group by subtraction, must
   a. hold at least two groups with somebody in them,
   b. reach the threshold themselves: subtraction never shows fewer people than the page would,
   c. hold at least one answer in every column in which the whole has one: a column at zero for
      the hidden groups together would say zero for each of them.
   Groups are added, the most useful then the smallest first, until this holds; else all go.
4. A group hidden by its size stays hidden for every question, with the same partners: otherwise
   the partner shown elsewhere gives its size, and the size of the small group follows.
5. A group without anybody and a group too small give the same line: ``None``.

Protection level, checked with a linear-programming attacker by
tests/socle/test_statistiques_attaque.py: given every number published (counts, percentages, bases,
totals, over every cut and every question), each cell of a hidden group keeps an interval of
feasible values of width 1 at least. One exception that no suppression of groups can mend: what the
published row above says of everybody (nobody of the whole chose this column, or all did).
What it does not cover: what an attacker knows of people from elsewhere, and two editions of the
same results that differ by a few people (publish an edition once).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

Colonnes = Sequence[int]
# A grouping of columns: which ones are added up, in the order in which they are printed.
Regroupement = tuple[tuple[int, ...], ...]


class PlusieursVariables(ValueError):
    """Two profile variables were asked together."""


@dataclass(frozen=True)
class Seuils:
    """Numbers of expressed answers from which a group is shown."""

    college: int = 11
    categorie: int = 5
    ensemble: int = 5

    def __post_init__(self):
        if min(self.college, self.categorie, self.ensemble) < 2:
            raise ValueError("a threshold under 2 protects nobody")


def une_seule_variable(filtres: Mapping[str, object]) -> str | None:
    """The profile variable that results are cut by, among the filters given. Refuses two."""
    demandees = [nom for nom, valeur in filtres.items() if valeur not in (None, "", [], ())]
    if len(demandees) > 1:
        raise PlusieursVariables(
            "Les résultats se lisent selon une seule caractéristique à la fois, "
            "pour que personne ne puisse être reconnu."
        )
    return demandees[0] if demandees else None


@dataclass(frozen=True)
class Ventilation:
    """One question cut by one profile variable, as it may be published.

    ``lignes``: counts per group, or None for a group that is hidden or empty (not to be told
    apart). ``reunis``: the hidden groups put together, when some are shown beside; it is what
    anybody finds by subtraction, so the page may as well print it. ``colonnes``: how the columns
    given were added up, each alone unless a coarser table was needed to show anything.
    """

    lignes: dict[str, tuple[int, ...] | None]
    reunis: tuple[int, ...] | None
    ensemble: tuple[int, ...] | None
    colonnes: Regroupement

    @property
    def montres(self) -> tuple[str, ...]:
        return tuple(code for code, ligne in self.lignes.items() if ligne is not None)

    @property
    def caches(self) -> tuple[str, ...]:
        return tuple(code for code, ligne in self.lignes.items() if ligne is None)


@dataclass(frozen=True)
class Plan:
    """What may be shown of the groups of one profile variable. Built once per consultation.

    ``tailles``: people in each group, all of them, answers or not. ``seuil``: answers from which
    a group is shown; ``seuil_ensemble``: answers under which nothing is published at all.
    """

    tailles: Mapping[str, int]
    seuil: int
    seuil_ensemble: int = 5
    jamais: frozenset[str] = field(init=False)

    def __post_init__(self):
        groupes = {code: (taille,) for code, taille in self.tailles.items()}
        object.__setattr__(self, "jamais", _a_cacher(groupes, self.seuil, 1, frozenset()))

    def effectifs(self) -> dict[str, int | None]:
        """How many people in each group, for the page "who answered"."""
        return {c: None if c in self.jamais else n for c, n in self.tailles.items()}

    def ventiler(
        self,
        groupes: Mapping[str, Colonnes],
        exprimees: int,
        regroupements: Iterable[Regroupement] = (),
    ) -> Ventilation:
        """One question. ``groupes``: for each group of the plan, the scale then what is outside.

        ``exprimees``: how many columns, from the first, are expressed answers (the base of the
        threshold). ``regroupements``: coarser tables to try, in this order, when the full one
        would show fewer than two groups; none of them mixes expressed answers with the rest.
        """
        niveaux = (_seules(groupes), *regroupements)
        return self._ventiler(groupes, exprimees, niveaux)

    def _ventiler(self, groupes, exprimees: int, niveaux: Sequence[Regroupement]) -> Ventilation:
        if set(groupes) != set(self.tailles):
            raise ValueError("a table holds the groups of its plan, all of them, even empty")
        if any(sum(ligne) != self.tailles[code] for code, ligne in groupes.items()):
            raise ValueError("each row adds up to the size of its group: give the missing too")
        tables = [(niveau, *_regrouper(groupes, niveau, exprimees)) for niveau in niveaux]
        ensemble = _somme(groupes.values())
        if sum(ensemble[:exprimees]) < self.seuil_ensemble:
            return Ventilation(dict.fromkeys(groupes), None, None, niveaux[0])
        possibles = len(groupes) - len(self.jamais)
        retenue = None
        for niveau, table, nombre in tables:
            caches = _a_cacher(table, self.seuil, nombre, self.jamais)
            if retenue is None or len(caches) < len(retenue[2]):
                retenue = niveau, table, caches
            if len(groupes) - len(caches) >= min(2, possibles):
                break
        niveau, table, caches = retenue
        lignes = {code: None if code in caches else ligne for code, ligne in table.items()}
        reunis = None
        if caches and len(caches) < len(table):
            reunis = _somme(table[code] for code in caches)
        return Ventilation(lignes, reunis, ensemble, niveau)


def ventiler(
    groupes: Mapping[str, Colonnes],
    seuil: int,
    exprimees: int,
    regroupements: Iterable[Regroupement] = (),
) -> Ventilation:
    """One table alone. For several questions about the same people, use one ``Plan`` (rule 4)."""
    tailles = {code: sum(ligne) for code, ligne in groupes.items()}
    return Plan(tailles, seuil).ventiler(groupes, exprimees, regroupements)


@dataclass(frozen=True)
class PlanEmboite:
    """Profile categories inside collèges: a category too small is only seen in its collège.

    ``tailles``: {collège: {category: people}}. Categories of a hidden collège are hidden.
    """

    tailles: Mapping[str, Mapping[str, int]]
    seuils: Seuils = field(default_factory=Seuils)
    colleges: Plan = field(init=False)
    categories: dict[str, Plan] = field(init=False)

    def __post_init__(self):
        sommes = {college: sum(dedans.values()) for college, dedans in self.tailles.items()}
        plans = {
            college: Plan(dedans, self.seuils.categorie, self.seuils.ensemble)
            for college, dedans in self.tailles.items()
        }
        haut = Plan(sommes, self.seuils.college, self.seuils.ensemble)
        object.__setattr__(self, "colleges", haut)
        object.__setattr__(self, "categories", plans)

    def effectifs(self) -> tuple[dict[str, int | None], dict[str, int | None]]:
        """How many people in each collège, and in each category."""
        par_college = self.colleges.effectifs()
        par_categorie = {
            code: nombre if par_college[college] is not None else None
            for college, plan in self.categories.items()
            for code, nombre in plan.effectifs().items()
        }
        return par_college, par_categorie

    def ventiler(
        self,
        groupes: Mapping[str, Mapping[str, Colonnes]],
        exprimees: int,
        regroupements: Iterable[Regroupement] = (),
    ) -> tuple[Ventilation, dict[str, Ventilation]]:
        """One question: the collèges, then the categories of each.

        ``regroupements``: from fine to coarse. Categories are never cut finer than their collège,
        which their sum would give away; their ``ensemble`` is the row of the collège above.
        """
        sommes = {college: _somme(dedans.values()) for college, dedans in groupes.items()}
        niveaux = (_seules(sommes), *regroupements)
        haut = self.colleges._ventiler(sommes, exprimees, niveaux)
        niveaux = niveaux[niveaux.index(haut.colonnes) :]
        bas = {}
        for college, dedans in groupes.items():
            detail = self.categories[college]._ventiler(dedans, exprimees, niveaux)
            if haut.lignes[college] is None:
                detail = replace(detail, lignes=dict.fromkeys(detail.lignes), reunis=None)
            bas[college] = replace(detail, ensemble=None)
        return haut, bas


def ventiler_en_deux_niveaux(
    groupes: Mapping[str, Mapping[str, Colonnes]],
    exprimees: int,
    seuils: Seuils | None = None,
    regroupements: Iterable[Regroupement] = (),
) -> tuple[Ventilation, dict[str, Ventilation]]:
    """One table alone, categories inside collèges. For several questions, one ``PlanEmboite``."""
    tailles = {
        college: {code: sum(ligne) for code, ligne in dedans.items()}
        for college, dedans in groupes.items()
    }
    plan = PlanEmboite(tailles, seuils or Seuils())
    return plan.ventiler(groupes, exprimees, regroupements)


# --- Inside --------------------------------------------------------------------------------------
def _somme(lignes: Iterable[Colonnes]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*lignes, strict=True)))


def _seules(groupes) -> Regroupement:
    """Each column alone."""
    return tuple((i,) for i in range(len(next(iter(groupes.values())))))


def _regrouper(groupes, colonnes: Regroupement, exprimees: int):
    """The table with columns added up, expressed answers still first, and how many they are."""
    if sorted(i for groupe in colonnes for i in groupe) != list(
        range(len(next(iter(groupes.values()))))
    ):
        raise ValueError("a grouping holds each column once")
    dedans = [all(i < exprimees for i in groupe) for groupe in colonnes]
    dehors = [all(i >= exprimees for i in groupe) for groupe in colonnes]
    if any(not (a or b) for a, b in zip(dedans, dehors, strict=True)) or dedans != sorted(
        dedans, reverse=True
    ):
        raise ValueError("expressed answers come first, and are not mixed with the rest")
    table = {
        code: tuple(sum(ligne[i] for i in groupe) for groupe in colonnes)
        for code, ligne in groupes.items()
    }
    return table, sum(dedans)


def _a_cacher(groupes, seuil: int, exprimees: int, jamais: frozenset[str]) -> frozenset[str]:
    """Groups to hide: those too small, those never shown, and what must go with them."""
    caches = set(jamais) | {
        code for code, ligne in groupes.items() if sum(ligne[:exprimees]) < seuil
    }
    if not caches:
        return frozenset()
    ensemble = _somme(groupes.values())
    while len(caches) < len(groupes):
        somme = _somme(groupes[code] for code in caches)
        peuples = sum(any(groupes[code]) for code in caches)
        if _protege(somme, peuples, ensemble, seuil, exprimees):
            break
        vides = [i for i, total in enumerate(ensemble) if total and not somme[i]]
        candidats = sorted(
            (code for code in groupes if code not in caches),
            key=lambda code: (
                -sum(groupes[code][i] > 0 for i in vides),
                sum(groupes[code]),
                code,
            ),
        )
        caches.add(candidats[0])
    return frozenset(caches)


def _protege(somme, peuples: int, ensemble, seuil: int, exprimees: int) -> bool:
    """Rule 3, on the hidden groups put together."""
    return (
        peuples >= 2
        and sum(somme[:exprimees]) >= seuil
        and all(cache or not total for cache, total in zip(somme, ensemble, strict=True))
    )
