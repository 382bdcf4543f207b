"""The consultation of 2025: its questions, and its figures as they were published elsewhere.

Facts: fixtures/referentiels/consultation_2025.json (closing presentation of 16 December 2025).
The figures are kept as printed. What they imply (base, counts) is deduced and said to be so; where
no whole number of people gives them, that is said too, and nothing is corrected.
"""

import json
from collections import Counter
from datetime import datetime
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from consultation import lecture_transversale, publication
from consultation.enums import EtatConsultation, Provenance
from consultation.models import (
    CategorieDeProfil,
    College,
    Consultation,
    Echelle,
    Modalite,
    Phrase,
    Proposition,
    QuestionDeProfil,
    Theme,
)
from consultation.questionnaires import NSP, photographier
from hubpartenariat.socle.statistiques import Diagnostic, diagnostiquer

FICHIER = settings.BASE_DIR / "fixtures" / "referentiels" / "consultation_2025.json"


PLUS_DE_70 = (
    "{nombre pertinence oui_tout_a_fait > 70} des {propositions} propositions recueillent plus de "
    "70 % de « oui, tout à fait » pour leur pertinence : {liste pertinence oui_tout_a_fait > 70}."
)


def faits() -> dict:
    return json.loads(FICHIER.read_text(encoding="utf-8"))


def charger_2025() -> Consultation:
    """The consultation of 2025 and its published results. Safe to run again."""
    connus = faits()
    if deja := Consultation.objects.filter(slug=connus["slug"]).first():
        return deja
    with transaction.atomic():
        consultation = Consultation.objects.create(
            slug=connus["slug"],
            titre=connus["titre"],
            presentation=connus["presentation"],
            etat=EtatConsultation.CLOSE,
            provenance=Provenance.AILLEURS,
            source=connus["source"],
            personnes_annoncees=connus["personnes"],
        )
        poser_les_questions(consultation, connus)
        jour = datetime.fromisoformat(connus["publiee_le"]).replace(
            tzinfo=ZoneInfo(settings.TIME_ZONE)
        )
        contenu = contenu_publie(connus) | {"questionnaire": photographier(consultation)}
        publication.figer(consultation, contenu, publiee_le=jour, repondants=connus["personnes"])
        # The source says « most propositions »: the sentence that its own table supports.
        phrase = Phrase.objects.create(consultation=consultation, texte=PLUS_DE_70)
        lecture_transversale.relire(phrase, None)
    return consultation


def poser_les_questions(consultation, connus: dict) -> None:
    """Themes, propositions, scales, collèges and profile questions of 2025."""
    for rang, theme in enumerate(connus["themes"]):
        pose = Theme.objects.create(
            consultation=consultation, code=theme["code"], titre=theme["titre"], ordre=rang
        )
        for numero, p in enumerate(theme["propositions"]):
            Proposition.objects.create(
                consultation=consultation,
                theme=pose,
                code=p["code"],
                titre=p["titre"],
                besoins=p["besoins"],
                ordre=100 * rang + numero,
            )
    for rang, e in enumerate(connus["echelles"]):
        champs = {cle: e[cle] for cle in ("code", "titre", "question", "favorables")}
        echelle = Echelle.objects.create(consultation=consultation, ordre=rang, **champs)
        for numero, (code, libelle) in enumerate(e["modalites"]):
            Modalite.objects.create(echelle=echelle, code=code, libelle=libelle, ordre=numero)
    colleges = {}
    for rang, (code, libelle, court) in enumerate(connus["colleges"]):
        colleges[code] = College.objects.create(
            consultation=consultation, code=code, libelle=libelle, court=court, ordre=rang
        )
    for rang, q in enumerate(connus["profil"]):
        question = QuestionDeProfil.objects.create(
            consultation=consultation, code=q["code"], libelle=q["libelle"], ordre=rang
        )
        for numero, c in enumerate(q["categories"]):
            CategorieDeProfil.objects.create(
                question=question,
                code=c["code"],
                libelle=c["libelle"],
                college=colleges.get(c.get("college")),
                ordre=numero,
            )
    consultation.regles = {"duo": connus["duo"]}
    consultation.save(update_fields=["regles"])


# --- Published elsewhere ---------------------------------------------------------------------
def contenu_publie(connus: dict) -> dict:
    """The published table, each percentage as printed, with what it implies and what is wrong."""
    personnes = connus["personnes"]
    modalites = {e["code"]: e["modalites"] for e in connus["echelles"]}
    return {
        "forme": "publie",
        "repondants": personnes,
        "source": connus["source"],
        "questions": {
            code: {
                e: _question(imprimes, personnes, len(modalites[e]))
                for e, imprimes in echelles.items()
            }
            for code, echelles in connus["publie"]["pourcentages"].items()
        },
        "profil": connus["publie"]["profil"],
        "profil_deduit": Counter(_tirer_les_categories(connus, "profil", personnes)),
        "territoire": connus["publie"]["territoire"],
        "top3": {
            code: {"pourcentage": imprime, "voix": _voix(imprime, personnes)}
            for code, imprime in connus["publie"]["top3"].items()
        },
    }


def _question(imprimes: dict[str, str], personnes: int, modalites: int) -> dict:
    trouve = diagnostiquer(list(imprimes.values()), personnes)
    retenue = trouve.retenue
    effectifs = dict(zip(imprimes, retenue.effectifs, strict=True)) if retenue else {}
    return {
        "base_deduite": retenue.base if retenue else None,
        "anomalie": _anomalie(trouve, len(imprimes) == modalites),
        "modalites": {
            code: {"pourcentage": imprime, "effectif_deduit": effectifs.get(code)}
            for code, imprime in imprimes.items()
        },
    }


