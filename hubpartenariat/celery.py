"""The Celery application: the queue is a wake-up call, the database is the truth."""

import os

from celery import Celery
from celery.schedules import crontab
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubpartenariat.settings")

# kombu writes a message under its final name: a worker may read half of it, and dies of it.
TRANSPORT_ALIASES["filesystem"] = "hubpartenariat.socle.file_sur_disque:Transport"

app = Celery("hubpartenariat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Every recurring job, in one place. Each is safe to run twice; ``expires`` keeps a stopped worker
# from finding a pile of them when it comes back.
app.conf.beat_schedule = {
    "reprendre": {
        "task": "hubpartenariat.socle.tasks.reprendre",
        "schedule": 10,
        "options": {"expires": 10},
    },
    "purger": {
        "task": "hubpartenariat.socle.tasks.purger",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    "purger_donnees": {
        "task": "hubpartenariat.socle.tasks.purger_donnees",
        "schedule": crontab(hour=4, minute=20),
        "options": {"expires": 3600},
    },
    # The first three days: a mail is written once a month, a stopped machine misses none.
    "resumer_aux_referents": {
        "task": "annuaire.tasks.resumer_aux_referents",
        "schedule": crontab(hour=7, minute=10, day_of_month="1-3"),
        "options": {"expires": 3600},
    },
    # Monday, and again on Tuesday for what a stopped machine missed: one mail a week at most.
    "tour_de_la_semaine": {
        "task": "annuaire.tasks.tour_de_la_semaine",
        "schedule": crontab(hour=6, minute=30, day_of_week="1,2"),
        "options": {"expires": 3600},
    },
    "entretenir_les_relations": {
        "task": "annuaire.tasks.entretenir_les_relations",
        "schedule": crontab(hour=5, minute=40),
        "options": {"expires": 3600},
    },
    "rappeler_les_consentements": {
        "task": "hubpartenariat.comptes.tasks.rappeler_les_consentements",
        "schedule": crontab(hour=8, minute=10),
        "options": {"expires": 3600 * 12},
    },
    "entretenir_les_appels": {
        "task": "annuaire.tasks.entretenir_les_appels",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
}
