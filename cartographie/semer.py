"""Plausible invented fiches, in any number and always the same for one seed.

Fiche ``rang`` of a seed depends on nothing else: 1,000 fiches are the first of 5,000.
"""

import random
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.text import slugify

from cartographie import semer_textes as textes
from cartographie.enums import EtatFiche, Formation, Visibilite
from cartographie.models import Fiche
from hubpartenariat.socle.vocabulaires import (
    CHECK_LIST_HAS,
    THEMES_SUGGERES,
    Acteur,
    Avancement,
    Besoin,
    Cadre,
    Degre,
    Departement,
    Domaine,
    Etape,
    FormeAction,
    Frein,
    Levier,
    Recrutement,
    Statut,
    Territoire,
    TypeStructure,
)

LOT = 2000
ESPACE = uuid.UUID("6f0f4f43-4f0b-4c63-9b1d-6d3b8e2a7f10")
DERNIERE_PUBLICATION = datetime(2026, 10, 30, 12, tzinfo=UTC)
POIDS_STRUCTURES = (14, 40, 9, 5, 8, 7, 6, 4, 3, 4)
POIDS_DEPARTEMENTS = (27, 6, 9, 8, 13, 15, 13, 9)


def identifiant(graine: int, rang: int) -> uuid.UUID:
    return uuid.uuid5(ESPACE, f"{graine}/{rang}")


def fabriquer(graine: int, rang: int, communes: dict[str, list[str]]) -> Fiche:
    """The published fiche number ``rang`` of ``graine``. ``communes``: codes by département."""
    hasard = random.Random(f"{graine}/{rang}")  # noqa: S311 — invented contents, nothing secret
    structure = hasard.choices(TypeStructure.values, POIDS_STRUCTURES)[0]
    departements = _territoires(hasard)
    commune = None
    if departements != [Territoire.REGION] and hasard.random() < 0.85:
        commune = hasard.choice(communes[departements[0]])
    theme = hasard.choice(THEMES_SUGGERES)
    forme = hasard.choice(FormeAction.values)
    lieu = textes.LIEUX.get(departements[0], "en Île-de-France")
    titre = hasard.choice(textes.TITRES[forme]).format(theme=theme.lower(), lieu=lieu)
    titre = titre[0].upper() + titre[1:]
    publiee_le = DERNIERE_PUBLICATION - timedelta(minutes=hasard.randrange(1_500_000))
    patients = hasard.choice((1, 2, 2, 3, 4, 6, 8, 12))
    nom = f"{hasard.choice(textes.STRUCTURES[structure])} {hasard.choice(textes.NOMS)}"
    return Fiche(
        uuid=identifiant(graine, rang),
        slug=f"{slugify(titre)[:60].rstrip('-')}-g{graine}-{rang}",
        etat=EtatFiche.PUBLIEE,
        exemple=True,
        titre=titre[:160],
        resume=_paragraphe(hasard, textes.RESUMES, theme, lieu, patients, 3),
        type_structure=structure,
        structure_nom=nom,
        departements=departements,
        commune_id=commune,
        themes=sorted({theme, *hasard.sample(THEMES_SUGGERES, hasard.choice((0, 0, 1)))}),
        public=hasard.choice(textes.PUBLICS).format(theme=theme.lower()),
        annee_debut=hasard.randint(2012, 2026),
        avancement=hasard.choices(Avancement.values, (8, 17, 45, 22, 8))[0],
        contact_nom=f"Équipe {hasard.choice(textes.NOMS)} (exemple)",
        contact_courriel=f"contact-{graine}-{rang}@exemple.fr",
        contact_visibilite=hasard.choices(Visibilite.values, (6, 2, 2))[0],
        acteurs=_plusieurs(hasard, Acteur, 2, 5),
        nb_patients=patients,
        nb_professionnels=hasard.randint(1, 15),
        domaines=_plusieurs(hasard, Domaine, 1, 2),
        formes=_plusieurs(hasard, FormeAction, 0, 2, forme),
        degre=hasard.choices(Degre.values, (8, 17, 40, 35))[0],
        etapes=_plusieurs(hasard, Etape, 1, 4),
        recrutements=_plusieurs(hasard, Recrutement, 1, 2),
        statuts=_plusieurs(hasard, Statut, 1, 2, sauf=Statut.AUCUNE),
        formation=hasard.choice(Formation.values),
        formation_texte=hasard.choice(textes.FORMATIONS),
        pilotage=hasard.choice(textes.PILOTAGES),
        cadres=_plusieurs(hasard, Cadre, 1, 2, sauf=Cadre.AUCUN),
        evaluation=hasard.choice(textes.EVALUATIONS),
        financement=hasard.choice(textes.FINANCEMENTS),
        check_list={n: hasard.choice(("oui", "oui", "en_cours", "non")) for n in CHECK_LIST_HAS},
        leviers=_plusieurs(hasard, Levier, 1, 3),
        leviers_texte=hasard.choice(textes.LEVIERS),
        freins=_plusieurs(hasard, Frein, 0, 3),
        freins_texte=hasard.choice(textes.FREINS),
        besoins=_plusieurs(hasard, Besoin, 1, 3),
        besoins_texte=hasard.choice(textes.BESOINS),
        resultats=_paragraphe(hasard, textes.RESULTATS, theme, lieu, patients, 2),
        conseils=_paragraphe(hasard, textes.CONSEILS, theme, lieu, patients, 2),
        creee_le=publiee_le - timedelta(days=20),
        modifiee_le=publiee_le,
        soumise_le=publiee_le - timedelta(days=5),
        publiee_le=publiee_le,
        etat_depuis=publiee_le,
    )


