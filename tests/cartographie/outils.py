"""What the tests of the form share: what a person types, and how a browser sends it."""

import re

from django.test import Client
from django.urls import reverse

from cartographie.sections import PARCOURS

GENERALES, ACTEURS, FONCTIONNEMENT, LEVIERS = (section.code for section in PARCOURS)
AUTOMATIQUE = {"X-Enregistrement": "automatique"}
SAISIES = {
    GENERALES: {
        "titre": "Café des pairs",
        "resume": "Des patients accueillent des patients.",
        "type_structure": "hopital",
        "structure_nom": "Hôpital des Tilleuls",
        "departements": ["94", "75"],
        "commune": "Créteil",
        "themes": "Greffe, dialyse ; greffe",
        "annee_debut": "2021",
        "avancement": "en_cours",
        "page_web": "www.exemple.fr/cafe",
        "contact_courriel": "cafe@exemple.fr",
        "contact_visibilite": "membres",
    },
    ACTEURS: {
        "acteurs": ["patients_partenaires", "soignants"],
        "nb_patients": "4",
        "domaines": ["parcours"],
        "formes": ["pair_aidance"],
        "degre": "collaboration",
    },
    FONCTIONNEMENT: {
        "recrutements": ["patientele"],
        "statuts": ["benevolat"],
        "cadres": ["aucun"],
        "check_1": "oui",
        "check_10": "en_cours",
    },
    LEVIERS: {
        "besoins": ["outils"],
        "lien_1_titre": "Le bilan",
        "lien_1_url": "https://exemple.fr/bilan",
        "lien_3_url": "exemple.fr/video",
    },
}


def adresse(fiche, section=GENERALES):
    return reverse("cartographie:section", args=[fiche.uuid, section])


def connexion(personne) -> Client:
    client = Client()
    client.force_login(personne)
    return client


def ouvrir(client, fiche, section=GENERALES) -> dict:
    """The hidden fields of the page, as the browser would send them back."""
    page = client.get(adresse(fiche, section)).content.decode()
    caches = re.findall(r'name="(_(?:version|page|rang|empreintes))" value="([^"]*)"', page)
    return dict(caches)
