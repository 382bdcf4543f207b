"""What the library and the agenda do by the clock."""

from celery import shared_task


@shared_task(ignore_result=True, soft_time_limit=300, time_limit=360)
def rappeler_les_evenements() -> None:
    """Remind registered people two days before: see ressources/inscriptions.py."""
    from ressources import inscriptions

    inscriptions.rappeler()


@shared_task(ignore_result=True, soft_time_limit=300, time_limit=360)
def redemander_les_check_lists() -> None:
    """Ask teams to answer again six months later: see ressources/deux_voix/avis.py."""
    from ressources.deux_voix import avis

    avis.redemander()


@shared_task(ignore_result=True, soft_time_limit=1500, time_limit=1600)
def verifier_les_liens() -> None:
    """Ask every link of the library whether it still answers: see bibliotheque/liens.py."""
    from ressources.bibliotheque import liens

    liens.verifier()
