"""Counting the answers of a consultation: SQL in, plain counts out, nothing hidden yet.

``depouiller`` costs eight queries, whatever the number of people; the table of opinions is read
once. What may be shown of these counts is decided by ``resultats.composer``.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db import connection

from consultation import questionnaires
from consultation.models import Priorite, Questionnaire, Reponse
from consultation.reunions import Famille

SANS = ""  # code of the people who did not say


@dataclass(frozen=True)
class Depouillement:
    """``comptes``: {variable: {(proposition, scale): {category: counts}}}, counts being those of
    the scale, then « ne se prononce pas », then missing. ``tailles``: {variable: {category:
    people}}. Variables are the codes of the profile questions. ``reunions``: the categories that
    were put together (see reunions.py), by variable. ``formulations``: by proposition, the other
    words that people answered."""

    contenu: dict
    personnes: int
    tailles: dict[str, dict[str, int]]
    comptes: dict[str, dict[tuple[str, str], dict[str, tuple[int, ...]]]]
    bulletins: list[list[str]]
    reunions: dict[str, tuple[Famille, ...]] = field(default_factory=dict)
    formulations: dict[str, list[dict]] = field(default_factory=dict)

    @property
    def variables(self) -> list[str]:
        return list(self.tailles)

    def colleges(self) -> tuple[str, dict[str, list[str]]]:
        """The variable whose categories make the collèges, and the categories of each collège."""
        for question in self.contenu["profil"]:
            if any(c["college"] for c in question["categories"]):
                arbre: dict[str, list[str]] = {c["code"]: [] for c in self.contenu["colleges"]}
                for categorie in question["categories"]:
                    groupe = self.groupe(question["code"], categorie["code"])
                    if groupe not in arbre.setdefault(categorie["college"], []):
                        arbre[categorie["college"]].append(groupe)
                arbre.setdefault(SANS, []).append(SANS)
                return question["code"], arbre
        return "", {}

    def groupe(self, variable: str, categorie: str) -> str:
        """The code under which this category is counted: its own, or that of its family."""
        reunies = self.reunions.get(variable, ())
        return next((f.code for f in reunies if categorie in f.codes), categorie)


def depouiller(consultation) -> Depouillement:
    """Every count of the answers that count, as the questions stand now."""
    contenu = questionnaires.photographier(consultation)
    comptees = Reponse.objects.comptees(consultation)
    variables = [question["code"] for question in contenu["profil"]]
    categories = {
        question["code"]: [c["code"] for c in question["categories"]] + [SANS]
        for question in contenu["profil"]
    }
    profils = list(comptees.values_list("profil", flat=True))
    tailles = {
        variable: Counter(
            dict.fromkeys(categories[variable], 0)
            | Counter(_code(profil, variable, categories[variable]) for profil in profils)
        )
        for variable in variables
    }
    if not variables:  # somebody may ask nothing about people: one group, everybody
        variables, categories, tailles = [SANS], {SANS: [SANS]}, {SANS: {SANS: len(profils)}}
    return Depouillement(
        contenu,
        len(profils),
        {nom: dict(groupes) for nom, groupes in tailles.items()},
        _compter(consultation, comptees, contenu, variables, categories, tailles),
        _bulletins(consultation, comptees, len(profils)),
        formulations=_autres_formulations(comptees, contenu),
    )


def _autres_formulations(comptees, contenu: dict) -> dict[str, list[dict]]:
    """Words of the propositions that somebody answered and that are not those of now.

    How many people answered each is not said: a few of them would be a small group.
    """
    trouvees: dict[str, list[dict]] = {}
    actuelles = {p["code"]: _mots(p) for p in questionnaires.propositions(contenu)}
    lus = Questionnaire.objects.filter(pk__in=comptees.values("questionnaire")).order_by("numero")
    for questionnaire in lus:
        for proposition in questionnaires.propositions(questionnaire.contenu):
            code, mots = proposition["code"], _mots(proposition)
            if code in actuelles and mots not in (actuelles[code], *trouvees.get(code, ())):
                trouvees.setdefault(code, []).append(mots)
    return trouvees


def _mots(proposition: dict) -> dict:
    return {"titre": proposition["titre"], "texte": proposition["texte"]}


def _code(profil: dict, variable: str, connus: list[str]) -> str:
    """A category that is no longer asked counts with those who did not say."""
    code = profil.get(variable, SANS)
    return code if code in connus else SANS


def _compter(consultation, comptees, contenu, variables, categories, tailles) -> dict:
    propositions = dict(consultation.propositions.values_list("pk", "code"))
    echelles = {e["code"]: e for e in contenu["echelles"]}
    codes_echelles = dict(consultation.echelles.values_list("pk", "code"))
    rangs = {}
    for echelle in consultation.echelles.prefetch_related("modalites"):
        for rang, modalite in enumerate(echelle.modalites.all()):
            rangs[modalite.pk] = rang
    bruts: dict = {v: defaultdict(lambda: defaultdict(Counter)) for v in variables}
    for place, code, proposition, echelle, modalite, nombre in _groupes(comptees, variables):
        variable = variables[place]
        question = (propositions[proposition], codes_echelles[echelle])
        longueur = len(echelles[question[1]]["modalites"])
        colonne = longueur if modalite is None else rangs[modalite]
        groupe = code if code in categories[variable] else SANS
        bruts[variable][question][groupe][colonne] += nombre
    toutes = [(p, e) for p in propositions.values() for e in echelles]
    return {
        variable: {
            question: {
                code: _colonnes(
                    bruts[variable][question][code],
                    len(echelles[question[1]]["modalites"]),
                    tailles[variable][code],
                )
                for code in categories[variable]
            }
            for question in toutes
        }
        for variable in variables
    }


def _colonnes(comptes: Counter, longueur: int, taille: int) -> tuple[int, ...]:
    connus = tuple(comptes[i] for i in range(longueur + 1))
    return (*connus, taille - sum(connus))


def _groupes(comptees, variables: list[str]):
    """(place of the variable, category, proposition, scale, modality, count): one reading.

    The opinions are first counted by distinct profile, then these are handed out: hashing a text
    per opinion and per variable would cost more than reading the table.
    """
    cles, parametres = comptees.values("pk").query.sql_with_params()
    with connection.cursor() as curseur:
        curseur.execute(
            "WITH profils AS (SELECT id, dense_rank() OVER (ORDER BY profil)::int AS rang, profil"  # noqa: S608
            f" FROM consultation_reponse WHERE id IN ({cles})),"
            " distincts AS (SELECT DISTINCT rang, profil FROM profils),"
            " comptes AS (SELECT rang, proposition_id, echelle_id, modalite_id, count(*) AS n"
            " FROM consultation_avis JOIN profils ON profils.id = reponse_id GROUP BY 1, 2, 3, 4)"
            " SELECT profil, proposition_id, echelle_id, modalite_id, n"
            " FROM comptes JOIN distincts USING (rang)",
            parametres,
        )
        for profil, *reste in curseur.fetchall():
            profil = profil if isinstance(profil, dict) else _lire(profil)
            for place, variable in enumerate(variables):
                yield place, profil.get(variable, SANS), *reste


def _lire(texte: str) -> dict:
    import json

    return json.loads(texte)


def _bulletins(consultation, comptees, personnes: int) -> list[list[str]]:
    """For each person, the propositions put first; an empty one for who put none."""
    par_personne = defaultdict(list)
    lignes = Priorite.objects.filter(reponse__in=comptees.values("pk"))
    for reponse, code in lignes.values_list("reponse_id", "proposition__code"):
        par_personne[reponse].append(code)
    bulletins = [sorted(codes) for codes in par_personne.values()]
    return sorted(bulletins) + [[]] * (personnes - len(bulletins))
