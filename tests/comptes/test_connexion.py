"""Signing up and in: by code, by password, without telling who has an account."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.socle.courriel import Courriel
from tests.comptes.outils import (
    code_recu,
    demander_un_code,
    dernier_courriel,
    entrer_par_code,
    entrer_par_mot_de_passe,
    est_entre,
)

pytestmark = pytest.mark.django_db
VERIFIER = "/comptes/confirm-email/"


@pytest.fixture(autouse=True)
def _compteurs_a_zero(db):
    cache.clear()


def inscrire(client, email="nadia@exemple.fr", **donnees):
    return client.post(reverse("account_signup"), {"email": email} | donnees)


# --- Signing up ------------------------------------------------------------------------------
def test_an_address_is_enough_to_sign_up(client):
    reponse = inscrire(client, nom="  Nadia   K. ")
    assert (reponse.status_code, reponse.url) == (302, VERIFIER)
    assert not est_entre(client)
    reponse = client.post(VERIFIER, {"code": code_recu("nadia@exemple.fr")})
    assert reponse.url == reverse("mon_espace")
    assert est_entre(client)
    nadia = Utilisateur.objects.get(email="nadia@exemple.fr")
    assert nadia.nom == "Nadia K."
    assert not nadia.has_usable_password()
    assert nadia.emailaddress_set.get().verified


def test_a_password_may_be_chosen_and_opens_the_door(client):
    inscrire(client, password1="trois petits chats gris")
    client.post(VERIFIER, {"code": code_recu("nadia@exemple.fr")})
    client.post(reverse("account_logout"))
    entrer_par_mot_de_passe(client, "nadia@exemple.fr", "trois petits chats gris")
    assert est_entre(client)


def test_a_weak_password_is_refused_in_plain_words(client):
    reponse = inscrire(client, password1="court")
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert "trop court" in page
    assert 'href="#id_password1"' in page, "the summary leads to the field"
    assert not Utilisateur.objects.exists()


def test_a_wrong_code_does_not_open_the_account(client):
    inscrire(client)
    bon = code_recu("nadia@exemple.fr")
    faux = f"{(int(bon) + 1) % 1_000_000:06d}"
    reponse = client.post(VERIFIER, {"code": faux})
    assert "Ce code n’est pas le bon" in reponse.content.decode()
    assert not est_entre(client)
    for _ in range(2):
        client.post(VERIFIER, {"code": faux})
    client.post(VERIFIER, {"code": bon})
    assert not est_entre(client), "after three wrong codes the right one is void"


def test_the_page_that_was_wanted_follows_the_whole_sign_up(client):
    suite = "/mon-espace/nom/?a=1"
    reponse = client.get("/mon-espace/nom/?a=1")
    assert reponse.url.startswith(reverse("account_login"))
    page = client.get(reponse.url)
    assert "next=/mon-espace/nom/" in page.content.decode().replace("%2F", "/")
    inscrire(client, next=suite)
    reponse = client.post(VERIFIER, {"code": code_recu("nadia@exemple.fr")})
    assert reponse.url == suite


# --- Signing in ------------------------------------------------------------------------------
def test_a_mailed_code_signs_in_and_leads_where_one_was(client, personne):
    personne("claire@exemple.fr")
    suite = "/mon-espace/nom/"
    reponse = entrer_par_code(client, "claire@exemple.fr", suite)
    assert reponse.url == suite
    assert est_entre(client)


def test_the_address_is_read_whatever_its_case(client, personne):
    personne("claire@exemple.fr")
    demander_un_code(client, "Claire@Exemple.FR")
    client.post(reverse("account_confirm_login_code"), {"code": code_recu("claire@exemple.fr")})
    assert est_entre(client)


def test_a_code_copied_with_a_space_is_understood(client, personne):
    personne("claire@exemple.fr")
    demander_un_code(client, "claire@exemple.fr")
    code = code_recu("claire@exemple.fr")
    client.post(reverse("account_confirm_login_code"), {"code": f" {code[:3]} {code[3:]} "})
    assert est_entre(client)


def test_a_code_serves_in_its_own_browser_only(client, personne):
    personne("claire@exemple.fr")
    demander_un_code(client, "claire@exemple.fr")
    autre = Client()
    demander_un_code(autre, "claire@exemple.fr")
    premier = Courriel.objects.filter(destinataire="claire@exemple.fr").order_by("pk")[0]
    code = next(li for li in premier.texte.splitlines() if li.isdigit())
    autre.post(reverse("account_confirm_login_code"), {"code": code})
    assert not est_entre(autre) or code == code_recu("claire@exemple.fr")


def test_the_code_is_never_in_a_subject(client, personne):
    """Subjects are read in the admin, in file names and on locked screens."""
    personne("claire@exemple.fr")
    demander_un_code(client, "claire@exemple.fr")
    courriel = dernier_courriel("claire@exemple.fr")
    assert code_recu("claire@exemple.fr") not in courriel.sujet
    assert courriel.confidentiel


def test_a_wrong_password_says_so_without_saying_which(client, personne):
    personne("claire@exemple.fr")
    reponse = entrer_par_mot_de_passe(client, "claire@exemple.fr", "pas le bon du tout")
    assert reponse.status_code == 200
    page = reponse.content.decode()
    assert "ne vont pas ensemble" in page
    assert "claire@exemple.fr" in page, "what was typed is still there"
    assert "pas le bon du tout" not in page
    assert not est_entre(client)


@pytest.mark.parametrize(
    "piege", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)", "\\\\a.b"]
)
def test_sign_in_never_leads_elsewhere(client, personne, piege):
    personne("claire@exemple.fr")
    reponse = entrer_par_mot_de_passe(client, "claire@exemple.fr", suite=piege)
    assert reponse.url == reverse("mon_espace")


def test_an_address_signed_up_by_another_is_given_back_without_his_password(client, personne):
    """Somebody signs up with my address and his password, and waits for me to verify it."""
    inscrire(Client(), "victime@exemple.fr", password1="le mot de passe du voleur")
    reponse = entrer_par_code(client, "victime@exemple.fr")
    assert reponse.status_code == 302
    assert est_entre(client)
    voleur = Client()
    entrer_par_mot_de_passe(voleur, "victime@exemple.fr", "le mot de passe du voleur")
    assert not est_entre(voleur)


def test_a_closed_account_stays_out(client, personne):
    personne("claire@exemple.fr", is_active=False)
    entrer_par_mot_de_passe(client, "claire@exemple.fr")
    assert not est_entre(client)


def test_a_forgotten_password_is_chosen_again_with_a_code(client, personne):
    personne("claire@exemple.fr")
    client.post(reverse("account_reset_password"), {"email": "claire@exemple.fr"})
    code = code_recu("claire@exemple.fr")
    reponse = client.post(reverse("account_confirm_password_reset_code"), {"code": code})
    nouveau = {"password1": "un autre mot de passe", "password2": "un autre mot de passe"}
    client.post(reponse.url, nouveau)
    entrer_par_mot_de_passe(client, "claire@exemple.fr", "un autre mot de passe")
    assert est_entre(client)
    assert "mot de passe a changé" in dernier_courriel("claire@exemple.fr").sujet


def test_the_address_changes_once_the_new_one_is_proven(client, personne):
    claire = personne("claire@exemple.fr")
    entrer_par_mot_de_passe(client, "claire@exemple.fr")
    client.post(reverse("account_email"), {"email": "neuve@exemple.fr", "action_add": ""})
    claire.refresh_from_db()
    assert claire.email == "claire@exemple.fr"
    client.post(VERIFIER, {"code": code_recu("neuve@exemple.fr")})
    claire.refresh_from_db()
    assert claire.email == "neuve@exemple.fr"
    assert "a changé" in dernier_courriel("claire@exemple.fr").sujet, "the former address is told"


# --- Who has an account is nobody's business ---------------------------------------------------
def deroulement(client, adresse, donnees):
    """Statuses, address and size class of what a stranger sees, the address itself put aside."""
    reponse = client.post(adresse, donnees)
    vu = [reponse.status_code, reponse.get("Location", "")]
    if reponse.status_code == 302:
        suite = client.get(reponse.url)
        corps = suite.content.decode()
        for email in ("claire@exemple.fr", "absent@exemple.fr"):
            corps = corps.replace(email, "?")
        corps = re.sub(r'value="[A-Za-z0-9]{64}"', "", corps)
        vu += [suite.status_code, corps]
    return vu


@pytest.mark.parametrize(
    "nom, champ",
    [
        ("account_request_login_code", "email"),
        ("account_signup", "email"),
        ("account_reset_password", "email"),
    ],
)
def test_no_door_tells_who_has_an_account(personne, nom, champ):
    personne("claire@exemple.fr")
    vus = [
        deroulement(Client(), reverse(nom), {champ: email})
        for email in ("claire@exemple.fr", "absent@exemple.fr")
    ]
    assert vus[0] == vus[1]


def test_a_failed_password_reads_the_same_with_or_without_an_account(personne):
    personne("claire@exemple.fr")
    pages = []
    for email in ("claire@exemple.fr", "absent@exemple.fr"):
        page = entrer_par_mot_de_passe(Client(), email, "jamais le bon").content.decode()
        pages.append(re.sub(r'value="[A-Za-z0-9]{64}"', "", page).replace(email, "?"))
    assert pages[0] == pages[1]


def test_signing_up_twice_sends_a_mail_that_helps_and_makes_no_second_account(client, personne):
    personne("claire@exemple.fr")
    inscrire(client, "claire@exemple.fr")
    courriel = dernier_courriel("claire@exemple.fr")
    assert courriel.sujet == "Vous avez déjà un compte"
    assert reverse("account_request_login_code") in courriel.texte
    assert Utilisateur.objects.count() == 1


# --- Limits ----------------------------------------------------------------------------------
def test_guessing_a_password_is_stopped_for_that_account(client, personne):
    personne("claire@exemple.fr")
    personne("marc@exemple.fr")
    for _ in range(5):
        entrer_par_mot_de_passe(client, "claire@exemple.fr", "jamais le bon")
    reponse = entrer_par_mot_de_passe(client, "claire@exemple.fr")
    assert "Trop d’essais" in reponse.content.decode()
    assert not est_entre(client)
    entrer_par_mot_de_passe(client, "marc@exemple.fr")
    assert est_entre(client), "the others are not concerned"


def test_asking_for_codes_is_limited(personne):
    personne("claire@exemple.fr")
    for _ in range(3):
        assert demander_un_code(Client(), "claire@exemple.fr").status_code == 302
    reponse = demander_un_code(Client(), "claire@exemple.fr")
    assert "Trop d’essais" in reponse.content.decode()
    assert Courriel.objects.count() == 3


def test_too_many_tries_from_one_place_get_a_page_of_ours(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}
    for _ in range(2):
        entrer_par_mot_de_passe(client, "x@exemple.fr")
    reponse = entrer_par_mot_de_passe(client, "x@exemple.fr")
    assert reponse.status_code == 429
    assert "Trop d’essais en peu de temps" in reponse.content.decode()


def test_fifty_people_of_one_hospital_sign_in_within_a_minute(personne):
    for rang in range(50):
        personne(f"soignant{rang}@hopital.example")
    for rang in range(50):
        client = Client()
        entrer_par_mot_de_passe(client, f"soignant{rang}@hopital.example")
        assert est_entre(client)
