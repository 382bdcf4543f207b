"""Plausible invented stories, all published by one invented account, one in three quoting somebody.

Story ``rang`` of a seed depends on nothing else: 100 stories are the first of 1,000.
"""

import random
import uuid
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.vocabulaires import Domaine, Territoire
from ressources.enums import Accord, EtatParole, QuiRaconte
from ressources.models import Parole, PersonneCitee

ESPACE = uuid.UUID("0f0f5f6e-1f5e-4a39-9a3c-6c1c2f6b7d11")
DOMAINE = "semis.hub.example"
LOT = 500
SUJETS = ("Relire les courriers", "Un café des pairs", "Former à deux voix", "Accueillir autrement")
CHANGE = "Les questions sont posées plus tôt. L’équipe relit maintenant chaque page à deux."
REFERIONS = "Commencer petit, puis en parler à toute l’équipe."


def cle_de(graine: int, rang: int) -> uuid.UUID:
    return uuid.uuid5(ESPACE, f"parole/{graine}/{rang}")


def presents(graine: int, nombre: int) -> int:
    """How many of the first ``nombre`` stories of this seed exist."""
    cles = [cle_de(graine, rang) for rang in range(nombre)]
    return Parole.objects.filter(uuid__in=cles).count()


def semer(graine: int, nombre: int, _communes, progres=lambda faits: None) -> int:
    """Write the first ``nombre`` stories that are missing. Returns how many."""
    ecrites = 0
    for debut in range(0, nombre, LOT):
        rangs = range(debut, min(debut + LOT, nombre))
        cles = {cle_de(graine, rang): rang for rang in rangs}
        la = set(Parole.objects.filter(uuid__in=cles).values_list("uuid", flat=True))
        manquent = sorted(cles[cle] for cle in cles.keys() - la)
        _ecrire(graine, manquent)
        ecrites += len(manquent)
        progres(rangs.stop)
    return ecrites


@transaction.atomic
def _ecrire(graine: int, rangs: list[int]) -> None:
    auteur, _ = get_user_model().objects.get_or_create(
        email=f"paroles-{graine}@{DOMAINE}",
        defaults={"nom": "Exemple", "password": make_password(None)},
    )
    paroles = [_parole(graine, rang, auteur) for rang in rangs]
    Parole.objects.bulk_create(paroles)
    PersonneCitee.objects.bulk_create(
        PersonneCitee(parole=une, nom="Sonia Modèle", nommee_comme="Sonia", accord=Accord.ATTESTE)
        for une in paroles[::3]
    )


def _parole(graine: int, rang: int, auteur) -> Parole:
    hasard = random.Random(f"parole/{graine}/{rang}")  # noqa: S311
    quand = timezone.now() - timedelta(days=hasard.randrange(1, 900))
    dits = {
        "titre": f"{SUJETS[rang % len(SUJETS)]} {rang}",
        "quoi": f"Nous avons essayé pendant {hasard.randrange(2, 24)} mois.",
        "avec_qui": f"{hasard.randrange(2, 9)} patients partenaires et une équipe.",
        "change": CHANGE,
        "referions": REFERIONS,
        "signature": "",
    }
    return Parole(
        **dits,
        uuid=cle_de(graine, rang),
        publie=dits,
        etat=EtatParole.PUBLIEE,
        auteur=auteur,
        raconte=hasard.choice(QuiRaconte.values),
        domaines=hasard.sample(Domaine.values, 2),
        departements=hasard.sample(Territoire.values, 1),
        publiee_le=quand,
        attestee_le=quand,
        exemple=True,
    )
