"""Who opens an old version of the results reads that version to the end."""

import re

import pytest
from django.core.cache import cache

from consultation import demo, publication
from tests.consultation.outils import les_21, plus
from tests.fabriques import client_de, personne

pytestmark = pytest.mark.django_db
BASE = "/consultations/les-21/"


@pytest.fixture
def deux_versions():
    """Version 1 of 78 people, version 2 of 156."""
    cache.clear()
    consultation = les_21()
    demo.remplir(consultation, demo.repondants_de_2025())
    consultation.fermer()
    publication.publier(consultation)
    plus(consultation, demo.repondants_de_2025())
    publication.publier(consultation)
    return consultation


def lu(reponse) -> str:
    page = re.sub(r"[\u202f\u00a0]", " ", reponse.content.decode()).replace("&amp;", "&")
    return page[page.index("<main") : page.index("</main>")].replace("’", "'")


def test_every_link_of_an_old_version_stays_in_it_down_to_each_proposition(client, deux_versions):
    page = lu(client.get(f"{BASE}resultats/?version=1"))
    assert "Une version plus récente est publiée" in page
    liens = [
        lien
        for lien in re.findall(r'href="([^"#]*)', page)
        if lien.startswith("?") or "/propositions/" in lien or "/resultats." in lien
    ]
    assert len(liens) > 25
    assert [lien for lien in liens if "version=1" not in lien] == ["?version=2"]
    une = lu(client.get(f"{BASE}propositions/P1/?version=1"))
    assert "version 1 du" in une and "Avis de 78 personnes" in une
    assert f'href="{BASE}resultats/?version=1"' in une


def test_without_a_version_the_last_one_is_read(client, deux_versions):
    assert "plus récente" not in lu(client.get(f"{BASE}resultats/"))
    une = lu(client.get(f"{BASE}propositions/P1/"))
    assert "version 2 du" in une and "?version=" not in une


def test_the_preview_is_of_the_team_alone_on_the_page_of_a_proposition_too(client, deux_versions):
    for page in ("resultats/", "propositions/P1/", "resultats.csv"):
        assert client.get(f"{BASE}{page}?version=9").status_code == 404
        assert client.get(f"{BASE}{page}?version=0").status_code == 404
    equipe = client_de(personne("mod@exemple.fr", "moderateur"), mfa=True)
    assert "rien n'est publié" in lu(equipe.get(f"{BASE}propositions/P1/?version=0"))
