"""The door of the directory: what it explains, where it leads, what it never shows."""

import re

import pytest

from tests.annuaire.outils_structures import rattacher, structure

pytestmark = pytest.mark.django_db


def test_the_door_explains_and_leads_somewhere(client, personne):
    claire = personne("claire@exemple.fr", nom="Claire Nommée")
    rattacher(claire, structure(), montre_mon_nom=True)
    structure("proposee")
    html = client.get("/annuaire/").content.decode()
    assert re.search(r"<dt>structure publiée</dt><dd>1</dd>", html)
    for mot in ("sous pseudonyme", "ordre tiré au hasard", "deux accords", "plafond", "un clic"):
        assert mot in html, mot
    assert "Claire" not in html
    contenu = html.partition("<main")[2].partition("</main>")[0]
    for lien in set(re.findall(r'href="(/[^"#?]*)', contenu)):
        assert client.get(lien).status_code in (200, 302), lien


def test_the_door_costs_the_same_at_every_size(client, sans_n_plus_1):
    sans_n_plus_1(client, "/annuaire/", lambda n: [structure() for _ in range(n)])


def test_the_page_of_a_structure_costs_the_same_at_every_size(client, sans_n_plus_1, personne):
    from tests.fabriques import fiches_publiees

    une, claire = structure(), personne("claire@exemple.fr")
    page = f"/annuaire/structures/{une.slug}/"

    def ajouter(nombre):
        fiches_publiees(claire, nombre, structure=une)
        structure("fusionnee", fusionnee_dans=une)

    sans_n_plus_1(client, page, ajouter)
