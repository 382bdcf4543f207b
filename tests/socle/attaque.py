"""The attacker: everything published about a consultation, as linear constraints on hidden counts.

Unknown: how many people of each group chose each column of each question. Known: every printed
count, percentage, base and size, for the whole and for each cut by one variable; that the groups
of each variable are the same people; that groups keep their size from one question to the next.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from hubpartenariat.socle.statistiques import Plan, PlanEmboite, Seuils, Ventilation, pourcentage


@dataclass
class Consultation:
    """People: (category, territory, answers), an answer being a column of its question."""

    colleges: dict[str, list[str]]
    territoires: list[str]
    colonnes: int
    exprimees: int
    personnes: list[tuple[str, str, tuple[int, ...]]]
    seuils: Seuils = field(default_factory=Seuils)
    regroupements: tuple = ()

    @property
    def questions(self) -> int:
        return len(self.personnes[0][2]) if self.personnes else 1

    def comptes(self, place: int, question: int) -> dict[str, tuple[int, ...]]:
        """Counts of the groups of one variable (0 category, 1 territory)."""
        vus = Counter((p[place], p[2][question]) for p in self.personnes)
        codes = [c for d in self.colleges.values() for c in d] if place == 0 else self.territoires
        return {c: tuple(vus[c, j] for j in range(self.colonnes)) for c in codes}


class Attaquant:
    """Collects what is published, then asks for the least and the most of each count."""

    def __init__(self, consultation: Consultation):
        self.c = consultation
        self.categories = [x for dedans in consultation.colleges.values() for x in dedans]
        codes = [("categorie", x) for x in self.categories]
        codes += [("territoire", x) for x in consultation.territoires]
        cases = product(codes, range(consultation.questions), range(consultation.colonnes))
        self.places = {(*code, q, j): i for i, (code, q, j) in enumerate(cases)}
        self.egalites, self.inegalites = [], []
        self.structure()
        self.secrets: list[tuple[str, list]] = []
        self.publier()

    # --- what is known -------------------------------------------------------------------------
    def structure(self):
        c = self.c
        for variable, codes in (("categorie", self.categories), ("territoire", c.territoires)):
            for code in codes:
                for q in range(1, c.questions):
                    plus = [(variable, code, q, j) for j in range(c.colonnes)]
                    moins = [(variable, code, 0, j) for j in range(c.colonnes)]
                    self.egal(plus, 0, moins)
        for q, j in product(range(c.questions), range(c.colonnes)):
            plus = [("categorie", x, q, j) for x in self.categories]
            self.egal(plus, 0, [("territoire", x, q, j) for x in c.territoires])

    def egal(self, plus, valeur, moins=()):
        self.egalites.append((plus, moins, valeur))

    def taille(self, variable, codes, nombre):
        cases = [(variable, x, 0, j) for x in codes for j in range(self.c.colonnes)]
        if nombre is None:
            self.secrets.append((f"size of {codes}", cases))
        else:
            self.egal(cases, nombre)

    def ligne(self, variable, codes, q, comptes, colonnes):
        """A printed row: its counts, its percentages to one decimal on its printed base."""
        base = 0
        for nombre, groupe in zip(comptes, colonnes, strict=True):
            self.egal([(variable, x, q, j) for x in codes for j in groupe], nombre)
            base += nombre if groupe[0] < self.c.exprimees else 0
        for nombre, groupe in zip(comptes, colonnes, strict=True):
            if base and groupe[0] < self.c.exprimees:
                cases = [(variable, x, q, j) for x in codes for j in groupe]
                milieu = float(pourcentage(nombre, base)) * base / 100
                self.inegalites.append((cases, milieu - base / 2000, milieu + base / 2000))

    def publier(self):
        c = self.c
        arbre = {k: dict.fromkeys(dedans, 0) for k, dedans in c.colleges.items()}
        for college, dedans in c.colleges.items():
            for x in dedans:
                arbre[college][x] = sum(p[0] == x for p in c.personnes)
        plan = PlanEmboite(arbre, c.seuils)
        lieux = Plan(
            {t: sum(p[1] == t for p in c.personnes) for t in c.territoires}, c.seuils.categorie
        )
        par_college, par_categorie = plan.effectifs()
        for college, nombre in par_college.items():
            self.taille("categorie", c.colleges[college], nombre)
        for code, nombre in par_categorie.items():
            self.taille("categorie", [code], nombre)
        for code, nombre in lieux.effectifs().items():
            self.taille("territoire", [code], nombre)
        for q in range(c.questions):
            comptes = c.comptes(0, q)
            table = {k: {x: comptes[x] for x in dedans} for k, dedans in c.colleges.items()}
            haut, bas = plan.ventiler(table, c.exprimees, c.regroupements)
            membres = dict(c.colleges)
            self.ventilation(
                "categorie", q, haut, membres, tuple(haut.ensemble or ()), self.categories
            )
            for college, detail in bas.items():
                dessus = tuple(haut.ensemble or ())
                if haut.lignes[college]:
                    dessus = self.deplier(haut.lignes[college], haut.colonnes)
                seules = {x: [x] for x in detail.lignes}
                autour = c.colleges[college] if haut.lignes[college] else self.categories
                self.ventilation("categorie", q, detail, seules, dessus, autour)
            detail = lieux.ventiler(c.comptes(1, q), c.exprimees, c.regroupements)
            seules = {x: [x] for x in detail.lignes}
            self.ventilation(
                "territoire", q, detail, seules, tuple(detail.ensemble or ()), self.categories
            )

    def deplier(self, ligne, colonnes):
        """A coarse row as wide as a fine one: each column with the count of its group."""
        return [next(n for n, g in zip(ligne, colonnes, strict=True) if j in g)
                for j in range(self.c.colonnes)]  # fmt: skip

    def ventilation(self, variable, q, table: Ventilation, membres, dessus, autour):
        """Printed rows are constraints; each cell of the others is a secret, unless the row above
        says it of everybody (``dessus``: counts of the printed row that holds this group)."""
        if table.ensemble is not None:
            tous = [x for code in table.lignes for x in membres[code]]
            entieres = [(i,) for i in range(self.c.colonnes)]
            self.ligne(variable, tous, q, table.ensemble, entieres)
        if table.reunis is not None:
            ensemble = [x for code in table.caches for x in membres[code]]
            self.ligne(variable, ensemble, q, table.reunis, table.colonnes)
        personnes = sum(sum(self.c.comptes(0, q)[x]) for x in autour)
        for code, comptes in table.lignes.items():
            if comptes is not None:
                self.ligne(variable, membres[code], q, comptes, table.colonnes)
                continue
            for j in range(self.c.colonnes):
                if dessus and (dessus[j] == 0 or dessus[j] == personnes):
                    continue
                cases = [(variable, x, q, j) for x in membres[code]]
                self.secrets.append((f"{variable} {code}, question {q}, column {j}", cases))

    # --- what follows from it ------------------------------------------------------------------
    def attaquer(self) -> dict[str, tuple[float, float]]:
        """For each hidden count, the least and the most that agree with all that is published."""
        taille = len(self.places)
        gauche = self.matrice([(p, m) for p, m, _ in self.egalites])
        droite = np.array([v for *_, v in self.egalites], dtype=float)
        bornes = self.matrice([(cases, ()) for cases, *_ in self.inegalites])
        haut = np.array([h for *_, h in self.inegalites])
        bas = np.array([b for _, b, _ in self.inegalites])
        options = {}
        if self.inegalites:
            options = {
                "A_ub": csr_matrix(np.vstack([bornes.toarray(), -bornes.toarray()])),
                "b_ub": np.concatenate([haut, -bas]) + 1e-6,
            }
        resultat = {}
        for nom, cases in self.secrets:
            cout = np.zeros(taille)
            for case in cases:
                cout[self.places[case]] += 1
            extremes = []
            for signe in (1, -1):
                solution = linprog(signe * cout, A_eq=gauche, b_eq=droite, **options)
                assert solution.status in (0, 3), solution.message
                extremes.append(signe * solution.fun if solution.status == 0 else float("inf"))
            resultat[nom] = (extremes[0], extremes[1])
        return resultat

    def matrice(self, lignes):
        valeurs, rangs, colonnes = [], [], []
        for rang, (plus, moins) in enumerate(lignes):
            for signe, cases in ((1, plus), (-1, moins)):
                for case in cases:
                    valeurs.append(signe)
                    rangs.append(rang)
                    colonnes.append(self.places[case])
        return csr_matrix((valeurs, (rangs, colonnes)), shape=(len(lignes), len(self.places)))


def determines(consultation: Consultation, largeur: float = 1) -> dict[str, tuple[float, float]]:
    """Hidden counts that the attacker pins down to an interval narrower than ``largeur``."""
    trouves = Attaquant(consultation).attaquer()
    return {n: (b, h) for n, (b, h) in trouves.items() if h - b < largeur - 1e-4}
