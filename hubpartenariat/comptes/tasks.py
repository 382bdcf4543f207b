"""Recurring work about accounts. Each task may run twice without harm."""

from celery import shared_task

from hubpartenariat.comptes import rappels


@shared_task(ignore_result=True)
def rappeler_les_consentements() -> None:
    """Ask those whose agreements end within a month to confirm them."""
    rappels.rappeler_les_consentements()
