"""What follows a mise en relation, for the tests: an agreement, its mission, its people."""

from datetime import date
from types import SimpleNamespace

from annuaire.models import LigneDeCarnet
from annuaire.transitions.reponses import repondre_a_l_offre, se_dire_interesse
from hubpartenariat.socle.courriel import Courriel
from tests import fabriques
from tests.annuaire.gens import LIGNES, appel, candidat, membre, offre, structure

JOUR = date(2026, 3, 12)


def relation(**champs):
    """One appel, its team of two, a candidate, another one, somebody who left the team."""
    centre = structure(nom="Centre des Tilleuls")
    equipe = membre(centre, nom="Anne Martin")
    collegue = membre(centre, nom="Paul Collègue")
    partie = membre(centre, nom="Odile Partie")
    un_appel = appel(equipe, collegue, partie, structure=centre, titre="Appel sur la dialyse")
    faite = se_dire_interesse(candidat(**champs), un_appel, LIGNES)
    un_appel.equipe.remove(partie)
    autre = se_dire_interesse(candidat(), un_appel, LIGNES)
    return SimpleNamespace(
        relation=faite,
        appel=un_appel,
        patient=faite.profil.personne,
        profil=faite.profil,
        equipe=equipe,
        collegue=collegue,
        etrangers={
            "autre candidat": autre.profil.personne,
            "ancienne équipière": partie,
            "inconnu": fabriques.personne(),
        },
    )


def mission(*, commencee=True, **champs):
    """The same after the double agreement, with the mission, under way unless told otherwise."""
    monde = relation(**champs)
    monde.relation.accepter(monde.equipe)
    monde.relation.accepter(monde.patient)
    monde.mission = monde.relation.mission
    if commencee:
        monde.mission.demarrer(monde.equipe, JOUR)
    return monde


def reponse_a_une_offre():
    """An offre answered by somebody of a team: (relation, patient, who answers)."""
    centre = structure()
    equipe = membre(centre)
    un_profil = candidat()
    faite = repondre_a_l_offre(offre(un_profil), centre, "Votre offre nous intéresse.", par=equipe)
    return faite, un_profil.personne, equipe


def ligne(monde, *, etat="libre", **champs) -> LigneDeCarnet:
    """A line of the patient's carnet, in this state."""
    faite = monde.profil.carnet.create(
        **{"quand": JOUR, "heures": 2, "role": "Co-animation", "mission": monde.mission} | champs
    )
    if etat != "libre":
        faite.demander()
    if etat == "cosignee":
        faite.cosigner(monde.equipe, faite.demandee_le.isoformat())
    if etat == "declinee":
        faite.decliner(monde.equipe, faite.demandee_le.isoformat())
    return faite


def lettres(personne, depuis=0) -> str:
    """Everything mailed to this person after the first ``depuis`` mails."""
    return "\n".join(
        f"{une.sujet}\n{une.texte}\n{une.html}"
        for une in Courriel.objects.filter(destinataire=personne.email).order_by("pk")[depuis:]
    )
