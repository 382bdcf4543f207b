"""How long the directory keeps what is over."""

from datetime import timedelta

from annuaire import entretien
from annuaire.enums import EtatAppel, EtatOffre, EtatSignalement
from annuaire.liens import CONSERVATION as DES_LIENS
from annuaire.models import Appel, LienMagique, Offre, Signalement
from hubpartenariat.socle.conservation import regle, supprimer

DEUX_ANS = timedelta(days=2 * 365)
TROIS_ANS = timedelta(days=3 * 365)
FINIS = (EtatAppel.POURVU, EtatAppel.SANS_SUITE, EtatAppel.EXPIRE)


@regle("relations", "Les mises en relation terminées : sans nom ni texte après 2 ans")
def _relations(maintenant, executer):
    return entretien.anonymiser(maintenant, simuler=not executer)


@regle("propositions", "Les propositions envoyées : 2 ans")
def _propositions(maintenant, executer):
    return entretien.oublier_les_propositions(maintenant, simuler=not executer)


@regle("liens", "Les liens personnels morts")
def _liens(maintenant, executer):
    return supprimer(LienMagique.objects.filter(cree_le__lt=maintenant - DES_LIENS), executer)


@regle("appels", "Les appels terminés : sans équipe ni brouillon après 2 ans")
def _appels(maintenant, executer):
    finis = Appel.objects.filter(
        etat__in=FINIS, etat_depuis__lte=maintenant - DEUX_ANS, anonymise_le=None
    )
    if not executer:
        return finis.count()
    cles = list(finis.select_for_update(no_key=True).values_list("pk", flat=True))
    Appel.equipe.through.objects.filter(appel__in=cles).delete()
    return Appel.objects.filter(pk__in=cles).update(
        suivi={}, orientation={}, anonymise_le=maintenant
    )


@regle("offres", "Les offres terminées : 2 ans")
def _offres(maintenant, executer):
    finies = Offre.objects.filter(
        etat__in=[EtatOffre.POURVUE, EtatOffre.RETIREE, EtatOffre.EXPIREE],
        etat_depuis__lte=maintenant - DEUX_ANS,
    ).exclude(relations__anonymise_le=None, relations__isnull=False)
    return supprimer(finies, executer)


@regle("signalements", "Les signalements traités : 3 ans")
def _signalements(maintenant, executer):
    traites = Signalement.objects.filter(
        etat=EtatSignalement.CLOS, cree_le__lt=maintenant - TROIS_ANS
    )
    return supprimer(traites, executer)
