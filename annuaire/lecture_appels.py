"""What the public pages and formats of the appels share. The people of a team are never named."""

from django.urls import reverse

from annuaire.enums import Mission
from annuaire.models import Appel
from annuaire.recherche import INDEX_DES_APPELS
from hubpartenariat.socle import formats
from hubpartenariat.socle import vocabulaires as v
from hubpartenariat.socle.choses import Chose
from hubpartenariat.socle.formats import propre
from hubpartenariat.socle.vues_de_liste import Liste, ranger

APPELS = Chose("appel", "appels", feminin=False)


def vignettes(ids: list[int]) -> list[Appel]:
    """Public appels by key, in the order of the keys. One query, none for no key."""
    return ranger(Appel.objects.publics().select_related("structure", "commune"), ids)


LISTE = Liste(
    index=INDEX_DES_APPELS,
    chose=APPELS,
    page="annuaire:appels",
    formats="annuaire:appels_format",
    gabarit="annuaire/appels/liste.html",
    vignettes=vignettes,
)


def adresse(appel, absolu) -> str:
    return absolu(reverse("annuaire:appel", args=[appel.slug]))


COLONNES = {
    "identifiant": lambda a: a.uuid,
    "adresse": None,  # needs the request
    "titre": lambda a: a.titre,
    "état": lambda a: a.get_etat_display(),
    "structure": lambda a: a.structure_publique.nom if a.structure_publique else "",
    "description": lambda a: a.description,
    "domaine": lambda a: a.get_domaine_display(),
    "mission": lambda a: a.get_mission_display(),
    "thèmes": lambda a: " | ".join(a.themes),
    "déjà fait ensemble": lambda a: a.deja_fait,
    "territoires": lambda a: formats.en_mots(a.departements, v.Territoire),
    "commune": lambda a: a.commune.nom if a.commune else "",
    "code commune": lambda a: a.commune_id,
    "lieu": lambda a: a.get_lieu_display(),
    "temps demandé": lambda a: a.temps,
    "moments": lambda a: " | ".join(a.moments),
    "places": lambda a: a.places,
    "statut": lambda a: a.get_statut_display(),
    "frais": lambda a: a.get_frais_display(),
    "charte": lambda a: a.get_charte_display(),
    "façon de choisir": lambda a: a.get_mode_display(),
    "exemple inventé": lambda a: "oui" if a.exemple else "",
    "publié le": lambda a: a.publie_le.date().isoformat(),
}


def resume(appel, absolu) -> dict:
    """What the JSON list says of one appel; others rely on these names."""
    return {
        "id": str(appel.uuid),
        "url": adresse(appel, absolu),
        "titre": appel.titre,
        "etat": appel.etat,
        "structure": appel.structure_publique.nom if appel.structure_publique else None,
        "domaine": appel.domaine,
        "mission": appel.mission,
        "departements": appel.departements,
        "commune": appel.commune_id,
        "lieu": appel.lieu,
        "places": appel.places,
        "statut": appel.statut,
        "frais": appel.frais,
        "publie_le": appel.publie_le.date().isoformat(),
    }


def point(appel, absolu) -> dict:
    """A GeoJSON feature at the town hall of the commune; without one, no geometry."""
    proprietes = resume(appel, absolu) | {"description": appel.description}
    return {
        "type": "Feature",
        "id": proprietes.pop("id"),
        "geometry": formats.geometrie(appel.commune),
        "properties": proprietes,
    }


def entree(appel) -> dict:
    """What the feed of news says of one appel."""
    auteur = appel.structure_publique.nom if appel.structure_publique else "Une équipe"
    return {
        "title": propre(appel.titre),
        "description": propre(appel.description),
        "unique_id": f"urn:uuid:{appel.uuid}",
        "author_name": propre(auteur),
        "pubdate": appel.publie_le,
        "updateddate": appel.publie_le,
        "categories": [appel.domaine, Mission(appel.mission).label, *map(propre, appel.themes)],
    }


EXPORT = formats.Export(
    liste=LISTE,
    cle="appels",
    fichier="appels-a-patients-partenaires",
    titre="Appels à patients partenaires en Île-de-France",
    description="Les équipes qui cherchent des patients partenaires.",
    completes=vignettes,
    colonnes=COLONNES,
    adresse=adresse,
    resume=resume,
    point=point,
    entree=entree,
)
