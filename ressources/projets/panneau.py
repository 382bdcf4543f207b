"""The sheet of the project and its records, as its page shows them."""

from django.urls import reverse

from ressources.projets.fiche import CHAMPS
from ressources.projets.panneaux import Panneau, panneau


@panneau(10)
def fiche(projet):
    """How much of the sheet is written, how many records. Two queries."""
    from ressources.models import FicheProjet

    ecrite = FicheProjet.objects.filter(projet=projet).first()
    parties = sum(bool(getattr(ecrite, nom)) for nom in CHAMPS) if ecrite else 0
    texte = f"{parties} parties écrites sur {len(CHAMPS)}" if parties else "Pas encore commencée"
    if releves := projet.releves.count():
        texte += f" · {releves} relevé{'s' if releves > 1 else ''} de conclusions"
    page = reverse("ressources:projet_fiche", args=[projet.uuid])
    yield Panneau("Fiche projet et relevés de conclusions", texte, page, "Ouvrir")
