"""The people and the fiches of these tests; see tests/fabriques.py."""

import pytest

from cartographie.models import Fiche
from hubpartenariat.comptes.roles import charger_roles
from tests import fabriques
from tests.fabriques import REMARQUE

__all__ = ["REMARQUE"]


@pytest.fixture(autouse=True)
def _roles(db):
    """The roles, which a transactional test empties with the rest of the database."""
    charger_roles()


@pytest.fixture
def claire(personne):
    """An ordinary member who writes fiches."""
    return personne("claire@exemple.fr", "membre", nom="Claire")


@pytest.fixture
def marc(personne):
    """A moderator."""
    return personne("marc@exemple.fr", "moderateur", nom="Marc")


@pytest.fixture
def fiche(claire):
    """Factory: a fiche of Claire, complete unless told otherwise, in the state asked for."""

    def creer(etat="brouillon", *, auteurs=None, moderateur=None, **champs):
        return fabriques.fiche(auteurs or claire, etat, moderateur=moderateur, **champs)

    return creer


@pytest.fixture
def brouillon(claire):
    return Fiche.objects.commencer(claire)
