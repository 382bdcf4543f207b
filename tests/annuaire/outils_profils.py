"""Profiles for the tests: one that says everything, open, whose owner agreed to everything."""

from annuaire.models import Profil
from hubpartenariat.comptes.consentements import Finalite, donner
from tests import fabriques

COMPLET = {
    "majeur": True,
    "pseudonyme": "Hirondelle",
    "appellation": "pair-aidante",
    "experience": "quelques",
    "formations": ["etp"],
    "association": "Les Tilleuls",
    "langues": ["Français", "Wolof"],
    "savoirs": "Vivre avec une greffe.",
    "themes": ["Insuffisance rénale", "Greffe"],
    "amenagements": "Une salle sans marche.",
    "domaines": ["parcours", "formation"],
    "missions": ["soutien"],
    "souhaits": "Intervenir auprès d’étudiants.",
    "reconnaissance": ["defraiement"],
    "territoires": ["75", "94"],
    "a_distance": True,
    "disponibilites": ["soiree"],
    "contraintes": "Pas le mardi.",
    "partage_courriel": True,
    "telephone": "06 12 34 56 78",
}


def profil(personne=None, *, etat="actif", finalites=tuple(Finalite), **champs) -> Profil:
    """A complete profile; ``finalites``: what its owner agrees to."""
    personne = personne or fabriques.personne(nom="Vrai Nom")
    for finalite in finalites:
        donner(personne, finalite)
    return Profil.objects.create(personne=personne, etat=etat, **(COMPLET | champs))
