"""Twenty at once, on PostgreSQL: a seat is given once, a ceiling holds, nobody waits for ever."""

import random

import pytest

from annuaire.enums import Canal, EtatAppel, EtatRelation
from annuaire.models import Appel, MiseEnRelation, Sollicitation
from annuaire.sollicitations import Demande, solliciter, solliciter_plusieurs
from annuaire.tirage import tirer_au_sort
from annuaire.transitions.reponses import se_dire_interesse
from hubpartenariat.comptes.roles import charger_roles
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.annuaire.gens import LIGNES, appel, candidat, membre
from tests.outils.simultanes import ensemble

pytestmark = pytest.mark.django_db(transaction=True)
VINGT = 20


@pytest.fixture(autouse=True)
def _roles(transactional_db):
    charger_roles()


def refus(resultats) -> list:
    """Those told no; anything else that failed is a fault of ours."""
    erreurs = [un for un in resultats if isinstance(un, Exception)]
    assert [e for e in erreurs if not isinstance(e, TransitionRefusee)] == []
    return erreurs


@pytest.mark.parametrize("places", [2, 3, 7])
def test_twenty_acceptances_give_exactly_the_seats(places):
    equipe = membre()
    un_appel = appel(equipe, places=places)
    relations = [se_dire_interesse(candidat(), un_appel, LIGNES) for _ in range(VINGT)]
    for relation in relations:
        relation.accepter(equipe)
    resultats = ensemble(VINGT, lambda n: relations[n].accepter(relations[n].profil.personne))
    assert len(refus(resultats)) == VINGT - places
    accordees = MiseEnRelation.objects.filter(etat=EtatRelation.ACCORDEE)
    assert sorted(accordees.values_list("siege", flat=True)) == list(range(1, places + 1))
    assert Appel.objects.get().etat == EtatAppel.POURVU
    for relation in MiseEnRelation.objects.en_cours().select_related("profil__personne"):
        lettres = Courriel.objects.filter(destinataire=relation.profil.personne.email)
        assert "Les places sont prises" in " ".join(lettres.values_list("sujet", flat=True))


def test_both_yes_at_the_same_moment_make_one_agreement():
    equipe = membre()
    for _ in range(5):
        relation = se_dire_interesse(candidat(), appel(equipe), LIGNES)
        patient = relation.profil.personne
        ensemble(
            8,
            lambda n, r=relation, p=patient: MiseEnRelation.objects.get(pk=r.pk).accepter(
                equipe if n % 2 else p
            ),
        )
        relation.refresh_from_db()
        assert (relation.etat, relation.siege) == (EtatRelation.ACCORDEE, 1)
        assert relation.mission


def test_one_person_chosen_by_ten_teams_takes_what_they_said():
    un = candidat(missions_actives_max=2)
    equipes = [membre() for _ in range(10)]
    relations = [se_dire_interesse(un, appel(equipe), LIGNES) for equipe in equipes]
    for relation in relations:
        relation.accepter(un.personne)
    resultats = ensemble(10, lambda n: relations[n].accepter(equipes[n]))
    assert len(refus(resultats)) == 8
    assert MiseEnRelation.objects.filter(etat=EtatRelation.ACCORDEE).count() == 2


def test_yes_and_leaving_crossed_never_give_a_seat_twice():
    """Agreements, withdrawals and answers on two appels and shared people, in every order."""
    equipe = membre()
    deux = [appel(equipe, places=2) for _ in range(2)]
    gens = [candidat(missions_actives_max=2) for _ in range(8)]
    relations = [se_dire_interesse(un, a, LIGNES) for un in gens for a in deux]
    for relation in relations[::2]:
        relation.accepter(equipe)

    def agir(rang):
        hasard = random.Random(rang)
        for _ in range(6):
            relation = MiseEnRelation.objects.get(pk=hasard.choice(relations).pk)
            qui = hasard.choice([equipe, relation.profil.personne])
            acte = hasard.choice(["accepter", "accepter", "accepter", "se_retirer"])
            try:
                getattr(relation, acte)(qui)
            except TransitionRefusee:
                continue

    assert [r for r in ensemble(8, agir) if r is not None] == []
    for un_appel in deux:
        sieges = list(un_appel.relations.assises().values_list("siege", flat=True))
        assert len(sieges) == len(set(sieges)) <= 2
        un_appel.refresh_from_db()
        assert (un_appel.etat == EtatAppel.POURVU) == (len(sieges) == 2)


@pytest.mark.parametrize("plafond", [1, 3])
def test_twenty_solicitations_at_once_stay_under_the_ceiling(plafond):
    un = candidat(sollicitations_par_mois=plafond)
    appels = [appel() for _ in range(VINGT)]

    def demander(rang):
        if rang % 2:
            return solliciter(un, appels[rang], Canal.INVITATION)
        return solliciter_plusieurs([Demande(un.pk, appels[rang], [])], Canal.HEBDOMADAIRE)

    refus(ensemble(VINGT, demander))
    assert Sollicitation.objects.count() == plafond
    lettres = Courriel.objects.filter(destinataire=un.personne.email)
    assert lettres.count() <= plafond


def test_the_round_and_the_choices_do_not_block_each_other():
    """The round locks people then writes rows of appels; an agreement locks the appel first."""
    equipe = membre()
    un_appel, autre = appel(equipe, places=10), appel(equipe)
    gens = [candidat(sollicitations_par_mois=8) for _ in range(10)]
    relations = [se_dire_interesse(un, un_appel, LIGNES) for un in gens]
    for relation in relations:
        relation.accepter(equipe)
    demandes = [Demande(un.pk, autre, []) for un in gens]

    def agir(rang):
        if rang == 0:
            return solliciter_plusieurs(demandes, Canal.HEBDOMADAIRE)
        return relations[rang - 1].accepter(relations[rang - 1].profil.personne)

    refus(ensemble(11, agir))
    assert un_appel.relations.assises().count() == 10


def test_ten_draws_at_once_draw_once():
    equipe = membre()
    un_appel = appel(equipe, places=2, mode="tirage")
    relations = [se_dire_interesse(candidat(), un_appel, LIGNES) for _ in range(9)]
    refus(ensemble(10, lambda n: tirer_au_sort(un_appel, equipe)))
    tires = un_appel.relations.filter(accord_equipe_le__isnull=False)
    assert tires.count() == 2
    assert len(relations) == 9
