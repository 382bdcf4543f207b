"""What the public pages and formats of the map share."""

from django.http import JsonResponse
from django.shortcuts import render

from cartographie.enums import Visibilite
from cartographie.models import Fiche
from hubpartenariat.socle.facettes import PAR_PAGE, Comptes, identifiants
from hubpartenariat.socle.liste import Demande

EXTENSIONS = {
    "csv": ("Tableau (CSV)", "text/csv"),
    "geojson": ("Carte (GeoJSON)", "application/geo+json"),
    "json": ("Données (JSON)", "application/json"),
    "atom": ("Fil des nouveautés (Atom)", "application/atom+xml"),
}


def fiches_de(demande: Demande, comptes: Comptes, page) -> list[Fiche]:
    """The cards of one page, in order. Two queries."""
    return vignettes(identifiants(demande, comptes, page.debut, PAR_PAGE))


def vignettes(ids: list[int]) -> list[Fiche]:
    """Published fiches by key, in the order of the keys, with what a card shows. One query."""
    return _ranger(Fiche.objects.publiees().pour_vignettes(), ids)


def dans_l_ordre(ids: list[int]) -> list[Fiche]:
    """Published fiches by key, in the order of the keys, whole. One query, none for no key."""
    return _ranger(Fiche.objects.publiees().select_related("commune"), ids)


def _ranger(fiches, ids: list[int]) -> list[Fiche]:
    trouvees = fiches.in_bulk(ids) if ids else {}
    return [trouvees[pk] for pk in ids if pk in trouvees]


def voit_contact(personne, fiche: Fiche) -> bool:
    """May ``personne`` read the contact of this fiche? Two queries at most."""
    if fiche.contact_visibilite == Visibilite.PUBLIQUE:
        return True
    if not personne.is_authenticated:
        return False
    if fiche.contact_visibilite == Visibilite.MEMBRES:
        return True
    return personne.has_perm("cartographie.moderer_fiche") or fiche.est_auteur(personne)


def refus(request, statut: int, titre: str, raison):
    """An address that means nothing here: what is wrong, in words, and where to go."""
    contexte = {
        "statut": statut,
        "titre": titre,
        "texte": str(raison),
    }
    return render(request, "erreur.html", contexte, status=statut)


def refus_json(statut: int, raison) -> JsonResponse:
    contenu = {"erreur": str(raison)}
    ecriture = {"ensure_ascii": False}
    reponse = JsonResponse(contenu, status=statut, json_dumps_params=ecriture)
    reponse["Access-Control-Allow-Origin"] = "*"
    return reponse
