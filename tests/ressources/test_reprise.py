"""A session that expires while somebody writes: the text comes back, to them alone."""

import re

import pytest
from django.conf import settings
from django.test import Client

from hubpartenariat.socle.formulaires import SaisieEnAttente
from ressources.models import Parole, Ressource
from ressources.projets.ecrits import ouvrir_la_charte
from tests.ressources.outils_deux_voix import (
    PROFESSIONNEL,
    champs,
    devoiler,
    page_de,
    projet_a_deux,
)
from tests.ressources.test_bibliotheque import PROPOSITION

RACONTER = "/ressources/paroles/ecrire/"
JETON = "csrfmiddlewaretoken"


@pytest.fixture
def trio(db):
    return projet_a_deux("Relire les livrets")


def _navigateur() -> Client:
    """A browser with the token that its open page carries, and no session any more."""
    client = Client(enforce_csrf_checks=True)
    client.get("/comptes/login/")
    return client


def _poster(client, adresse, donnees):
    return client.post(adresse, donnees | {JETON: client.cookies[settings.CSRF_COOKIE_NAME].value})


def _reprendre(client, adresse, geste="reprendre"):
    """Come back signed in: the page asks, and one of its buttons is pressed."""
    page = client.get(adresse).content.decode()
    assert "Un texte vous attend" in page
    cle = re.search(rf'name="_{geste}_le_texte" value="([^"]+)"', page)[1]
    return _poster(client, adresse, {f"_{geste}_le_texte": cle})


def _charte(trio):
    projet, pro, _ = trio
    ecrit = ouvrir_la_charte(projet, pro)
    adresse = f"{ecrit.get_absolute_url()}modifier/"
    texte = {
        "_revision": str(ecrit.revision),
        "clause-TOTAL_FORMS": "1",
        "clause-INITIAL_FORMS": "0",
        "clause-0-titre": "Écouter",
        "clause-0-texte": "Une demi-heure d’écriture.",
        "clause-0-ORDER": "1",
    }
    return ecrit, adresse, texte


def test_a_charter_written_for_half_an_hour_is_saved_once_signed_in_again(trio):
    ecrit, adresse, texte = _charte(trio)
    client = _navigateur()
    reponse = _poster(client, adresse, texte)
    assert reponse.status_code == 302 and "login" in reponse["Location"]
    assert "Votre texte est gardé" in client.get(reponse["Location"]).content.decode()
    ecrit.refresh_from_db()
    assert "écriture" not in str(ecrit.clauses), "nothing is written without an account"
    client.force_login(trio[1])
    assert "écriture" not in client.get(adresse).content.decode(), "the browser may be shared"
    ecrit.refresh_from_db()
    assert "écriture" not in str(ecrit.clauses), "nothing before one says so"
    assert "Une demi-heure" in _reprendre(client, adresse, "lire").content.decode()
    _reprendre(client, adresse)
    ecrit.refresh_from_db()
    assert ecrit.clauses == [{"titre": "Écouter", "texte": "Une demi-heure d’écriture."}]
    assert not SaisieEnAttente.objects.exists()
    assert client.get(adresse).status_code == 200, "taken up once"


def test_a_stale_text_is_shown_not_forced(trio):
    ecrit, adresse, texte = _charte(trio)
    client = _navigateur()
    _poster(client, adresse, texte)
    autre = Client()
    autre.force_login(trio[2])
    autre.post(adresse, texte | {"clause-0-texte": "D’Inès."})
    client.force_login(trio[1])
    lu = _reprendre(client, adresse)
    assert lu.status_code == 409
    assert "Une demi-heure d’écriture." in lu.content.decode()
    ecrit.refresh_from_db()
    assert ecrit.clauses[0]["texte"] == "D’Inès."


def test_an_agreement_is_never_taken_up_only_the_words(trio):
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    page = f"{page_de(projet)}{passage.uuid}/commun/"
    client = _navigateur()
    mots = {f"{nom}-{n}": "2" for n in range(1, 12) for nom in ("code", "phrase", "action")}
    _poster(client, page, mots | {"_version": "0", "vers": "conclure"})
    client.force_login(pro)
    _reprendre(client, page)
    passage.refresh_from_db()
    assert passage.conclusions.count() == 11 and passage.accord_de is None


