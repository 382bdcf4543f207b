"""The reports in the small world: an edition in each state, a remark, a reading."""

from dataclasses import dataclass, field

from django.utils import timezone

from hubpartenariat.socle.horaires import Execution
from hubpartenariat.socle.rapports import Portee, assembler, rapports
from hubpartenariat.socle.rapports.registre import REGION
from hubpartenariat.syntheses.models import Annotation, Edition, Lecture


@dataclass
class Syntheses:
    """What the addresses of the reports are filled with, by state."""

    editions: dict = field(default_factory=dict)
    annotations: dict = field(default_factory=dict)

    @classmethod
    def construire(cls, gens: dict) -> "Syntheses":
        monde, jour = cls(), timezone.localdate()
        donnees = assembler(rapports()["cartographie"], Portee(REGION, jour))
        numero = 0
        for nom, etat, champs in (
            ("ouverte", "publiee", {"ouverte": True}),
            ("publiee", "publiee", {}),
            ("retiree", "retiree", {"motif": "Un nombre était faux."}),
            ("retiree_aussi", "retiree", {"motif": "Une erreur de territoire."}),
            ("brouillon", "brouillon", {}),
            ("demandee", "brouillon", {"territoire": "75", "demandee_par": gens["relecteur"]}),
        ):
            if etat != "brouillon":
                numero += 1
                champs |= {"numero": numero, "publiee_le": timezone.now()}
            champs = {"territoire": REGION} | champs
            monde.editions[nom] = Edition.objects.create(
                rapport="cartographie",
                etat=etat,
                arretee_au=jour,
                annee=jour.year,
                donnees=donnees,
                **champs,
            )
        for qui in ("relecteur", "moderateur"):
            monde.annotations[qui] = Annotation.objects.create(
                edition=monde.editions["publiee"], auteur=gens[qui], texte=f"Remarque de {qui}."
            )
        Lecture.objects.create(edition=monde.editions["publiee"], personne=gens["relecteur"])
        Execution.objects.create(horaire="purger", reussie=True, finie_le=timezone.now())
        return monde
