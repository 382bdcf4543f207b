"""Property test: long random lives of mises en relation; see hasard.py for what must stay true."""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from hubpartenariat.comptes.roles import charger_roles
from tests.annuaire.hasard import COMPTE, Societe
from tests.outils import bilan

pytestmark = pytest.mark.django_db
# HASARD=200: two hundred lives, each time others. By default fewer, always the same.
VIES = int(os.environ.get("HASARD", "0"))
# The walk went somewhere: each of these happened, and was refused where it can be.
VOULUS = (
    *("interested: done", "interested: refused", "answers the offre: done"),
    *("answers the offre: refused", "accepter: done", "accepter: refused", "decliner: done"),
    *("se-retirer: done", "se-retirer: refused", "tiers: done", "draw: done", "draw: refused"),
    *("solicit: done", "solicit: refused", "round: done", "mission ends: done"),
    *("reminder: done", "expiry: done", "agreements seen", "not agreed, looked at"),
    *("accepter by a stranger: refused", "pages: 200", "pages: 404"),
)


def test_no_life_reveals_exceeds_or_gives_twice():
    charger_roles()
    COMPTE.clear()
    run_state_machine_as_test(
        Societe,
        settings=settings(
            max_examples=VIES or 12,
            stateful_step_count=45,
            derandomize=not VIES,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    faits = ", ".join(f"{nom} {COMPTE[nom]}" for nom in sorted(COMPTE))
    bilan.dire(f"stateful: {faits}")
    assert not [nom for nom in VOULUS if not COMPTE[nom]], "the walk missed something"