def test_another_browser_and_a_stranger_get_nothing(trio, personne):
    ecrit, adresse, texte = _charte(trio)
    client = _navigateur()
    _poster(client, adresse, texte)
    ailleurs = Client()
    ailleurs.force_login(trio[1])
    assert "écriture" not in ailleurs.get(adresse).content.decode()
    client.force_login(personne("autre@exemple.fr"))
    assert "écriture" not in client.get(adresse).content.decode()
    assert _reprendre(client, adresse).status_code == 404
    ecrit.refresh_from_db()
    assert "écriture" not in str(ecrit.clauses)


def test_nobody_fills_the_disk_with_texts(trio, monkeypatch):
    monkeypatch.setattr("hubpartenariat.socle.formulaires.SAISIES_PAR_HEURE", 3)
    _, adresse, texte = _charte(trio)
    for rang in range(5):
        client = _navigateur()
        suite = _poster(client, adresse, texte)["Location"]
        assert ("Votre texte est gardé" in client.get(suite).content.decode()) == (rang < 3)
    assert SaisieEnAttente.objects.count() == 3


def test_a_forged_post_is_not_even_kept(trio):
    _, adresse, texte = _charte(trio)
    client = _navigateur()
    assert client.post(adresse, texte | {JETON: "x" * 64}).status_code == 403
    assert not SaisieEnAttente.objects.exists()


def test_two_stories_of_two_tabs_both_come_back_one_may_be_forgotten(trio):
    client = _navigateur()
    for quoi in ("Une.", "Deux.", "Trois."):
        _poster(client, RACONTER, {"titre": "Notre lettre", "quoi": quoi})
    client.force_login(trio[1])
    _reprendre(client, RACONTER)
    _reprendre(client, RACONTER, "oublier")
    _reprendre(client, RACONTER)
    assert set(Parole.objects.values_list("quoi", flat=True)) == {"Une.", "Trois."}
    assert not SaisieEnAttente.objects.exists()


def test_what_is_refused_meanwhile_stays_to_be_read(trio):
    client, (_, pro, _) = _navigateur(), trio
    une = Parole.objects.create(auteur=pro, titre="Notre lettre")
    adresse = f"{une.get_absolute_url()}modifier/"
    _poster(client, adresse, {"titre": "Notre lettre", "quoi": "Relue hier.", "version": "0"})
    Parole.objects.update(etat="proposee")
    client.force_login(pro)
    assert _reprendre(client, adresse).status_code == 302
    assert "Relue hier." in _reprendre(client, adresse, "lire").content.decode()


def test_a_proposal_comes_back_in_its_form_and_is_sent_by_its_author(trio):
    """It takes a file, which is not kept: nothing leaves before its author has seen it again."""
    client, (_, pro, _) = _navigateur(), trio
    adresse = "/ressources/proposer/"
    envoi = PROPOSITION | {"lien": "www.exemple.fr/guide"}
    _poster(client, adresse, envoi)
    client.force_login(pro)
    assert "il sera remis dans le formulaire" in client.get(adresse).content.decode()
    page = _reprendre(client, adresse)
    lue = page.content.decode().replace("\xa0", " ")
    assert page.status_code == 200 and "Rien n’est encore envoyé" in lue
    assert PROPOSITION["description"] in lue and "www.exemple.fr/guide" in lue
    assert not Ressource.objects.filter(proposee_par=pro).exists()
    assert SaisieEnAttente.objects.exists()  # kept until it is sent
    assert _poster(client, adresse, envoi).status_code == 302
    assert Ressource.objects.filter(proposee_par=pro).count() == 1
    assert not SaisieEnAttente.objects.exists()


def test_an_answer_or_a_refusal_is_never_kept(trio, client_de):
    """Both voices may share a screen: what one answers blind must not wait there for the other."""
    projet, pro, _ = trio
    client_de(pro).post(f"{page_de(projet)}ouvrir/")
    passage, client = projet.passages.get(), _navigateur()
    _poster(client, passage.get_absolute_url(), champs(PROFESSIONNEL) | {"_lue": ""})
    assert not SaisieEnAttente.objects.exists()
