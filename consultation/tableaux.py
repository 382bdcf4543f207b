"""Charts and tables of the results: from a version to what is drawn, on a page as in a document."""

from dataclasses import dataclass

from consultation.enums import RoleDEchelle
from consultation.lecture import Question, Resultats
from consultation.questionnaires import echelle_de_role, role
from hubpartenariat.socle.graphiques import (
    Axe,
    Echelle,
    Graphique,
    LigneDeBarres,
    LigneDEcart,
    PointDeMatrice,
    barres_divergentes,
    barres_empilees,
    ecarts,
    matrice,
    rangs,
)
from hubpartenariat.socle.statistiques import pourcentage

# From a line in the middle when one may be against; stacked when all answers are for something.
DIVERGENTES = {RoleDEchelle.PERTINENCE, RoleDEchelle.FAISABILITE}
QUADRANTS = ("Ambitieux, à préparer", "À lancer d’abord", "À discuter", "Faciles, effet limité")
TETE_DU_VOTE = 10


def dessinable(echelle: dict) -> Echelle:
    return Echelle(tuple(m["libelle"] for m in echelle["modalites"]), echelle["favorables"])


def barres_de(resultats: Resultats, echelle: dict) -> Graphique:
    """Every proposition on one scale."""
    lignes = [
        LigneDeBarres(f"{q.proposition['code']} {q.proposition['titre']}", q.repartition)
        for q in resultats.questions(echelle)
    ]
    dessiner = barres_divergentes if role(echelle) in DIVERGENTES else barres_empilees
    return dessiner(f"barres-{echelle['code']}", echelle["titre"], lignes, dessinable(echelle))


def barres_des_colleges(question: Question) -> Graphique:
    """One question: everybody, then each collège, each as tall as the others."""
    fines = [x for x in question.colleges if x.repartition is None or x.fine]
    lignes = [
        LigneDeBarres("Ensemble", question.repartition),
        *(LigneDeBarres(x.libelle, x.repartition) for x in fines if x.code),
    ]
    cle = f"colleges-{question.echelle['code']}"
    return barres_empilees(cle, question.echelle["titre"], lignes, dessinable(question.echelle))


def matrice_de(resultats: Resultats) -> Graphique | None:
    """Favourable share of one scale across, first category of another up: see RoleDEchelle."""
    questionnaire = resultats.contenu["questionnaire"]
    travers = echelle_de_role(questionnaire, RoleDEchelle.FAISABILITE)
    hauteur = echelle_de_role(questionnaire, RoleDEchelle.IMPACT)
    if not travers or not hauteur:
        return None
    points = []
    for proposition in resultats.propositions:
        x = resultats.question(proposition, travers).pourcentage_favorable
        impact = resultats.question(proposition, hauteur).repartition
        y = impact and pourcentage(impact.effectifs[0], impact.base)
        points.append(
            PointDeMatrice(
                proposition["code"],
                proposition["titre"],
                None if x is None else float(x),
                None if y is None else float(y),
            )
        )
    if not any(p.x is not None and p.y is not None for p in points):
        return None
    axes = (Axe(f"{travers['titre']} favorable"), Axe(hauteur["modalites"][0]["libelle"]))
    titre = f"{travers['titre']} et {hauteur['titre'].lower()}"
    return matrice("matrice", titre, points, axes, QUADRANTS)


def ecarts_de(resultats: Resultats, echelle: dict) -> Graphique | None:
    """Favourable shares of the two collèges that the rules compare."""
    duo, noms = resultats.regles.duo, resultats.noms_du_duo
    if noms is None:
        return None
    lignes = []
    for question in resultats.questions(echelle):
        parts = {ligne.code: ligne.part_favorable for ligne in question.colleges}
        titre = f"{question.proposition['code']} {question.proposition['titre']}"
        lignes.append(LigneDEcart(titre, parts.get(duo[0]), parts.get(duo[1])))
    return ecarts("ecarts", f"{echelle['titre']} : {noms[0]} et {noms[1]}", lignes, noms)


def rangs_de(resultats: Resultats) -> Graphique | None:
    if not resultats.rangs:
        return None
    titres = {p["code"]: p["titre"] for p in resultats.propositions}
    votants, repondants = resultats.votants, resultats.repondants
    montres = _tete(resultats.rangs)
    return rangs("priorites", "Les trois priorités", montres, titres, votants, repondants)


def _tete(rangs_estimes: list) -> list:
    """The first ones, and those that share the rank of the last of them."""
    if len(rangs_estimes) <= TETE_DU_VOTE:
        return rangs_estimes
    limite = rangs_estimes[TETE_DU_VOTE - 1].rang
    return [un for un in rangs_estimes if un.rang <= limite]


@dataclass(frozen=True)
class LigneDeSynthese:
    """One proposition over all scales: the favourable percentage and the label of each."""

    proposition: dict
    questions: list[Question]
    voix: int | None
    part_des_voix: object

    def valeur(self, code: str):
        """Sort key of a column; hidden last."""
        if code == "priorites":
            return -1 if self.voix is None else self.voix
        question = next((q for q in self.questions if q.echelle["code"] == code), None)
        valeur = question and question.pourcentage_favorable
        return -1 if valeur is None else valeur


def synthese(resultats: Resultats, tri: str = "") -> list[LigneDeSynthese]:
    """The 21 × 4 table, in the order of the questionnaire or of a column, the highest first."""
    voix = {r.code: r.voix for r in resultats.rangs}
    lignes = [
        LigneDeSynthese(
            proposition,
            [resultats.question(proposition, echelle) for echelle in resultats.echelles],
            voix.get(proposition["code"]),
            pourcentage(voix[proposition["code"]], resultats.repondants)
            if proposition["code"] in voix
            else None,
        )
        for proposition in resultats.propositions
    ]
    return sorted(lignes, key=lambda x: x.valeur(tri), reverse=True) if tri else lignes


@dataclass(frozen=True)
class LigneComparee:
    """One proposition in two rounds: for each scale, (first answer, before, now), percentages."""

    proposition: dict
    meme_texte: bool
    parts: list[tuple[str, float | None, float | None]]


def comparer(resultats: Resultats, avant: dict, titres: dict[str, str]) -> list[LigneComparee]:
    """The share of the first answer of each scale, now and in the round before.

    ``avant``: the public JSON of the earlier results; ``titres``: their words, by code. Scales and
    propositions that the earlier round did not have are left out.
    """
    anciennes = {p["code"]: p["criteres"] for p in avant["propositions"]}
    lignes = []
    for proposition in resultats.propositions:
        criteres = anciennes.get(proposition["code"])
        if criteres is None:
            continue
        parts = []
        for echelle in resultats.echelles:
            premiere = echelle["modalites"][0]["code"]
            ancienne = criteres.get(echelle["code"], {}).get("modalites", {}).get(premiere, {})
            actuelle = resultats.question(proposition, echelle).modalites[0]["pourcentage"]
            parts.append((echelle["titre"], ancienne.get("pourcentage"), actuelle))
        meme = titres.get(proposition["code"]) == proposition["titre"]
        lignes.append(LigneComparee(proposition, meme, parts))
    return lignes
