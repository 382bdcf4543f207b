"""A fiche and the page of its structure answer each other: chosen by its authors, or the team."""

import pytest
from django.urls import reverse

from cartographie.models import Fiche
from hubpartenariat.comptes.roles import charger_roles
from hubpartenariat.socle.journal import EntreeJournal
from tests import fabriques
from tests.annuaire.outils_structures import structure
from tests.cartographie.outils import GENERALES, SAISIES, adresse, ouvrir

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roles():
    charger_roles()


@pytest.fixture
def claire(personne):
    return personne("claire@exemple.fr", "membre", nom="Claire")


@pytest.fixture
def tilleuls():
    return structure(nom="Hôpital des Tilleuls")


def envoyer(client, fiche, **champs):
    caches = ouvrir(client, fiche)
    return client.post(adresse(fiche), SAISIES[GENERALES] | caches | {"vers": "ici"} | champs)


def test_the_page_is_offered_when_the_name_answers(claire, client_de, tilleuls):
    structure("proposee", nom="Hôpital des Tilleuls secret")
    client, fiche = client_de(claire), fabriques.fiche(claire)
    html = client.get(adresse(fiche)).content.decode()
    assert 'name="structure"' in html
    assert "secret" not in html
    assert envoyer(client, fiche, structure=str(tilleuls.pk)).status_code == 302
    fiche.refresh_from_db()
    assert fiche.structure == tilleuls
    envoyer(client, fiche, structure="")
    fiche.refresh_from_db()
    assert fiche.structure is None


def test_nothing_is_offered_without_an_answer_and_nothing_is_lost(claire, client_de, tilleuls):
    client = client_de(claire)
    fiche = fabriques.fiche(claire, structure_nom="Zébulon")
    assert 'name="structure"' not in client.get(adresse(fiche)).content.decode()
    caches = ouvrir(client, fiche)
    Fiche.objects.filter(pk=fiche.pk).update(structure=tilleuls)  # by the team, meanwhile
    donnees = SAISIES[GENERALES] | caches | {"vers": "ici", "structure_nom": "Zébulon"}
    assert client.post(adresse(fiche), donnees).status_code == 302
    fiche.refresh_from_db()
    assert fiche.structure == tilleuls


@pytest.mark.parametrize("forgee", ["999999", "abc", "-1", "1 OR 1=1", "9" * 30])
def test_a_forged_choice_changes_nothing(claire, client_de, tilleuls, forgee):
    cachee = structure("proposee", nom="Autre")
    client, fiche = client_de(claire), fabriques.fiche(claire)
    for valeur in (forgee, str(cachee.pk)):
        assert envoyer(client, fiche, structure=valeur).status_code == 422
        fiche.refresh_from_db()
        assert fiche.structure is None


def test_both_pages_lead_to_each_other(claire, client, personne, tilleuls):
    marc = personne("marc@exemple.fr", "moderateur")
    fiche = fabriques.fiche(claire, "publiee", moderateur=marc, structure=tilleuls)
    page, autre = f"/cartographie/fiches/{fiche.slug}/", f"/annuaire/structures/{tilleuls.slug}/"
    assert f'href="{autre}"' in client.get(page).content.decode()
    assert f'href="{page}"' in client.get(autre).content.decode()


def test_a_revision_keeps_the_link(claire, personne, tilleuls):
    marc = personne("marc@exemple.fr", "moderateur")
    fiche = fabriques.fiche(claire, "publiee", moderateur=marc, structure=tilleuls)
    revision = fiche.ouvrir_revision(claire)
    assert revision.structure == tilleuls
    revision.soumettre(claire)
    assert revision.publier(marc).structure == tilleuls


def test_moderators_link_a_fiche_and_its_revision(claire, personne, client_de, tilleuls):
    marc = personne("marc@exemple.fr", "moderateur")
    fiche = fabriques.fiche(claire, "publiee", moderateur=marc, structure_nom="Autrement dit")
    revision = fiche.ouvrir_revision(claire)
    client = client_de(marc, mfa=True)
    page = reverse("admin:cartographie_fiche_structure", args=[fiche.pk])
    assert "Tilleuls" not in client.get(page).content.decode()
    assert "Tilleuls" in client.get(f"{page}?q=tilleul").content.decode()
    assert client.post(page, {"structure": str(tilleuls.pk)}).status_code == 302
    assert client.post(page, {"structure": "999999"}).status_code == 200
    for une in (fiche, revision):
        une.refresh_from_db()
        assert une.structure == tilleuls
    assert EntreeJournal.objects.filter(action="rattacher_structure").count() == 1
    client.post(page, {"structure": ""})
    fiche.refresh_from_db()
    assert fiche.structure is None
    assert client_de(claire).get(page).status_code in (302, 403)
