"""Index of socle's models: each lives in the file of its subject."""

from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.documents import DemandeDocument
from hubpartenariat.socle.formulaires import SaisieEnAttente
from hubpartenariat.socle.horaires import Execution
from hubpartenariat.socle.indexation import BitsFacette, EntreeIndex
from hubpartenariat.socle.journal import EntreeJournal
from hubpartenariat.socle.synonymes import GroupeDeSynonymes, Synonyme
from hubpartenariat.socle.territoire import Commune

__all__ = [
    "BitsFacette",
    "Commune",
    "Courriel",
    "DemandeDocument",
    "EntreeIndex",
    "EntreeJournal",
    "Execution",
    "GroupeDeSynonymes",
    "SaisieEnAttente",
    "Synonyme",
]
