"""Plausible invented answers, in any number and always the same for one seed.

Person ``rang`` of a seed depends on nothing else: 1,000 answers are the first of 10,000. They
answer the 21 propositions, in an open consultation of their own.
"""

import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from consultation import questionnaires
from consultation.enums import EtatReponse, Source
from consultation.models import Consultation, Reponse
from consultation.restitution import effectifs_de, faits, poser_les_questions

ESPACE = uuid.UUID("6f0d3a52-71f1-4d0e-9c3a-2f6f6f0a0c21")
LOT = 500
SANS_REPONSE, SANS_AVIS = 0.02, 0.04  # share of questions left, and of « ne se prononce pas »


def slug_de(graine: int) -> str:
    return f"semis-{graine}"


def presentes(graine: int, nombre: int) -> int:
    """How many of the first ``nombre`` answers of this seed exist."""
    return min(nombre, Reponse.objects.filter(consultation__slug=slug_de(graine)).count())


def semer(graine: int, nombre: int, communes, progres) -> int:
    """Write the first ``nombre`` answers that are missing. Returns how many."""
    consultation = _consultation(graine)
    debut = presentes(graine, nombre)
    urnes = _Urnes(consultation)
    for depart in range(debut, nombre, LOT):
        rangs = range(depart, min(depart + LOT, nombre))
        with transaction.atomic():
            _ecrire([urnes.personne(graine, rang) for rang in rangs], urnes)
        progres(rangs.stop)
    return nombre - debut


def _consultation(graine: int) -> Consultation:
    if connue := Consultation.objects.filter(slug=slug_de(graine)).first():
        return connue
    maintenant = timezone.now()
    consultation = Consultation.objects.create(
        slug=slug_de(graine),
        titre=f"Exemple en grand nombre ({graine})",
        presentation="Réponses inventées, pour essayer le hub avec beaucoup de monde.",
        ouvre_le=maintenant - timedelta(days=20),
        ferme_le=maintenant + timedelta(days=300),
        exemple=True,
    )
    poser_les_questions(consultation, faits())
    consultation.ouvrir()
    return consultation


@dataclass(frozen=True)
class _Personne:
    cle: uuid.UUID
    profil: dict
    college: int | None
    avis: list[tuple[int, int, int | None]]  # keys of proposition, scale, modality
    priorites: list[int]
    ordre: list[str]


class _Urnes:
    """What people draw from: the keys of the questions, the weights of 2025."""

    def __init__(self, consultation: Consultation):
        self.consultation = consultation
        self.questionnaire = questionnaires.figer(consultation)
        self.propositions = dict(consultation.propositions.values_list("code", "pk"))
        self.themes = [t["code"] for t in self.questionnaire.contenu["themes"]]
        self.colleges = dict(consultation.colleges.values_list("code", "pk"))
        connus = faits()
        self.questions = []
        for echelle in consultation.echelles.prefetch_related("modalites"):
            cles = [m.pk for m in echelle.modalites.all()]
            for code, pk in self.propositions.items():
                poids = [n + 1 for n in effectifs_de(connus, code, echelle.code)]
                self.questions.append((pk, echelle.pk, cles, poids))
        self.categories = {
            variable: list(connus["publie"][variable].items())
            for variable in ("profil", "territoire")
        }

    def personne(self, graine: int, rang: int) -> _Personne:
        hasard = random.Random(f"reponse/{graine}/{rang}")  # noqa: S311 — invented
        profil = {
            variable: hasard.choices(
                [code for code, _ in parts], [float(part) + 0.5 for _, part in parts]
            )[0]
            for variable, parts in self.categories.items()
        }
        college = questionnaires.college_de(self.questionnaire.contenu, profil)
        avis = []
        for proposition, echelle, cles, poids in self.questions:
            tire = hasard.random()
            if tire < SANS_REPONSE:
                continue
            choix = None if tire < SANS_REPONSE + SANS_AVIS else hasard.choices(cles, poids)[0]
            avis.append((proposition, echelle, choix))
        ordre = self.themes[:]
        hasard.shuffle(ordre)
        priorites = hasard.sample(sorted(self.propositions.values()), hasard.randint(0, 3))
        cle = uuid.uuid5(ESPACE, f"{graine}/{rang}")
        return _Personne(cle, profil, self.colleges.get(college), avis, priorites, ordre)


def _ecrire(gens: list[_Personne], urnes: _Urnes) -> None:
    jour = timezone.localdate()
    Reponse.objects.bulk_create(
        Reponse(
            id=une.cle,
            consultation=urnes.consultation,
            questionnaire=urnes.questionnaire,
            etat=EtatReponse.ENVOYEE,
            source=Source.WEB,
            ordre_des_themes=une.ordre,
            profil=json.loads(json.dumps(une.profil)),
            college_id=une.college,
            envoyee_le=jour,
        )
        for une in gens
    )
    avis = ((une.cle, *un) for une in gens for un in une.avis)
    _copier("consultation_avis (reponse_id, proposition_id, echelle_id, modalite_id)", avis)
    votes = (
        (une.cle, proposition, place)
        for une in gens
        for place, proposition in enumerate(une.priorites, 1)
    )
    _copier("consultation_priorite (reponse_id, proposition_id, place)", votes)


def _copier(ou: str, lignes: Iterator[tuple]) -> None:
    """COPY: the only way in which 840,000 rows take seconds."""
    with (
        connection.cursor() as curseur,
        curseur.copy(f"COPY {ou} FROM STDIN") as copie,
    ):
        for ligne in lignes:
            copie.write_row(ligne)
