"""The library: the list and its formats, one entry, what members propose, keep and share."""

from django.urls import path

from ressources.views import bibliotheque, gardees, parcours, propositions

urlpatterns = [
    path("", bibliotheque.liste, name="liste"),
    path("ressources.<slug:ext>", bibliotheque.formats, name="liste_format"),
    path("demarrer/", parcours.parcours, name="parcours"),
    path("demarrer/<slug:pas>/", parcours.pas, name="pas"),
    path("proposer/", propositions.proposer, name="proposer"),
    path("mes-propositions/", propositions.miennes, name="mes_propositions"),
    path("gardees/", gardees.gardees, name="gardees"),
    path("selections/nouvelle/", gardees.nouvelle, name="selection_nouvelle"),
    path("selections/<uuid:selection>/", gardees.selection, name="selection"),
    path("selections/<uuid:selection>/supprimer/", gardees.supprimer, name="selection_supprimer"),
    path("<slug:ressource>/", bibliotheque.ressource, name="ressource"),
    path("<slug:ressource>/fichier/", bibliotheque.fichier, name="fichier"),
    path("<slug:ressource>/versions/<uuid:ancienne>/", bibliotheque.ancienne, name="ancienne"),
    path(
        "<slug:ressource>/versions/<uuid:ancienne>/fichier/",
        bibliotheque.ancienne_fichier,
        name="ancienne_fichier",
    ),
    path("<slug:ressource>/avis/", bibliotheque.avis, name="avis"),
    path("<slug:ressource>/garder/", gardees.garder, name="garder"),
]
