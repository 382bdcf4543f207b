"""Results for machines: the JSON and the CSV that stand beside the page, with the same figures."""

import csv
from io import StringIO

from consultation.lecture import Question, Resultats
from consultation.models import Remarque, Reponse
from consultation.questionnaires import NSP, photographier
from hubpartenariat.socle.statistiques import RangEstime, pourcentage

# The vote stands in the CSV as one more scale, with one answer: being among the priorities.
VOTE, VOIX = "priorites", "voix"
EN_TETES = (
    "proposition", "titre", "echelle", "variable", "categorie", "reponse", "effectif",
    "pourcentage", "exprimes", "nsp", "sans_reponse", "wilson_bas", "wilson_haut",
    "favorable", "mediane", "accord", "consensus", "accord_des_colleges",
    "rang", "rang_bas", "rang_haut", "ex_aequo",
)  # fmt: skip


def en_json(version) -> dict:
    """The public answer of ``resultats.json``; percentages are numbers with one decimal."""
    contenu = version.contenu
    tete = {
        "consultation": version.consultation.slug,
        "version": version.numero,
        "publiee_le": version.publiee_le.isoformat(),
        "empreinte": version.empreinte,
        "repondants": version.repondants,
    }
    if contenu["forme"] == "publie":
        return tete | {"provenance": "ailleurs", "source": contenu["source"]} | _publie(contenu)
    resultats = Resultats(contenu)
    rangs = {r.code: r for r in resultats.rangs}
    return tete | {
        "provenance": "hub",
        "votants": resultats.votants,
        "effectifs": {
            nom: dict(sorted(groupes.items())) for nom, groupes in contenu["effectifs"].items()
        },
        "reunions": contenu.get("reunions", {}),
        "propositions": [
            {
                "code": proposition["code"],
                "titre": proposition["titre"],
                "autres_formulations": resultats.autres_formulations(proposition["code"]),
                "criteres": {
                    echelle["code"]: _question(resultats.question(proposition, echelle))
                    for echelle in resultats.echelles
                },
                "priorite_top3": _vote(rangs.get(proposition["code"]), resultats.repondants),
            }
            for proposition in resultats.propositions
        ],
    }


def _nombre(valeur) -> float | None:
    return None if valeur is None else float(valeur)


def _arrondi(indicateur: float | None) -> float | None:
    return None if indicateur is None else round(indicateur, 4)


def _vote(rang: RangEstime | None, repondants: int) -> dict:
    if rang is None:
        return dict.fromkeys(("voix", "pourcentage", "rang", "bas", "haut", "ex_aequo"))
    return {
        "voix": rang.voix,
        "pourcentage": _nombre(pourcentage(rang.voix, repondants)),
        "rang": rang.rang,
        "bas": rang.bas,
        "haut": rang.haut,
        "ex_aequo": rang.ex_aequo,
    }


def _question(question) -> dict:
    repartition = question.repartition
    accord = question.accord
    return {
        "exprimes": repartition and repartition.base,
        "nsp": repartition and repartition.sans_avis,
        "sans_reponse": repartition and repartition.manquants,
        "modalites": {
            m["code"]: {
                "effectif": m["effectif"],
                "pourcentage": _nombre(m["pourcentage"]),
                "wilson": m.get("wilson"),
            }
            for m in question.modalites
        },
        "favorable": _nombre(question.pourcentage_favorable),
        "mediane": question.mediane or None,
        "accord": accord and accord.etiquette.value,
        "consensus": _arrondi(question.consensus),
        "accord_des_colleges": _arrondi(question.accord_des_colleges),
        "coupes": question.coupes,
    }


def _publie(contenu: dict) -> dict:
    par_code = titres(contenu)
    return {
        "propositions": [
            {
                "code": code,
                "titre": par_code.get(code, code),
                "criteres": {
                    nom: {
                        "exprimes": une["base_deduite"],
                        "nsp": None,
                        "sans_reponse": None,
                        "anomalie": une["anomalie"],
                        "modalites": {
                            m: {
                                "effectif": v["effectif_deduit"],
                                "pourcentage": float(v["pourcentage"]),
                            }
                            for m, v in une["modalites"].items()
                        },
                    }
                    for nom, une in criteres.items()
                },
                "priorite_top3": {
                    "voix": contenu["top3"].get(code, {}).get("voix"),
                    "pourcentage": _nombre(contenu["top3"].get(code, {}).get("pourcentage")),
                },
            }
            for code, criteres in contenu["questions"].items()
        ]
    }


def remarques(consultation) -> dict:
    """The words published after a human reading, beside the figures. One query."""
    ensemble, propositions = [], {}
    publiees = Remarque.objects.publiees_de(consultation).values_list(
        "proposition__code", "texte_publie"
    )
    for code, mots in publiees:
        (propositions.setdefault(code, []) if code else ensemble).append(mots)
    return {"remarques": {"ensemble": ensemble, "propositions": propositions}}


def titres(contenu: dict) -> dict[str, str]:
    """Words of the propositions of a version, by code."""
    return {
        p["code"]: p["titre"] for t in contenu["questionnaire"]["themes"] for p in t["propositions"]
    }


def en_csv(version) -> str:
    """One line per proposition, scale, category and answer; the whole has no category."""
    sortie = StringIO()
    sortie.write("\ufeff")
    ecrivain = csv.DictWriter(sortie, EN_TETES, restval="", delimiter=";")
    ecrivain.writeheader()
    contenu = version.contenu
    lignes = _lignes_publiees(contenu) if contenu["forme"] == "publie" else _lignes(contenu)
    ecrivain.writerows(lignes)
    return sortie.getvalue()


