"""What a page, a document and a JSON say of a use of a tool: one plain dictionary for all three."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from hubpartenariat.socle.graphiques import Contour, Graphique, polaire
from hubpartenariat.socle.typographie import nombre
from ressources.deux_voix import calculs
from ressources.deux_voix.lecture import Lecture
from ressources.deux_voix.outils import OUTILS, SANS_OBJET, Outil
from ressources.enums import Voix

NOMS = {Voix.PROFESSIONNEL: "Professionnel", Voix.PATIENT: "Patient partenaire"}


def du_passage(lecture: Lecture) -> dict:
    """All that this voice may read of the passage. One query (the conclusions)."""
    passage = lecture.passage
    outil = OUTILS[passage.outil]
    lues = {voix: une.codes for voix, une in lecture.reponses.items()}
    conclusions = {une.numero: une for une in passage.conclusions.all()} if passage.devoile else {}
    tout = assembler(outil, lues, conclusions)
    return tout | {
        "projet": passage.projet.titre,
        "exemple": passage.projet.exemple,
        "etat": str(passage.etat),
        "ouvert_le": _jour(passage.ouvert_le),
        "devoile_le": _jour(passage.devoile_le),
        "conclu_le": _jour(passage.conclu_le),
        "ont_repondu": sorted(lecture.envoyees),
        "precisions": [
            {
                "voix": str(NOMS[voix]),
                "numeros": [int(n) for n in une.contredits],
                "texte": une.precision,
            }
            for voix, une in sorted(lecture.reponses.items())
            if une.contredits
        ],
    }


def d_un_essai(outil: Outil, lues: dict[str, Sequence[str]], jour: date) -> dict:
    """The same of answers that nobody keeps."""
    return assembler(outil, lues, {}) | {
        "projet": "",
        "exemple": False,
        "etat": "essai",
        "ouvert_le": jour.isoformat(),
        "devoile_le": jour.isoformat(),
        "conclu_le": None,
        "ont_repondu": sorted(lues),
        "precisions": [],
    }


def assembler(outil: Outil, lues: dict[str, Sequence[str]], conclusions: dict) -> dict:
    """Criteria side by side, and what their comparison says once both voices are there."""
    vide = [""] * len(outil.criteres)
    professionnel = lues.get(Voix.PROFESSIONNEL, vide)
    patient = lues.get(Voix.PATIENT, vide)
    compare = calculs.comparer(professionnel, patient)
    criteres = []
    for rang, critere in enumerate(outil.criteres):
        une = conclusions.get(critere.numero)
        criteres.append(
            {
                "numero": critere.numero,
                "critere": critere.texte,
                "domaine": critere.domaine,
                "professionnel": _valeur(outil, professionnel[rang]),
                "patient": _valeur(outil, patient[rang]),
                "ecart": compare.ecarts[rang],
                "commun": _valeur(outil, une.code if une else ""),
                "phrase": une.phrase if une else "",
                "action": une.action if une else "",
            }
        )
    moyen = compare.ecart_moyen
    return {
        "outil": str(outil.code),
        "titre": outil.titre,
        "source": outil.source,
        "note": outil.note,
        "criteres": criteres,
        "ecart_moyen": None if moyen is None else arrondi(moyen),
        "accords": compare.accords,
        "compares": compare.communs,
        "desaccords": list(compare.desaccords),
        "ecarts_forts": list(compare.forts),
    }


def arrondi(valeur) -> float:
    """One decimal, halves away from zero, as every number of the hub is rounded."""
    return float(nombre(float(valeur), 1).replace(",", "."))


def _valeur(outil: Outil, code: str) -> int | str | None:
    """A level as a number, other answers in words, None for no answer."""
    if not code:
        return None
    return calculs.niveau(code) if outil.note and code != SANS_OBJET else outil.court[code]


def _jour(instant) -> str | None:
    return timezone.localdate(instant).isoformat() if instant else None


# --- Shown ---------------------------------------------------------------------------------------
def cellule(valeur) -> str:
    """A value as a cell of a table says it; the same words in the page and in the document."""
    return "–" if valeur is None else str(valeur)


def entetes(donnees: dict) -> list[str]:
    """Columns of the table after the criterion."""
    milieu = ["Écart"] if donnees["note"] else []
    return [*map(str, NOMS.values()), *milieu, "Réponse commune"]


def cellules(donnees: dict) -> list[dict]:
    """Rows of the table: ``numero``, ``critere``, ``cases``, and whether to talk about it."""
    return [
        {
            "numero": un["numero"],
            "critere": un["critere"],
            "cases": [
                cellule(un["professionnel"]),
                cellule(un["patient"]),
                *([cellule(un["ecart"])] if donnees["note"] else []),
                cellule(un["commun"]),
            ],
            "fort": un["numero"] in donnees["ecarts_forts"],
            "desaccord": un["numero"] in donnees["desaccords"],
        }
        for un in donnees["criteres"]
    ]


def contours(donnees: dict, cle: str = "contours") -> Graphique | None:
    """The polar chart of a barometer: two outlines. None for a check-list, or with no level."""
    if not donnees["note"]:
        return None
    series = [
        Contour(
            NOMS[voix],
            tuple(un[voix] if isinstance(un[voix], int) else None for un in donnees["criteres"]),
        )
        for voix in (Voix.PROFESSIONNEL, Voix.PATIENT)
    ]
    if not any(v is not None for serie in series for v in serie.valeurs):
        return None
    return polaire(
        cle,
        "Deux contours : professionnel et patient partenaire",
        [un["critere"] for un in donnees["criteres"]],
        series,
        maximum=4,
    )


def questions(donnees: dict, outil: Outil) -> list[dict]:
    """What to talk about, the widest gaps first: {numero, critere, dits, besoin}."""
    trouvees = []
    for un in donnees["criteres"]:
        if un["numero"] not in donnees["desaccords"]:
            continue
        dits = " ; ".join(f"{nom.lower()} : {cellule(un[voix])}" for voix, nom in NOMS.items())
        trouvees.append(un | {"dits": dits, "besoin": outil.critere(un["numero"]).besoin})
    return sorted(
        trouvees, key=lambda q: (-(q["ecart"] if q["ecart"] is not None else 0), q["numero"])
    )
