"""The tools that anybody may try, and their place in a project: check-list, barometer."""

from django.urls import path

from ressources.deux_voix.outils import OUTILS
from ressources.views import deux_voix, essais


def _adresses(outil):
    """The same pages for each tool, under its own words."""
    nom, dit = outil.code, {"outil": outil}
    ici, un = f"projets/<uuid:projet>/{outil.adresse}/", "<uuid:passage>/"
    return [
        path(f"outils/{outil.adresse}/", essais.outil, dit, name=nom),
        path(f"outils/{outil.adresse}/pdf/", essais.pdf, dit, name=f"{nom}_essai_pdf"),
        path(ici, deux_voix.passages, dit, name=f"{nom}_passages"),
        path(f"{ici}ouvrir/", deux_voix.ouvrir, dit, name=f"{nom}_ouvrir"),
        path(f"{ici}{un}", deux_voix.page, dit, name=f"{nom}_page"),
        path(f"{ici}{un}commun/", deux_voix.commun, dit, name=f"{nom}_commun"),
        path(f"{ici}{un}pdf/", deux_voix.pdf, dit, name=f"{nom}_pdf"),
        path(f"{ici}{un}resultats.json", deux_voix.json, dit, name=f"{nom}_json"),
    ]


urlpatterns = [
    path("outils/barometre/ensemble/", essais.moyennes, name="barometre_ensemble"),
    *(adresse for outil in OUTILS.values() for adresse in _adresses(outil)),
]
