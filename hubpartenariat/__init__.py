"""The hub du partenariat en santé."""

from hubpartenariat.celery import app as celery_app

__all__ = ["celery_app"]
