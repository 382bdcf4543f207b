"""Addresses of the agenda, under /agenda/."""

from django.urls import path

from ressources.views import agenda, organiser

app_name = "agenda"

urlpatterns = [
    path("", agenda.liste, name="liste"),
    path("passes/", agenda.passes, name="passes"),
    path("proposer/", organiser.proposer, name="proposer"),
    path("agenda.ics", agenda.flux, name="flux"),
    path("<uuid:evenement>/", agenda.evenement, name="evenement"),
    path("<uuid:evenement>/evenement.ics", agenda.un_ics, name="ics"),
    path("<uuid:evenement>/fichier/", agenda.fichier, name="fichier"),
    path("<uuid:evenement>/inscrire/", agenda.inscrire, name="inscrire"),
    path("<uuid:evenement>/desinscrire/", agenda.desinscrire, name="desinscrire"),
    path("<uuid:evenement>/inscrits/", agenda.inscrits, name="inscrits"),
    path("<uuid:evenement>/modifier/", organiser.modifier, name="modifier"),
    path("<uuid:evenement>/annuler/", organiser.annuler, name="annuler"),
    path("<uuid:evenement>/document/", organiser.document, name="document"),
]
