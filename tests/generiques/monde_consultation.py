"""The consultations in the small world: one in preparation, one open, one closed and published."""

from dataclasses import dataclass, field

from consultation import lecture_transversale, publication, saisie, suites
from consultation.enums import EtatVerbatim
from consultation.models import Abonnement, Consultation, Phrase, Remarque, Suite
from tests.consultation.outils import ouverte, preparee

NOM = "consultations"
PERSONNES = 14


@dataclass
class Consultations:
    """By state; ``secrets``: those of private links, by state."""

    consultations: dict[str, Consultation] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    suites: dict[str, Suite] = field(default_factory=dict)

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
        monde.suites = _donner_des_suites(close)
        return monde

    def etats_de(self, modele) -> dict:
        return {Consultation: self.consultations, Suite: self.suites}.get(modele, {})


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


def _donner_des_suites(consultation) -> dict[str, Suite]:
    """A sentence that is shown, a follow-up published, another not yet."""
    phrase = Phrase.objects.create(
        consultation=consultation, texte="{repondants} personnes ont répondu."
    )
    lecture_transversale.relire(phrase, None)
    Phrase.objects.create(consultation=consultation, texte="Pas encore relue.")
    a, b, _ = consultation.propositions.order_by("code")
    commun = {"decidee_par": "Le comité d’essai", "decidee_le": "2026-10-01"}
    publiee = Suite.objects.create(
        proposition=a,
        decision="ajustee",
        titre_ajuste="Proposition A, mieux dite",
        motif="Les mots n’étaient pas clairs.",
        **commun,
    )
    publiee.actions.create(titre="Écrire un guide", etat="en_cours", avancement=40)
    suites.publier([publiee])
    brouillon = Suite.objects.create(
        proposition=b,
        decision="differee",
        titre_ajuste="Proposition B, plus tard",
        motif="Il manque un budget.",
        **commun,
    )
    brouillon.actions.create(titre="Demander un budget")
    return {"publiee": publiee, "brouillon": brouillon}


def construire(monde) -> Consultations:
    return Consultations.construire()
