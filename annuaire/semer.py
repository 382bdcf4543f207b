"""Plausible invented profiles and appels, in any number and always the same for one seed.

Row ``rang`` of a seed depends on nothing else: 1,000 profiles are the first of 20,000.
"""

import random
import uuid
from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from annuaire import semer_textes as textes
from annuaire.enums import (
    CharteDeLAppel,
    Disponibilite,
    EtatAppel,
    EtatProfil,
    EtatStructure,
    Experience,
    FormationSuivie,
    Frais,
    Lieu,
    Mission,
)
from annuaire.models import Appel, Profil, Structure
from annuaire.regards import criteres
from annuaire.sections_de_profil import PARCOURS
from hubpartenariat.comptes.consentements import Consentement, Finalite, recu
from hubpartenariat.socle.vocabulaires import (
    THEMES_SUGGERES,
    Departement,
    Domaine,
    Statut,
    Territoire,
    TypeStructure,
)

LOT = 1000
ESPACE = uuid.UUID("3f4a2f0e-0d0b-4a52-8f0e-4d1d4a7a1c55")
DOMAINE = "semis.hub.example"
PAR_STRUCTURE = 10  # appels of one structure
PUBLICATION = datetime(2026, 11, 1, 9, tzinfo=UTC)


def identifiant(genre: str, graine: int, rang: int) -> uuid.UUID:
    return uuid.uuid5(ESPACE, f"{genre}/{graine}/{rang}")


def _hasard(genre: str, graine: int, rang: int) -> random.Random:
    return random.Random(f"{genre}/{graine}/{rang}")  # noqa: S311 — invented, nothing secret


def profils_presents(graine: int, nombre: int) -> int:
    """How many of the first ``nombre`` profiles of this seed exist."""
    return _presents(Profil, "profil", graine, nombre)


def appels_presents(graine: int, nombre: int) -> int:
    """How many of the first ``nombre`` appels of this seed exist."""
    return _presents(Appel, "appel", graine, nombre)


def _presents(modele, genre: str, graine: int, nombre: int) -> int:
    trouves = 0
    for debut in range(0, nombre, 10_000):
        rangs = range(debut, min(debut + 10_000, nombre))
        cles = [identifiant(genre, graine, rang) for rang in rangs]
        trouves += modele.objects.filter(uuid__in=cles).count()
    return trouves


def semer_profils(graine: int, nombre: int, _communes, progres=lambda faits: None) -> int:
    """Open profiles 0 to ``nombre`` with their accounts and consents; how many were missing."""
    ecrits = 0
    for debut in range(0, nombre, LOT):
        rangs = range(debut, min(debut + LOT, nombre))
        cles = {identifiant("profil", graine, rang): rang for rang in rangs}
        presentes = Profil.objects.filter(uuid__in=cles).values_list("uuid", flat=True)
        manquent = [cles[cle] for cle in cles.keys() - set(presentes)]
        _ecrire_profils(graine, sorted(manquent))
        ecrits += len(manquent)
        progres(rangs.stop)
    return ecrits


@transaction.atomic
def _ecrire_profils(graine: int, rangs: list[int]) -> None:
    compte = get_user_model()
    ferme = make_password(None)
    personnes = compte.objects.bulk_create(
        compte(email=f"profil-{graine}-{rang}@{DOMAINE}", nom=f"Exemple {rang}", password=ferme)
        for rang in rangs
    )
    profils = [_profil(graine, rang, qui) for rang, qui in zip(rangs, personnes, strict=True)]
    for profil in profils:
        profil.criteres = criteres(profil)
    Profil.objects.bulk_create(profils)
    maintenant = timezone.now()
    Consentement.objects.bulk_create(
        recu(qui, finalite, maintenant)
        for qui in personnes
        for finalite in (Finalite.APPARIEMENT, Finalite.CONTACT, Finalite.STATISTIQUES)
    )


def _profil(graine: int, rang: int, personne) -> Profil:
    hasard = _hasard("profil", graine, rang)
    domaines = _quelques(hasard, Domaine.values, 1, 2)
    missions = [mission for mission in Mission if mission.domaine in domaines]
    return Profil(
        uuid=identifiant("profil", graine, rang),
        personne=personne,
        etat=EtatProfil.ACTIF,
        exemple=True,
        majeur=True,
        pseudonyme=f"{hasard.choice(textes.PSEUDONYMES)} {rang}",
        appellation=hasard.choice(textes.APPELLATIONS),
        experience=hasard.choice(Experience.values),
        formations=[hasard.choice(FormationSuivie.values)],
        langues=["Français"],
        savoirs=hasard.choice(textes.SAVOIRS),
        themes=_quelques(hasard, THEMES_SUGGERES, 1, 2),
        domaines=domaines,
        missions=_quelques(hasard, [m.value for m in missions], 1, min(3, len(missions))),
        reconnaissance=[hasard.choice(Statut.values)],
        territoires=_territoires(hasard),
        a_distance=hasard.random() < 0.4,
        disponibilites=_quelques(hasard, Disponibilite.values, 1, 3),
        versions={section.code: 1 for section in PARCOURS},
    )


