"""What the public pages and formats say of the library."""

from django.urls import reverse

from hubpartenariat.socle import formats
from hubpartenariat.socle import vocabulaires as v
from hubpartenariat.socle.choses import Chose
from hubpartenariat.socle.formats import Export, en_mots, propre
from hubpartenariat.socle.vues_de_liste import Liste, ranger
from ressources.enums import Pas, Public
from ressources.models import Ressource
from ressources.recherche.bibliotheque import INDEX


def vignettes(ids: list[int]) -> list[Ressource]:
    """Published entries by key, in the order of the keys, with what a card shows. One query."""
    return ranger(Ressource.objects.publiees().pour_vignettes(), ids)


def completes(ids: list[int]) -> list[Ressource]:
    return ranger(Ressource.objects.publiees(), ids)


LISTE = Liste(
    index=INDEX,
    chose=Chose("ressource", "ressources"),
    page="ressources:liste",
    formats="ressources:liste_format",
    gabarit="ressources/liste.html",
    vignettes=vignettes,
)

COLONNES = {
    "identifiant": lambda r: r.uuid,
    "adresse": None,  # needs the request
    "titre": lambda r: r.titre,
    "type": lambda r: r.get_type_ressource_display(),
    "en bref": lambda r: r.en_bref,
    "description": lambda r: r.description,
    "lien": lambda r: r.lien,
    "source": lambda r: r.source,
    "année": lambda r: r.annee or "",
    "version": lambda r: r.version,
    "licence": lambda r: r.licence,
    "niveau": lambda r: r.get_niveau_display(),
    "besoins": lambda r: en_mots(r.besoins, v.Besoin),
    "étapes": lambda r: en_mots(r.pas, Pas),
    "domaines": lambda r: en_mots(r.domaines, v.Domaine),
    "publics": lambda r: en_mots(r.publics, Public),
    "territoires": lambda r: en_mots(r.departements, v.Territoire),
    "publiée le": lambda r: r.publiee_le.date().isoformat(),
    "relue le": lambda r: r.relue_le.isoformat() if r.relue_le else "",
}


def adresse(ressource, absolu) -> str:
    return absolu(reverse("ressources:ressource", args=[ressource.slug]))


def resume(ressource, absolu) -> dict:
    """What the JSON list says of one entry; others rely on these names."""
    return {
        "id": str(ressource.uuid),
        "url": adresse(ressource, absolu),
        "titre": ressource.titre,
        "type": ressource.type_ressource,
        "en_bref": ressource.en_bref,
        "source": ressource.source,
        "annee": ressource.annee,
        "version": ressource.version or None,
        "licence": ressource.licence or None,
        "lien": ressource.lien or None,
        "niveau": ressource.niveau,
        "besoins": ressource.besoins,
        "etapes": ressource.pas,
        "publics": ressource.publics,
        "domaines": ressource.domaines,
        "departements": ressource.departements,
        "publiee_le": ressource.publiee_le.date().isoformat(),
    }


def point(ressource, absolu) -> dict:
    """A GeoJSON feature without geometry: an entry is nowhere in particular."""
    proprietes = resume(ressource, absolu)
    return {
        "type": "Feature",
        "id": proprietes.pop("id"),
        "geometry": formats.geometrie(None),
        "properties": proprietes,
    }


def entree(ressource) -> dict:
    """What the feed of news says of one entry."""
    return {
        "title": propre(ressource.titre),
        "description": propre(ressource.en_bref),
        "unique_id": f"urn:uuid:{ressource.uuid}",
        "pubdate": ressource.publiee_le,
        "updateddate": ressource.publiee_le,
    }


EXPORT = Export(
    liste=LISTE,
    cle="ressources",
    fichier="ressources",
    titre="Ressources du partenariat en santé",
    description="Ce qui aide à travailler ensemble, par besoin et par étape.",
    completes=completes,
    colonnes=COLONNES,
    adresse=adresse,
    resume=resume,
    point=point,
    entree=entree,
)
