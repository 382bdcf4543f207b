"""Addresses of socle: completion of communes, documents."""

from django.urls import include, path

from hubpartenariat.socle import views, vues_documents

territoire = (
    [path("communes.json", views.communes, name="communes")],
    "territoire",
)

documents = (
    [
        path("<uuid:cle>/", vues_documents.suivi, name="suivi"),
        path("<uuid:cle>/etat.json", vues_documents.etat, name="etat"),
        path("<uuid:cle>/fichier.pdf", vues_documents.telecharger, name="telecharger"),
        path("<uuid:cle>/annuler/", vues_documents.annuler, name="annuler"),
        path("<uuid:cle>/redemander/", vues_documents.redemander, name="redemander"),
    ],
    "documents",
)

urlpatterns = [
    path("documents/", include(documents)),
    path("territoire/", include(territoire)),
]
