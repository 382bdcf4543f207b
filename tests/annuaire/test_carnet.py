"""The carnet d'engagement: private, shown line by line, locked when co-signed."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from annuaire.models import LigneDeCarnet
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.annuaire import suites
from tests.fabriques import client_de

pytestmark = pytest.mark.django_db
CARNET = "/annuaire/carnet/"


def adresse(ligne, acte="") -> str:
    return f"{CARNET}{ligne.uuid}/{acte}"


def champs(monde, **change) -> dict:
    valeurs = {
        "quand": "2026-03-12",
        "heures": "2,5",
        "role": "Animation",
        "description": "Un atelier",
    }
    return valeurs | {"mission": ""} | change


def test_a_line_is_written_with_a_comma_and_read_by_its_owner_alone():
    monde = suites.mission()
    reponse = client_de(monde.patient).post(f"{CARNET}ajouter/", champs(monde))
    assert reponse.status_code == 302, reponse.content.decode()[:2000]
    ligne = LigneDeCarnet.objects.get()
    assert (str(ligne.heures), ligne.etat) == ("2.50", "libre")
    assert "Animation" in client_de(monde.patient).get(CARNET).content.decode()
    for qui in (monde.equipe, *monde.etrangers.values()):
        assert "Animation" not in client_de(qui).get(CARNET).content.decode()
        for acte in ("", "supprimer/", "co-signature/", "reprendre/"):
            assert client_de(qui).get(adresse(ligne, acte)).status_code == 404
            assert client_de(qui).post(adresse(ligne, acte)).status_code == 404


@pytest.mark.parametrize(
    "faux", [{"heures": "0"}, {"heures": "300"}, {"quand": "2999-01-01"}, {"role": ""}]
)
def test_what_cannot_be_is_refused_and_kept(faux):
    monde = suites.mission()
    reponse = client_de(monde.patient).post(f"{CARNET}ajouter/", champs(monde, **faux))
    assert reponse.status_code == 200
    assert "Un atelier" in reponse.content.decode()
    assert not LigneDeCarnet.objects.exists()


def test_the_team_reads_only_the_lines_that_it_was_asked_to_sign():
    monde = suites.mission()
    suites.ligne(monde, role="Ligne secrète")
    suites.ligne(monde, role="Ligne sans mission", mission=None)
    suites.ligne(monde, role="Ligne demandée", etat="demandee")
    lu = client_de(monde.equipe).get(f"/annuaire/missions/{monde.mission.uuid}/carnet/")
    lu = lu.content.decode()
    assert "Ligne demandée" in lu
    assert "Ligne secrète" not in lu and "Ligne sans mission" not in lu
    patient = client_de(monde.patient).get(f"/annuaire/missions/{monde.mission.uuid}/carnet/")
    assert patient.status_code == 404


def test_a_co_signed_line_is_locked_until_taken_back():
    monde = suites.mission()
    ligne = suites.ligne(monde, etat="cosignee")
    assert ligne.cosignee_par == monde.equipe
    for acte in (lambda: ligne.modifier(heures=9), ligne.supprimer, ligne.demander):
        with pytest.raises(TransitionRefusee):
            acte()
    client_de(monde.patient).post(adresse(ligne), champs(monde, heures="9"))
    ligne.refresh_from_db()
    assert ligne.heures == 2
    ligne.reprendre()
    ligne.modifier(heures=3)
    assert ligne.etat == "libre" and ligne.cosignee_par is None


def test_a_line_that_changed_since_it_was_read_is_not_signed():
    monde = suites.mission()
    ligne = suites.ligne(monde, etat="demandee")
    lue = ligne.demandee_le.isoformat()
    ligne.reprendre()
    ligne.modifier(heures=99)
    ligne.demander()
    with pytest.raises(TransitionRefusee, match="entre-temps"):
        ligne.cosigner(monde.equipe, lue)


def test_only_the_team_of_the_mission_signs():
    monde = suites.mission()
    ligne = suites.ligne(monde, etat="demandee")
    for qui in (monde.patient, *monde.etrangers.values()):
        with pytest.raises(TransitionRefusee, match="équipe"):
            ligne.cosigner(qui, ligne.demandee_le.isoformat())
    adresse_ = reverse("annuaire:repondre_au_carnet", args=[monde.mission.uuid, ligne.uuid])
    for qui in monde.etrangers.values():
        assert client_de(qui).post(adresse_, {"reponse": "cosigner"}).status_code == 404
    ligne.refresh_from_db()
    assert ligne.etat == "demandee"


def test_the_export_says_the_lines_and_no_formula_runs():
    monde = suites.mission()
    suites.ligne(monde, role="=1+1", etat="cosignee", heures=2)
    lu = client_de(monde.patient).get(f"{CARNET}lignes.csv").content.decode("utf-8-sig")
    entetes, ligne = csv.reader(StringIO(lu), delimiter=";")
    assert ligne[1] == "2,00" and not ligne[2].startswith("=")
    assert ligne[-1] == "Co-signée"
    autre = client_de(monde.equipe).get(f"{CARNET}lignes.csv").content.decode()
    assert "1+1" not in autre
