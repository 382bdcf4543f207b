"""My space."""

from django.urls import path

from hubpartenariat.comptes import views

urlpatterns = [
    path("", views.mon_espace, name="mon_espace"),
    path("nom/", views.nom, name="mon_nom"),
    path("supprimer/", views.supprimer, name="supprimer_compte"),
]
