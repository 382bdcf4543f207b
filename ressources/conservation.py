"""How long projects keep what nobody can open any more."""

from datetime import timedelta

from hubpartenariat.socle.conservation import regle, supprimer
from ressources.models import AttestationDeProjet, InvitationAuProjet, Participation, Projet
from ressources.projets.equipe import DUREE

TRENTE_JOURS = timedelta(days=30)


@regle("projets", "Les projets que tout le monde a quittés sont effacés, sauf s’ils attestent")
def _projets(maintenant, executer):
    """Those without anybody, that nobody may still join and that no attestation names."""
    invites = InvitationAuProjet.objects.filter(
        acceptee_le=None, annulee_le=None, creee_le__gt=maintenant - DUREE
    ).values("projet")
    presents = Participation.objects.filter(partie_le=None).values("projet")
    attestes = AttestationDeProjet.objects.exclude(cosignee_le=None).values("participation__projet")
    seuls = Projet.objects.exclude(pk__in=presents).exclude(pk__in=invites)
    return supprimer(seuls.exclude(pk__in=attestes), executer)


@regle("invitations_aux_projets", "Les invitations dans un projet : 30 jours")
def _invitations(maintenant, executer):
    anciennes = InvitationAuProjet.objects.filter(creee_le__lt=maintenant - TRENTE_JOURS)
    return supprimer(anciennes, executer)