def _anomalie(trouve: Diagnostic, complete: bool) -> str:
    """What is wrong with these figures. ``complete``: the whole scale was printed."""
    if trouve.impossible:
        return "Aucun nombre entier de personnes ne donne ces pourcentages ensemble."
    if trouve.double_compte:
        return (
            f"Ces pourcentages supposent {trouve.retenue.base} réponses, "
            f"plus que les {trouve.personnes} personnes : quelqu’un est compté deux fois."
        )
    choix = sum(trouve.retenue.effectifs)
    if complete and choix < trouve.retenue.base:
        return (
            f"Toutes les réponses possibles sont publiées et ne font que {choix} sur "
            f"{trouve.retenue.base} : la base compte des personnes qui n’ont rien choisi."
        )
    return ""


def _voix(imprime: str, personnes: int) -> int | None:
    retenue = diagnostiquer([imprime], personnes, tolerance=0).retenue
    return retenue.effectifs[0] if retenue else None


# --- People who would have answered so ---------------------------------------------------------
def repondants_de_2025(graine: int = 2025) -> list[dict]:
    """78 invented people whose answers give the published table, wherever 78 people can.

    [{"profil": {…}, "avis": {(proposition, scale): modality or ""}, "priorites": [codes]}]. A
    published base of 77 leaves one person without an answer; one of 79, or figures that no base
    gives, get the nearest whole numbers of 78 people.
    """
    connus = faits()
    hasard = Random(graine)  # noqa: S311 — invented people
    personnes = connus["personnes"]
    gens = [
        {"profil": {"profil": profil}, "avis": {}, "priorites": []}
        for profil in _tirer_les_categories(connus, "profil", personnes)
    ]
    territoires = _tirer_les_categories(connus, "territoire", personnes)
    hasard.shuffle(territoires)
    for une, territoire in zip(gens, territoires, strict=True):
        une["profil"]["territoire"] = territoire
    enthousiasme = [hasard.random() for _ in gens]
    for theme in connus["themes"]:
        for proposition in theme["propositions"]:
            for echelle in connus["echelles"]:
                cle = proposition["code"], echelle["code"]
                codes = [code for code, _ in echelle["modalites"]]
                comptes = effectifs_de(connus, *cle)
                urne = [c for c, n in zip(codes, comptes, strict=True) for _ in range(n)]
                absents = personnes - len(urne)
                urne += [NSP if absents > 1 else ""] * absents
                places = sorted(
                    range(personnes), key=lambda i: enthousiasme[i] + 0.8 * hasard.random()
                )
                for i, valeur in zip(places, urne, strict=True):
                    gens[i]["avis"][cle] = valeur
    _voter(connus, gens, hasard)
    return gens


def effectifs_de(connus: dict, proposition: str, echelle: str) -> list[int]:
    """Counts on the whole scale for one question, for people who are 78 at most."""
    personnes = connus["personnes"]
    modalites = next(e["modalites"] for e in connus["echelles"] if e["code"] == echelle)
    imprimes = connus["publie"]["pourcentages"][proposition][echelle]
    retenue = diagnostiquer(list(imprimes.values()), personnes).retenue
    base = min(retenue.base, personnes) if retenue else personnes
    connues = {
        code: retenue.effectifs[i]
        if retenue and retenue.base <= personnes
        else round(Decimal(imprime) * base / 100)
        for i, (code, imprime) in enumerate(imprimes.items())
    }
    reste = base - sum(connues.values())
    libres = [code for code, _ in modalites if code not in connues]
    for rang, code in enumerate(libres):
        # What was not published is smaller than what was, and shrinks along the scale.
        dernier = rang + 1 == len(libres)
        part = reste if dernier else min(round(reste * 0.62), max(connues.values()))
        connues[code] = part
        reste -= part
    return [connues[code] for code, _ in modalites]


def _tirer_les_categories(connus: dict, variable: str, personnes: int) -> list[str]:
    """One category per person, by the largest remainders of the printed percentages."""
    parts = {c: Decimal(p) * personnes / 100 for c, p in connus["publie"][variable].items()}
    total = sum(parts.values())
    parts = {code: part * personnes / total for code, part in parts.items()}
    nombres = {code: int(part) for code, part in parts.items()}
    restes = sorted(parts, key=lambda code: (nombres[code] - parts[code], code))
    for code in restes[: personnes - sum(nombres.values())]:
        nombres[code] += 1
    return [code for code, nombre in nombres.items() for _ in range(nombre)]


def _voter(connus: dict, gens: list[dict], hasard: Random) -> None:
    """Three priorities at most each: the published votes, then others below them."""
    voix = {c: _voix(p, len(gens)) for c, p in connus["publie"]["top3"].items()}
    autres = [
        p["code"] for t in connus["themes"] for p in t["propositions"] if p["code"] not in voix
    ]
    plafond = min(voix.values()) - 5
    voix |= {code: max(1, plafond - 1 - hasard.randrange(14)) for code in autres}
    for code, nombre in sorted(voix.items(), key=lambda x: -x[1]):
        libres = [une for une in gens if len(une["priorites"]) < 3]
        hasard.shuffle(libres)
        libres.sort(key=lambda une: len(une["priorites"]))
        for une in libres[:nombre]:
            une["priorites"].append(code)
