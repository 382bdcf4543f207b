"""Addresses of the directory. Parameters are named after what they designate."""

from django.urls import path  # noqa: F401 — used by the blocks below

app_name = "annuaire"
urlpatterns = [
    # Structures, référents
    #
    # Profile of a patient partenaire
    #
    # Appels and offres
    #
    # Mise en relation
    #
    # Missions, carnet d'engagement, signalements
]
