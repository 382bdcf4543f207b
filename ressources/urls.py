"""Addresses of the library, its tools and its projects, under /ressources/.

Each subject has its file in ``adresses/``. The library comes last: its ``<slug>/`` takes the rest.
"""

from ressources.adresses import bibliotheque, glossaire, outils, paroles, projets

app_name = "ressources"

urlpatterns = [
    *glossaire.urlpatterns,
    *outils.urlpatterns,
    *projets.urlpatterns,
    *paroles.urlpatterns,
    *bibliotheque.urlpatterns,
]