def semer_appels(graine: int, nombre: int, communes: dict, progres=lambda faits: None) -> int:
    """Open appels 0 to ``nombre`` and their structures; how many were missing."""
    ecrits = 0
    for debut in range(0, nombre, LOT):
        rangs = range(debut, min(debut + LOT, nombre))
        cles = {identifiant("appel", graine, rang): rang for rang in rangs}
        presents = Appel.objects.filter(uuid__in=cles).values_list("uuid", flat=True)
        manquent = sorted(cles[cle] for cle in cles.keys() - set(presents))
        with transaction.atomic():
            structures = _structures(
                graine, sorted({rang // PAR_STRUCTURE for rang in manquent}), communes
            )
            Appel.objects.bulk_create(
                _appel(graine, rang, structures[rang // PAR_STRUCTURE]) for rang in manquent
            )
        ecrits += len(manquent)
        progres(rangs.stop)
    return ecrits


def _structures(graine: int, rangs: list[int], communes: dict) -> dict[int, Structure]:
    cles = {identifiant("structure", graine, rang): rang for rang in rangs}
    faites = {cles[s.uuid]: s for s in Structure.objects.filter(uuid__in=cles)}
    neuves = [_structure(graine, rang, communes) for rang in rangs if rang not in faites]
    for structure in Structure.objects.bulk_create(neuves):
        faites[cles[structure.uuid]] = structure
    return faites


def _structure(graine: int, rang: int, communes: dict) -> Structure:
    hasard = _hasard("structure", graine, rang)
    departement = hasard.choice(Departement.values)
    nom = f"{hasard.choice(textes.STRUCTURES)} {hasard.choice(textes.NOMS)} {rang}"
    return Structure(
        uuid=identifiant("structure", graine, rang),
        slug=f"{slugify(nom)[:60]}-g{graine}-{rang}",
        etat=EtatStructure.PUBLIEE,
        publiee_le=PUBLICATION,
        exemple=True,
        nom=nom,
        type_structure=hasard.choice(TypeStructure.values),
        departements=[departement],
        commune_id=hasard.choice(communes[departement]),
        presentation=hasard.choice(textes.PRESENTATIONS),
        domaines=_quelques(hasard, Domaine.values, 1, 2),
    )


def _appel(graine: int, rang: int, structure: Structure) -> Appel:
    hasard = _hasard("appel", graine, rang)
    mission = hasard.choice(list(Mission))
    publie = PUBLICATION + timedelta(minutes=hasard.randrange(20_000))
    lieu = hasard.choices(Lieu.values, (6, 2, 2))[0]
    titre = f"{mission.label} ({structure.nom})"[:160]
    return Appel(
        uuid=identifiant("appel", graine, rang),
        slug=f"{slugify(mission.label)[:50]}-g{graine}-{rang}",
        etat=EtatAppel.OUVERT,
        exemple=True,
        structure=structure,
        titre=titre,
        description=hasard.choice(textes.BESOINS),
        mission=mission,
        domaine=mission.domaine,
        themes=_quelques(hasard, THEMES_SUGGERES, 0, 1),
        departements=structure.departements,
        commune_id=structure.commune_id,
        lieu=lieu,
        temps=hasard.choice(textes.TEMPS),
        disponibilites=_quelques(hasard, Disponibilite.values, 1, 2),
        places=hasard.choice((2, 2, 2, 3, 4)),
        statut=hasard.choice(Statut.values),
        frais=Frais.SANS_OBJET if lieu == Lieu.DISTANCE else hasard.choice(Frais.values[:2]),
        charte=hasard.choice(CharteDeLAppel.values),
        soumis_le=publie - timedelta(days=2),
        publie_le=publie,
        expire_le=timezone.now() + timedelta(days=30),
        etat_depuis=publie,
        modifiee_le=publie,
    )


def _quelques(hasard: random.Random, possibles, au_moins: int, au_plus: int) -> list[str]:
    """Some of ``possibles``, in their order."""
    choisis = set(hasard.sample(list(possibles), hasard.randint(au_moins, au_plus)))
    return [code for code in possibles if code in choisis]


def _territoires(hasard: random.Random) -> list[str]:
    if hasard.random() < 0.1:
        return [Territoire.REGION]
    return _quelques(hasard, Departement.values, 1, 2)
