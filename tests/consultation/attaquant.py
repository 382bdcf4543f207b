"""The attacker of the real pages: every number published, read from the answers of the site."""

import csv
import re
from io import StringIO

from consultation.models import Reponse
from tests.socle.attaque import Attaquant, Consultation

NOMS = {"categorie": "profil", "territoire": "territoire"}
COLONNES, EXPRIMEES = 6, 4  # scales of four answers, then no opinion and missing


class AttaquantDesPages(Attaquant):
    """``publie``: the JSON of the results; ``questions``: [(proposition, scale)] attacked."""

    def __init__(self, consultation: Consultation, publie: dict, questions: list):
        self.publie, self.lues = publie, questions
        super().__init__(consultation)

    def publier(self):
        self.effectifs = self.publie["effectifs"]
        for college, dedans in self.c.colleges.items():
            self.taille("categorie", dedans, self.effectifs["college"].get(college))
        for variable in NOMS:
            for nom, codes in self._groupes(variable, self._codes(variable)):
                self.taille(variable, codes, self.effectifs[NOMS[variable]].get(nom))
                if len(codes) > 1:
                    for code in codes:
                        self.taille(variable, [code], None)
        propositions = {p["code"]: p["criteres"] for p in self.publie["propositions"]}
        for q, (proposition, echelle) in enumerate(self.lues):
            self._question(q, propositions[proposition][echelle])

    def _groupes(self, variable, codes) -> list[tuple[str, list[str]]]:
        """(code, categories) of what is counted together: a family, or a category alone."""
        reunies = self.publie["reunions"].get(NOMS[variable], [])
        de = {code: (une["code"], une["codes"]) for une in reunies for code in une["codes"]}
        return [
            (nom, list(tous))
            for nom, tous in dict.fromkeys(
                (de[c][0], tuple(de[c][1])) if c in de else (c, (c,)) for c in codes
            )
        ]

    def _codes(self, variable):
        return self.categories if variable == "categorie" else self.c.territoires

    def _question(self, q: int, critere: dict) -> None:
        ensemble = [m["effectif"] for m in critere["modalites"].values()]
        ensemble += [critere["nsp"], critere["sans_reponse"]]
        entieres = [(i,) for i in range(COLONNES)]
        self.ligne("categorie", self.categories, q, ensemble, entieres)
        coupes = critere["coupes"]
        for college, dedans in self.c.colleges.items():
            rang = coupes["college"].get(college)
            self._rang("categorie", dedans, q, rang, ensemble, len(self.c.personnes))
            dessus = self.deplier(rang["comptes"], rang["colonnes"]) if rang else ensemble
            autour = dedans if rang else self.categories
            nombre = sum(p[0] in autour for p in self.c.personnes)
            self._rangs("categorie", dedans, q, coupes["profil"], dessus, nombre)
        tous = len(self.c.personnes)
        self._rangs("territoire", self.c.territoires, q, coupes["territoire"], ensemble, tous)

    def _rangs(self, variable, codes, q, coupe, dessus, nombre) -> None:
        """The rows of these categories; each of those counted together is a secret as well."""
        for nom, dedans in self._groupes(variable, codes):
            rang = coupe.get(nom)
            self._rang(variable, dedans, q, rang, dessus, nombre)
            if len(dedans) > 1:
                ici = self.deplier(rang["comptes"], rang["colonnes"]) if rang else dessus
                place = 0 if variable == "categorie" else 1
                eux = sum(p[place] in dedans for p in self.c.personnes) if rang else nombre
                for code in dedans:
                    self._rang(variable, [code], q, None, ici, eux)

    def _rang(self, variable, codes, q, rang, dessus, nombre) -> None:
        """A printed row is a constraint; each cell of a hidden one is a secret."""
        if rang:
            self.ligne(variable, codes, q, rang["comptes"], [tuple(c) for c in rang["colonnes"]])
            return
        for j in range(COLONNES):
            if dessus[j] not in (0, nombre):
                cases = [(variable, x, q, j) for x in codes]
                self.secrets.append((f"{variable} {codes}, question {q}, column {j}", cases))


def verite(consultation, questions: list) -> Consultation:
    """What only the database knows: the people, and who said what."""
    contenu = consultation.questionnaires.latest("numero").contenu
    [profil, territoire] = contenu["profil"]
    colleges = {c["code"]: [] for c in contenu["colleges"]} | {"": [""]}
    for categorie in profil["categories"]:
        colleges[categorie["college"]].append(categorie["code"])
    rangs = {
        (e["code"], m["code"]): i for e in contenu["echelles"] for i, m in enumerate(e["modalites"])
    }
    gens = []
    for reponse in Reponse.objects.comptees(consultation).prefetch_related(
        "avis__modalite", "avis__echelle", "avis__proposition"
    ):
        dits = {(a.proposition.code, a.echelle.code): a.modalite for a in reponse.avis.all()}
        colonnes = tuple(
            COLONNES - 1
            if question not in dits
            else EXPRIMEES
            if dits[question] is None
            else rangs[question[1], dits[question].code]
            for question in questions
        )
        lieu = reponse.profil.get("territoire", "")
        gens.append((reponse.profil.get("profil", ""), lieu, colonnes))
    lieux = [c["code"] for c in territoire["categories"]] + [""]
    return Consultation(colleges, lieux, COLONNES, EXPRIMEES, gens)


def rangs_du_csv(texte: str) -> dict:
    """{(proposition, scale, variable, category): {answer: (count, percentage, base)} or None}."""
    trouves: dict = {}
    for ligne in csv.DictReader(StringIO(texte.lstrip("\ufeff")), delimiter=";"):
        cle = tuple(ligne[nom] for nom in ("proposition", "echelle", "variable", "categorie"))
        if not ligne["reponse"]:
            trouves[cle] = None
            assert not any(ligne[n] for n in ("effectif", "pourcentage", "exprimes", "nsp"))
            continue
        valeurs = (ligne["effectif"], ligne["pourcentage"], ligne["exprimes"])
        trouves.setdefault(cle, {})[ligne["reponse"]] = valeurs
    return trouves


def cases_de_la_coupe(html: str) -> dict[str, list[str]]:
    """{proposition: texts of its cells} of the table « selon qui répond »."""
    table = html[html.index('id="selon"') :]
    table = table[: table.index("</table>")]
    lignes = {}
    for tete, reste in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table, re.S):
        cases = re.findall(r"<td[^>]*>(.*?)</td>", reste, re.S)
        lignes[re.sub(r"<[^>]+>", "", tete)] = [re.sub(r"<[^>]+>|\s+", " ", c) for c in cases]
    return lignes
