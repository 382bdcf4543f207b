"""What live sessions hold: words tied to nobody, and a digest per browser until the end."""

from consultation.enums import EtatContribution
from consultation.models import Contribution, Participant, QuestionDeSeance, Seance, Soutien
from hubpartenariat.socle.registre import Cercle, Classe, champs, declarer, internes

ANONYME = "Tant que la séance est publiée. Rien ne dit qui a parlé."


def _montree(contribution, nom):
    """What the facilitator let the room read; the staff reads everything."""
    publique = contribution.etat == EtatContribution.MONTREE
    return [Cercle.TOUS if publique else Cercle.MODERATION]


declarer(
    Seance,
    internes("id etat etat_depuis code date consultation animee_par exemple"),
    champs("titre", Classe.PUBLIQUE, (Cercle.TOUS,)),
    finalite="Réfléchir ensemble dans une même salle.",
    conservation="Tant que la consultation est publiée.",
)
declarer(
    QuestionDeSeance,
    internes("id seance ordre genre etat etat_depuis proposition mots_caches"),
    champs("intitule choix", Classe.PUBLIQUE, (Cercle.TOUS,)),
    finalite="Réfléchir ensemble dans une même salle.",
    conservation="Tant que la consultation est publiée.",
)
declarer(
    Participant,
    internes("id seance empreinte"),
    finalite="Compter chaque personne une fois.",
    conservation="Effacé à la clôture de la séance.",
)
declarer(
    Contribution,
    internes("id question participant etat source"),
    champs("texte", Classe.PERSONNELLE, _montree),
    finalite="Entendre ce que la salle en dit.",
    conservation=ANONYME,
    cercles={Cercle.PROPRIETAIRE: lambda contribution: set()},
)
declarer(
    Soutien,
    internes("id contribution participant"),
    finalite="Savoir quelles idées sont partagées.",
    conservation=ANONYME,
)
