"""What the public pages and formats of the map share."""

from cartographie.enums import Visibilite
from cartographie.models import Fiche
from cartographie.recherche import INDEX
from hubpartenariat.socle.choses import FICHES
from hubpartenariat.socle.vues_de_liste import Liste, ranger


def vignettes(ids: list[int]) -> list[Fiche]:
    """Published fiches by key, in the order of the keys, with what a card shows. One query."""
    return ranger(Fiche.objects.publiees().pour_vignettes(), ids)


def dans_l_ordre(ids: list[int]) -> list[Fiche]:
    """Published fiches by key, in the order of the keys, whole. One query, none for no key."""
    return ranger(Fiche.objects.publiees().select_related("commune"), ids)


def voit_contact(personne, fiche: Fiche) -> bool:
    """May ``personne`` read the contact of this fiche? Two queries at most."""
    if fiche.contact_visibilite == Visibilite.PUBLIQUE:
        return True
    if not personne.is_authenticated:
        return False
    if fiche.contact_visibilite == Visibilite.MEMBRES:
        return True
    return personne.has_perm("cartographie.moderer_fiche") or fiche.est_auteur(personne)


LISTE = Liste(
    index=INDEX,
    chose=FICHES,
    page="cartographie:liste",
    formats="cartographie:liste_format",
    gabarit="cartographie/liste.html",
    vignettes=vignettes,
)
