"""The Celery application: the queue is a wake-up call, the database is the truth."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

from hubpartenariat.horaires import HORAIRES, planifier

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubpartenariat.settings")

# kombu writes a message under its final name: a worker may read half of it, and dies of it.
TRANSPORT_ALIASES["filesystem"] = "hubpartenariat.socle.file_sur_disque:Transport"

app = Celery("hubpartenariat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Every recurring job is in horaires.py, by name.
app.conf.beat_schedule = planifier(HORAIRES)
