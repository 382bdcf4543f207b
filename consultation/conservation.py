"""How long the consultations keep what serves no more."""

from datetime import timedelta

from consultation.enums import EtatConsultation, EtatReponse, EtatSeance
from consultation.models import Abonnement, Participant, Reponse
from hubpartenariat.socle.conservation import regle, supprimer

BROUILLONS = timedelta(days=90)
ABONNEMENTS = timedelta(days=2 * 365)


@regle("reponses_commencees", "Les réponses jamais envoyées : 90 jours après la clôture")
def _reponses(maintenant, executer):
    """Those that a rule fixed beforehand counts are kept with the others."""
    anciennes = Reponse.objects.filter(
        etat=EtatReponse.BROUILLON,
        consultation__etat=EtatConsultation.CLOSE,
        consultation__ferme_le__lt=maintenant - BROUILLONS,
    ).exclude(consultation__regles__contains={"brouillons": True})
    return supprimer(anciennes, executer)


@regle("abonnements", "Les adresses de celles et ceux qui suivent : 2 ans après la clôture")
def _abonnements(maintenant, executer):
    anciens = Abonnement.objects.filter(
        consultation__etat=EtatConsultation.CLOSE,
        consultation__ferme_le__lt=maintenant - ABONNEMENTS,
    )
    return supprimer(anciens, executer)


@regle("participants", "Ce qui relie une séance à un téléphone : effacé à la clôture")
def _participants(maintenant, executer):
    """Closing deletes them; an answer that was being written at that instant may leave one."""
    return supprimer(Participant.objects.filter(seance__etat=EtatSeance.CLOSE), executer)
