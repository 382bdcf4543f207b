"""Index of the library's models: each lives in the file of its subject."""

from ressources.models.accompagnement import Accompagnement, Bilan, Rencontre
from ressources.models.agenda import Evenement, Inscription
from ressources.models.attestations import AttestationDeProjet
from ressources.models.bibliotheque import AncienneVersion, Ressource, Selection, Signet, Usage
from ressources.models.deux_voix import Conclusion, Passage, ReponseDeVoix
from ressources.models.ecrits import Ecrit, Signature, Version
from ressources.models.fiche_projet import FicheProjet, MembreDuPilotage, Releve, Validation
from ressources.models.glossaire import Terme
from ressources.models.paroles import Parole, PersonneCitee
from ressources.models.projets import InvitationAuProjet, Participation, Projet

__all__ = [
    "AncienneVersion",
    "Accompagnement",
    "AttestationDeProjet",
    "Bilan",
    "Conclusion",
    "Ecrit",
    "Evenement",
    "FicheProjet",
    "Inscription",
    "InvitationAuProjet",
    "MembreDuPilotage",
    "Parole",
    "Participation",
    "Passage",
    "PersonneCitee",
    "Projet",
    "Releve",
    "Rencontre",
    "ReponseDeVoix",
    "Ressource",
    "Selection",
    "Signature",
    "Signet",
    "Terme",
    "Usage",
    "Validation",
    "Version",
]
