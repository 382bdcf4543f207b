"""Answers set aside: nobody is lied to, somebody looks, then they count or go."""

import pytest
from django.core.cache import cache
from django.test import Client

from consultation import acces, publication
from consultation.models import Remarque, Reponse
from hubpartenariat.socle.models import EntreeJournal
from tests.consultation.outils import ouverte
from tests.consultation.test_repondre import BASE, CADRE, RELECTURE, lu, remplir

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(monkeypatch):
    cache.clear()
    monkeypatch.setattr(acces, "DEBUTS_PAR_HEURE", 2)
    return ouverte()


@pytest.fixture
def pole(personne, client_de):
    return client_de(personne("pole@exemple.fr", "moderateur"), mfa=True)


def repondre(**debut) -> Client:
    client = Client()
    client.post(f"{BASE}repondre/", debut)
    remplir(client, CADRE, A__pertinence="oui", **{"A-mots": "Un mot à moi"})
    client.post(f"{BASE}reponse/envoyer/")
    return client


def page(consultation) -> str:
    return f"/administration/consultation/consultation/{consultation.pk}/verifier/"


def test_the_hospital_that_answers_together_waits_and_is_told(consultation, pole):
    for _ in range(2):
        assert "l’équipe vérifie" not in lu(repondre().get(RELECTURE))
    troisieme = repondre()
    assert "l’équipe vérifie ces réponses avant de les compter" in lu(troisieme.get(RELECTURE))
    assert Reponse.objects.comptees(consultation).count() == 2

    assert "1 consultation aux réponses à vérifier" in lu(pole.get("/administration/"))
    liste = lu(pole.get("/administration/consultation/consultation/"))
    assert page(consultation) in liste and "1 à vérifier" in liste
    lots = lu(pole.get(page(consultation)))
    assert "depuis un même réseau" in lots and "Un mot à moi" not in lots
    apercu = lu(pole.get(f"{BASE}resultats/?version=0"))
    assert "1 réponse est à vérifier avant d'être comptée" in apercu.replace("’", "'")

    [lot] = pole.get(page(consultation)).context["lots"]
    pole.post(page(consultation), {"compter": lot.cle})
    assert Reponse.objects.comptees(consultation).count() == 3
    assert "Aucune réponse n’est à vérifier" in lu(pole.get(page(consultation)))
    assert EntreeJournal.objects.filter(action="compter_des_reponses").count() == 1
    assert "l’équipe vérifie" not in lu(troisieme.get(RELECTURE))


def test_it_is_said_before_sending_too(consultation):
    """Whoever begins third is not told that sending is enough."""
    clients = [Client() for _ in range(3)]
    for client in clients:
        client.post(f"{BASE}repondre/")
    dits = [lu(client.get(RELECTURE)) for client in clients]
    assert ["Elle comptera quand" in dit for dit in dits] == [True, True, False]
    assert "vérifiée par l’équipe avant d’être comptée" in dits[2]


def test_what_a_robot_sent_may_be_erased_and_only_that(consultation, pole):
    repondre()
    repondre(site_web="https://exemple.fr")
    [lot] = pole.get(page(consultation)).context["lots"]
    assert "un robot" in lu(pole.get(page(consultation)))
    pole.post(page(consultation), {"effacer": "2020-01-01/champ_cache"})
    assert Reponse.objects.count() == 2
    pole.post(page(consultation), {"effacer": lot.cle})
    assert [une.douteuse for une in Reponse.objects.all()] == [False]
    assert Remarque.objects.count() == 1


def test_only_the_team_looks(consultation, personne, client_de):
    repondre(site_web="https://exemple.fr")
    for client in (Client(), client_de(personne())):
        reponse = client.post(page(consultation), {"compter": "x"})
        assert reponse.status_code in (302, 403)
    assert Reponse.objects.get().douteuse


def test_the_private_link_is_on_every_page_of_the_answer(consultation):
    client = Client()
    client.post(f"{BASE}repondre/")
    for code in ("cadre", "priorites", "vous"):
        lien = client.get(f"{BASE}reponse/page/{code}/").context["lien"]
        assert f'value="{lien}"' in lu(client.get(f"{BASE}reponse/page/{code}/"))
        ailleurs = Client()
        ailleurs.get(lien[lien.index("/consultations/") :])
        assert ailleurs.get(RELECTURE).status_code == 200


def test_words_about_the_whole_are_shown_once_read(consultation, pole):
    for _ in range(2):
        repondre()
    premiere, seconde = Reponse.objects.all()
    Remarque.objects.create(
        reponse=premiere, texte="Merci à tous", texte_publie="Merci", etat="publie"
    )
    Remarque.objects.create(reponse=seconde, texte="Pas encore lue")
    consultation.fermer()
    publication.figer(consultation, publication.compter(consultation))
    page = lu(Client().get(f"{BASE}resultats/"))
    assert "sur l’ensemble" in page.replace("'", "’") and "<p>Merci</p>" in page
    assert "Pas encore lue" not in page and "Merci à tous" not in page
