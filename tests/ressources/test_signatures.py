"""A text that changes after its version, and the links that are mailed to sign it."""

import re

import pytest
from django.test import Client

from ressources.models import Ecrit, Participation, Signature, Version
from ressources.projets import ecrits, equipe
from tests import fabriques
from tests.ressources.test_projets import charte, deux, formulaire, lien, proposer, signer

__all__ = ["deux"]
AUTRE = "Nous relisons les livrets à voix haute."
RESTE = "il reste à proposer à la signature"


def page_de(navigateur, adresse) -> str:
    return navigateur.get(adresse).content.decode().replace("\xa0", " ").replace("’", "'")


def enregistrer(navigateur, ecrit, texte=AUTRE):
    """Save another first clause, without putting it to signature."""
    page = ecrit.adresse("ecrit_modifier")
    envoi = formulaire(navigateur.get(page), **{"clause-0-texte": texte})
    return navigateur.post(page, envoi)


def bouton(navigateur, ecrit) -> dict | None:
    """What the button « Proposer à la signature » of the page sends; None without it."""
    page = navigateur.get(ecrit.get_absolute_url()).content.decode()
    trouve = re.search(r'/proposer/".*?name="_revision" value="(\d+)"', page, re.S)
    return {"_revision": trouve[1]} if trouve else None


# --- A text that has changed since its version ---------------------------------------------------
def test_the_page_of_the_project_says_that_a_signed_text_has_changed(deux):
    projet, _, _, lui, elle = deux
    texte = charte(lui, projet)
    proposer(lui, texte)
    for qui in (lui, elle):
        signer(qui, texte)
    assert RESTE not in page_de(elle, projet.get_absolute_url())
    enregistrer(elle, texte)
    page = page_de(lui, projet.get_absolute_url())
    assert "Version 1 : signée par tous" in page
    assert "Le texte a changé depuis la version 1" in page and RESTE in page


def test_the_notice_has_its_button_and_the_button_makes_the_version(deux):
    projet, _, _, lui, elle = deux
    texte = charte(lui, projet)
    proposer(lui, texte)
    assert bouton(elle, texte) is None  # the same text, the same people
    enregistrer(elle, texte)
    envoi = bouton(lui, texte)
    enregistrer(elle, texte, "Encore un autre texte.")
    page = lui.post(texte.adresse("ecrit_proposer"), envoi, follow=True).content.decode()
    assert "pendant que vous écriviez" in page and Version.objects.count() == 1
    lui.post(texte.adresse("ecrit_proposer"), bouton(lui, texte))
    version = Version.objects.get(numero=2)
    assert version.clauses[0]["texte"] == "Encore un autre texte."
    assert bouton(lui, texte) is None
    texte.refresh_from_db()
    envoi = {"_revision": texte.revision}
    refus = lui.post(texte.adresse("ecrit_proposer"), envoi, follow=True)
    assert "déjà celui de la dernière version" in refus.content.decode()


def test_a_saved_comma_does_not_stop_the_others_from_signing(deux):
    projet, _, _, lui, elle = deux
    texte = charte(lui, projet)
    proposer(lui, texte)
    enregistrer(lui, texte)
    page = page_de(elle, texte.get_absolute_url())
    assert "Signer la version 1" in page
    # What she signs is on the page, whole, apart from what is being written.
    section = page.split("Le texte de la version 1")[1].split("Ce qui a changé")[0]
    assert "Nous menons ensemble le projet" in section and "voix haute" not in section
    refus = signer(elle, texte, lu="")
    assert refus.status_code == 422 and "a changé depuis" in refus.content.decode()
    signer(elle, texte)
    assert Signature.objects.get().version.numero == 1


def test_who_comes_in_later_has_the_button_to_sign_the_same_text(deux, client_de):
    projet, _, _, lui, elle = deux
    texte = charte(lui, projet)
    proposer(lui, texte)
    qui = fabriques.personne()
    Participation.objects.create(projet=projet, personne=qui, nom="Tom", voix="patient")
    tom = client_de(qui)
    assert "a rejoint le projet depuis" in page_de(tom, texte.get_absolute_url())
    tom.post(texte.adresse("ecrit_proposer"), bouton(tom, texte))
    signer(tom, texte, "Tom")
    assert Ecrit.objects.get().versions.count() == 2 and Signature.objects.count() == 1


# --- Links that sign nothing any more ------------------------------------------------------------
@pytest.fixture
def envoye(deux, django_capture_on_commit_callbacks):
    """(everything of ``deux``, the charter, the link that the patient received)."""
    projet, _, patient, lui, _ = deux
    texte = charte(lui, projet)
    with django_capture_on_commit_callbacks(execute=True):
        proposer(lui, texte)
    return deux, texte, lien(patient.email, "À relire et à signer")


def sans_suite(reponse, statut, raison):
    """A page in words, that leads to the space and shows nothing of the project."""
    page = reponse.content.decode().replace("\xa0", " ").replace("’", "'")
    assert reponse.status_code == statut
    assert raison in page and 'href="/mon-espace/"' in page
    assert "Relire les livrets" not in page and "Charte" not in page


def test_a_link_older_than_eight_days_says_so(envoye, monkeypatch):
    _, _, adresse = envoye
    monkeypatch.setattr(ecrits, "DUREE_DU_LIEN", -1)
    sans_suite(Client().get(adresse), 410, "plus de huit jours")
    sans_suite(Client().post(adresse, {"nom": "Inès", "lu": "on"}), 410, "plus de huit jours")
    assert Client().get(f"{adresse[:-3]}x/").status_code == 404


def test_a_link_of_a_replaced_version_says_so(envoye):
    (_, _, _, lui, _), texte, adresse = envoye
    proposer(lui, texte, **{"clause-0-texte": AUTRE})
    sans_suite(Client().get(adresse), 410, "Une version plus récente existe")


def test_a_link_opened_with_another_account_says_so(envoye):
    (_, _, _, lui, _), _, adresse = envoye
    sans_suite(lui.get(adresse), 403, "une autre adresse que celle de votre compte")
    assert not Signature.objects.exists()


def test_the_link_of_somebody_who_has_left_says_so(envoye):
    (projet, _, patient, *_), _, adresse = envoye
    equipe.quitter(projet, patient)
    sans_suite(Client().get(adresse), 410, "plus dans le projet")
