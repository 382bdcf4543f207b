"""Sentences with computed numbers, on the table of 2025 and on counted answers."""

import pytest
from django.core.cache import cache

from consultation import demo, exports, lecture_transversale, publication
from consultation.models import Phrase
from consultation.phrases import NonPublie, PhraseIllisible, ecrire, lire
from consultation.restitution import charger_2025
from tests.consultation.outils import les_21, ouverte, plus
from tests.fabriques import client_de, personne

pytestmark = pytest.mark.django_db
TEXTE = "Sur {repondants} personnes, plus de 70 % : {liste pertinence oui_tout_a_fait > 70}."
HUIT = "P1, P6, P8, P9, P10, P11, P14, P19"


@pytest.fixture
def de_2025():
    version = publication.derniere(charger_2025())
    return version.contenu["questionnaire"], exports.en_json(version)


@pytest.mark.parametrize(
    ("phrase", "attendue"),
    [
        ("{nombre pertinence oui_tout_a_fait > 70}", "8"),
        ("{liste pertinence oui_tout_a_fait > 70}", HUIT),
        ("{liste Pertinence OUI_TOUT_A_FAIT ≥ 70 }", HUIT),
        ("{propositions} propositions, {repondants} réponses", "21 propositions, 78 réponses"),
        ("{part P1 pertinence oui_tout_a_fait}", "73,1\u202f%"),
        ("{liste impact impact_majeur > 99,5}", "aucune"),
        ("{voix P1} voix", "27 voix"),
        ("Sans aucun nombre.", "Sans aucun nombre."),
    ],
)
def test_the_numbers_of_2025(de_2025, phrase, attendue):
    assert ecrire(phrase, *de_2025) == attendue


@pytest.mark.parametrize(
    ("phrase", "dit"),
    [
        ("{nombre pertinance favorable > 70}", "n’est pas une échelle"),
        ("{nombre pertinence parfait > 70}", "n’est pas une réponse"),
        ("{nombre pertinence favorable > 170}", "pourcentage de 0 à 100"),
        ("{nombre pertinence favorable ~ 70}", "écrivez >, >=, <, <= ou ="),
        ("{nombre pertinence}", "ne se lit pas"),
        ("{nombre pertinence accord tres_fort}", "consensus_fort"),
        ("{part P99 pertinence favorable}", "n’est pas une proposition"),
        ("{premieres beaucoup}", "n’est pas un nombre"),
        ("{moyenne pertinence}", "Champs connus"),
        ("{__class__}", "n’est pas un champ"),
        ("{champ}", "n’est pas un champ"),
        ("{}", "vide"),
        ("{ouvert", "accolade"),
        ("fermé}", "accolade"),
        ("{nombre pertinence favorable > {repondants}}", "accolade"),
    ],
)
def test_a_sentence_that_cannot_be_read_says_why(de_2025, phrase, dit):
    with pytest.raises(PhraseIllisible) as leve:
        lire(phrase, de_2025[0])
    assert dit in str(leve.value)


def test_what_is_not_published_is_never_made_up(de_2025):
    with pytest.raises(NonPublie):
        ecrire("{voix P20}", *de_2025)


@pytest.fixture
def close():
    cache.clear()
    consultation = les_21()
    demo.remplir(consultation, demo.repondants_de_2025())
    consultation.fermer()
    publication.publier(consultation)
    return consultation


def page(client, consultation) -> str:
    adresse = f"/consultations/{consultation.slug}/resultats/"
    return client.get(adresse).content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_a_sentence_is_shown_once_read_over_and_no_more_once_its_number_changed(client, close):
    phrase = Phrase.objects.create(
        consultation=close,
        texte=TEXTE,
    )
    assert "Sur 78 personnes" not in page(client, close), "nobody has read it over"
    assert lecture_transversale.relire(phrase, None) == ""
    assert f"Sur 78 personnes, plus de 70 % : {HUIT}." in page(client, close)

    pole = client_de(personne("pole@exemple.fr", "moderateur"), mfa=True)
    assert "dont un nombre a changé" not in pole.get("/administration/").content.decode()
    plus(close, demo.repondants_de_2025())
    envoi = {"action": "publier", "_selected_action": [close.pk]}
    dit = pole.post("/administration/consultation/consultation/", envoi, follow=True)
    assert "1 phrase à relire" in dit.content.decode().replace("\xa0", " ")
    file = pole.get("/administration/").content.decode().replace("\xa0", " ")
    assert "1 phrase dont un nombre a changé" in file
    assert "Sur 1" not in page(client, close), "156 people now: it was not read over"
    lue = lecture_transversale.lire_la(phrase)
    assert not lue.montrable and "78 personnes" in lue.situation and "156 personnes" in lue.texte
    lecture_transversale.relire(phrase, None)
    assert "Sur 156 personnes" in page(client, close)


def test_staff_previews_with_real_numbers_and_learns_what_is_wrong(close):
    admin_client = client_de(personne("mod@exemple.fr", "moderateur"), mfa=True)
    adresse = "/administration/consultation/phrase/add/"
    champs = {"consultation": close.pk, "ordre": 0, "_continue": "1"}
    refus = admin_client.post(adresse, champs | {"texte": "{nombre pertinance favorable > 70}"})
    assert "n’est pas une échelle" in refus.content.decode()
    assert not Phrase.objects.filter(consultation=close).exists()
    vue = admin_client.post(
        adresse, champs | {"texte": "{propositions} propositions."}, follow=True
    )
    assert "21 propositions." in vue.content.decode()
    assert "À relire avant" in vue.content.decode()


def test_no_sentence_before_publication():
    consultation = ouverte()
    phrase = Phrase.objects.create(consultation=consultation, texte="{repondants}")
    assert "Aucun résultat" in lecture_transversale.relire(phrase, None)


def test_the_results_of_2025_say_what_their_table_says(client):
    page = client.get(charger_2025().get_absolute_url() + "resultats/").content.decode()
    mots = page.replace("\u202f", " ").replace("\u00a0", " ")
    assert "8 des 21 propositions recueillent plus de 70 %" in mots
    assert f"pertinence : {HUIT}." in mots