def _territoires(hasard: random.Random) -> list[str]:
    tirage = hasard.random()
    if tirage < 0.12:
        return [Territoire.REGION]
    premier = hasard.choices(Departement.values, POIDS_DEPARTEMENTS)[0]
    if tirage < 0.85:
        return [premier]
    return [premier, *hasard.sample([d for d in Departement.values if d != premier], 1)]


def _plusieurs(hasard, vocabulaire, au_moins, au_plus, premier=None, sauf=None) -> list[str]:
    """Some codes, in the order of the vocabulary. ``sauf`` ("none") comes alone or not at all."""
    if sauf and hasard.random() < 0.15:
        return [str(sauf)]
    possibles = [code for code in vocabulaire.values if code != sauf]
    choisis = set(hasard.sample(possibles, hasard.randint(au_moins, au_plus)))
    if premier:
        choisis.add(premier)
    return [code for code in possibles if code in choisis]


def _paragraphe(hasard, phrases, theme, lieu, patients, combien) -> str:
    valeurs = {
        "theme": theme.lower(),
        "lieu": lieu,
        "patients": f"{patients} patients partenaires" if patients > 1 else "Un patient partenaire",
    }
    return " ".join(phrase.format(**valeurs) for phrase in hasard.sample(phrases, combien))


def lots(graine: int, debut: int, fin: int, communes: dict[str, list[str]]) -> Iterator[list]:
    """Fiches ``debut`` to ``fin`` (excluded), batch by batch."""
    for premier in range(debut, fin, LOT):
        yield [
            fabriquer(graine, rang, communes) for rang in range(premier, min(premier + LOT, fin))
        ]


def presentes(graine: int, nombre: int) -> int:
    """How many of the first ``nombre`` fiches of this seed exist."""
    return len(deja_la(graine, nombre))


def semer(graine: int, nombre: int, communes: dict, progres=lambda faites: None) -> int:
    """Write the first ``nombre`` fiches of this seed, but those that exist; how many were."""
    deja, faites, ecrites = deja_la(graine, nombre), 0, 0
    a_venir = lots(graine, 0, nombre, communes)
    with ThreadPoolExecutor(1) as atelier:  # the next batch is made while one is written
        suivant = atelier.submit(next, a_venir, None)
        while lot := suivant.result():
            suivant = atelier.submit(next, a_venir, None)
            nouvelles = [fiche for fiche in lot if fiche.uuid not in deja]
            with transaction.atomic():
                Fiche.objects.bulk_create(nouvelles)
            faites += len(lot)
            ecrites += len(nouvelles)
            progres(faites)
    return ecrites


def deja_la(graine: int, nombre: int) -> set[uuid.UUID]:
    """Which of the first ``nombre`` fiches of this seed exist. One query per 10,000."""
    trouves: set[uuid.UUID] = set()
    for debut in range(0, nombre, 10_000):
        uuids = [identifiant(graine, rang) for rang in range(debut, min(debut + 10_000, nombre))]
        trouves |= set(Fiche.objects.filter(uuid__in=uuids).values_list("uuid", flat=True))
    return trouves