def _ecrit(valeur) -> str:
    """A figure as a French spreadsheet reads it."""
    return "" if valeur is None else str(valeur).replace(".", ",")


def _lignes(contenu: dict):
    resultats = Resultats(contenu)
    for echelle in resultats.echelles:
        for question in resultats.questions(echelle):
            debut = _debut(question.proposition, echelle["code"])
            yield from _ensemble(debut, question)
            for variable, _ in resultats.variables():
                for ligne in question.coupe(variable):
                    codes = _codes(echelle) if ligne.fine else ["favorables", "autres"]
                    groupe = {"variable": variable, "categorie": ligne.code or "non_precise"}
                    yield from _reponses(debut | groupe, ligne.repartition, codes)
    rangs = {r.code: r for r in resultats.rangs}
    for proposition in resultats.propositions:
        debut = _debut(proposition, VOTE)
        yield debut | _voix(rangs.get(proposition["code"]), resultats.repondants)


def _debut(proposition: dict, echelle: str) -> dict:
    return {
        "proposition": proposition["code"], "titre": proposition["titre"], "echelle": echelle,
    }  # fmt: skip


def _codes(echelle: dict) -> list[str]:
    return [m["code"] for m in echelle["modalites"]]


def _ensemble(debut: dict, question: Question):
    """Everybody, with what the page says of the question on each of its lines."""
    accord = question.accord
    dits = {
        "favorable": _ecrit(question.pourcentage_favorable),
        "mediane": question.mediane,
        "accord": accord.etiquette.value if accord else "",
        "consensus": _ecrit(_arrondi(question.consensus)),
        "accord_des_colleges": _ecrit(_arrondi(question.accord_des_colleges)),
    }
    bornes = {m["code"]: m.get("wilson") or (None, None) for m in question.modalites}
    for ligne in _reponses(debut, question.repartition, _codes(question.echelle)):
        bas, haut = bornes.get(ligne.get("reponse"), (None, None))
        yield ligne | dits | {"wilson_bas": _ecrit(bas), "wilson_haut": _ecrit(haut)}


def _reponses(debut: dict, repartition, codes: list[str]):
    if repartition is None:
        yield debut
        return
    debut = debut | {
        "exprimes": repartition.base,
        "nsp": repartition.sans_avis,
        "sans_reponse": repartition.manquants,
    }
    chiffres = zip(codes, repartition.effectifs, repartition.pourcentages, strict=True)
    for code, effectif, part in chiffres:
        yield debut | {"reponse": code, "effectif": effectif, "pourcentage": _ecrit(part)}


def _voix(rang: RangEstime | None, repondants: int) -> dict:
    """The vote for one proposition; percentages are of all who answered, as on the page."""
    if rang is None:
        return {}
    return {
        "reponse": VOIX,
        "effectif": rang.voix,
        "pourcentage": _ecrit(pourcentage(rang.voix, repondants)),
        "exprimes": repondants,
        "rang": rang.rang,
        "rang_bas": rang.bas,
        "rang_haut": rang.haut,
        "ex_aequo": "oui" if rang.ex_aequo else "non",
    }


def _lignes_publiees(contenu: dict):
    par_code = titres(contenu)
    for code, criteres in contenu["questions"].items():
        for nom, une in criteres.items():
            debut = _debut({"code": code, "titre": par_code.get(code, code)}, nom)
            for reponse, valeur in une["modalites"].items():
                yield debut | {
                    "reponse": reponse,
                    "effectif": _ecrit(valeur["effectif_deduit"]),
                    "pourcentage": _ecrit(valeur["pourcentage"]),
                    "exprimes": _ecrit(une["base_deduite"]),
                }
    for code, vote in contenu["top3"].items():
        yield _debut({"code": code, "titre": par_code.get(code, code)}, VOTE) | {
            "reponse": VOIX,
            "effectif": _ecrit(vote["voix"]),
            "pourcentage": _ecrit(vote["pourcentage"]),
            "exprimes": contenu["repondants"],
        }


def reponses_en_csv(consultation) -> str:
    """Every answer that counts, one line each, without threshold: for a named right only.

    In no order of time; the key is of this file alone, so that two files cannot be joined.
    """
    contenu = photographier(consultation)
    questions = [
        (p["code"], e["code"])
        for t in contenu["themes"]
        for p in t["propositions"]
        for e in contenu["echelles"]
    ]
    variables = [q["code"] for q in contenu["profil"]]
    sortie = StringIO()
    sortie.write("\ufeff")
    ecrivain = csv.writer(sortie, delimiter=";")
    ecrivain.writerow(
        ["ligne", "source", *variables, *(f"{p}_{e}" for p, e in questions), "priorites"]
    )
    reponses = Reponse.objects.comptees(consultation).order_by("pk")
    reponses = reponses.prefetch_related(
        "avis__proposition", "avis__echelle", "avis__modalite", "priorites__proposition"
    )
    for rang, une in enumerate(reponses.iterator(chunk_size=500), 1):
        dits = {
            (a.proposition.code, a.echelle.code): a.modalite.code if a.modalite else NSP
            for a in une.avis.all()
        }
        votes = " ".join(sorted(p.proposition.code for p in une.priorites.all()))
        profil = [une.profil.get(v, "") for v in variables]
        ecrivain.writerow([rang, une.source, *profil, *(dits.get(q, "") for q in questions), votes])
    return sortie.getvalue()
