"""What every template may use."""

from django.conf import settings
from django.urls import reverse

# The four doors of the hub: the word shown and the name of the address.
PORTES = (
    ("Cartographie", "cartographie:liste"),
    ("Annuaire", "annuaire:accueil"),
    ("Ressources", "ressources:liste"),
    ("Consultation", "consultation:liste"),
)


def portes(chemin: str) -> list[dict]:
    """The four doors as seen from the page at ``chemin``."""
    vues = []
    for libelle, nom in PORTES:
        url = reverse(nom)
        courant = "page" if chemin == url else "true" if chemin.startswith(url) else ""
        vues.append({"libelle": libelle, "url": url, "courant": courant})
    return vues


def hub(request):
    """Name and contact of the hub, its four doors."""
    return {
        "NOM_DU_HUB": "Hub du partenariat en santé",
        "ADRESSE_PUBLIQUE": settings.ADRESSE_PUBLIQUE,
        "CONTACT": settings.ADRESSE_DE_CONTACT,
        "PORTES": portes(request.path),
    }
