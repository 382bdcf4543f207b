"""Figures published elsewhere: as printed, with what they imply and what is wrong with them."""

from decimal import Decimal

from hubpartenariat.socle.statistiques import Seuils, pourcentage

SEUIL = Seuils().categorie


def lire(contenu: dict) -> dict:
    """What the page shows of a version of the form « publie »."""
    questionnaire = contenu["questionnaire"]
    lignes = [
        _ligne(contenu, proposition, theme["titre"])
        for theme in questionnaire["themes"]
        for proposition in theme["propositions"]
    ]
    return {
        "lignes": lignes,
        "echelles": questionnaire["echelles"],
        "anomalies": [
            (ligne["proposition"], question["echelle"], question["anomalie"])
            for ligne in lignes
            for question in ligne["questions"]
            if question["anomalie"]
        ],
        "colleges": colleges(contenu),
        "territoires": _territoires(contenu),
        "seuil": SEUIL,
        "top3": [
            (ligne["proposition"], contenu["top3"][ligne["proposition"]["code"]])
            for ligne in lignes
            if ligne["proposition"]["code"] in contenu["top3"]
        ],
    }


def ligne(contenu: dict, code: str) -> dict | None:
    """One proposition, as ``lire`` gives it."""
    return next((x for x in lire(contenu)["lignes"] if x["proposition"]["code"] == code), None)


def _ligne(contenu: dict, proposition: dict, theme: str) -> dict:
    questions = []
    for echelle in contenu["questionnaire"]["echelles"]:
        libelles = {m["code"]: m["libelle"] for m in echelle["modalites"]}
        publiee = contenu["questions"][proposition["code"]][echelle["code"]]
        modalites = [
            valeur | {"libelle": libelles[code], "code": code}
            for code, valeur in publiee["modalites"].items()
        ]
        modalites.sort(key=lambda m: list(libelles).index(m["code"]))
        questions.append(publiee | {"echelle": echelle, "modalites": modalites})
    return {"proposition": proposition, "theme": theme, "questions": questions}


def colleges(contenu: dict) -> list[tuple[str, int, object]]:
    """(words, people, percentage): profiles put together into groups large enough to be shown."""
    questionnaire, personnes = contenu["questionnaire"], contenu["repondants"]
    total = {c["code"]: 0 for c in questionnaire["colleges"]}
    for question in questionnaire["profil"]:
        for categorie in question["categories"]:
            nombre = contenu["profil_deduit"].get(categorie["code"])
            if categorie["college"] and nombre is not None:
                total[categorie["college"]] += nombre
    return [
        (c["libelle"], total[c["code"]], pourcentage(total[c["code"]], personnes))
        for c in questionnaire["colleges"]
    ]


def _territoires(contenu: dict) -> list[tuple[str, str | None]]:
    """Printed percentages by territory; None where few people answered, or nobody."""
    for question in contenu["questionnaire"]["profil"]:
        if question["code"] == "territoire":
            return [
                (c["libelle"], _assez(contenu["territoire"].get(c["code"]), contenu["repondants"]))
                for c in question["categories"]
            ]
    return []


def _assez(part: str | None, personnes: int) -> str | None:
    """This percentage, when it stands for as many people as a group needs to be shown."""
    assez = part is not None and round(Decimal(part) * personnes / 100) >= SEUIL
    return part if assez else None
