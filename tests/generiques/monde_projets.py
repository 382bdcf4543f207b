"""Projects in the small world: one that two people share, one of somebody else."""

from dataclasses import dataclass, field

from ressources.enums import Voix
from ressources.models import Participation, Projet

NOM = "projets"


@dataclass
class Projets:
    """``projets``: by whose it is."""

    projets: dict[str, Projet] = field(default_factory=dict)

    def etats_de(self, modele) -> dict:
        return self.projets if modele is Projet else {}


def construire(monde) -> Projets:
    partie = Projets()
    for nom, gens in (("auteur", ("equipe", "auteur")), ("autre", ("autre",))):
        projet = Projet.objects.create(titre=f"Projet de {nom}", resume="Relire les livrets.")
        for rang, qui in enumerate(gens):
            Participation.objects.create(
                projet=projet,
                personne=monde.personnes[qui],
                nom=qui.capitalize(),
                voix=Voix.values[rang % 2],
            )
        partie.projets[nom] = projet
    return partie
