"""Addresses of the live sessions, under /seance/: short, to be typed on a phone."""

from django.urls import path

from consultation.views import animation, seances

app_name = "seance"

urlpatterns = [
    path("", seances.rejoindre, name="rejoindre"),
    path("<str:code>/", seances.participer, name="participer"),
    path("<str:code>/etat/", seances.etat, name="etat"),
    path("<str:code>/moi-aussi/", seances.moi_aussi, name="moi_aussi"),
    path("<str:code>/ecran/", seances.ecran, name="ecran"),
    path("<str:code>/animation/", animation.animer, name="animer"),
    path("<str:code>/animation/agir/", animation.agir, name="agir"),
    path("<str:code>/animation/papier/", animation.papier, name="papier"),
    path("<str:code>/animation/export.csv", animation.exporter, name="exporter"),
]
