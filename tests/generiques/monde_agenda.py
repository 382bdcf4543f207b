"""Events in the small world: one in each state, organised by « auteur », where « membre » comes."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from hubpartenariat.socle.televersements.accueil import Depot
from ressources.enums import EtatEvenement
from ressources.models import Evenement, Inscription

NOM = "agenda"


@dataclass
class Agenda:
    """``evenements``: by state."""

    evenements: dict[str, Evenement] = field(default_factory=dict)

    def etats_de(self, modele) -> dict:
        return self.evenements if modele is Evenement else {}


def construire(monde) -> Agenda:
    partie, debut = Agenda(), timezone.now() + timedelta(days=20)
    for etat in EtatEvenement.values:
        un = partie.evenements[etat] = Evenement.objects.create(
            genre="atelier",
            titre=f"Atelier {etat}",
            description=f"Travailler ensemble, {etat}.",
            debut=debut,
            fin=debut + timedelta(hours=2),
            lieu=f"Salle {etat}",
            lien=f"https://visio.exemple.fr/{etat}",
            places=12,
            organisateur=monde.personnes["auteur"],
            etat=etat,
            motif=f"Motif {etat}." if etat in ("refuse", "annule") else "",
        )
        if etat == EtatEvenement.PUBLIE:
            un.deposer(Depot("compte-rendu.txt", "text/plain", b"Ce que nous avons fait."))
            un.save()
        Inscription.objects.create(
            evenement=un, personne=monde.personnes["membre"], etat="inscrite"
        )
    return partie
