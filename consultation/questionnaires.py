"""A questionnaire as one JSON value: what is frozen, what answers point to, what results quote.

::

    {"themes": [{"code", "titre", "presentation",
                 "propositions": [{"code", "titre", "texte", "besoins"}]}],
     "echelles": [{"code", "titre", "question", "favorables", "modalites": [{"code", "libelle"}],
                   "role" when staff gave one}],
     "colleges": [{"code", "libelle", "court"}],
     "profil": [{"code", "libelle", "categories": [{"code", "libelle", "college", "parent"}]}]}
"""

import hashlib
import json

from django.db import IntegrityError, transaction
from django.db.models import Max

NSP = "nsp"
NSP_LIBELLE = "Ne se prononce pas"


def photographier(consultation) -> dict:
    """The questions as they stand now. Six queries, whatever their number."""
    propositions = list(consultation.propositions.all())
    return {
        "themes": [
            {
                "code": theme.code,
                "titre": theme.titre,
                "presentation": theme.presentation,
                "propositions": [
                    {"code": p.code, "titre": p.titre, "texte": p.texte, "besoins": p.besoins}
                    for p in propositions
                    if p.theme_id == theme.pk
                ],
            }
            for theme in consultation.themes.all()
        ],
        "echelles": [
            {
                "code": echelle.code,
                "titre": echelle.titre,
                "question": echelle.question,
                "favorables": echelle.favorables,
                "modalites": [
                    {"code": m.code, "libelle": m.libelle} for m in echelle.modalites.all()
                ],
            }
            | ({"role": echelle.role} if echelle.role else {})
            for echelle in consultation.echelles.prefetch_related("modalites")
        ],
        "colleges": [
            {"code": c.code, "libelle": c.libelle, "court": c.court or c.libelle}
            for c in consultation.colleges.all()
        ],
        "profil": [
            {
                "code": question.code,
                "libelle": question.libelle,
                "categories": [
                    {
                        "code": c.code,
                        "libelle": c.libelle,
                        "college": c.college.code if c.college else "",
                        "parent": c.parent,
                    }
                    for c in question.categories.all()
                ],
            }
            for question in consultation.questions_profil.prefetch_related("categories__college")
        ],
    }


def empreinte(contenu: dict) -> str:
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(texte.encode()).hexdigest()


def figer(consultation):
    """The frozen version of the questions as they stand: the one that says the same, or a new one.

    Two people who freeze at the same time get the same version (unique constraint).
    """
    contenu = photographier(consultation)
    marque = empreinte(contenu)
    for _ in range(3):
        if deja := consultation.questionnaires.filter(empreinte=marque).first():
            return deja
        dernier = consultation.questionnaires.aggregate(n=Max("numero"))["n"] or 0
        try:
            with transaction.atomic():
                return consultation.questionnaires.create(
                    numero=dernier + 1, contenu=contenu, empreinte=marque
                )
        except IntegrityError:
            continue
    raise IntegrityError("a version kept appearing")  # not seen in practice


def propositions(contenu: dict) -> list[dict]:
    """Every proposition, theme after theme, each with the code of its theme."""
    return [
        proposition | {"theme": theme["code"]}
        for theme in contenu["themes"]
        for proposition in theme["propositions"]
    ]


def theme(contenu: dict, code: str) -> dict | None:
    return next((t for t in contenu["themes"] if t["code"] == code), None)


def question(contenu: dict, code: str) -> dict | None:
    """A profile question by its code."""
    return next((q for q in contenu["profil"] if q["code"] == code), None)


def college_de(contenu: dict, profil: dict) -> str:
    """The collège of somebody who gave this profile; "" when nothing says it."""
    for une in contenu["profil"]:
        for categorie in une["categories"]:
            if categorie["college"] and profil.get(une["code"]) == categorie["code"]:
                return categorie["college"]
    return ""


def role(echelle: dict) -> str:
    """What the charts make of a scale (``RoleDEchelle``): as staff said, else as its code names."""
    return echelle.get("role") or echelle["code"]


def echelle_de_role(contenu: dict, cherche: str) -> dict | None:
    """The scale that plays this part, one that staff designated first."""
    jouent = [e for e in contenu["echelles"] if role(e) == cherche]
    return min(jouent, key=lambda e: "role" not in e, default=None)


def manques(contenu: dict) -> list[str]:
    """What keeps this questionnaire from being opened, in French; empty when nothing does."""
    raisons = []
    if not propositions(contenu):
        raisons.append("Il n’y a aucune proposition.")
    raisons += [
        f"Le thème « {t['titre']} » n’a aucune proposition."
        for t in contenu["themes"]
        if not t["propositions"]
    ]
    if not contenu["echelles"]:
        raisons.append("Il n’y a aucune échelle de réponse.")
    for echelle in contenu["echelles"]:
        nombre = len(echelle["modalites"])
        if not 2 <= nombre <= 5:
            raisons.append(f"L’échelle « {echelle['titre']} » doit compter de 2 à 5 réponses.")
        elif (
            not 1 <= echelle["favorables"] <= min(3, nombre - 1)
            or nombre - echelle["favorables"] > 2
        ):
            raisons.append(
                f"L’échelle « {echelle['titre']} » doit compter une à trois réponses favorables, "
                "puis une ou deux autres."
            )
    return raisons
