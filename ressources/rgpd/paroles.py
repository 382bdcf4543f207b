"""Stories: their words are their author's; everybody reads a copy, with the names agreed."""

from hubpartenariat.socle.registre import Cercle, Classe, champs, declarer, internes
from ressources.enums import EtatParole
from ressources.models import Parole, PersonneCitee

AUTEUR, MODERATION = Cercle.PROPRIETAIRE, Cercle.MODERATION


def _si_envoyee(objet, nom):
    """A draft that was never sent is its author's alone."""
    parole = objet if isinstance(objet, Parole) else objet.parole
    return [AUTEUR] if parole.attestee_le is None else [AUTEUR, MODERATION]


def _si_publiee(parole, nom):
    return [Cercle.TOUS] if parole.etat == EtatParole.PUBLIEE else [AUTEUR, MODERATION]


def _auteur(objet) -> set[int]:
    return {(objet if isinstance(objet, Parole) else objet.parole).auteur_id}


declarer(
    Parole,
    internes("id uuid etat etat_depuis auteur raconte domaines departements fiche ressource"),
    internes("publiee_le attestee_le version exemple creee_le modifiee_le"),
    champs("titre quoi avec_qui change referions signature", Classe.PERSONNELLE, _si_envoyee),
    champs("motif", Classe.PERSONNELLE, _si_envoyee),
    champs("publie", Classe.PUBLIQUE, _si_publiee),
    finalite="Faire connaître des expériences de partenariat, racontées par qui les a vécues.",
    conservation="Tant que vous la laissez ; effacée avec votre compte.",
    a_moi=lambda p: Parole.objects.de(p),
    cercles={AUTEUR: _auteur},
)
declarer(
    PersonneCitee,
    internes("id uuid parole accord empreinte repondu_le"),
    champs("nom nommee_comme", Classe.PERSONNELLE, _si_envoyee),
    champs("courriel", Classe.PERSONNELLE, _si_envoyee),
    finalite="Ne nommer une personne que comme elle l’accepte, et le lui demander.",
    conservation="Celle du récit ; effacée avec lui.",
    a_moi=lambda p: PersonneCitee.objects.filter(parole__auteur=p),
    cercles={AUTEUR: _auteur},
)
