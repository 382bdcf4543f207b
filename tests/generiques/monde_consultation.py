"""The consultations in the small world: one in preparation, one open, one closed and published."""

from dataclasses import dataclass, field

from consultation import publication, saisie
from consultation.enums import EtatVerbatim
from consultation.models import Abonnement, Consultation, Remarque
from tests.consultation.outils import ouverte, preparee

NOM = "consultations"
PERSONNES = 14


@dataclass
class Consultations:
    """By state; ``secrets``: those of private links, by state."""

    consultations: dict[str, Consultation] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    @classmethod
    def construire(cls) -> "Consultations":
        monde = cls()
        monde.consultations = {
            "preparation": preparee("en-preparation"),
            "ouverte": ouverte("ouverte"),
            "close": ouverte("close"),
        }
        for etat in ("ouverte", "close"):
            consultation = monde.consultations[etat]
            for rang in range(PERSONNES):
                reponse, secret = saisie.commencer(consultation)
                _repondre(reponse, rang)
                monde.secrets[etat] = secret
            Abonnement.objects.create(consultation=consultation, courriel="auteur@exemple.fr")
        close = monde.consultations["close"]
        _publier_une_remarque(close)
        close.fermer()
        publication.publier(close, note="Une note de publication.")
        return monde

    def etats_de(self, modele) -> dict:
        return self.consultations if modele is Consultation else {}


def _repondre(reponse, rang: int) -> None:
    choix = {("A", "pertinence"): ("oui", "plutot", "non")[rang % 3], ("A", "impact"): "fort"}
    saisie.ecrire_avis(reponse, ["A"], choix, {"A": f"Une remarque de la personne {rang}."})
    saisie.ecrire_priorites(reponse, ["B"])
    saisie.ecrire_profil(reponse, {"profil": ("pp", "medecin")[rang % 2]})
    reponse.save()
    saisie.envoyer(reponse)


def _publier_une_remarque(consultation) -> None:
    une = Remarque.objects.filter(reponse__consultation=consultation).first()
    une.texte_publie, une.etat = "Des mots relus.", EtatVerbatim.PUBLIE
    une.save()


def construire(monde) -> Consultations:
    return Consultations.construire()
