"""Short stories of experience: the list, one story, writing it, the agreement of those quoted."""

from django.urls import path

from ressources.views import paroles, paroles_a_soi

UNE = "paroles/<uuid:parole>/"

urlpatterns = [
    path("paroles/", paroles.liste, name="paroles"),
    path("paroles/paroles.<slug:ext>", paroles.formats, name="paroles_format"),
    path("paroles/ecrire/", paroles_a_soi.nouvelle, name="parole_nouvelle"),
    path("paroles/miennes/", paroles_a_soi.miennes, name="paroles_miennes"),
    path("paroles/accord/<str:jeton>/", paroles.accord, name="parole_accord"),
    path(UNE, paroles.parole, name="parole"),
    path(f"{UNE}modifier/", paroles_a_soi.modifier, name="parole_modifier"),
    path(f"{UNE}citer/", paroles_a_soi.citer, name="parole_citer"),
    path(f"{UNE}citer/<uuid:citee>/", paroles_a_soi.citee, name="parole_citee"),
    path(f"{UNE}citer/<uuid:citee>/oter/", paroles_a_soi.oter, name="parole_oter"),
    path(f"{UNE}envoyer/", paroles_a_soi.envoyer, name="parole_envoyer"),
    path(f"{UNE}reprendre/", paroles_a_soi.reprendre, name="parole_reprendre"),
    path(f"{UNE}retirer/", paroles_a_soi.retirer, name="parole_retirer"),
    path(f"{UNE}supprimer/", paroles_a_soi.supprimer, name="parole_supprimer"),
]
