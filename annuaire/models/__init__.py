"""Index of the directory's models: each lives in the file of its subject."""

from annuaire.models.appels import Appel, Offre
from annuaire.models.attestations import Attestation, CodeDAttestation
from annuaire.models.missions import LigneDeCarnet, MissionSuivie, Rencontre, Retour
from annuaire.models.profils import Profil
from annuaire.models.referents import Perimetre
from annuaire.models.relations import LienMagique, Message, MiseEnRelation, Sollicitation
from annuaire.models.signalements import Signalement
from annuaire.models.structures import Rattachement, Structure

__all__ = [
    "Appel",
    "Attestation",
    "CodeDAttestation",
    "LienMagique",
    "LigneDeCarnet",
    "Message",
    "MiseEnRelation",
    "MissionSuivie",
    "Offre",
    "Perimetre",
    "Profil",
    "Rattachement",
    "Rencontre",
    "Retour",
    "Signalement",
    "Sollicitation",
    "Structure",
]
