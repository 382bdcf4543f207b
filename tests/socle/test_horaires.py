"""What is done by the clock: one list, each run written, each job runnable from a cron."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from hubpartenariat.celery import app
from hubpartenariat.horaires import HORAIRES, planifier
from hubpartenariat.socle.horaires import Execution, purger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _taches():
    app.loader.import_default_modules()


@pytest.mark.parametrize("horaire", HORAIRES, ids=lambda h: h.nom)
def test_every_job_is_a_task_and_may_run_twice(horaire):
    tache = app.tasks[horaire.tache]
    for _ in range(2):
        assert tache.apply().successful()
    lignes = Execution.objects.filter(horaire=horaire.nom)
    assert lignes.count() == (1 if horaire.seule_la_derniere else 2)
    assert all(une.reussie and une.finie_le for une in lignes)


def test_beat_reads_the_same_list():
    assert app.conf.beat_schedule == planifier()
    assert len({h.nom for h in HORAIRES}) == len(HORAIRES)


def test_a_failure_is_written_and_the_next_run_is_fine(monkeypatch):
    from hubpartenariat.socle import conservation

    def echouer(**_options):
        raise RuntimeError("disque plein")

    monkeypatch.setattr(conservation, "appliquer", echouer)
    with pytest.raises(CommandError, match="disque plein"):
        call_command("horaire", "purger_donnees")
    une = Execution.objects.get()
    assert (une.reussie, une.erreur) == (False, "RuntimeError : disque plein")
    monkeypatch.undo()
    call_command("horaire", "purger_donnees", stdout=StringIO())
    assert Execution.objects.first().reussie


def test_the_command_lists_and_refuses_the_unknown():
    sortie = StringIO()
    call_command("horaire", stdout=sortie)
    assert all(h.nom in sortie.getvalue() for h in HORAIRES)
    with pytest.raises(CommandError, match="n’est pas un travail régulier"):
        call_command("horaire", "inconnu")


def test_the_administration_shows_the_last_run_of_each(client_de, personne):
    Execution.objects.create(horaire="tour_de_la_semaine", reussie=False, erreur="Panne")
    client = client_de(personne("chef@exemple.fr", "administrateur"), mfa=True)
    page = client.get(reverse("admin:socle_execution_changelist")).content.decode()
    assert all(h.libelle in page for h in HORAIRES if "’" not in h.libelle)
    assert "Échec" in page
    assert "Panne" in page


def test_old_runs_are_forgotten():
    from datetime import timedelta

    from django.utils import timezone

    Execution.objects.create(horaire="purger_donnees", commencee_le=timezone.now())
    assert purger(timezone.now() + timedelta(days=91)) == 1
    assert purger(timezone.now()) == 0
