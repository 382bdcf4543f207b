"""One fiche as a line, a point, a summary. Public columns only: a test lists them."""

from django.urls import reverse

from cartographie.enums import Visibilite
from cartographie.lecture import LISTE, dans_l_ordre
from hubpartenariat.socle import formats
from hubpartenariat.socle import vocabulaires as v
from hubpartenariat.socle.formats import en_mots as _liste
from hubpartenariat.socle.formats import propre


def _contact(fiche, champ):
    return getattr(fiche, champ) if fiche.contact_visibilite == Visibilite.PUBLIQUE else ""


_COLONNES = {
    "identifiant": lambda f: f.uuid,
    "adresse": None,  # needs the request
    "titre": lambda f: f.titre,
    "description": lambda f: f.resume,
    "type de structure": lambda f: f.get_type_structure_display(),
    "structure": lambda f: f.structure_nom,
    "territoires": lambda f: _liste(f.departements, v.Territoire),
    "commune": lambda f: f.commune.nom if f.commune else "",
    "code commune": lambda f: f.commune_id,
    "thèmes": lambda f: " | ".join(f.themes),
    "public": lambda f: f.public,
    "année de début": lambda f: f.annee_debut,
    "avancement": lambda f: f.get_avancement_display(),
    "page web": lambda f: f.page_web,
    "contact": lambda f: _contact(f, "contact_nom"),
    "contact : e-mail": lambda f: _contact(f, "contact_courriel"),
    "contact : téléphone": lambda f: _contact(f, "contact_telephone"),
    "acteurs": lambda f: _liste(f.acteurs, v.Acteur),
    "nombre de patients partenaires": lambda f: f.nb_patients,
    "nombre de professionnels": lambda f: f.nb_professionnels,
    "domaines": lambda f: _liste(f.domaines, v.Domaine),
    "formes d’action": lambda f: _liste(f.formes, v.FormeAction),
    "degré d’engagement": lambda f: f.get_degre_display(),
    "étapes menées ensemble": lambda f: _liste(f.etapes, v.Etape),
    "recrutement": lambda f: _liste(f.recrutements, v.Recrutement),
    "statut et reconnaissance": lambda f: _liste(f.statuts, v.Statut),
    "formation": lambda f: f.get_formation_display(),
    "formation : précisions": lambda f: f.formation_texte,
    "pilotage": lambda f: f.pilotage,
    "cadre formalisé": lambda f: _liste(f.cadres, v.Cadre),
    "évaluation": lambda f: f.evaluation,
    "financement": lambda f: f.financement,
    "leviers": lambda f: _liste(f.leviers, v.Levier),
    "leviers : précisions": lambda f: f.leviers_texte,
    "freins": lambda f: _liste(f.freins, v.Frein),
    "freins : précisions": lambda f: f.freins_texte,
    "besoins d’appui": lambda f: _liste(f.besoins, v.Besoin),
    "besoins : précisions": lambda f: f.besoins_texte,
    "résultats": lambda f: f.resultats,
    "conseils": lambda f: f.conseils,
    "exemple inventé": lambda f: "oui" if f.exemple else "",
    "publiée le": lambda f: f.publiee_le.date().isoformat(),
}
COLONNES = tuple(_COLONNES)


def adresse(fiche, absolu) -> str:
    return absolu(reverse("cartographie:fiche", args=[fiche.slug]))


def resume(fiche, absolu) -> dict:
    """What the JSON list says of one fiche; others rely on these names."""
    return {
        "id": str(fiche.uuid),
        "url": adresse(fiche, absolu),
        "titre": fiche.titre,
        "type_structure": fiche.type_structure,
        "departements": fiche.departements,
        "commune": fiche.commune_id,
        "publiee_le": fiche.publiee_le.date().isoformat(),
    }


def point(fiche, absolu) -> dict:
    """A GeoJSON feature at the town hall of the commune; without one, no geometry."""
    commune = fiche.commune
    proprietes = resume(fiche, absolu) | {
        "structure": fiche.structure_nom,
        "resume": fiche.resume,
        "domaines": fiche.domaines,
        "formes": fiche.formes,
        "degre": fiche.degre,
        "avancement": fiche.avancement,
        "commune_nom": commune.nom if commune else None,
    }
    if fiche.contact_visibilite == Visibilite.PUBLIQUE:
        proprietes["contact"] = {
            "nom": fiche.contact_nom,
            "courriel": fiche.contact_courriel,
            "telephone": fiche.contact_telephone,
        }
    return {
        "type": "Feature",
        "id": proprietes.pop("id"),
        "geometry": formats.geometrie(commune),
        "properties": proprietes,
    }


def entree(fiche) -> dict:
    """What the feed of news says of one fiche."""
    return {
        "title": propre(fiche.titre),
        "description": propre(fiche.resume),
        "unique_id": f"urn:uuid:{fiche.uuid}",
        "author_name": propre(fiche.structure_nom) or fiche.get_type_structure_display(),
        "pubdate": fiche.publiee_le,
        "updateddate": max(fiche.publiee_le, fiche.modifiee_le),
        "categories": [*fiche.domaines, *(propre(theme) for theme in fiche.themes)],
    }


EXPORT = formats.Export(
    liste=LISTE,
    cle="fiches",
    fichier="cartographie-du-partenariat",
    titre="Cartographie du partenariat en santé en Île-de-France",
    description="Les démarches publiées, les plus récentes d’abord.",
    completes=dans_l_ordre,
    colonnes=_COLONNES,
    adresse=adresse,
    resume=resume,
    point=point,
    entree=entree,
)
