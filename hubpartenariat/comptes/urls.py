"""My space."""

from django.urls import path

from hubpartenariat.comptes import views, vues_consentements

urlpatterns = [
    path("", views.mon_espace, name="mon_espace"),
    path("nom/", views.nom, name="mon_nom"),
    path("mes-donnees/", views.mes_donnees, name="mes_donnees"),
    path("mes-donnees/copie.zip", views.copie_de_mes_donnees, name="copie_de_mes_donnees"),
    path("consentements/", vues_consentements.consentements, name="consentements"),
    path("supprimer/", views.supprimer, name="supprimer_compte"),
]
