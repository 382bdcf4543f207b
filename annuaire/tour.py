"""The weekly round: open appels are brought to the people they fit, within everybody's ceiling.

First a plan, made in the database and written nowhere; then people by hundreds, each hundred in one
transaction that reads everything again under lock. Interrupted, it goes on where it was; run
twice in a week, it writes to nobody twice.
"""

import time
from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from annuaire import appariement
from annuaire.enums import Canal, EtatAppel, EtatRelation, ReponseSollicitation
from annuaire.models import Appel
from annuaire.sollicitations import Demande, solliciter_plusieurs
from hubpartenariat.socle import travaux

PERSONNES_PAR_PLACE = 5
ATTENTE = timedelta(days=21)  # without an answer for so long, others are asked
LOT_D_APPELS = 50
LOT_DE_PERSONNES = 500
MARGE = 20  # candidates read beyond what an appel wants: some are taken by the others of its batch
VERROU = 7103


class Bilan(NamedTuple):
    """What a round did, or would do."""

    appels: int
    propositions: int
    personnes: int
    secondes: float


class TourEnCours(Exception):
    """Another round is at work."""


def semaine(quand=None) -> str:
    annee, numero, _ = timezone.localdate(quand).isocalendar()
    return f"{annee}-S{numero:02d}"


def graine_de_la_semaine() -> str:
    """The same all week, so that an interrupted round goes on; unknown to anybody outside."""
    return salted_hmac("annuaire.tour", semaine()).hexdigest()


def faire(*, simuler=False, progres=None) -> Bilan:
    """Plan and write one round. ``progres(done, total)`` is called as people are written to."""
    debut = time.monotonic()
    with travaux.verrou(VERROU, 1) as a_moi:
        if not a_moi:
            raise TourEnCours("Un tour est déjà en cours.")
        plan, appels = planifier()
        propositions, personnes = sum(map(len, plan.values())), len(plan)
        if not simuler:
            propositions, personnes = _ecrire(plan, appels, progres)
    return Bilan(len(appels), propositions, personnes, time.monotonic() - debut)


def a_pourvoir() -> dict[int, tuple[Appel, int]]:
    """Open appels that still want people: {key: (appel, how many to ask)}. The most in need first.

    One query.
    """
    recentes = Q(
        sollicitations__reponse=ReponseSollicitation.ATTENDUE,
        sollicitations__creee_le__gt=timezone.now() - ATTENTE,
    )
    appels = (
        Appel._base_manager.filter(etat__in=EtatAppel.vivants(), expire_le__gt=timezone.now())
        .annotate(
            prises=Count("relations", Q(relations__siege__isnull=False), distinct=True),
            en_cours=Count("relations", Q(relations__etat=EtatRelation.EN_COURS), distinct=True),
            demandees=Count("sollicitations", recentes, distinct=True),
        )
        .filter(places__gt=F("prises"))
        .order_by("en_cours", "demandees", "publie_le", "pk")
    )
    voulus = {}
    for appel in appels:
        manque = PERSONNES_PAR_PLACE * (appel.places - appel.prises)
        manque -= appel.demandees + appel.en_cours
        if manque > 0:
            voulus[appel.pk] = (appel, manque)
    return voulus


def planifier() -> tuple[dict[int, list[tuple[int, list[str]]]], dict[int, Appel]]:
    """Who is asked for what: {profile: [(appel, reasons)]}, and the appels that wanted people.

    Writes nothing that stays. Each batch of appels takes one query over the people who may
    still be asked; what a batch gave is counted before the next.
    """
    voulus = a_pourvoir()
    appels = {cle: appel for cle, (appel, _) in voulus.items()}
    exclus = appariement.exclus_de(appels.values())
    plan = defaultdict(list)
    file, manque = list(appels), {cle: nombre for cle, (_, nombre) in voulus.items()}
    lundi = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    lundi = timezone.make_aware(datetime.combine(lundi, datetime.min.time()))
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("DROP TABLE IF EXISTS tour_candidats")
        curseur.execute(
            f"CREATE TEMPORARY TABLE tour_candidats ON COMMIT DROP AS {appariement.CANDIDATS}",
            appariement.parametres_des_candidats(),
        )
        curseur.execute("DELETE FROM tour_candidats WHERE reste <= 0 OR semaine >= %s", [lundi])
        curseur.execute("ALTER TABLE tour_candidats ADD PRIMARY KEY (id)")
        curseur.execute("ANALYZE tour_candidats")
        curseur.execute("SELECT id, reste FROM tour_candidats")
        reste = dict(curseur.fetchall())
        while file:
            lot, file = file[:LOT_D_APPELS], file[LOT_D_APPELS:]
            limites = {cle: manque[cle] + MARGE for cle in lot}
            trouves = appariement.chercher(
                [appels[cle] for cle in lot],
                limites,
                "tour_candidats",
                exclus=exclus,
                graine=graine_de_la_semaine(),
            )
            par_appel, touches = defaultdict(list), set()
            for trouve in trouves:
                par_appel[trouve.appel_id].append(trouve)
            for cle in lot:
                for trouve in par_appel[cle]:
                    if manque[cle] and reste[trouve.profil_id] > 0:
                        plan[trouve.profil_id].append((cle, trouve.raisons))
                        exclus[cle].add(trouve.profil_id)
                        reste[trouve.profil_id] -= 1
                        manque[cle] -= 1
                        touches.add(trouve.profil_id)
                # All were taken by the batch, and there may be others: asked again, later.
                if manque[cle] and len(par_appel[cle]) == limites[cle]:
                    file.append(cle)
            if touches:
                curseur.execute(
                    "UPDATE tour_candidats t SET reste = v.reste, derniere = now()"
                    " FROM unnest(%s, %s) AS v(id, reste) WHERE t.id = v.id",
                    [list(touches), [reste[cle] for cle in touches]],
                )
    return dict(plan), appels


def _ecrire(plan, appels, progres) -> tuple[int, int]:
    propositions, personnes = 0, set()
    cles = sorted(plan)
    for debut in range(0, len(cles), LOT_DE_PERSONNES):
        lot = cles[debut : debut + LOT_DE_PERSONNES]
        demandes = [
            Demande(profil, appels[appel], raisons)
            for profil in lot
            for appel, raisons in plan[profil]
        ]
        for faite in solliciter_plusieurs(demandes, Canal.HEBDOMADAIRE):
            propositions += 1
            personnes.add(faite.profil_id)
        if progres:
            progres(min(debut + LOT_DE_PERSONNES, len(cles)), len(cles))
    return propositions, len(personnes)
