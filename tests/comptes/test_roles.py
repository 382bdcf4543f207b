"""Roles add up, the administration follows them, and the hub keeps an administrator."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from hubpartenariat.comptes.enums import Role
from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.comptes.roles import PERMISSIONS, charger_roles
from hubpartenariat.socle.journal import EntreeJournal, histoire

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(personne):
    return personne("alix@exemple.fr", Role.ADMINISTRATEUR)


def test_roles_add_up(personne):
    qui = personne("x@exemple.fr", Role.REFERENT_STRUCTURE, Role.RELECTEUR_ARS)
    assert qui.roles == {Role.REFERENT_STRUCTURE, Role.RELECTEUR_ARS}
    assert qui.a_role(Role.RELECTEUR_ARS)
    assert qui.a_role(Role.MODERATEUR, Role.REFERENT_STRUCTURE)
    assert not qui.a_role(Role.MODERATEUR)
    assert qui.has_perm("cartographie.view_fiche")
    assert not qui.has_perm("cartographie.moderer_fiche")


@pytest.mark.parametrize(
    "role, equipe, etape",
    [
        (Role.MEMBRE, False, False),
        (Role.REFERENT_STRUCTURE, False, False),
        (Role.REFERENT_TERRITORIAL, False, False),
        (Role.RELECTEUR_ARS, False, True),
        (Role.MODERATEUR, True, True),
        (Role.ADMINISTRATEUR, True, True),
    ],
)
def test_access_follows_the_role_and_goes_with_it(personne, role, equipe, etape):
    personne("autre@exemple.fr", Role.ADMINISTRATEUR)
    qui = personne("x@exemple.fr", role)
    qui.refresh_from_db()
    assert (qui.is_staff, qui.doit_avoir_deux_facteurs) == (equipe, etape)
    qui.attribuer_roles([Role.MEMBRE])
    qui.refresh_from_db()
    assert (qui.is_staff, qui.doit_avoir_deux_facteurs) == (False, False)
    assert qui.roles == {Role.MEMBRE}


def test_each_change_is_in_the_journal_once(personne, admin):
    qui = personne("x@exemple.fr")
    qui.attribuer_roles([Role.MODERATEUR], admin)
    assert qui.attribuer_roles([Role.MODERATEUR], admin) is False
    ligne = histoire(qui).get()
    assert (ligne.action, ligne.qui) == ("roles", admin)
    assert ligne.detail == {"avant": [], "apres": ["moderateur"]}


def test_an_unknown_role_is_refused(personne):
    with pytest.raises(ValueError, match="roi"):
        personne("x@exemple.fr").attribuer_roles(["roi"])


def test_permissions_are_those_declared_and_nothing_else(personne):
    charger_roles()
    for role in Role:
        from django.contrib.auth.models import Group

        noms = {
            f"{p.content_type.app_label}.{p.codename}"
            for p in Group.objects.get(name=role).permissions.select_related("content_type")
        }
        assert noms == PERMISSIONS.get(role, set()), role


# --- The last administrator --------------------------------------------------------------------
def test_the_last_administrator_cannot_be_removed(admin):
    for geste in [
        lambda: admin.attribuer_roles([Role.MODERATEUR]),
        lambda: admin.activer(False),
        admin.anonymiser,
    ]:
        with pytest.raises(ValidationError, match="dernier administrateur"):
            geste()
    admin.refresh_from_db()
    assert admin.is_active
    assert admin.roles == {Role.ADMINISTRATEUR}


def test_with_another_one_it_is_possible(admin, personne):
    personne("b@exemple.fr", Role.ADMINISTRATEUR)
    assert admin.attribuer_roles([])
    with pytest.raises(ValidationError):
        Utilisateur.objects.get(email="b@exemple.fr").activer(False)


def test_a_closed_account_does_not_count(admin, personne):
    personne("b@exemple.fr", Role.ADMINISTRATEUR).activer(False)
    with pytest.raises(ValidationError):
        admin.attribuer_roles([])


# --- The admin pages -----------------------------------------------------------------------------
def fiche_de(qui):
    return reverse("admin:comptes_utilisateur_change", args=[qui.pk])


def test_an_administrator_gives_roles(client, admin, personne):
    qui = personne("x@exemple.fr")
    client.force_login(admin)
    page = client.get(fiche_de(qui)).content.decode()
    assert "superutilisateur" not in page.lower()
    assert "is_superuser" not in page
    donnees = {"nom": "Xavier", "is_active": "on", "roles": ["moderateur", "referent_structure"]}
    reponse = client.post(fiche_de(qui), donnees | {"is_superuser": "on", "is_staff": "on"})
    assert reponse.status_code == 302
    qui = Utilisateur.objects.get(pk=qui.pk)
    assert qui.roles == {"moderateur", "referent_structure"}
    assert (qui.nom, qui.is_staff, qui.is_superuser) == ("Xavier", True, False)
    assert histoire(qui).get().qui == admin


def test_the_admin_page_refuses_to_remove_the_last_one(client, admin):
    client.force_login(admin)
    reponse = client.post(fiche_de(admin), {"nom": "", "is_active": "on", "roles": ["moderateur"]})
    assert "dernier administrateur" in reponse.content.decode()
    assert Utilisateur.objects.get(pk=admin.pk).roles == {Role.ADMINISTRATEUR}


def test_a_moderator_sees_accounts_and_changes_none(client, personne, admin):
    marc = personne("marc@exemple.fr", Role.MODERATEUR)
    client.force_login(marc)
    assert client.get(fiche_de(marc)).status_code == 200
    assert client.post(fiche_de(marc), {"roles": ["administrateur"]}).status_code == 403
    assert client.get(reverse("admin:comptes_utilisateur_add")).status_code == 403
    assert Utilisateur.objects.get(pk=marc.pk).roles == {Role.MODERATEUR}


def test_accounts_are_found_by_address_and_by_role(client, personne, admin):
    personne("marc@exemple.fr", Role.MODERATEUR)
    personne("claire@exemple.fr")
    client.force_login(admin)
    liste = reverse("admin:comptes_utilisateur_changelist")
    trouves = client.get(f"{liste}?q=claire").context["cl"].queryset
    assert [c.email for c in trouves] == ["claire@exemple.fr"]
    trouves = client.get(f"{liste}?role=moderateur").context["cl"].queryset
    assert [c.email for c in trouves] == ["marc@exemple.fr"]


def test_an_account_made_by_hand_signs_in_by_code(client, admin):
    from django.test import Client

    from tests.comptes.outils import entrer_par_code, est_entre

    client.force_login(admin)
    donnees = {"email": "Neuf@Exemple.fr", "nom": "", "roles": ["membre"]}
    client.post(reverse("admin:comptes_utilisateur_add"), donnees)
    autre = Client()
    entrer_par_code(autre, "neuf@exemple.fr")
    assert est_entre(autre)


def test_a_lost_phone_is_helped_and_told(client, admin, personne):
    from tests.comptes.outils import dernier_courriel

    marc = personne("marc@exemple.fr", Role.MODERATEUR)
    client.force_login(admin)
    donnees = {"action": "retirer_la_deuxieme_etape", "_selected_action": [marc.pk]}
    client.post(reverse("admin:comptes_utilisateur_changelist"), donnees)
    assert not marc.authenticator_set.exists()
    assert "deuxième étape" in dernier_courriel("marc@exemple.fr").texte
    assert EntreeJournal.objects.filter(action="deuxieme_etape_retiree", qui=admin).exists()


def test_the_admin_sends_to_the_sign_in_of_the_hub(client, personne):
    suite = client.get("/administration/", follow=True)
    assert suite.redirect_chain[-1][0] == "/comptes/login/?next=/administration/"
    client.force_login(personne("claire@exemple.fr"))
    reponse = client.get("/administration/", follow=True)
    assert reponse.status_code == 403
    assert "réservée à l’équipe" in reponse.content.decode()
    client.force_login(personne("marc@exemple.fr", Role.MODERATEUR))
    reponse = client.get("/administration/login/?next=//ailleurs.example/")
    assert reponse.url == "/administration/"


# --- Commands ------------------------------------------------------------------------------------
def test_the_first_administrator_is_made_from_the_command_line(capsys):
    call_command("creer_administrateur", courriel="Premiere@Exemple.fr", nom="Ada")
    qui = Utilisateur.objects.get()
    assert (qui.email, qui.nom, qui.roles) == ("premiere@exemple.fr", "Ada", {"administrateur"})
    assert qui.is_staff
    assert not qui.has_usable_password()
    assert qui.emailaddress_set.get().verified
    assert "deuxième étape" in capsys.readouterr().out


def test_an_existing_account_keeps_what_it_has(personne):
    personne("x@exemple.fr", Role.REFERENT_STRUCTURE)
    call_command("creer_administrateur", courriel="x@exemple.fr")
    assert Utilisateur.objects.get().roles == {"referent_structure", "administrateur"}


@pytest.mark.parametrize("courriel", ["", "pas une adresse", "a@b"])
def test_a_bad_address_is_said(courriel):
    with pytest.raises((CommandError, OSError)):
        call_command("creer_administrateur", courriel=courriel)
    assert not Utilisateur.objects.exists()
