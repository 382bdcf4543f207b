"""What every template may use."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse

# The four doors of the hub: the word shown and the names its address may have (an application
# that opens its door takes the first one; until then the second is a page that announces it).
PORTES = (
    ("Cartographie", ("cartographie:liste",)),
    ("Annuaire", ("annuaire:accueil",)),
    ("Ressources", ("ressources:liste", "ressources")),
    ("Consultation", ("consultation:liste",)),
)


def adresse_de(noms: tuple[str, ...]) -> str:
    """The address of the first name that is routed."""
    for nom in noms[:-1]:
        try:
            return reverse(nom)
        except NoReverseMatch:
            continue
    return reverse(noms[-1])


def portes(chemin: str) -> list[dict]:
    """The four doors as seen from the page at ``chemin``."""
    vues = []
    for libelle, noms in PORTES:
        url = adresse_de(noms)
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
