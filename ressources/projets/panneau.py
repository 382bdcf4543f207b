"""The sheet of the project and its records, as its page shows them."""

from django.urls import reverse

from ressources.projets.fiche import CHAMPS
from ressources.projets.panneaux import Panneau, panneau


@panneau(10)
def fiche(projet):
    """How much of the sheet is written, how many records, who is awaited. Five queries at most."""
    from ressources.models import FicheProjet
    from ressources.projets.releves import attendus_par_releve

    ecrite = FicheProjet.objects.filter(projet=projet).first()
    parties = sum(bool(getattr(ecrite, nom)) for nom in CHAMPS) if ecrite else 0
    texte = f"{parties} parties écrites sur {len(CHAMPS)}" if parties else "Pas encore commencée"
    if releves := attendus_par_releve(projet):
        s = "s" if len(releves) > 1 else ""
        texte += f" · {len(releves)} relevé{s} de conclusions"
        if attendent := sum(bool(noms) for noms in releves.values()):
            texte += f", {attendent} à valider"
    page = reverse("ressources:projet_fiche", args=[projet.uuid])
    yield Panneau("Fiche projet et relevés de conclusions", texte, page, "Ouvrir")
