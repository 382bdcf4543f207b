"""Consultations for the tests: small ones, the 21 propositions, and files of other tools."""

import csv
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from consultation import questionnaires, saisie
from consultation.models import (
    CategorieDeProfil,
    College,
    Consultation,
    Echelle,
    Modalite,
    Proposition,
    QuestionDeProfil,
    Theme,
)
from consultation.restitution import faits, poser_les_questions

CORRESPONDANCE = """
[avis]
modele = "{proposition} {titre} [{echelle_titre}]"
[profil]
profil = "Vous répondez surtout en tant que"
territoire = "Votre territoire"
[priorites]
colonne = "Vos trois priorités"
separateur = ";"
"""


def preparee(slug="essai", **champs) -> Consultation:
    """In preparation: two themes, three propositions, two scales, two collèges, one profile."""
    maintenant = timezone.now()
    champs = {
        "titre": "Consultation d’essai",
        "ouvre_le": maintenant - timedelta(days=2),
        "ferme_le": maintenant + timedelta(days=30),
    } | champs
    consultation = Consultation.objects.create(slug=slug, **champs)
    for rang, (code, propositions) in enumerate({"cadre": "AB", "lien": "C"}.items()):
        theme = Theme.objects.create(
            consultation=consultation, code=code, titre=f"Thème {code}", ordre=rang
        )
        for p in propositions:
            Proposition.objects.create(
                consultation=consultation, theme=theme, code=p, titre=f"Proposition {p}"
            )
    for rang, (code, modalites) in enumerate(
        {"pertinence": ("oui", "plutot", "non"), "impact": ("fort", "faible")}.items()
    ):
        echelle = Echelle.objects.create(
            consultation=consultation,
            code=code,
            titre=code.capitalize(),
            question=f"Question de {code} ?",
            favorables=1,
            ordre=rang,
        )
        for numero, m in enumerate(modalites):
            Modalite.objects.create(echelle=echelle, code=m, libelle=m.capitalize(), ordre=numero)
    question = QuestionDeProfil.objects.create(
        consultation=consultation, code="profil", libelle="Vous êtes"
    )
    for college, categories in {"patients": ("pp", "proche"), "soin": ("medecin", "cadre")}.items():
        objet = College.objects.create(
            consultation=consultation, code=college, libelle=f"Collège {college}"
        )
        for c in categories:
            CategorieDeProfil.objects.create(
                question=question, code=c, libelle=f"Catégorie {c}", college=objet
            )
    return consultation


def ouverte(slug="essai", **champs) -> Consultation:
    consultation = preparee(slug, **champs)
    consultation.ouvrir()
    return consultation


def les_21(slug="les-21") -> Consultation:
    """Open, with the questions of 2025."""
    maintenant = timezone.now()
    consultation = Consultation.objects.create(
        slug=slug,
        titre="Les 21 propositions",
        ouvre_le=maintenant - timedelta(days=2),
        ferme_le=maintenant + timedelta(days=30),
    )
    poser_les_questions(consultation, faits())
    consultation.ouvrir()
    return consultation


def en_csv(chemin: Path, gens: list[dict], *, encodage="utf-8", separateur=",", codes=False):
    """The file that another tool would give for these people (see restitution)."""
    connus = faits()
    echelles = {e["code"]: e for e in connus["echelles"]}
    libelles = {(e, c): mot for e, v in echelles.items() for c, mot in v["modalites"]}
    categories = {
        (q["code"], c["code"]): c["libelle"] for q in connus["profil"] for c in q["categories"]
    }
    titres = {p["code"]: p["titre"] for t in connus["themes"] for p in t["propositions"]}
    with chemin.open("w", encoding=encodage, newline="") as sortie:
        ecrivain = csv.writer(sortie, delimiter=separateur)
        questions = [(p, e) for p in titres for e in echelles]
        noms = [f"{p} {titres[p]} [{echelles[e]['titre']}]" for p, e in questions]
        ecrivain.writerow(
            [
                "Horodatage",
                *noms,
                "Vous répondez surtout en tant que",
                "Votre territoire",
                "Vos trois priorités",
            ]
        )
        for rang, une in enumerate(gens):
            avis = [une["avis"].get(question, "") for question in questions]
            mots = [
                a if codes or not a else "Ne se prononce pas" if a == "nsp" else libelles[e, a]
                for (_, e), a in zip(questions, avis, strict=True)
            ]
            profil = [
                une["profil"][q] if codes else categories[q, une["profil"][q]]
                for q in ("profil", "territoire")
            ]
            votes = [p if codes else f"{p} {titres[p]}" for p in une["priorites"]]
            ecrivain.writerow([f"2026-01-{1 + rang % 28:02}", *mots, *profil, ";".join(votes)])
    return chemin


def plus(consultation, gens) -> None:
    """More answers, from people who are not there yet."""
    questionnaire = questionnaires.figer(consultation)
    for une in gens:
        donnees = une | {"source": "import", "remarques": {}}
        assert saisie.importer(consultation, uuid4().hex, donnees, questionnaire)
