"""A mission: both sides see the same page, nobody else does; what is private stays so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annuaire.enums import EtatAppel, EtatMission, EtatRelation
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.annuaire import suites
from tests.fabriques import client_de

pytestmark = pytest.mark.django_db


def page(qui, mission, suite="") -> str:
    reponse = client_de(qui).get(f"/annuaire/missions/{mission.uuid}/{suite}")
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_the_two_sides_and_nobody_else():
    monde = suites.mission()
    for qui in (monde.patient, monde.equipe, monde.collegue):
        assert "Appel sur la dialyse" in page(qui, monde.mission)
    for nom, qui in monde.etrangers.items():
        for suite in ("", "terminer/", "interrompre/", "retour/", "carnet/", "rencontres/"):
            adresse = f"/annuaire/missions/{monde.mission.uuid}/{suite}"
            assert client_de(qui).get(adresse).status_code == 404, (nom, suite)
            assert client_de(qui).post(adresse).status_code in (404, 405), (nom, suite)
    monde.mission.refresh_from_db()
    assert monde.mission.etat == EtatMission.EN_COURS


def test_it_starts_once_and_not_tomorrow():
    monde = suites.mission(commencee=False)
    demain = timezone.localdate() + timedelta(days=1)
    with pytest.raises(TransitionRefusee, match="à venir"):
        monde.mission.demarrer(monde.patient, demain)
    monde.mission.demarrer(monde.patient, suites.JOUR)
    with pytest.raises(TransitionRefusee, match="déjà commencé"):
        monde.mission.demarrer(monde.equipe, suites.JOUR)


def test_the_end_comes_after_the_beginning_and_ends_the_relation():
    monde = suites.mission()
    with pytest.raises(TransitionRefusee, match="précéder"):
        monde.mission.terminer(monde.equipe, suites.JOUR - timedelta(days=1))
    monde.mission.terminer(monde.equipe, suites.JOUR)
    monde.relation.refresh_from_db()
    assert (monde.mission.etat, monde.relation.etat) == (EtatMission.TERMINEE, EtatRelation.CLOSE)
    assert monde.relation.siege, "the seat was used: it is not offered again"


def test_interrupting_is_a_neutral_withdrawal_that_gives_the_seat_back():
    monde = suites.mission()
    avant = len(suites.lettres(monde.equipe).splitlines())
    client_de(monde.patient).post(f"/annuaire/missions/{monde.mission.uuid}/interrompre/")
    for objet in (monde.mission, monde.relation, monde.appel):
        objet.refresh_from_db()
    assert monde.mission.etat == EtatMission.INTERROMPUE
    assert monde.relation.etat == EtatRelation.CLOSE and monde.relation.siege is None
    assert monde.appel.etat in EtatAppel.vivants()
    nouvelles = "\n".join(suites.lettres(monde.equipe).splitlines()[avant:])
    assert nouvelles and monde.patient.nom not in nouvelles


def test_each_side_takes_back_only_its_own_meetings():
    monde = suites.mission()
    notee = monde.mission.noter_une_rencontre(monde.equipe, quand=suites.JOUR, objet="Un café")
    assert "Un café" in page(monde.patient, monde.mission)
    with pytest.raises(TransitionRefusee):
        monde.mission.retirer_la_rencontre(monde.patient, notee)
    monde.mission.retirer_la_rencontre(monde.collegue, notee)
    assert not monde.mission.rencontres.exists()


@pytest.mark.parametrize("montre", [False, True])
def test_feedback_is_private_unless_its_author_shows_it(montre):
    monde = suites.mission()
    monde.mission.donner_un_retour(
        monde.patient, satisfaction=2, texte="Peu écoutée au début", montre=montre
    )
    assert "Peu écoutée au début" in page(monde.patient, monde.mission)
    assert ("Peu écoutée au début" in page(monde.equipe, monde.mission)) is montre


def test_no_feedback_before_the_beginning():
    monde = suites.mission(commencee=False)
    with pytest.raises(TransitionRefusee, match="aura commencé"):
        monde.mission.donner_un_retour(monde.equipe, satisfaction=4, texte="", montre=True)


def test_a_mission_is_offered_charter_and_letter():
    monde = suites.mission()
    lu = page(monde.patient, monde.mission)
    for adresse in ("/ressources/outils/charte/", "/ressources/outils/lettre-de-mission/"):
        assert adresse in lu


def test_my_space_says_what_waits_for_the_team():
    monde = suites.mission()
    lu = client_de(monde.patient).get("/mon-espace/").content.decode()
    assert "Appel sur la dialyse" in lu and "co-signature" not in lu
    suites.ligne(monde, etat="demandee")
    assert (
        "attendent votre co-signature"
        in client_de(monde.equipe).get("/mon-espace/").content.decode()
    )
