"""From counts to what may be published: one JSON value, frozen in a version.

::

    {"forme": "comptes", "questionnaire": {…}, "repondants": 78, "regles": {…},
     "questions": {"P1": {"pertinence": {"comptes": [57, 12, 6, 3, 0, 0] or None,
         "coupes": {"college": {"soin": {"colonnes": [[0], …], "comptes": […]} or None},
                    "profil": {…}, "territoire": {…}}}}},
     "effectifs": {"college": {"soin": 28}, "profil": {"autre": None}, …},
     "reunions": {"profil": [{"code": "aide+cadre", "libelle", "codes": ["aide", "cadre"]}]},
     "formulations": {"P1": [{"titre", "texte"}]},
     "top3": {"votants": 78, "rangs": [{"code", "voix", "rang", "ex_aequo", "bas", "haut",
                                        "voisins"}]}}

Counts follow the scale, then « ne se prononce pas », then missing. ``None``: hidden or empty, not
to be told apart. ``reunions``: only where categories were put together. ``formulations``: only
where somebody answered other words than those printed. The hidden counts are not
in the value: no page, filter or export can leak them.
"""

import hashlib
import json

from consultation import reunions
from consultation.depouillement import SANS, Depouillement
from consultation.questionnaires import propositions
from consultation.regles import Regles
from hubpartenariat.socle.statistiques import (
    Plan,
    PlanEmboite,
    RangEstime,
    Ventilation,
    rangs_du_vote,
)

COLLEGE = "college"


def composer(depouillement: Depouillement, regles_json: dict) -> dict:
    """What may be published of these counts under these rules."""
    regles = Regles.de(regles_json)
    contenu = depouillement.contenu
    coupes = _coupes(depouillement, regles)
    questions = {
        proposition["code"]: {
            echelle["code"]: coupes.question(proposition["code"], echelle)
            for echelle in contenu["echelles"]
        }
        for proposition in propositions(contenu)
    }
    compose = {
        "forme": "comptes",
        "questionnaire": contenu,
        "repondants": depouillement.personnes,
        "regles": regles_json,
        "effectifs": coupes.effectifs(),
        "questions": questions,
        "top3": _top3(depouillement, regles.seuils.ensemble),
    }
    if depouillement.formulations:
        compose["formulations"] = depouillement.formulations
    if reunies := coupes.d.reunions:
        compose["reunions"] = reunions.en_json(reunies)
    return compose


def empreinte(contenu: dict) -> str:
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(texte.encode()).hexdigest()


def _coupes(depouillement: Depouillement, regles: Regles) -> "_Coupes":
    """The plans, once every category that is too small is in the wider one that it has."""
    while True:
        coupes = _Coupes(depouillement, regles)
        nouvelles = reunions.a_reunir(depouillement, coupes.effectifs())
        if not nouvelles:
            return coupes
        depouillement = reunions.reunir(depouillement, nouvelles)


class _Coupes:
    """Plans of suppression, built once: a group hidden for one question is hidden for all."""

    def __init__(self, depouillement: Depouillement, regles: Regles):
        self.d, self.seuils = depouillement, regles.seuils
        self.variable, self.arbre = depouillement.colleges()
        self.emboite = None
        if self.variable:
            tailles = depouillement.tailles[self.variable]
            self.emboite = PlanEmboite(
                {k: {c: tailles[c] for c in dedans} for k, dedans in self.arbre.items()},
                regles.seuils,
            )
        self.plans = {
            nom: Plan(tailles, regles.seuils.categorie, regles.seuils.ensemble)
            for nom, tailles in depouillement.tailles.items()
            if nom != self.variable
        }

    def effectifs(self) -> dict:
        trouves = {nom: plan.effectifs() for nom, plan in self.plans.items() if nom != SANS}
        if self.emboite:
            trouves[COLLEGE], trouves[self.variable] = self.emboite.effectifs()
        return trouves

    def question(self, proposition: str, echelle: dict) -> dict:
        cle = proposition, echelle["code"]
        exprimees = len(echelle["modalites"])
        favorables = echelle["favorables"]
        grosse = (
            tuple(range(favorables)),
            tuple(range(favorables, exprimees)),
            (exprimees,),
            (exprimees + 1,),
        )
        lignes, ensemble = {}, None
        for nom, plan in self.plans.items():
            vue = plan.ventiler(self.d.comptes[nom][cle], exprimees, (grosse,))
            ensemble = vue.ensemble
            if nom != SANS:
                lignes[nom] = _lignes(vue)
        if self.emboite:
            comptes = self.d.comptes[self.variable][cle]
            table = {k: {c: comptes[c] for c in dedans} for k, dedans in self.arbre.items()}
            haut, bas = self.emboite.ventiler(table, exprimees, (grosse,))
            ensemble = haut.ensemble
            lignes[COLLEGE] = _lignes(haut)
            lignes[self.variable] = {
                code: ligne for detail in bas.values() for code, ligne in _lignes(detail).items()
            }
        return {"comptes": ensemble and list(ensemble), "coupes": lignes}


def _lignes(vue: Ventilation) -> dict:
    return {
        code: ligne and {"colonnes": [list(g) for g in vue.colonnes], "comptes": list(ligne)}
        for code, ligne in vue.lignes.items()
    }


def _top3(depouillement: Depouillement, seuil: int) -> dict:
    """The vote, from as many voters as a whole needs to be shown."""
    codes = [p["code"] for p in propositions(depouillement.contenu)]
    votants = sum(bool(bulletin) for bulletin in depouillement.bulletins)
    if votants < seuil:
        return {"votants": None, "rangs": []}
    rangs = rangs_du_vote(depouillement.bulletins, codes)
    return {
        "votants": votants,
        "rangs": [_en_json(rang) for rang in rangs],
    }


def _en_json(rang: RangEstime) -> dict:
    return {
        "code": rang.code,
        "voix": rang.voix,
        "rang": rang.rang,
        "ex_aequo": rang.ex_aequo,
        "bas": rang.bas,
        "haut": rang.haut,
        "voisins": sorted(rang.voisins),
    }
