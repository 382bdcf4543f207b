"""My space, leaving, and the demo accounts."""

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from hubpartenariat.comptes import demo
from hubpartenariat.comptes.enums import Role
from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.socle.courriel import Courriel
from tests import fabriques
from tests.comptes.outils import entrer_par_code, entrer_par_mot_de_passe, est_entre

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _compteurs_a_zero(db):
    cache.clear()


@pytest.fixture
def claire(personne):
    return personne("claire@exemple.fr", nom="Claire")


def entree(email="claire@exemple.fr"):
    client = Client()
    entrer_par_mot_de_passe(client, email)
    return client


# --- What is under way -------------------------------------------------------------------------
def test_an_empty_space_says_what_to_do(claire):
    page = entree().get(reverse("mon_espace")).content.decode()
    assert "Rien en cours" in page
    assert reverse("cartographie:nouvelle") in page


def test_my_fiches_are_there_with_what_to_do_next(claire, personne):
    fabriques.fiche(claire, titre="Café des pairs")
    fabriques.fiche(personne("autre@exemple.fr"), titre="Celle d’un autre")
    page = entree().get(reverse("mon_espace")).content.decode()
    assert "Café des pairs" in page
    assert "Relire et envoyer" in page
    assert "Celle d’un autre" not in page


def test_my_roles_are_explained(personne):
    client = Client()
    client.force_login(personne("m@exemple.fr", Role.MODERATEUR, Role.REFERENT_STRUCTURE))
    page = client.get(reverse("mon_espace")).content.decode()
    assert "Modérateur" in page
    assert "Référent de structure" in page


def test_the_space_costs_the_same_whatever_the_number_of_fiches(claire, sans_n_plus_1):
    def ajouter(nombre):
        for rang in range(nombre):
            fabriques.fiche(claire, titre=f"Fiche {rang}")

    sans_n_plus_1(entree(), reverse("mon_espace"), ajouter)


def test_i_change_the_name_that_others_see(claire):
    client = entree()
    client.post(reverse("mon_nom"), {"nom": "  Claire   D. "})
    claire.refresh_from_db()
    assert claire.nom == "Claire D."
    reponse = client.post(reverse("mon_nom"), {"nom": "x" * 81})
    assert reponse.status_code == 200


def test_i_close_my_other_sessions(claire):
    ici, ailleurs = entree(), entree()
    page = ici.get(reverse("usersessions_list")).content.decode()
    assert "Fermer les autres sessions" in page
    ici.post(reverse("usersessions_list"))
    assert ici.get(reverse("mon_espace")).status_code == 200
    assert ailleurs.get(reverse("mon_espace")).status_code == 302


def test_a_new_password_closes_the_other_sessions(claire):
    ici, ailleurs = entree(), entree()
    donnees = {
        "oldpassword": "motdepasse-long",
        "password1": "un autre mot de passe",
        "password2": "un autre mot de passe",
    }
    assert ici.post(reverse("account_change_password"), donnees).url == reverse("mon_espace")
    assert ici.get(reverse("mon_espace")).status_code == 200
    assert ailleurs.get(reverse("mon_espace")).status_code == 302


# --- Leaving -----------------------------------------------------------------------------------
def confirmer_que_c_est_moi(client):
    reponse = client.get(reverse("supprimer_compte"))
    if reponse.status_code == 302:
        client.post(reponse.url, {"password": "motdepasse-long"})


def test_leaving_erases_the_person(claire):
    client = entree()
    assert "reauthenticate" in client.get(reverse("supprimer_compte")).url
    confirmer_que_c_est_moi(client)
    refus = client.post(reverse("supprimer_compte"), {})
    assert "Cochez la case" in refus.content.decode()
    reponse = client.post(reverse("supprimer_compte"), {"compris": "on"}, follow=True)
    assert "Votre compte est supprimé" in reponse.content.decode()
    claire.refresh_from_db()
    assert "claire" not in f"{claire.email} {claire.nom}".lower()
    assert not claire.is_active
    assert not claire.emailaddress_set.exists()
    assert not Courriel.objects.filter(destinataire="claire@exemple.fr").exists()
    assert not est_entre(entree())


def test_an_open_session_alone_does_not_delete_the_account(claire):
    client = entree()
    reponse = client.post(reverse("supprimer_compte"), {"compris": "on"})
    assert "reauthenticate" in reponse.url
    client.post(reponse.url, {"password": "jamais le bon"})
    claire.refresh_from_db()
    assert claire.is_active


def test_the_address_may_sign_up_again(claire):
    claire.anonymiser()
    client = Client()
    client.post(reverse("account_signup"), {"email": "claire@exemple.fr"})
    assert Utilisateur.objects.filter(email="claire@exemple.fr").exists()


def test_an_author_is_told_what_to_do_first(claire):
    fabriques.fiche(claire, "publiee")
    client = entree()
    confirmer_que_c_est_moi(client)
    page = client.get(reverse("supprimer_compte")).content.decode()
    assert "parmi les auteurs d’une fiche" in page
    client.post(reverse("supprimer_compte"), {"compris": "on"})
    claire.refresh_from_db()
    assert claire.is_active


def test_the_last_administrator_stays(personne):
    alix = personne("alix@exemple.fr", Role.ADMINISTRATEUR)
    client = Client()
    client.force_login(alix)
    confirmer_que_c_est_moi(client)
    client.post(reverse("supprimer_compte"), {"compris": "on"})
    alix.refresh_from_db()
    assert alix.is_active


# --- Demo --------------------------------------------------------------------------------------
def test_demo_accounts_open_with_what_the_start_prints(capsys):
    demo.charger_comptes_demo()
    demo.charger_comptes_demo()
    assert Utilisateur.objects.count() == len(demo.COMPTES)
    affiche = "\n".join(demo.presentation())
    for compte in demo.COMPTES:
        assert compte.courriel in affiche
    assert demo.MOT_DE_PASSE in affiche
    assert {role for compte in demo.COMPTES for role in compte.roles} == set(Role)
    for compte in demo.COMPTES:
        client = Client()
        reponse = entrer_par_mot_de_passe(client, compte.courriel, demo.MOT_DE_PASSE)
        if compte.avec_etape:
            assert reponse.url == reverse("mfa_authenticate")
            capsys.readouterr()
            call_command("code_demo", compte.courriel)
            code = capsys.readouterr().out.split()[0]
            client.post(reponse.url, {"code": code})
        assert client.get(reverse("mon_espace")).status_code == 200, compte.courriel


def test_a_demo_password_survives_a_sign_in_by_code():
    demo.charger_comptes_demo()
    entrer_par_code(Client(), "membre@demo.hub.example")
    client = Client()
    entrer_par_mot_de_passe(client, "membre@demo.hub.example", demo.MOT_DE_PASSE)
    assert est_entre(client)


def test_no_demo_account_on_a_hub_that_people_use(settings, personne):
    settings.HTTPS = True
    with pytest.raises(demo.DemoRefusee):
        demo.charger_comptes_demo()
    settings.HTTPS, settings.EMBARQUE = False, False
    personne("vraie@exemple.fr")
    with pytest.raises(demo.DemoRefusee):
        demo.charger_comptes_demo()
    assert not Utilisateur.objects.filter(email__endswith=demo.DOMAINE).exists()
    assert demo.presentation() == []


@pytest.mark.parametrize("courriel", ["membre@demo.hub.example", "vraie@exemple.fr"])
def test_codes_of_the_demo_are_for_the_demo(courriel):
    with pytest.raises(CommandError):
        call_command("code_demo", courriel)
