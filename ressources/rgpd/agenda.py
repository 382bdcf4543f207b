"""Agenda: events are public, who registered is for that person and the organiser."""

from hubpartenariat.socle.registre import (
    Cercle,
    Classe,
    Effacement,
    champs,
    declarer,
    elargir,
    internes,
)
from ressources.models import Evenement, Inscription

A_TOUS = "L’événement est à toutes les personnes qui y viennent ; votre nom n’y est plus."


def _organisateur(objet) -> set[int]:
    evenement = objet if isinstance(objet, Evenement) else objet.evenement
    return {evenement.organisateur_id} - {None}


def _si_publie(evenement, nom):
    return [Cercle.TOUS] if evenement.montre else [Cercle.MODERATION, Cercle.PROPRIETAIRE]


def _inscrits(evenement) -> set[int]:
    places = evenement.inscriptions.filter(etat="inscrite")
    return set(places.values_list("personne", flat=True)) | _organisateur(evenement)


def _partir(personne) -> None:
    """What was announced stays, without a name; what was being written goes."""
    siens = Evenement.objects.filter(organisateur=personne)
    siens.exclude(pk__in=siens.montres()).delete()
    siens.update(organisateur=None)


declarer(
    Evenement,
    internes("id uuid genre debut fin departements places organisateur etat etat_depuis exemple"),
    internes("cree_le modifie_le fichier_mime fichier_taille fichier_empreinte fichier_chemin"),
    champs(
        "titre description lieu code_seance document fichier_nom",
        Classe.PUBLIQUE,
        _si_publie,
        garde=A_TOUS,
    ),
    champs("motif", Classe.PERSONNELLE, (Cercle.PROPRIETAIRE, Cercle.MODERATION), garde=A_TOUS),
    champs("lien", Classe.PERSONNELLE, (Cercle.EQUIPE, Cercle.MODERATION), garde=A_TOUS),
    finalite="Annoncer les rencontres et y réserver une place.",
    conservation="Tant que le hub existe : les comptes rendus restent utiles.",
    effacement=Effacement.GARDER,
    pourquoi=A_TOUS,
    a_moi=lambda p: Evenement.objects.filter(organisateur=p),
    fichiers=lambda p: [
        (un.fichier_nom, un.chemin_du_fichier)
        for un in Evenement.objects.filter(organisateur=p).exclude(fichier_chemin="")
    ],
    effacer=_partir,
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


@elargir("comptes.Utilisateur", "nom")
def _noms_des_inscrits(compte):
    """Whoever organises reads who comes."""
    ou = Evenement.objects.filter(inscriptions__personne=compte)
    yield from ou.exclude(organisateur=None).values_list("organisateur", flat=True)
