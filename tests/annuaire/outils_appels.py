"""A complete appel, in any state, reached by the transitions."""

from annuaire.models import Appel
from tests import fabriques

COMPLET = {
    "titre": "Relire nos livrets d’accueil",
    "description": "Nous réécrivons les livrets du service avec celles et ceux qui les lisent.",
    "mission": "experience",
    "domaine": "offre",
    "departements": ["94"],
    "lieu": "mixte",
    "temps": "Deux heures par mois pendant six mois",
    "statut": "defraiement",
    "frais": "rembourses",
    "charte": "oui",
    "deja_fait": "Un atelier, l’an dernier.",
    "orientation": dict.fromkeys(("instance", "mandat", "permanence", "prestation"), "non"),
    "versions": {"besoin": 1, "conditions": 1, "bonne-porte": 1},
}


def brouillon(equipier=None, **champs) -> Appel:
    fait = Appel.objects.create(**(COMPLET | champs))
    fait.equipe.add(equipier or fabriques.personne())
    return fait


def envoye(equipier=None, **champs) -> Appel:
    equipier = equipier or fabriques.personne()
    fait = brouillon(equipier, **champs)
    fait.soumettre(equipier)
    return fait


def publie(equipier=None, **champs) -> Appel:
    fait = envoye(equipier, **champs)
    fait.publier(None)
    return fait
