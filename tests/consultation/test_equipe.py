"""What the staff does: paper answers, closing by date, exports, rules as fields, retention."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.utils import timezone

from consultation import demo, publication
from consultation.conservation import _reponses
from consultation.models import Consultation, Reponse
from consultation.regles import Regles
from consultation.restitution import charger_2025
from hubpartenariat.socle.journal import EntreeJournal
from tests.consultation.outils import les_21, ouverte, preparee
from tests.consultation.test_repondre import BASE, CADRE, remplir
from tests.fabriques import client_de, personne

pytestmark = pytest.mark.django_db
ADMIN = "/administration/consultation/consultation/"


@pytest.fixture(autouse=True)
def _cache():
    cache.clear()


@pytest.fixture
def staff():
    return client_de(personne("mod@exemple.fr", "moderateur"), mfa=True)


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_paper_answers_are_typed_sheet_after_sheet(client, staff):
    consultation = ouverte()
    for _ in range(2):
        staff.post(f"{BASE}repondre/", {"source": "papier"})
        remplir(staff, CADRE, A__pertinence="oui")
        page = staff.post(f"{BASE}reponse/envoyer/", follow=True)
        assert "questionnaire suivant" in lu(page)
    assert [r.source for r in Reponse.objects.all()] == ["papier", "papier"]
    assert Reponse.objects.comptees(consultation).count() == 2
    client.post(f"{BASE}repondre/", {"source": "papier"})
    assert Reponse.objects.filter(source="web").count() == 1, "the public cannot say « papier »"
    assert "équipe" not in lu(client.get(f"{BASE}repondre/")).split("<main")[1].split("</main>")[0]


def test_a_consultation_closes_by_its_date(client):
    consultation = ouverte()
    Consultation.objects.filter(pk=consultation.pk).update(
        ferme_le=timezone.now() - timedelta(minutes=1)
    )
    assert client.post(f"{BASE}repondre/").status_code == 200, "refused before any clock runs"
    assert Consultation.objects.clore_les_passees() == 1
    assert Consultation.objects.clore_les_passees() == 0
    assert Consultation.objects.get(pk=consultation.pk).etat == "close"


def test_answers_never_sent_go_ninety_days_after_closing(client):
    consultation = ouverte()
    client.post(f"{BASE}repondre/")
    consultation.fermer()
    assert _reponses(timezone.now() + timedelta(days=89), True) == 0
    assert _reponses(timezone.now() + timedelta(days=91), False) == 1
    assert Reponse.objects.count() == 1, "dry"
    assert _reponses(timezone.now() + timedelta(days=91), True) == 1
    assert not Reponse.objects.exists()


def test_answers_one_by_one_need_a_named_right_and_leave_a_line(staff):
    consultation = ouverte()
    staff.post(f"{BASE}repondre/", {"source": "papier"})
    remplir(staff, CADRE, A__pertinence="oui", A__impact="nsp")
    staff.post(f"{BASE}reponse/envoyer/")
    choix = {"action": "exporter_les_reponses", "_selected_action": consultation.pk}
    assert "une à une" not in lu(staff.get(ADMIN))
    staff.post(ADMIN, choix)
    assert not EntreeJournal.objects.filter(action="exporter_reponses").exists()
    chef = client_de(personne("admin@exemple.fr", "administrateur"), mfa=True)
    texte = chef.post(ADMIN, choix).content.decode()
    [ligne] = csv.DictReader(StringIO(texte.lstrip("\ufeff")), delimiter=";")
    assert (ligne["A_pertinence"], ligne["A_impact"], ligne["B_impact"]) == ("oui", "nsp", "")
    assert EntreeJournal.objects.filter(action="exporter_reponses").count() == 1


def test_rules_are_fields_until_the_opening_then_sentences(staff):
    consultation = preparee("essai")
    adresse = f"{ADMIN}{consultation.pk}/change/"
    page = lu(staff.get(adresse))
    assert "Consensus fort : part favorable, au moins (%)" in page
    consultation.ouvrir()
    page = lu(staff.get(adresse))
    assert "Consensus fort : part favorable, au moins (%)" not in page
    for phrase in Regles.de(consultation.regles).phrases():
        assert phrase[:40].replace("\u202f", " ").replace("\u00a0", " ") in page


def test_the_earlier_round_stands_beside_the_results(client):
    consultation = les_21()
    consultation.precedente = charger_2025()
    consultation.save()
    demo.remplir(consultation, demo.repondants_de_2025())
    consultation.fermer()
    publication.publier(consultation)
    page = lu(client.get(f"/consultations/{consultation.slug}/resultats/"))
    assert "Depuis le tour précédent" in page
    assert "73,1 puis <strong>73,1</strong>" in page


def test_propositions_are_found_once_the_consultation_is_open(client):
    consultation = preparee("essai")
    consultation.propositions.filter(code="A").update(titre="Un annuaire des girafes")
    adresse = "/recherche/?q=girafe"
    assert "annuaire des girafes" not in lu(client.get(adresse))
    consultation.ouvrir()
    assert "annuaire des girafes" in lu(client.get(adresse))
    assert "annuaire des girafes" in lu(client.get("/consultations/?q=girafes"))


def test_sheets_handed_in_on_the_last_day_are_typed_until_results_are_published(client, staff):
    consultation = ouverte()
    consultation.fermer()
    entree = f"{BASE}repondre/"
    client.post(entree)
    assert not Reponse.objects.exists(), "the public comes too late"
    assert "Saisir une réponse sur papier" in lu(staff.get(entree))
    assert "Saisir une réponse sur papier" not in lu(client.get(entree))
    staff.post(entree, {"source": "papier"})
    remplir(staff, f"{BASE}reponse/page/cadre/", A__pertinence="oui")
    staff.post(f"{BASE}reponse/envoyer/")
    assert Reponse.objects.comptees(consultation).count() == 1
    publication.figer(consultation, publication.compter(consultation))
    assert "Saisir une réponse sur papier" not in lu(staff.get(entree))
    staff.post(entree, {"source": "papier"})
    assert Reponse.objects.count() == 1
