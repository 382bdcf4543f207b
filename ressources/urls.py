"""Addresses of the library, its tools and its projects, under /ressources/.

Each subject has its file in ``adresses/``. The library comes last: its ``<slug>/`` takes the rest.
"""

from ressources.adresses import accompagnement, bibliotheque, glossaire, outils, paroles, projets

app_name = "ressources"

urlpatterns = [
    *glossaire.urlpatterns,
    *outils.urlpatterns,
    *projets.urlpatterns,
    *accompagnement.urlpatterns,
    *paroles.urlpatterns,
    *bibliotheque.urlpatterns,
]
