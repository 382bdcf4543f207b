"""Two hundred people, many at the same moment: threads, their own connections, PostgreSQL."""

import pytest
from django.core.cache import cache
from django.test import Client

from consultation.enums import EtatReponse
from consultation.models import Avis, Priorite, Reponse
from tests.consultation.outils import ouverte
from tests.consultation.test_repondre import BASE, CADRE, PRIORITES, remplir
from tests.outils import bilan
from tests.outils.simultanes import ensemble

pytestmark = pytest.mark.django_db(transaction=True)
PERSONNES = 200
EN_MEME_TEMPS = 25


def une_personne(rang: int) -> str:
    """Begins, answers, sends; presses every button twice, as an impatient person does."""
    client = Client()
    client.post(f"{BASE}repondre/")
    client.post(f"{BASE}repondre/")
    choix = ("oui", "plutot", "non")[rang % 3]
    remplir(client, CADRE, A__pertinence=choix, B__impact="fort")
    remplir(client, PRIORITES, priorites=["A", "C"])
    statuts = {client.post(f"{BASE}reponse/envoyer/").status_code for _ in range(2)}
    assert statuts == {302}
    return choix


def test_two_hundred_people_twenty_five_at_the_same_moment_none_lost_none_double():
    cache.clear()
    consultation = ouverte()
    dits = []
    for debut in range(0, PERSONNES, EN_MEME_TEMPS):
        dits += ensemble(EN_MEME_TEMPS, lambda rang, debut=debut: une_personne(debut + rang))
    assert [d for d in dits if not isinstance(d, str)] == []
    assert Reponse.objects.filter(etat=EtatReponse.ENVOYEE).count() == PERSONNES
    assert Reponse.objects.comptees(consultation).count() == PERSONNES
    assert Avis.objects.count() == 2 * PERSONNES == Priorite.objects.count()
    for code in ("oui", "plutot", "non"):
        assert Avis.objects.filter(modalite__code=code).count() == dits.count(code)
    bilan.dire(f"consultation: {PERSONNES} people, {EN_MEME_TEMPS} at the same time")


def test_one_person_who_sends_twenty_times_at_once_counts_once():
    cache.clear()
    consultation = ouverte()
    client = Client()
    client.post(f"{BASE}repondre/")
    remplir(client, CADRE, A__pertinence="oui")
    secret = client.cookies["reponse"].value

    def envoyer(rang):
        autre = Client()
        autre.cookies["reponse"] = secret
        autre.post(f"{BASE}repondre/")
        return autre.post(f"{BASE}reponse/envoyer/").status_code

    assert set(ensemble(20, envoyer)) == {302}
    assert Reponse.objects.count() == Reponse.objects.comptees(consultation).count() == 1


def test_one_page_saved_twenty_times_at_once_keeps_one_choice():
    """Each question has one answer at most, whatever arrives together (a database constraint)."""
    cache.clear()
    ouverte()
    client = Client()
    client.post(f"{BASE}repondre/")
    secret = client.cookies["reponse"].value

    def ecrire(rang):
        autre = Client()
        autre.cookies["reponse"] = secret
        champs = {"_version": "0", "_page": "une-page", "_rang": str(rang)}
        return autre.post(CADRE, champs | {"A-pertinence": ("oui", "non")[rang % 2]}).status_code

    assert set(ensemble(20, ecrire)) <= {302, 409}
    assert Avis.objects.count() == 1
