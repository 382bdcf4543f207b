"""A draw among volunteers: the hub draws, once, and writes down how.

The team chooses neither the seed (made by the machine at the moment of the draw) nor who takes
part, and cannot draw again until it likes the result: those drawn hold their seat until they
answer. Anybody with the journal can draw again and find the same names.
"""

import random
import secrets

from django.db import transaction

from annuaire.enums import EtatAppel, ModeDeChoix
from annuaire.transitions.regles import APPEL_CLOS, places_libres, verrouiller
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee


def ordre(graine: str, cles: list[str]) -> list[str]:
    """The order drawn: the same seed and the same people always give the same."""
    melange = sorted(cles)
    random.Random(graine).shuffle(melange)  # noqa: S311 — the seed is secret until the draw
    return melange


def volontaires(appel):
    """Those who wait and agreed to a draw, not drawn yet. One query."""
    return appel.relations.en_cours().filter(
        veut_bien_le_tirage=True, accord_equipe_le=None, profil__etat="actif"
    )


def places_a_tirer(appel) -> int:
    """Free seats that nobody drawn holds while they think. Two queries."""
    en_reflexion = appel.relations.en_cours().filter(accord_equipe_le__isnull=False).count()
    return max(0, places_libres(appel) - en_reflexion)


def raison_de_ne_pas_tirer(appel, par) -> str | None:
    if not appel.equipe.filter(pk=par.pk).exists():
        return "Seule l’équipe de l’appel peut demander le tirage."
    if appel.mode != ModeDeChoix.TIRAGE:
        return "Pour cet appel, chaque côté choisit."
    if appel.etat not in EtatAppel.vivants():
        return APPEL_CLOS
    if not places_a_tirer(appel):
        return "Toutes les places sont prises, ou attendent la réponse de personnes tirées au sort."
    if not volontaires(appel).exists():
        return "Aucune personne volontaire n’attend."
    return None


def tirer_au_sort(appel, par) -> list:
    """Draw as many volunteers as there are free seats. Returns the relations drawn."""
    with transaction.atomic():
        appel = verrouiller(type(appel), appel.pk)
        if raison := raison_de_ne_pas_tirer(appel, par):
            raise TransitionRefusee(raison)
        a_tirer = places_a_tirer(appel)
        presents = {str(relation.uuid): relation for relation in volontaires(appel)}
        graine = secrets.token_hex(16)
        tires = []
        for cle in ordre(graine, list(presents)):
            if len(tires) == a_tirer:
                break
            try:
                with transaction.atomic():
                    presents[cle].convenir_par_le_sort(par)
            except TransitionRefusee:
                continue  # somebody who can no longer come: the next one in the order drawn
            tires.append(presents[cle])
        consigner(
            appel,
            "tirer_au_sort",
            par,
            graine=graine,
            volontaires=sorted(presents),
            tires=[str(relation.uuid) for relation in tires],
        )
    return tires
