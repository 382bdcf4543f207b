"""The attestation: what was co-signed, for its owner alone; a code that names nobody."""

import re

import pytest

from annuaire.models import Attestation, CodeDAttestation
from hubpartenariat.socle.documents import DemandeDocument
from tests.annuaire import suites
from tests.cartographie.test_fiche_pdf import telecharger, texte_de
from tests.fabriques import client_de
from tests.outils.pdfua import defauts

pytestmark = pytest.mark.django_db
PERIODE = {"du": "2026-03-01", "au": "2026-03-31", "nom": "Ada Véritable", "confirme": "on"}


class Client:
    """``telecharger`` posts without data: this one sends the form."""

    def __init__(self, client, donnees):
        self.client, self.donnees = client, donnees

    def post(self, adresse):
        return self.client.post(adresse, self.donnees)

    def get(self, adresse):
        return self.client.get(adresse)


@pytest.fixture
def monde():
    monde = suites.mission(visibilites={"savoirs": "membres", "themes": "membres"})
    suites.ligne(monde, etat="cosignee", heures=2, role="Co-animation")
    suites.ligne(monde, etat="cosignee", heures=1.5, role="Co-animation", description="Secret")
    suites.ligne(monde, etat="cosignee", heures=4, role="Hors période", quand="2026-02-01")
    suites.ligne(monde, etat="demandee", heures=8, role="Pas encore signée")
    suites.ligne(monde, heures=16, role="Jamais demandée")
    return monde


def etablir(monde, **change):
    return telecharger(
        Client(client_de(monde.patient), PERIODE | change), "/annuaire/carnet/attestation/"
    )


def test_the_document_adds_up_the_co_signed_lines(monde, tmp_path):
    contenu = etablir(monde)
    lu = texte_de(contenu, tmp_path)
    assert "Ada Véritable" in lu and "Centre des Tilleuls" in lu and "Anne Martin" in lu
    assert "3,50 heures" in lu and re.search(r"Co-animation 3,50", lu)
    assert CodeDAttestation.objects.get().en_groupes in lu
    for absent in ("Hors période", "Pas encore", "Jamais", "Secret", "dialyse"):
        assert absent not in lu
    for mot in (monde.profil.savoirs, *monde.profil.themes, monde.profil.amenagements):
        assert mot not in lu, "no illness in a document that will be shown around"
    assert monde.profil.pseudonyme not in lu
    assert defauts(contenu) == []


def test_only_its_owner_asks_and_downloads(monde):
    etablir(monde)
    demande, faite = DemandeDocument.objects.get(), Attestation.objects.get()
    for qui in (monde.equipe, *monde.etrangers.values()):
        client = client_de(qui)
        assert client.post(f"/annuaire/attestations/{faite.uuid}/pdf/").status_code == 404
        assert client.get(f"/documents/{demande.pk}/").status_code == 404
    assert (
        client_de(monde.patient).post(f"/annuaire/attestations/{faite.uuid}/pdf/").status_code
        == 302
    )


def test_nothing_signed_in_the_period_makes_no_document(monde):
    reponse = client_de(monde.patient).post(
        "/annuaire/carnet/attestation/", PERIODE | {"du": "2025-01-01", "au": "2025-02-01"}
    )
    assert reponse.status_code == 200 and "Aucune ligne co-signée" in reponse.content.decode()
    assert not Attestation.objects.exists()


def test_the_code_proves_hours_and_names_nobody(client, monde):
    etablir(monde)
    code = CodeDAttestation.objects.get()
    lu = client.get(f"/annuaire/attestations/{code.en_groupes.lower()}/").content.decode()
    assert "3,50" in lu.replace("\u202f", "")
    for mot in ("Ada", monde.patient.nom, monde.profil.pseudonyme, "Tilleuls", "Co-animation"):
        assert mot not in lu
    assert client.get("/annuaire/attestations/0000-0000-0000-0000-0000/").status_code == 404


def test_the_code_outlives_the_account(client, monde):
    etablir(monde)
    code = CodeDAttestation.objects.get()
    monde.patient.anonymiser()
    assert not Attestation.objects.exists()
    assert client.get(f"/annuaire/attestations/{code.code}/").status_code == 200
