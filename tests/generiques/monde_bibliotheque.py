"""The library in the small world: an entry in each state, proposed by « auteur », some with a file;
what « membre » keeps and shares."""

from dataclasses import dataclass, field

from django.utils import timezone

from hubpartenariat.socle.televersements.accueil import Depot
from ressources.enums import EtatRessource
from ressources.models import AncienneVersion, Ressource, Selection, Signet

NOM = "bibliotheque"
LISIBLES = {EtatRessource.PUBLIEE, EtatRessource.ARCHIVEE}


@dataclass
class Bibliotheque:
    """``entrees`` and what they said before by state; ``selections`` by whose they are."""

    entrees: dict[str, Ressource] = field(default_factory=dict)
    anciennes: dict[str, AncienneVersion] = field(default_factory=dict)
    selections: dict[str, Selection] = field(default_factory=dict)

    def etats_de(self, modele) -> dict:
        return self.entrees if modele is Ressource else {}


def construire(monde) -> Bibliotheque:
    partie, maintenant = Bibliotheque(), timezone.now()
    for etat in EtatRessource.values:
        lisible = etat in LISIBLES
        une = Ressource(
            titre=f"Guide {etat}",
            type_ressource="guide",
            en_bref=f"Ce guide aide une équipe. Il est {etat}.",
            description=f"Ce que dit le guide {etat}.",
            corps=f"Le texte du guide {etat}.",
            lien=f"https://guide.exemple.fr/{etat}",
            source=f"Association du guide {etat}",
            licence=f"Licence {etat}",
            version=f"Numéro {etat}",
            besoins=["cadre"],
            pas=["formaliser"],
            proposee_par=monde.personnes["auteur"],
            etat=etat,
            motif=f"Motif {etat}." if etat in ("refusee", "archivee") else "",
            slug=f"guide-{etat}" if lisible else None,
            publiee_le=maintenant if lisible else None,
            relue_le=maintenant.date() if lisible else None,
        )
        une.deposer(Depot(f"guide-{etat}.txt", "text/plain; charset=utf-8", b"Un guide."))
        une.save()
        partie.entrees[etat] = une
        avant = AncienneVersion(
            ressource=une,
            version=f"Ancien numéro {etat}",
            description=f"Ce que disait le guide {etat}.",
            corps=f"L’ancien texte du guide {etat}.",
            lien=f"https://guide.exemple.fr/ancien/{etat}",
        )
        avant.deposer(Depot(f"ancien-{etat}.txt", "text/plain; charset=utf-8", b"Un vieux guide."))
        avant.save()
        partie.anciennes[etat] = avant
    publiee, membre = partie.entrees["publiee"], monde.personnes["membre"]
    Signet.objects.create(personne=membre, ressource=publiee)
    selection = partie.selections["membre"] = Selection.objects.create(
        titre="Pour commencer", mot="Lisez d’abord celle-ci.", auteur=membre
    )
    selection.ressources.add(publiee)
    return partie
