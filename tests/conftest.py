"""What every test has: PostgreSQL, the référentiels, people of each role, and a strict harness.

The harness fails on warnings (pyproject.toml), on variables that a template of ours invents
(outils/gabarits.py), on POST forms without a CSRF token and on what our content security policy
would silence (outils/controle.py). ``sans_n_plus_1`` compares a page with 3 and 30 rows.
"""

import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from hypothesis import settings as hypothese
from pytest_django.plugin import blocking_manager_key

from tests.outils import bilan, controle, gabarits

gabarits.etre_strict()
# Everybody plays the same examples, however slow the machine. To hunt for others:
# script/test --hypothesis-profile=hasard …
hypothese.register_profile("commun", derandomize=True, deadline=None)
hypothese.register_profile("hasard", deadline=None)
hypothese.load_profile("commun")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database holds the référentiels, as every instance does."""
    with django_db_blocker.unblock():
        call_command("charger_referentiels", verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _sans_courtier():
    """Wake-up calls go nowhere: tests run the tasks they want to see run."""
    from hubpartenariat.celery import app

    app.conf.update(broker_url="memory://", broker_transport_options={})


@pytest.fixture(autouse=True)
def _dossiers_a_part(settings, tmp_path):
    """Files that a test makes (documents, mails, broker) are its own."""
    settings.VAR = tmp_path / "var"
    settings.EMAIL_FILE_PATH = settings.VAR / "courriels"


@pytest.fixture(scope="session", autouse=True)
def _reglages_d_essai():
    """Tests need no collected static files, nor passwords that are slow to check.

    Collected ones, where a hub was started beside, would be read again for each test client.
    """
    statiques = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES=settings.STORAGES | {"staticfiles": statiques},
        STATIC_ROOT=settings.VAR / "statique-des-essais",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        # A crawl may last: nobody is asked again who they are because the machine is slow.
        ACCOUNT_REAUTHENTICATION_TIMEOUT=86_400,
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _pages_controlees():
    """Every page that a test client receives is looked at."""
    demander = Client.request

    def demander_et_controler(self, **requete):
        reponse = demander(self, **requete)
        controle.controler(reponse)
        return reponse

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", demander_et_controler)
        yield


@pytest.fixture(autouse=True)
def _force_login_passe_aussi_la_deuxieme_etape(monkeypatch):
    """``force_login`` skips sign-in: the second step too, for an account that has one."""
    ordinaire = Client.force_login

    def force_login(client, user, backend=None):
        ordinaire(client, user, backend)
        moyen = Authenticator.objects.filter(user=user).first()
        if moyen:
            session = client.session
            preuve = {"method": "mfa", "at": time.time(), "id": moyen.pk, "type": moyen.type}
            session["account_authentication_methods"] = [preuve]
            session["account_authentication_methods_user"] = str(user.pk)
            session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture
def personne(db):
    """Factory of accounts: ``personne("a@exemple.fr", "moderateur")``."""
    from tests import fabriques

    def creer(email="claire@exemple.fr", *roles, **champs):
        return fabriques.personne(email, *roles, **champs)

    return creer


@pytest.fixture
def client_de(db):
    """Factory of signed-in clients: ``client_de(marc, mfa=True)``."""
    from tests import fabriques

    return fabriques.client_de


@pytest.fixture
def sans_n_plus_1(db):
    """``sans_n_plus_1(client, url, ajouter)``: as many queries for 3 rows as for 30."""
    from tests.outils.requetes import verifier_sans_n_plus_1

    return verifier_sans_n_plus_1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test with real transactions empties every table: the référentiels come back after it.

    pytest-django runs such tests last, but within a file only when several workers share them.
    """
    suite = yield
    marque = item.get_closest_marker("django_db")
    vide = "transactional_db" in item.fixturenames or (marque and marque.kwargs.get("transaction"))
    # After the last test of all the database itself is gone.
    if nextitem and vide:
        with item.config.stash[blocking_manager_key].unblock():
            call_command("charger_referentiels", stdout=StringIO())
            connections.close_all()
    return suite


def pytest_sessionfinish(session):
    """A worker of several hands over what its generic tests covered."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["bilan"] = bilan.LIGNES


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    bilan.LIGNES += getattr(node, "workeroutput", {}).get("bilan", [])


def pytest_terminal_summary(terminalreporter):
    """How much the generic tests covered."""
    for ligne in bilan.LIGNES:
        terminalreporter.write_line(ligne)
