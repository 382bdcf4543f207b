"""Taking a person out of the directory: their side goes, what belongs to others stays."""

from annuaire.enums import EtatAppel, EtatRelation
from annuaire.models import Appel, LigneDeCarnet, MiseEnRelation, Structure
from hubpartenariat.socle.effacement import taire


def effacer_les_structures(personne) -> None:
    Structure.objects.filter(proposee_par=personne).update(proposee_par=None)
    LigneDeCarnet.objects.filter(cosignee_par=personne).update(cosignee_par=None)


def effacer_les_appels(personne) -> None:
    """Leave the teams; an appel that nobody holds any more is erased, or closed once published."""
    for appel in Appel.objects.filter(equipe=personne):
        appel.equipe.remove(personne)
        if appel.equipe.exists():
            continue
        if appel.publie_le is None:
            appel.delete()
        elif appel.etat in EtatAppel.vivants():
            appel.passer(
                EtatAppel.vivants(),
                EtatAppel.SANS_SUITE,
                par=None,
                action="depart_de_l_equipe",
                motif="L’équipe a quitté le hub.",
            )


def effacer_les_relations(personne) -> None:
    """As patient partenaire: everything goes, the seats are offered again. As team: their words."""
    du_patient = MiseEnRelation.objects.filter(profil__personne=personne)
    appels = set(
        du_patient.filter(etat=EtatRelation.ACCORDEE, appel__etat=EtatAppel.POURVU).values_list(
            "appel", flat=True
        )
    )
    profil = getattr(personne, "profil", None)
    if profil:
        taire([profil.pseudonyme])
    du_patient.delete()
    for appel in Appel.objects.filter(pk__in=appels):
        appel.passer([EtatAppel.POURVU], EtatAppel.EN_CHOIX, par=None, action="place_rendue")
    MiseEnRelation.objects.filter(tiers=personne).update(tiers=None)
    reponses = MiseEnRelation.objects.filter(repondant=personne)
    reponses.exclude(etat__in=[EtatRelation.ACCORDEE, EtatRelation.CLOSE]).delete()
    reponses.update(motivation="", raison="")
