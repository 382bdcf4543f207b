"""Agenda: events are public, who registered is for that person and the organiser."""

from hubpartenariat.socle.registre import Cercle, Classe, Effacement, champs, declarer, internes
from ressources.models import Evenement, Inscription


def _organisateur(objet) -> set[int]:
    evenement = objet if isinstance(objet, Evenement) else objet.evenement
    return {evenement.organisateur_id} - {None}


def _si_publie(evenement, nom):
    return [Cercle.TOUS] if evenement.montre else [Cercle.MODERATION, Cercle.PROPRIETAIRE]


def _inscrits(evenement) -> set[int]:
    places = evenement.inscriptions.filter(etat="inscrite")
    return set(places.values_list("personne", flat=True)) | _organisateur(evenement)


declarer(
    Evenement,
    internes("id uuid genre debut fin departements places organisateur etat etat_depuis exemple"),
    internes("cree_le modifie_le"),
    champs("titre description lieu code_seance document", Classe.PUBLIQUE, _si_publie),
    champs("motif", Classe.PERSONNELLE, (Cercle.PROPRIETAIRE, Cercle.MODERATION)),
    champs("lien", Classe.PERSONNELLE, (Cercle.EQUIPE, Cercle.MODERATION)),
    finalite="Annoncer les rencontres et y réserver une place.",
    conservation="Tant que le hub existe : les comptes rendus restent utiles.",
    effacement=Effacement.GARDER,
    pourquoi="L’événement est à toutes les personnes qui y viennent ; votre nom n’y est plus.",
    a_moi=lambda p: Evenement.objects.filter(organisateur=p),
    effacer=lambda p: Evenement.objects.filter(organisateur=p).update(organisateur=None),
    cercles={Cercle.PROPRIETAIRE: _organisateur, Cercle.EQUIPE: _inscrits},
)


def _rendre_les_places(personne) -> None:
    """Each place goes to whoever waits for it."""
    from ressources import inscriptions

    for une in Inscription.objects.filter(personne=personne).select_related("evenement"):
        inscriptions.desinscrire(une.evenement, personne)


declarer(
    Inscription,
    internes("id evenement demandee_le"),
    champs("personne etat", Classe.PERSONNELLE, (Cercle.PROPRIETAIRE, Cercle.EQUIPE)),
    finalite="Réserver une place et prévenir la personne inscrite.",
    conservation="Celle de l’événement ; effacée avec le compte.",
    a_moi=lambda p: Inscription.objects.filter(personne=p),
    effacer=_rendre_les_places,
    cercles={Cercle.PROPRIETAIRE: lambda i: {i.personne_id}, Cercle.EQUIPE: _organisateur},
)
