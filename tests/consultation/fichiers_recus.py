"""The same answers as Google Forms, Framaforms and LimeSurvey export them, with what each needs.

``gens``: see restitution.repondants_de_2025; a « mots » beside is a remark on the whole.
"""

import csv
from pathlib import Path

from consultation.restitution import faits

CONNUS = faits()
ECHELLES = {e["code"]: e for e in CONNUS["echelles"]}
LIBELLES = {(e, c): mot for e, v in ECHELLES.items() for c, mot in v["modalites"]}
PROFIL = {q["code"]: q["libelle"] for q in CONNUS["profil"]}
CATEGORIES = {
    (q["code"], c["code"]): c["libelle"] for q in CONNUS["profil"] for c in q["categories"]
}
TITRES = {p["code"]: p["titre"] for t in CONNUS["themes"] for p in t["propositions"]}
QUESTIONS = [(p, e) for p in TITRES for e in ECHELLES]


def _avis(une: dict, question: tuple[str, str]) -> str:
    dit = une["avis"].get(question, "")
    return "Ne se prononce pas" if dit == "nsp" else LIBELLES.get((question[1], dit), "")


def _ecrire(chemin: Path, lignes: list[list[str]], **forme) -> Path:
    with chemin.open("w", encoding=forme.pop("encoding", "utf-8"), newline="") as sortie:
        csv.writer(sortie, **forme).writerows(lignes)
    return chemin


GOOGLE_FORMS = f"""
[avis]
modele = "{{proposition}} {{titre}} [{{echelle_titre}}]"
[profil]
profil = "{PROFIL["profil"]}"
territoire = "{PROFIL["territoire"]}"
[priorites]
colonne = "Vos trois priorités"
separateur = ", "
[remarques]
ensemble = "Autres remarques"
"""


def google_forms(chemin: Path, gens: list[dict]) -> Path:
    """Commas; ticked boxes in one cell, joined by « , » though titles hold some."""
    grille = [f"{p} {TITRES[p]} [{ECHELLES[e]['titre']}]" for p, e in QUESTIONS]
    tetes = ["Horodateur", *grille, *PROFIL.values(), "Vos trois priorités", "Autres remarques"]
    lignes = [
        [
            f"2026/01/{rang + 1:02} 9:41:07 AM UTC+1",
            *(_avis(une, q) for q in QUESTIONS),
            *(CATEGORIES[q, une["profil"][q]] for q in PROFIL),
            ", ".join(TITRES[p] for p in une["priorites"]),
            une.get("mots", ""),
        ]
        for rang, une in enumerate(gens)
    ]
    return _ecrire(chemin, [tetes, *lignes])


FRAMAFORMS = f"""
[fichier]
entete = 3
cle = "Numéro de série"
[avis]
modele = "{{proposition}} {{titre}} {{echelle_titre}}"
[profil]
profil = "{PROFIL["profil"]}"
territoire = "{PROFIL["territoire"]}"
[priorites]
modele = "Vos trois priorités {{proposition}} {{titre}}"
[remarques]
ensemble = "Autres remarques"
"""


def framaforms(chemin: Path, gens: list[dict]) -> Path:
    """Tabs; three header rows: the form, the groups at their first column, the questions."""
    debut = ["Numéro de série", "SID", "Date", "Brouillon", "Adresse IP", "Utilisateur"]
    largeur = len(debut) + len(QUESTIONS) + len(PROFIL) + len(TITRES) + 1
    groupes = ["Informations de soumission", *[""] * (len(debut) - 1)]
    for p, titre in TITRES.items():
        groupes += [f"{p} {titre}", *[""] * (len(ECHELLES) - 1)]
    groupes += ["", "", "Vos trois priorités", *[""] * len(TITRES)]
    noms = [*debut, *[e["titre"] for _ in TITRES for e in ECHELLES.values()], *PROFIL.values()]
    noms += [*[f"{p} {titre}" for p, titre in TITRES.items()], "Autres remarques"]
    tetes = [["Consultation, édition d’essai", *[""] * (largeur - 1)], groupes, noms]
    lignes = [
        [
            *(str(rang), str(900 + rang), "01/02/2026 - 09:41", "", "(anonyme)", ""),
            *(_avis(une, q) for q in QUESTIONS),
            *(CATEGORIES[q, une["profil"][q]] for q in PROFIL),
            *("X" if p in une["priorites"] else "" for p in TITRES),
            une.get("mots", ""),
        ]
        for rang, une in enumerate(gens, 1)
    ]
    return _ecrire(chemin, [*tetes, *lignes], delimiter="\t")


LIMESURVEY = """
[fichier]
cle = "id"
[avis]
modele = "{echelle}[{proposition}]"
[profil]
profil = "profil"
territoire = "territoire"
[priorites]
modele = "priorites[{proposition}]"
[remarques]
ensemble = "mots"
"""


def limesurvey(chemin: Path, gens: list[dict]) -> Path:
    """Codes of questions and answers, all quoted, semicolons; one column of Y or N per option."""
    tetes = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    tetes += [f"{e}[{p}]" for p, e in QUESTIONS] + list(PROFIL)
    tetes += [f"priorites[{p}]" for p in TITRES] + ["mots"]
    lignes = [
        [
            *(str(rang), "2026-01-02 09:41:07", "8", "fr", "1234567"),
            *(une["avis"].get(q, "") for q in QUESTIONS),
            *(une["profil"][q] for q in PROFIL),
            *("Y" if p in une["priorites"] else "N" for p in TITRES),
            une.get("mots", ""),
        ]
        for rang, une in enumerate(gens, 1)
    ]
    forme = {"delimiter": ";", "quoting": csv.QUOTE_ALL, "encoding": "utf-8-sig"}
    return _ecrire(chemin, [tetes, *lignes], **forme)


OUTILS = {
    "Google Forms": (google_forms, GOOGLE_FORMS),
    "Framaforms": (framaforms, FRAMAFORMS),
    "LimeSurvey": (limesurvey, LIMESURVEY),
}
