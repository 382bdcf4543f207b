"""Work of the directory by the clock. Each task may run twice without harm."""

from celery import shared_task


@shared_task(ignore_result=True, soft_time_limit=3000, time_limit=3300)
def tour_de_la_semaine() -> None:
    """Bring the open appels to the people they match: see annuaire/tour.py."""
    from annuaire import tour

    tour.faire()


@shared_task(ignore_result=True, soft_time_limit=900, time_limit=1000)
def entretenir_les_relations() -> None:
    """Reminders, ends and oblivion of the relations: see annuaire/entretien.py."""
    from annuaire import entretien

    entretien.entretenir()


@shared_task(ignore_result=True, soft_time_limit=900, time_limit=1000)
def resumer_aux_referents() -> None:
    """The monthly summary of each référent: see annuaire/referents.py."""
    from annuaire import referents

    referents.resumer()


@shared_task(ignore_result=True, soft_time_limit=900, time_limit=1000)
def entretenir_les_appels() -> None:
    """Reminders, ends and oblivion of appels and offres: see annuaire/echeances.py."""
    from annuaire import echeances

    echeances.entretenir()
