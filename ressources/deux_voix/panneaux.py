"""The tools of two voices as the page of a project shows them."""

from django.urls import reverse

from ressources.deux_voix.outils import OUTILS
from ressources.projets.panneaux import Panneau, panneau


@panneau(30)
def deux_voix(projet):
    """Where each tool stands. One query."""
    derniers = {p.outil: p for p in projet.passages.order_by("ouvert_le", "pk")}
    for code, outil in OUTILS.items():
        dernier = derniers.get(code)
        texte = dernier.get_etat_display() if dernier else "Pas encore commencé"
        page = reverse(f"ressources:{code}_passages", args=[projet.uuid])
        yield Panneau(outil.titre, texte, page, "Ouvrir")
