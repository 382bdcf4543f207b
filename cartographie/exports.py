"""One fiche as a line, a point, a summary. Public columns only: a test lists them."""

import re

from django.urls import reverse

from cartographie.enums import Visibilite
from hubpartenariat.socle import vocabulaires as v

# A cell that begins so would be run by a spreadsheet.
_FORMULE = re.compile(r"^[=+\-@\t\r\n|%＝＋－＠]")
_INVISIBLES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def propre(texte: str) -> str:
    """Without the characters that XML forbids."""
    return _INVISIBLES.sub("", texte)


def cellule(valeur) -> str:
    """Text of a spreadsheet cell: a leading apostrophe disarms what looks like a formula."""
    texte = propre("" if valeur is None else str(valeur))
    return f"'{texte}" if _FORMULE.match(texte) else texte


def _liste(codes, vocabulaire) -> str:
    return " | ".join(libelle for code, libelle in vocabulaire.choices if code in codes)


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


def ligne(fiche, absolu) -> list[str]:
    """The cells of one fiche, in the order of ``COLONNES``."""
    return [cellule(lire(fiche) if lire else adresse(fiche, absolu)) for lire in _COLONNES.values()]


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
        "geometry": {
            "type": "Point",
            "coordinates": [round(commune.longitude, 5), round(commune.latitude, 5)],
        }
        if commune
        else None,
        "properties": proprietes,
    }
