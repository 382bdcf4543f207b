"""Staff sees the pages of an answer before the opening, and nothing is saved."""

import pytest
from django.core.cache import cache
from django.test import Client

from consultation.models import Avis, Questionnaire, Reponse
from tests.consultation.outils import preparee
from tests.fabriques import client_de, personne

pytestmark = pytest.mark.django_db
APERCU = "/consultations/essai/apercu/"


@pytest.fixture
def staff():
    cache.clear()
    return client_de(personne("mod@exemple.fr", "moderateur"), mfa=True)


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_staff_goes_through_every_page_before_the_opening_and_nothing_is_saved(staff):
    consultation = preparee()
    assert f'href="{APERCU}"' in lu(staff.get("/consultations/essai/"))
    texte = lu(staff.get(APERCU))
    assert "Aperçu pour l’équipe" in texte and "Question de pertinence" in texte
    assert "enregistrement.js" not in texte, "nothing saves by itself"
    vues = [APERCU]
    for envoi in (
        {"A-pertinence": "oui", "A-mots": "Des mots", "vers": "suivante"},
        {"C-impact": "fort", "vers": "suivante"},
        {"priorites": ["A", "C"], "vers": "suivante"},
    ):
        page = staff.post(vues[-1], envoi, follow=True)
        vues.append(page.redirect_chain[-1][0])
    assert vues[1:] == [f"{APERCU}{code}/" for code in ("lien", "priorites", "vous")]
    page = staff.post(vues[-1], {"profil": "pp", "vers": "suivante"}, follow=True)
    assert page.redirect_chain[-1][0] == "/consultations/essai/"
    assert "Rien n’a été enregistré." in lu(page)
    assert not consultation.reponses.exists() and not Avis.objects.exists()
    assert not Questionnaire.objects.filter(consultation=consultation).exists(), "not frozen"


def test_what_the_real_page_would_refuse_is_refused_in_the_preview(staff):
    preparee()
    page = staff.post(f"{APERCU}priorites/", {"priorites": ["A", "B", "C", "Z"]})
    assert page.status_code == 422
    assert not Reponse.objects.exists()


def test_words_changed_are_seen_at_once(staff):
    consultation = preparee()
    consultation.propositions.filter(code="A").update(titre="Un tout autre titre")
    assert "Un tout autre titre" in lu(staff.get(f"{APERCU}cadre/"))


def test_nobody_else_sees_it(staff):
    preparee()
    membre = client_de(personne("membre@exemple.fr"))
    assert membre.get(f"{APERCU}cadre/").status_code == 404
    assert Client().get(f"{APERCU}cadre/").status_code in (302, 404)
