"""Plausible invented projects, each with two barometers and a check-list answered by both voices.

Project ``rang`` of a seed depends on nothing else: 100 projects are the first of 1,000.
"""

import random
import uuid
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from ressources.deux_voix.outils import BAROMETRE, CHECK_LIST
from ressources.enums import EtatPassage, Voix
from ressources.models import Participation, Passage, Projet, ReponseDeVoix

ESPACE = uuid.UUID("4b1d6a0e-6a54-4d0a-8c53-0d8f6f7f2b10")
DOMAINE = "semis.hub.example"
LOT = 200
AGES = (timedelta(days=400), timedelta(days=200))  # of the two barometers
SUJETS = ("Livret d’accueil", "Café des pairs", "Atelier d’ETP", "Parcours de sortie")


def cle_de(graine: int, rang: int) -> uuid.UUID:
    return uuid.uuid5(ESPACE, f"projet/{graine}/{rang}")


def presents(graine: int, nombre: int) -> int:
    """How many of the first ``nombre`` projects of this seed exist."""
    cles = [cle_de(graine, rang) for rang in range(nombre)]
    return Projet.objects.filter(uuid__in=cles).count()


def semer(graine: int, nombre: int, _communes, progres=lambda faits: None) -> int:
    """Write the first ``nombre`` projects that are missing. Returns how many."""
    ecrits = 0
    for debut in range(0, nombre, LOT):
        rangs = range(debut, min(debut + LOT, nombre))
        cles = {cle_de(graine, rang): rang for rang in rangs}
        la = set(Projet.objects.filter(uuid__in=cles).values_list("uuid", flat=True))
        manquent = sorted(cles[cle] for cle in cles.keys() - la)
        _ecrire(graine, manquent)
        ecrits += len(manquent)
        progres(rangs.stop)
    return ecrits


@transaction.atomic
def _ecrire(graine: int, rangs: list[int]) -> None:
    compte, ferme = get_user_model(), make_password(None)
    projets = Projet.objects.bulk_create(
        Projet(
            uuid=cle_de(graine, rang),
            titre=f"{SUJETS[rang % len(SUJETS)]} {rang}",
            resume="Un projet inventé, pour essayer le hub en quantité.",
            exemple=True,
        )
        for rang in rangs
    )
    for voix in Voix.values:
        gens = compte.objects.bulk_create(
            compte(
                email=f"projet-{voix}-{graine}-{rang}@{DOMAINE}",
                nom=f"Exemple {rang}",
                password=ferme,
            )
            for rang in rangs
        )
        Participation.objects.bulk_create(
            Participation(projet=projet, personne=qui, nom=qui.nom, voix=voix)
            for projet, qui in zip(projets, gens, strict=True)
        )
    maintenant = timezone.now()
    for rang, projet in zip(rangs, projets, strict=True):
        _passages(random.Random(f"projet/{graine}/{rang}"), projet, maintenant)  # noqa: S311


def _passages(hasard, projet, maintenant) -> None:
    dates = [(BAROMETRE, maintenant - age) for age in AGES] + [(CHECK_LIST, maintenant - AGES[1])]
    passages = Passage.objects.bulk_create(
        Passage(
            projet=projet,
            outil=outil.code,
            etat=EtatPassage.A_DISCUTER,
            ouvert_le=quand,
            devoile_le=quand,
        )
        for outil, quand in dates
    )
    for passage, (_, quand) in zip(passages, dates, strict=True):
        Passage.objects.filter(pk=passage.pk).update(ouvert_le=quand)
    ReponseDeVoix.objects.bulk_create(
        ReponseDeVoix(
            passage=passage,
            voix=voix,
            codes=[hasard.choice(outil.choix)[0] for _ in outil.criteres],
        )
        for passage, (outil, _) in zip(passages, dates, strict=True)
        for voix in Voix.values
    )
