"""Projects of two, and what each side sends."""

from ressources.deux_voix import transitions
from ressources.deux_voix.outils import BAROMETRE, CHECK_LIST
from ressources.models import Participation, Projet
from tests import fabriques

# Sans objet on one side (4), a gap of 4 (1), of 2 (2), of 1 (3), agreement elsewhere.
PROFESSIONNEL = ["4", "3", "2", "so", "3", "3", "2", "1", "0", "4", "3"]
PATIENT = ["0", "1", "3", "2", "3", "3", "2", "1", "0", "4", "3"]
OUI = ["oui"] * 10


def projet_a_deux(titre="Café des pairs", **champs):
    """(project, professional, patient)."""
    projet = Projet.objects.create(titre=titre, **champs)
    gens = []
    for voix, nom in (("professionnel", "Paul"), ("patient", "Inès")):
        qui = fabriques.personne()
        Participation.objects.create(projet=projet, personne=qui, nom=nom, voix=voix)
        gens.append(qui)
    return projet, *gens


def envoi(codes, **champs):
    return transitions.Envoi(list(codes), champs.pop("contredits", []), **champs)


def devoiler(projet, pro, patient, outil=BAROMETRE, un=PROFESSIONNEL, autre=PATIENT):
    """A passage that both have answered."""
    passage = transitions.ouvrir(projet, outil.code, pro)
    transitions.repondre(passage, pro, "professionnel", envoi(un))
    return transitions.repondre(passage, patient, "patient", envoi(autre))


def champs(codes) -> dict:
    """The blind form, filled."""
    return {f"critere-{rang}": code for rang, code in enumerate(codes, 1)}


def page_de(projet, outil=BAROMETRE) -> str:
    return f"/ressources/projets/{projet.uuid}/{outil.adresse}/"


__all__ = [
    "BAROMETRE",
    "CHECK_LIST",
    "OUI",
    "PATIENT",
    "PROFESSIONNEL",
    "champs",
    "devoiler",
    "envoi",
    "page_de",
    "projet_a_deux",
]
