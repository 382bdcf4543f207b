"""What time does to appels and offres; every act may run twice, nothing is done twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annuaire import echeances
from annuaire.models import Appel, MissionSuivie, Offre
from annuaire.tasks import entretenir_les_appels
from hubpartenariat.celery import app
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.annuaire import gens
from tests.annuaire.outils_appels import brouillon, publie
from tests.annuaire.test_appels_transitions import accorder

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire(personne):
    return personne("claire@exemple.fr", "membre", nom="Claire")


def vieillir(appel, jours: float) -> None:
    """As if everything of this appel had happened ``jours`` days earlier."""
    duree = timedelta(days=jours)
    dates = ("publie_le", "expire_le", "etat_depuis")
    Appel.objects.filter(pk=appel.pk).update(
        **{nom: getattr(appel, nom) - duree for nom in dates if getattr(appel, nom)}
    )
    appel.refresh_from_db()


def courriels(mot: str) -> int:
    return Courriel.objects.filter(texte__contains=mot).count()


def test_the_task_is_registered_and_runs():
    assert any(
        une["task"] == "annuaire.tasks.entretenir_les_appels"
        for une in app.conf.beat_schedule.values()
    )
    entretenir_les_appels()


def test_one_reminder_at_ten_days(claire):
    appel = publie(claire)
    vieillir(appel, 9.9)
    assert echeances.rappeler() == 0
    vieillir(appel, 0.2)
    assert (echeances.rappeler(), echeances.rappeler()) == (1, 0)
    assert not appel.rappeler()
    assert courriels("depuis dix jours") == 1
    ferme = publie(claire)
    ferme.fermer_les_candidatures(claire)
    vieillir(ferme, 11)
    assert echeances.rappeler() == 0


def test_thirty_days_then_the_end_once(claire, client):
    appel = publie(claire)
    vieillir(appel, 29.9)
    assert echeances.expirer() == 0
    with pytest.raises(TransitionRefusee, match="pas arrivé à son terme"):
        appel.expirer()
    with pytest.raises(TransitionRefusee, match="de lui-même"):
        appel.expirer(claire)
    vieillir(appel, 0.2)
    assert (echeances.expirer(), echeances.expirer()) == (1, 0)
    appel.refresh_from_db()
    assert appel.etat == "expire"
    assert courriels("arrivé à son terme") == 1
    assert client.get(f"/annuaire/appels/{appel.slug}/").status_code == 410


def test_prolonged_it_lives_sixty_days(claire):
    appel = publie(claire)
    appel.prolonger(claire)
    vieillir(appel, 59)
    assert echeances.expirer() == 0
    vieillir(appel, 2)
    assert echeances.expirer() == 1


def test_who_closed_the_candidatures_keeps_thirty_days_to_choose(claire):
    appel = publie(claire)
    vieillir(appel, 29)
    appel.fermer_les_candidatures(claire)
    Appel.objects.update(expire_le=timezone.now() - timedelta(days=1))
    assert echeances.expirer() == 0
    appel.refresh_from_db()
    assert appel.fin_prevue > timezone.now() + timedelta(days=29)
    Appel.objects.update(etat_depuis=timezone.now() - timedelta(days=31))
    assert echeances.expirer() == 1


def test_after_two_years_texts_and_people_are_gone_and_counts_stay(claire, client):
    appel = publie(claire, titre="SecretTitre", places=1, pourquoi_une_place="SecretUn")
    accorder(appel, 1)
    Appel.objects.filter(pk=appel.pk).update(etat="pourvu", suivi={"besoin": {"x": "SecretSuivi"}})
    appel.refresh_from_db()
    ancienne = appel.slug
    vieillir(appel, 729)
    assert echeances.anonymiser() == 0
    vieillir(appel, 2)
    assert echeances.anonymiser(simuler=True) == 1
    assert (echeances.anonymiser(), echeances.anonymiser()) == (1, 0)
    appel.refresh_from_db()
    valeurs = str(Appel.objects.filter(pk=appel.pk).values())
    for mot in ("Secret", "livrets", "atelier", "heures par mois"):
        assert mot not in valeurs
    assert not appel.equipe.exists()
    assert not histoire(appel).exclude(qui=None).exists()
    assert (appel.domaine, appel.mission, appel.places, appel.etat) == (
        *("offre", "experience", 1, "pourvu"),
    )
    assert client.get(f"/annuaire/appels/{ancienne}/").status_code == 404
    assert client.get(f"/annuaire/appels/{appel.slug}/").status_code == 410
    assert client.get("/annuaire/appels.json").json()["total"] == 0


def test_an_appel_whose_mission_goes_on_is_not_forgotten(claire):
    appel = publie(claire)
    mission = MissionSuivie.objects.create(relation=accorder(appel, 1), etat="en_cours")
    Appel.objects.filter(pk=appel.pk).update(etat="pourvu")
    appel.refresh_from_db()
    vieillir(appel, 800)
    assert echeances.anonymiser() == 0
    MissionSuivie.objects.filter(pk=mission.pk).update(etat="terminee")
    assert echeances.anonymiser() == 1


def test_drafts_are_left_alone(claire):
    appel = brouillon(claire)
    Appel.objects.update(etat_depuis=timezone.now() - timedelta(days=900))
    assert echeances.entretenir() == {"expires": 0, "rappeles": 0, "anonymises": 0}
    appel.refresh_from_db()
    assert appel.titre == "Relire nos livrets d’accueil"


def test_an_offre_ends_after_three_months_once(claire):
    offre = gens.offre(gens.candidat())
    Offre.objects.update(expire_le=timezone.now() - timedelta(hours=1))
    assert (echeances.expirer(), echeances.expirer()) == (1, 0)
    offre.refresh_from_db()
    assert offre.etat == "expiree"
    assert courriels("ne l’est plus") == 1
