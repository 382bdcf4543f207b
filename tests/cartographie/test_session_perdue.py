"""A text sent after its session expired waits for its author, and for nobody else."""

import re
import uuid
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cartographie.models import Fiche
from hubpartenariat.socle.formulaires import (
    SaisieEnAttente,
    purger_les_saisies_en_attente,
)
from hubpartenariat.socle.tasks import purger
from tests.cartographie.outils import AUTOMATIQUE, GENERALES, SAISIES, adresse, connexion, ouvrir

pytestmark = pytest.mark.django_db


def test_the_text_sent_after_the_session_waits_for_its_author(claire, brouillon):
    client = connexion(claire)
    caches = ouvrir(client, brouillon)
    client.logout()
    reponse = client.post(adresse(brouillon), SAISIES[GENERALES] | caches, follow=False)
    assert reponse.url.startswith("/comptes/")
    assert Fiche.objects.get().titre == ""
    client.force_login(claire)
    reponse = client.get(adresse(brouillon), follow=True)
    page = reponse.content.decode()
    assert "avant de vous reconnecter est enregistré" in page.replace("\xa0", " ")
    assert 'value="Café des pairs"' in page
    assert Fiche.objects.get().titre == "Café des pairs"
    assert SaisieEnAttente.objects.count() == 0


def test_kept_text_that_became_stale_shows_both_versions(claire, brouillon, personne):
    lea = personne("lea@exemple.fr", nom="Léa")
    brouillon.auteurs.add(lea)
    client = connexion(claire)
    caches = ouvrir(client, brouillon)
    client.logout()
    client.post(adresse(brouillon), caches | {"titre": "Mon titre"})
    connexion(lea).post(adresse(brouillon), {"titre": "Titre de Léa"})
    client.force_login(claire)
    for _ in range(2):  # reloading loses nothing
        reponse = client.get(adresse(brouillon))
        assert reponse.status_code == 409
        assert 'value="Mon titre"' in reponse.content.decode()
    caches = re.findall(r'name="(_\w+)" value="([^"]*)"', reponse.content.decode())
    client.post(adresse(brouillon), dict(caches) | {"titre": "Ensemble", "_choix_titre": "mienne"})
    assert Fiche.objects.get().titre == "Ensemble"
    assert client.get(adresse(brouillon)).status_code == 200
    assert SaisieEnAttente.objects.count() == 0


def test_another_account_cannot_save_it_but_the_text_can_be_copied_once(
    claire, brouillon, personne
):
    client = connexion(claire)
    caches = ouvrir(client, brouillon)
    client.logout()
    client.post(adresse(brouillon), caches | {"titre": "Texte de Claire"})
    client.force_login(personne("autre@exemple.fr"))
    reponse = client.get(adresse(brouillon))
    assert reponse.status_code == 403
    assert "Texte de Claire" in reponse.content.decode()
    assert client.get(adresse(brouillon)).status_code == 404
    assert Fiche.objects.get().titre == ""
    assert SaisieEnAttente.objects.count() == 0


def test_text_kept_in_one_browser_cannot_be_planted_in_another(claire, brouillon):
    """Nothing in an address leads to a kept text: only the cookie of the browser does."""
    pirate = Client()
    reponse = pirate.post(adresse(brouillon), {"titre": "Planté"})
    assert SaisieEnAttente.objects.count() == 1
    assert str(SaisieEnAttente.objects.get().pk) not in reponse.url
    client = connexion(claire)
    assert "Planté" not in client.get(reponse.url, follow=True).content.decode()
    assert "Planté" not in client.get(adresse(brouillon)).content.decode()
    assert Fiche.objects.get().titre == ""


def test_a_browser_that_keeps_a_text_sees_its_own_only(claire, brouillon):
    Client().post(adresse(brouillon), {"titre": "D’un autre navigateur"})
    client = Client()
    client.post(adresse(brouillon, "fonctionnement"), {"pilotage": "Le mien"})
    client.force_login(claire)
    assert "autre navigateur" not in client.get(adresse(brouillon)).content.decode()
    client.get(adresse(brouillon, "fonctionnement"))
    fiche = Fiche.objects.get()
    assert (fiche.titre, fiche.pilotage) == ("", "Le mien")


def test_another_site_cannot_leave_a_text(brouillon):
    client = Client(enforce_csrf_checks=True)
    assert client.post(adresse(brouillon), {"titre": "Planté"}).status_code == 403
    assert SaisieEnAttente.objects.count() == 0


def test_nothing_is_kept_for_a_draft_that_does_not_exist():
    url = reverse("cartographie:section", args=[uuid.uuid4(), GENERALES])
    reponse = Client().post(url, {"titre": "x"})
    assert reponse.status_code == 302
    assert SaisieEnAttente.objects.count() == 0


def test_a_browser_keeps_a_few_texts_only_and_none_too_large(brouillon):
    client = Client()
    for n in range(9):
        client.post(adresse(brouillon), {"titre": f"texte {n}"})
    assert SaisieEnAttente.objects.count() == 5
    reponse = client.post(adresse(brouillon), {f"k{n}": "x" * 40_000 for n in range(20)})
    assert reponse.status_code == 302
    assert SaisieEnAttente.objects.count() == 5


def test_autosave_without_session_says_so_and_keeps_nothing(brouillon):
    reponse = Client().post(adresse(brouillon), {"titre": "x"}, headers=AUTOMATIQUE)
    assert reponse.status_code == 401
    assert "Enregistrer" in reponse.json()["message"]
    assert SaisieEnAttente.objects.count() == 0


def test_kept_texts_are_forgotten(brouillon):
    Client().post(adresse(brouillon), {"titre": "x"})
    assert purger_les_saisies_en_attente() == 0
    SaisieEnAttente.objects.update(creee_le=timezone.now() - timedelta(days=3))
    purger()  # the hourly task
    assert SaisieEnAttente.objects.count() == 0


def test_the_text_of_a_moderator_waits_for_the_second_step(personne, client_de):
    """Their session is open but has not shown its second factor: nothing typed is lost."""
    moderateur = personne("max@exemple.fr", "moderateur")
    fiche = Fiche.objects.commencer(moderateur)
    prouve, sans_preuve = client_de(moderateur, mfa=True), client_de(moderateur)
    caches = ouvrir(prouve, fiche)
    reponse = sans_preuve.post(adresse(fiche), SAISIES[GENERALES] | caches)
    assert reponse.url.startswith("/comptes/2fa/reauthenticate/")
    assert adresse(fiche) in unquote(reponse.url)
    assert Fiche.objects.get().titre == ""
    session = sans_preuve.session
    session["account_authentication_methods"] = prouve.session["account_authentication_methods"]
    session.save()
    assert sans_preuve.get(adresse(fiche), follow=True).status_code == 200
    assert Fiche.objects.get().titre == "Café des pairs"
    automatique = client_de(moderateur).post(adresse(fiche), caches, headers=AUTOMATIQUE)
    assert automatique.status_code == 401
