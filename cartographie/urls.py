"""Addresses of the map."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from cartographie.views import autour, documents, fiche, formats, liste, mes_fiches, saisie

app_name = "cartographie"
_vers_la_liste = login_not_required(
    RedirectView.as_view(pattern_name="cartographie:liste", permanent=True)
)
_brouillon = "brouillons/<uuid:uuid>/"
urlpatterns = [
    path("", liste.liste, name="liste"),
    path("livret/", documents.livret, name="livret"),
    path("fiches.<slug:ext>", formats.liste_format, name="liste_format"),
    path("fiches/", _vers_la_liste),
    path("fiches/<slug:slug>/", fiche.fiche, name="fiche"),
    path("zones-blanches/", autour.zones_blanches, name="zones_blanches"),
    path("integrer/", autour.integrer, name="integrer"),
    path("fiches/<slug:slug>/pdf/", documents.fiche_pdf, name="fiche_pdf"),
    # Filling: the last line takes any word, so it stays last.
    path("nouvelle/", saisie.nouvelle, name="nouvelle"),
    path("mes-fiches/", mes_fiches.mes_fiches, name="mes_fiches"),
    path("invitations/<str:jeton>/", mes_fiches.invitation, name="invitation"),
    path(_brouillon + "pdf/", documents.travail_pdf, name="travail_pdf"),
    path(_brouillon + "relecture/", saisie.relecture, name="relecture"),
    path(_brouillon + "auteurs/", mes_fiches.auteurs, name="auteurs"),
    path(_brouillon + "reprendre/", mes_fiches.reprendre, name="reprendre"),
    path(_brouillon + "mettre-a-jour/", mes_fiches.mettre_a_jour, name="mettre_a_jour"),
    path(_brouillon + "archiver/", mes_fiches.archiver, name="archiver"),
    path(_brouillon + "supprimer/", mes_fiches.supprimer, name="supprimer"),
    path(_brouillon + "<slug:section>/", saisie.section, name="section"),
]
