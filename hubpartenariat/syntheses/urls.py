"""Addresses of the reports, under /syntheses/."""

from django.urls import path

from hubpartenariat.syntheses.views import acces, accueil, editions, rapports

app_name = "syntheses"
_rapport = "rapports/<slug:code>/"
_edition = "editions/<uuid:uuid>/"
urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("entrer/", acces.entrer, name="entrer"),
    path("demander/", editions.demander, name="demander"),
    path(_rapport, rapports.rapport, name="rapport"),
    path(_rapport + "chiffres.json", rapports.chiffres, name="rapport_chiffres"),
    path(_rapport + "pdf/", rapports.pdf, name="rapport_pdf"),
    path(_rapport + "<slug:cle>.<slug:ext>", rapports.donnees, name="rapport_donnees"),
    path(_edition, editions.edition, name="edition"),
    path(_edition + "chiffres.json", editions.chiffres, name="edition_chiffres"),
    path(_edition + "pdf/", editions.pdf, name="edition_pdf"),
    path(_edition + "annoter/", editions.annoter, name="annoter"),
    path(_edition + "annotations/<int:cle>/effacer/", editions.effacer_annotation,
         name="effacer_annotation"),
    path(_edition + "lue/", editions.lue, name="lue"),
    path(_edition + "publier/", editions.publier, name="publier"),
    path(_edition + "ouvrir/", editions.ouvrir, name="ouvrir"),
    path(_edition + "retirer/", editions.retirer, name="retirer"),
    path(_edition + "jeter/", editions.jeter, name="jeter"),
    path(_edition + "<slug:cle>.<slug:ext>", editions.donnees, name="edition_donnees"),
]  # fmt: skip
