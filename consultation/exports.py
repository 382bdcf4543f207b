"""Results for machines: the JSON and the CSV that stand beside the page, with the same figures."""

import csv
from io import StringIO

from consultation.lecture import Resultats
from consultation.models import Remarque, Reponse
from consultation.questionnaires import NSP, photographier
from hubpartenariat.socle.statistiques import pourcentage

EN_TETES = (
    "proposition", "titre", "echelle", "variable", "categorie", "reponse", "effectif",
    "pourcentage", "exprimes", "nsp", "sans_reponse",
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
    voix = {r.code: r.voix for r in resultats.rangs}
    return tete | {
        "provenance": "hub",
        "effectifs": {
            nom: dict(sorted(groupes.items())) for nom, groupes in contenu["effectifs"].items()
        },
        "propositions": [
            {
                "code": proposition["code"],
                "titre": proposition["titre"],
                "criteres": {
                    echelle["code"]: _question(resultats.question(proposition, echelle))
                    for echelle in resultats.echelles
                },
                "priorite_top3": _vote(voix.get(proposition["code"]), resultats.repondants),
            }
            for proposition in resultats.propositions
        ],
    }


def _nombre(valeur) -> float | None:
    return None if valeur is None else float(valeur)


def _vote(voix: int | None, repondants: int) -> dict:
    part = None if voix is None else pourcentage(voix, repondants)
    return {"voix": voix, "pourcentage": _nombre(part)}


def _question(question) -> dict:
    repartition = question.repartition
    accord = question.accord
    return {
        "exprimes": repartition and repartition.base,
        "nsp": repartition and repartition.sans_avis,
        "sans_reponse": repartition and repartition.manquants,
        "modalites": {
            m["code"]: {"effectif": m["effectif"], "pourcentage": _nombre(m["pourcentage"])}
            for m in question.modalites
        },
        "favorable": _nombre(question.pourcentage_favorable),
        "accord": accord and accord.etiquette.value,
        "consensus": question.consensus and round(question.consensus, 4),
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
    ecrivain = csv.writer(sortie, delimiter=";")
    ecrivain.writerow(EN_TETES)
    contenu = version.contenu
    lignes = _lignes_publiees(contenu) if contenu["forme"] == "publie" else _lignes(contenu)
    ecrivain.writerows(lignes)
    return sortie.getvalue()


def _dixieme(valeur) -> str:
    return "" if valeur is None else str(valeur).replace(".", ",")


def _lignes(contenu: dict):
    resultats = Resultats(contenu)
    for echelle in resultats.echelles:
        for question in resultats.questions(echelle):
            proposition = question.proposition
            debut = [proposition["code"], proposition["titre"], echelle["code"]]
            yield from _reponses(debut, "", "", question.repartition, _codes(echelle))
            for variable, _ in resultats.variables():
                for ligne in question.coupe(variable):
                    codes = _codes(echelle) if ligne.fine else ["favorables", "autres"]
                    groupe = (variable, ligne.code or "non_precise")
                    yield from _reponses(debut, *groupe, ligne.repartition, codes)


def _codes(echelle: dict) -> list[str]:
    return [m["code"] for m in echelle["modalites"]]


def _reponses(debut, variable, categorie, repartition, codes):
    if repartition is None:
        yield [*debut, variable, categorie, "", "", "", "", "", ""]
        return
    fin = [repartition.base, repartition.sans_avis, repartition.manquants]
    chiffres = zip(codes, repartition.effectifs, repartition.pourcentages, strict=True)
    for code, effectif, part in chiffres:
        yield [*debut, variable, categorie, code, effectif, _dixieme(part), *fin]


def _lignes_publiees(contenu: dict):
    par_code = titres(contenu)
    for code, criteres in contenu["questions"].items():
        for nom, une in criteres.items():
            for reponse, valeur in une["modalites"].items():
                base = une["base_deduite"]
                effectif = valeur["effectif_deduit"]
                yield [
                    code, par_code.get(code, code), nom, "", "", reponse,
                    "" if effectif is None else effectif,
                    valeur["pourcentage"].replace(".", ","),
                    "" if base is None else base, "", "",
                ]  # fmt: skip


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
