"""The world of the generic tests: built once per file, rolled back at its end.

Tests that use it are marked ``django_db``: each one is then a savepoint inside the world.
"""

import logging

import pytest
from django.db import transaction

from tests.generiques import monde as un_monde


@pytest.fixture(scope="module", autouse=True)
def _sans_journal():
    """Refusals are what these tests ask for, by the thousand: they are not worth a line each."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def monde(django_db_setup, django_db_blocker):
    """Everybody and everything, in one transaction for the whole file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield un_monde.construire()
        transaction.set_rollback(True)
