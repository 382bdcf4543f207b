"""Projects: what their participants, and nobody else, may read."""

from django.contrib.auth import get_user_model

from hubpartenariat.socle.registre import Cercle, Classe, Effacement, champs, declarer, internes
from ressources.models import Participation, Projet

EQUIPE = Cercle.EQUIPE


def _participants(objet) -> set[int]:
    projet = objet if isinstance(objet, Projet) else objet.projet
    presents = projet.participations.filter(partie_le=None)
    return {cle for cle in presents.values_list("personne", flat=True) if cle}


def _participants_et_invites(projet) -> set[int]:
    """Whoever was asked to join reads what they are asked to."""
    attendues = projet.invitations.filter(acceptee_le=None, annulee_le=None)
    adresses = list(attendues.values_list("courriel", flat=True))
    invites = get_user_model().objects.filter(email__in=adresses)
    return _participants(projet) | set(invites.values_list("pk", flat=True))


declarer(
    Projet,
    internes("id uuid fiche structure pas faits exemple cree_le modifie_le"),
    champs("titre resume", Classe.PERSONNELLE, (EQUIPE,)),
    finalite="Travailler à plusieurs sur les mêmes documents.",
    conservation="Tant qu’une personne y participe, ou qu’une attestation le nomme.",
    effacement=Effacement.GARDER,
    pourquoi="Le projet est à toutes les personnes qui y participent.",
    a_moi=lambda p: Projet.objects.de(p),
    effacer=lambda p: None,  # without its last participant it is purged: conservation.py
    cercles={EQUIPE: _participants_et_invites},
)

declarer(
    Participation,
    internes("id projet personne voix arrivee_le partie_le"),
    champs("nom", Classe.PERSONNELLE, (EQUIPE,)),
    finalite="Savoir qui est dans le projet, et pour qui chacun parle.",
    conservation="Celle du projet.",
    a_moi=lambda p: Participation.objects.filter(personne=p),
    cercles={EQUIPE: _participants, Cercle.PROPRIETAIRE: lambda q: {q.personne_id}},
)
