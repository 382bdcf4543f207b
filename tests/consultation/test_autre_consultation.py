"""A consultation that is not the one of 2025: its own scales, its own collèges, its own length."""

import pytest
from django.core.cache import cache

from consultation import demo, publication
from consultation.documents import LettreDInvitation
from consultation.models import Echelle
from consultation.restitution import charger_2025
from tests.consultation.outils import les_21, preparee

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cache():
    cache.clear()


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def publiee(roles: dict[str, str]):
    """Forty people on the scales « pertinence » and « impact » renamed, with these roles."""
    consultation = preparee(regles={"duo": ["patients", "soin"]})
    for rang, (code, role) in enumerate(roles.items()):
        echelle = consultation.echelles.order_by("ordre")[rang]
        titre = f"Échelle {code}"
        Echelle.objects.filter(pk=echelle.pk).update(code=code, role=role, titre=titre)
    consultation.ouvrir()
    un, deux = roles
    premiers, seconds = ("oui", "plutot", "non"), ("fort", "faible")
    demo.remplir(
        consultation,
        [
            {
                "profil": {"profil": ("pp", "medecin")[i % 2]},
                "avis": {
                    (p, e): choix[(i + rang) % len(choix)]
                    for rang, p in enumerate("ABC")
                    for e, choix in ((un, premiers), (deux, seconds))
                },
                "priorites": ["A"],
            }
            for i in range(40)
        ],
    )
    consultation.fermer()
    publication.publier(consultation)
    return consultation


def test_the_matrix_takes_the_scales_that_staff_designated(client):
    publiee({"faisable": "faisabilite", "effet": "impact"})
    page = lu(client.get("/consultations/essai/resultats/"))
    assert '<h2 id="matrice-titre">Échelle faisable et échelle effet</h2>' in page
    assert "Échelle faisable favorable" in page


def test_without_roles_the_documented_codes_are_enough_and_others_give_no_matrix(client):
    publiee({"faisabilite": "", "impact": ""})
    assert 'id="matrice-titre"' in lu(client.get("/consultations/essai/resultats/"))


@pytest.mark.parametrize("roles", [{"un": "", "deux": ""}, {"faisabilite": "autre", "impact": ""}])
def test_scales_that_play_no_part_give_no_matrix(client, roles):
    publiee(roles)
    assert 'id="matrice-titre"' not in lu(client.get("/consultations/essai/resultats/"))


def test_the_two_colleges_compared_are_named_as_staff_named_them(client):
    publiee({"un": "", "deux": ""})
    page = lu(client.get("/consultations/essai/resultats/"))
    assert '<h2 id="ecarts-titre">Collège patients et Collège soin</h2>' in page
    assert "Personnes concernées" not in page


def test_the_time_to_answer_is_that_of_the_questions(client):
    preparee().ouvrir()
    les_21()
    # A page of two propositions, a page of one, the priorities, the profile.
    assert "Environ 5 minutes" in lu(client.get("/consultations/essai/"))
    assert "Environ 15 minutes" in lu(client.get("/consultations/les-21/"))
    donnees = LettreDInvitation().donnees({"consultation": "essai"})
    assert donnees["minutes"] == 5


def test_results_published_elsewhere_are_named_by_their_consultation(client):
    consultation = charger_2025()
    consultation.titre = "Une consultation de 2031"
    consultation.save()
    page = lu(client.get("/consultations/consultation-2025/resultats/"))
    assert "<h1>Résultats : Une consultation de 2031</h1>" in page
    assert "Résultats de 2025" not in page


def test_the_territories_of_2025_are_shown_but_the_smallest(client):
    charger_2025()
    page = lu(client.get("/consultations/consultation-2025/resultats/"))
    table = page[page.index("où viennent les réponses") :].split("</table>")[0]
    parts = {
        ligne.split("</th>")[0].split(">")[-1]: ligne.split('<td class="nombre">')[1].split("<")[0]
        for ligne in table.split("<tr>")[2:]
    }
    assert parts["Paris"] == "26 %"
    assert len(parts) == 9
    few = {nom for nom, part in parts.items() if part == "moins de 5 personnes"}
    assert {"Essonne", "Seine-et-Marne"} <= few, "hidden and empty look the same"
