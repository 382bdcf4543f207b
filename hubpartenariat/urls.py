"""Addresses of the hub; the four trades each keep their own."""

from django.contrib import admin
from django.urls import include, path

from hubpartenariat import pages, views, vitrine

urlpatterns = [
    path("", views.accueil, name="accueil"),
    path("recherche/", views.recherche, name="recherche"),
    path("mon-espace/", include("hubpartenariat.comptes.urls")),
    path("cartographie/", include("cartographie.urls")),
    path("comptes/", include("hubpartenariat.comptes.urls_allauth")),
    path("", include("hubpartenariat.socle.urls")),
    path("annuaire/", include("annuaire.urls")),
    path("ressources/", include("ressources.urls")),
    path("agenda/", include("ressources.urls_agenda")),
    path("consultations/", include("consultation.urls")),
    path("seance/", include("consultation.urls_seance")),
    path("syntheses/", include("hubpartenariat.syntheses.urls")),
    path("donnees/", pages.donnees, name="donnees"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("mentions-legales/", pages.mentions_legales, name="mentions_legales"),
    path("donnees-personnelles/", pages.donnees_personnelles, name="donnees_personnelles"),
    path("plan-du-site/", pages.plan_du_site, name="plan_du_site"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", pages.sitemap, name="sitemap"),
    path("composants/", vitrine.composants, name="composants"),
    path("sante/", views.sante, name="sante"),
    path("sante/complet/", views.sante_complet, name="sante_complet"),
    path("administration/", admin.site.urls),
]

handler400 = "hubpartenariat.views.erreur_400"
handler403 = "hubpartenariat.views.erreur_403"
handler404 = "hubpartenariat.views.erreur_404"
handler500 = "hubpartenariat.views.erreur_500"
