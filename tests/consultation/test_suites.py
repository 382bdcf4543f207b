"""What is done of the propositions: announced together, once, to those who asked."""

import re

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from consultation import suites
from consultation.models import Abonnement, Suite
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.consultation.outils import ouverte

pytestmark = pytest.mark.django_db
COMMUN = {"decidee_par": "Le comité régional", "decidee_le": "2026-10-01"}


@pytest.fixture
def close():
    cache.clear()
    consultation = ouverte()
    for nom in ("ada", "bo"):
        Client().post("/consultations/essai/suivre/", {"suites-courriel": f"{nom}@exemple.fr"})
    consultation.fermer()
    return consultation


@pytest.fixture
def lot(close):
    a, b, c = close.propositions.order_by("code")
    return [
        Suite.objects.create(
            proposition=a, decision="ajustee", titre_ajuste="Proposition A revue", **COMMUN
        ),
        Suite.objects.create(proposition=b, decision="fusionnee", fusionnee_avec=a, **COMMUN),
        Suite.objects.create(
            proposition=c, decision="non_retenue", motif="Cela existe déjà.", **COMMUN
        ),
    ]


def test_one_mail_per_batch_to_each_person_who_asked(lot):
    assert suites.publier(lot) == (3, 2)
    with pytest.raises(TransitionRefusee, match="déjà"):
        suites.publier(lot)
    lettres = list(Courriel.objects.filter(sujet__contains="Ce qui est fait"))
    assert {lettre.destinataire for lettre in lettres} == {"ada@exemple.fr", "bo@exemple.fr"}
    for mot in ("A Proposition A", "réunie avec une autre (A)", "non retenue"):
        assert mot in lettres[0].texte.replace("\u202f", " ").replace("\u00a0", " ")


def test_everybody_reads_them_with_the_change_of_words(client, lot):
    adresse = "/consultations/essai/suites/"
    assert "Aucune suite" in client.get(adresse).content.decode()
    consultation = "/consultations/essai/"
    assert adresse not in client.get(consultation).content.decode()
    suites.publier(lot[:1])
    assert adresse in client.get(consultation).content.decode()
    page = client.get(adresse).content.decode()
    assert "<ins> revue</ins>" in page or "<ins>revue</ins>" in page
    assert "2 propositions n’ont pas encore" in page
    assert "Cela existe déjà" not in page
    assert "texte ajusté" in client.get("/consultations/essai/propositions/A/").content.decode()


def test_the_way_out_of_a_mail_is_one_confirmation_and_cannot_be_forged(client, lot):
    suites.publier(lot)
    lettre = Courriel.objects.filter(destinataire="ada@exemple.fr").latest("pk")
    lien = re.search(r"/consultations/essai/ne-plus-suivre/\S+/", lettre.texte)[0]
    assert client.get(lien).status_code == 200
    assert Abonnement.objects.count() == 2, "reading the page changes nothing"
    client.post(lien)
    assert [a.courriel for a in Abonnement.objects.all()] == ["bo@exemple.fr"]
    assert client.get(lien).status_code == 404
    assert client.get(lien[:-3] + "xx/").status_code == 404


def test_nothing_is_announced_while_people_answer():
    consultation = ouverte("autre")
    suite = Suite.objects.create(
        proposition=consultation.propositions.first(), decision="retenue", **COMMUN
    )
    with pytest.raises(TransitionRefusee, match="close"):
        suites.publier([suite])


@pytest.mark.parametrize(
    "champs",
    [{"decision": "non_retenue"}, {"decision": "ajustee"}, {"decision": "fusionnee"}],
)
def test_a_decision_without_its_reason_is_refused(close, champs):
    with pytest.raises(IntegrityError), transaction.atomic():
        Suite.objects.create(proposition=close.propositions.first(), **champs, **COMMUN)


@pytest.mark.parametrize("page", ["", "suites/"])
def test_who_never_answered_here_may_ask_to_be_told(close, page):
    """Paper, another device, long after the closing: an address, and nothing else."""
    client, adresse = Client(), f"/consultations/essai/{page}"
    assert 'action="/consultations/essai/suivre/"' in client.get(adresse).content.decode()
    reponse = client.post(
        "/consultations/essai/suivre/",
        {"suites-courriel": "cy@exemple.fr"},
        headers={"referer": f"http://testserver{adresse}"},
    )
    assert reponse["Location"] == adresse
    assert Abonnement.objects.filter(consultation=close, courriel="cy@exemple.fr").exists()


def test_the_list_of_consultations_leads_to_what_is_done_of_each(client, lot):
    def menent() -> list[bool]:
        page = client.get("/consultations/").content.decode()
        return [f'href="/consultations/{slug}/suites/"' in page for slug in ("essai", "autre")]

    ouverte("autre")
    assert menent() == [False, False]
    suites.publier(lot[:1])
    assert menent() == [True, False]
