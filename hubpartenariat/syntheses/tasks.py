"""Recurring work of the reports. May run twice without harm."""

from celery import shared_task


@shared_task(ignore_result=True, soft_time_limit=600, time_limit=700)
def preparer_les_editions() -> None:
    """One draft per report and quarter, for the region; the team publishes it, or not."""
    from hubpartenariat.syntheses import editions

    editions.preparer_le_trimestre()
