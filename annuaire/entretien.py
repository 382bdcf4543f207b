"""What time does to relations: a reminder, an end, oblivion. Each may run twice without harm."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from annuaire import avis_relations, liens
from annuaire.enums import Cote, EtatAppel, EtatOffre, EtatRelation, ModeDeChoix
from annuaire.models import MiseEnRelation, Sollicitation
from hubpartenariat.socle.moderation import TransitionRefusee

RELANCE = timedelta(days=10)
EXPIRATION = timedelta(days=30)
CONSERVATION = timedelta(days=730)


def _attendues():
    """Relations that somebody may still answer: their appel has seats, their offre is open."""
    return MiseEnRelation.objects.en_cours().filter(
        Q(appel__etat__in=EtatAppel.vivants()) | Q(offre__etat=EtatOffre.OUVERTE)
    )


def relancer(maintenant=None) -> int:
    """Remind, once, whoever has not answered for ten days. Returns how many relations."""
    maintenant = maintenant or timezone.now()
    relations = _attendues().filter(etat_depuis__lte=maintenant - RELANCE, relance_le=None)
    faites = 0
    for relation in relations.select_related("profil__personne", "appel", "offre", "repondant"):
        with transaction.atomic():
            a_moi = MiseEnRelation.objects.filter(
                pk=relation.pk, relance_le=None, etat=EtatRelation.EN_COURS
            )
            if not a_moi.update(relance_le=maintenant):
                continue
            relation.relance_le = maintenant
            for cote in attendus(relation):
                avertir = avis_relations.a_l_equipe
                if cote == Cote.PATIENT:
                    avertir = avis_relations.au_patient
                avertir(relation, "relance")
            faites += 1
    return faites


def attendus(relation) -> list[Cote]:
    """Who has something to answer: the one who was asked, then the one whose yes is missing."""
    equipe, patient = relation.a_accepte(Cote.EQUIPE), relation.a_accepte(Cote.PATIENT)
    if equipe or patient:
        return [cote for cote in Cote if not relation.a_accepte(cote)]
    if relation.offre_id:
        return [Cote.PATIENT]
    # Where the lot decides, the team has nothing to answer to one person.
    return [] if relation.appel.mode == ModeDeChoix.TIRAGE else [Cote.EQUIPE]


def expirer(maintenant=None) -> int:
    """End, neutrally, what nobody answered for thirty days, or whose appel is no more."""
    maintenant = maintenant or timezone.now()
    finies = Q(etat_depuis__lte=maintenant - EXPIRATION) | (
        ~Q(appel=None) & ~Q(appel__etat__in=EtatAppel.vivants() | {EtatAppel.POURVU})
    )
    finies |= ~Q(offre=None) & Q(offre__etat__in=[EtatOffre.RETIREE, EtatOffre.EXPIREE])
    return _expirer(MiseEnRelation.objects.en_cours().filter(finies))


def clore_les_relations(objet) -> int:
    """End, neutrally, what still waits on an appel or an offre that goes no further."""
    return _expirer(objet.relations.en_cours())


def _expirer(relations) -> int:
    faites = 0
    for relation in relations:
        try:
            relation.expirer()
        except TransitionRefusee:
            continue
        faites += 1
    return faites


def anonymiser(maintenant=None, *, simuler=False) -> int:
    """Two years after its end, a relation keeps its dates and nobody. Returns how many."""
    maintenant = maintenant or timezone.now()
    finies = MiseEnRelation.objects.filter(
        etat__in=[EtatRelation.SANS_SUITE, EtatRelation.CLOSE],
        etat_depuis__lte=maintenant - CONSERVATION,
        anonymise_le=None,
    )
    if simuler:
        return finies.count()
    with transaction.atomic():
        cles = list(finies.select_for_update(no_key=True).values_list("pk", flat=True))
        faites = MiseEnRelation.objects.filter(pk__in=cles)
        for relation in faites:
            relation.messages.all().delete()
        return faites.update(
            profil=None,
            repondant=None,
            tiers=None,
            motivation="",
            raison="",
            close_par="",
            anonymise_le=maintenant,
        )


def oublier_les_propositions(maintenant=None, *, simuler=False) -> int:
    """Propositions are forgotten after two years too. Returns how many."""
    avant = (maintenant or timezone.now()) - CONSERVATION
    anciennes = Sollicitation.objects.filter(creee_le__lte=avant)
    return anciennes.count() if simuler else anciennes.delete()[0]


def entretenir() -> dict[str, int]:
    """Everything, once a day."""
    return {
        "expirees": expirer(),
        "relancees": relancer(),
        "anonymisees": anonymiser(),
        "propositions": oublier_les_propositions(),
        "liens": liens.purger(),
    }
