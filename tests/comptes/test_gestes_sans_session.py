"""A gesture that a form sends without a session: nothing is done, nobody is lost."""

from urllib.parse import parse_qs, urlsplit

import pytest


def test_a_gesture_sent_without_a_session_leads_back_to_its_page(client, client_de, personne):
    """Signed in again, one is on the page that one had left, not on an address of a form."""
    page = "/ressources/premier-rendez-vous/"
    reponse = client.post(
        f"{page}garder/", headers={"referer": f"http://testserver{page}?de=liste"}, follow=True
    )
    suite = parse_qs(urlsplit(reponse.redirect_chain[-1][0]).query)["next"]
    assert suite == [f"{page}?de=liste"]
    assert "Rien n’est encore enregistré" in reponse.content.decode()
    assert client_de(personne()).get(suite[0]).status_code == 200


@pytest.mark.parametrize("venue", ["", "https://ailleurs.example/page/", "//ailleurs.example/"])
def test_nobody_is_led_elsewhere_nor_to_a_blank_page(client, db, venue):
    reponse = client.post("/ressources/premier-rendez-vous/garder/", headers={"referer": venue})
    assert reponse["Location"] == "/comptes/login/?next=/mon-espace/"


def test_an_address_of_a_form_opened_by_hand_says_so(client_de, personne):
    client = client_de(personne())
    adresse = "/ressources/premier-rendez-vous/garder/"
    reponse = client.get(adresse, headers={"accept": "text/html,*/*"})
    assert reponse.status_code == 405 and reponse["Allow"] == "POST"
    assert "ne s’ouvre pas directement" in reponse.content.decode()


def test_a_visitor_is_offered_to_sign_in_before_keeping(client, client_de, personne, db):
    page = "/ressources/premier-rendez-vous/"
    assert "Se connecter pour la garder" in client.get(page).content.decode()
    assert "Garder pour moi" in client_de(personne()).get(page).content.decode()
