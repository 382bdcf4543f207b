"""What consultations do by the clock."""

from celery import shared_task


@shared_task(ignore_result=True, soft_time_limit=300, time_limit=360)
def clore_les_consultations() -> None:
    """Close those whose date has passed: answers were refused since. Safe to run twice."""
    from consultation.models import Consultation

    Consultation.objects.clore_les_passees()
