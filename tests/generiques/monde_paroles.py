"""Stories in the small world: one in each state by « auteur », one of « membre »; a person quoted
in each, named or not."""

from dataclasses import dataclass, field

from django.utils import timezone

from ressources.enums import EtatParole
from ressources.models import Parole, PersonneCitee

NOM = "paroles"


@dataclass
class Paroles:
    """``paroles`` and ``citees`` by state; ``jetons`` of mailed links, by what they do."""

    paroles: dict[str, Parole] = field(default_factory=dict)
    citees: dict[str, PersonneCitee] = field(default_factory=dict)
    jetons: dict[str, str] = field(default_factory=dict)

    def etats_de(self, modele) -> dict:
        return self.paroles if modele is Parole else {}


def construire(monde) -> Paroles:
    partie = Paroles()
    for etat in EtatParole.values:
        une = partie.paroles[etat] = _parole(monde, etat)
        accord = "atteste" if etat == "publiee" else "demande"
        partie.citees[etat] = PersonneCitee.objects.create(
            parole=une,
            nom=f"Zénobie Citée {etat}",
            nommee_comme=f"Zénobie {etat}",
            accord=accord,
            courriel=f"zenobie-{etat}@exemple.fr",
        )
        if etat == "publiee":
            Parole.objects.filter(pk=une.pk).update(
                etat=etat, publie=une.copie(), publiee_le=timezone.now()
            )
            une.refresh_from_db()
    # A true link shows the story to whoever holds it: tests/ressources/test_paroles.py follows one.
    partie.jetons = {"forge": "n-importe-quoi"}
    return partie


def _parole(monde, etat: str) -> Parole:
    return Parole.objects.create(
        titre=f"Récit {etat}",
        quoi=f"Zénobie Citée {etat} a relu la lettre.",
        avec_qui=f"Une équipe, {etat}.",
        change=f"La lettre est plus courte, {etat}.",
        referions=f"Tout, {etat}.",
        signature=f"Signé {etat}",
        raconte="patient",
        domaines=["parcours"],
        departements=["75"],
        auteur=monde.personnes["auteur"],
        etat="brouillon" if etat == "publiee" else etat,
        motif=f"Motif {etat}." if etat in ("a_revoir", "refusee") else "",
        attestee_le=None if etat == "brouillon" else timezone.now(),
    )
