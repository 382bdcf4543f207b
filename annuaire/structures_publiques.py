"""What the public pages and formats say of the structures. Public columns only."""

from django.urls import reverse

from annuaire.models import Structure
from annuaire.recherche import INDEX_DES_STRUCTURES
from hubpartenariat.socle import formats
from hubpartenariat.socle import vocabulaires as v
from hubpartenariat.socle.choses import Chose
from hubpartenariat.socle.formats import en_mots, propre
from hubpartenariat.socle.vues_de_liste import Liste, ranger


def vignettes(ids: list[int]) -> list[Structure]:
    """Published structures by key, in the order of the keys, with what a card shows. One query."""
    return ranger(Structure.objects.publiees().pour_vignettes(), ids)


def completes(ids: list[int]) -> list[Structure]:
    """Published structures by key, in the order of the keys, whole. One query."""
    return ranger(Structure.objects.publiees().select_related("commune"), ids)


LISTE = Liste(
    index=INDEX_DES_STRUCTURES,
    chose=Chose("structure", "structures"),
    page="annuaire:structures",
    formats="annuaire:structures_format",
    gabarit="annuaire/structures/liste.html",
    vignettes=vignettes,
)

COLONNES = {
    "identifiant": lambda s: s.uuid,
    "adresse": None,  # needs the request
    "nom": lambda s: s.nom,
    "type de structure": lambda s: s.get_type_structure_display(),
    "groupe ou réseau": lambda s: s.groupe,
    "territoires": lambda s: en_mots(s.departements, v.Territoire),
    "commune": lambda s: s.commune.nom if s.commune else "",
    "code commune": lambda s: s.commune_id,
    "page web": lambda s: s.page_web,
    "présentation": lambda s: s.presentation,
    "ce qu’elle fait en partenariat": lambda s: s.partenariat,
    "domaines": lambda s: en_mots(s.domaines, v.Domaine),
    "formes d’action": lambda s: en_mots(s.formes, v.FormeAction),
    "exemple inventé": lambda s: "oui" if s.exemple else "",
    "publiée le": lambda s: s.publiee_le.date().isoformat(),
}


def adresse(structure, absolu) -> str:
    return absolu(reverse("annuaire:structure", args=[structure.slug]))


def resume(structure, absolu) -> dict:
    """What the JSON list says of one structure; others rely on these names."""
    return {
        "id": str(structure.uuid),
        "url": adresse(structure, absolu),
        "nom": structure.nom,
        "type_structure": structure.type_structure,
        "departements": structure.departements,
        "commune": structure.commune_id,
        "publiee_le": structure.publiee_le.date().isoformat(),
    }


def point(structure, absolu) -> dict:
    """A GeoJSON feature at the town hall of the commune; without one, no geometry."""
    proprietes = resume(structure, absolu) | {
        "groupe": structure.groupe,
        "presentation": structure.presentation,
        "partenariat": structure.partenariat,
        "domaines": structure.domaines,
        "formes": structure.formes,
        "commune_nom": structure.commune.nom if structure.commune else None,
    }
    return {
        "type": "Feature",
        "id": proprietes.pop("id"),
        "geometry": formats.geometrie(structure.commune),
        "properties": proprietes,
    }


def entree(structure) -> dict:
    """What the feed of news says of one structure."""
    return {
        "title": propre(structure.nom),
        "description": propre(structure.partenariat or structure.presentation),
        "unique_id": f"urn:uuid:{structure.uuid}",
        "author_name": structure.get_type_structure_display(),
        "pubdate": structure.publiee_le,
        "updateddate": max(structure.publiee_le, structure.modifiee_le),
        "categories": list(structure.domaines),
    }


EXPORT = formats.Export(
    liste=LISTE,
    cle="structures",
    fichier="structures-du-partenariat",
    titre="Structures du partenariat en santé en Île-de-France",
    description="Les structures publiées dans l’annuaire, les plus récentes d’abord.",
    completes=completes,
    colonnes=COLONNES,
    adresse=adresse,
    resume=resume,
    point=point,
    entree=entree,
)
