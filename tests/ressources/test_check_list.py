"""The check-list: a « oui » that the fiche contradicts asks; six months later, asked again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hubpartenariat.socle.courriel import Courriel
from ressources.deux_voix import avis, transitions
from ressources.deux_voix.coherence import contradictions
from ressources.models import FicheProjet, Passage, ReponseDeVoix
from tests import fabriques
from tests.ressources.outils_deux_voix import (
    CHECK_LIST,
    OUI,
    champs,
    devoiler,
    envoi,
    page_de,
    projet_a_deux,
)


@pytest.fixture
def avec_fiche(db):
    """A project whose fiche declares one patient partenaire, and no frame."""
    projet, pro, patient = projet_a_deux()
    projet.fiche = fabriques.fiche(pro, "publiee", nb_patients=1, cadres=["aucun"])
    projet.save()
    return projet, pro, patient


def simple(texte: str) -> str:
    """With ordinary spaces."""
    return texte.replace("\xa0", " ").replace("\u202f", " ")


def page_ouverte(projet, qui) -> str:
    passage = transitions.ouvrir(projet, CHECK_LIST.code, qui)
    return f"{page_de(projet, CHECK_LIST)}{passage.uuid}/"


# --- Against the fiche ---------------------------------------------------------------------------
def test_a_oui_that_the_fiche_contradicts_asks_and_is_not_kept(avec_fiche, client_de):
    projet, pro, _ = avec_fiche
    page, client = page_ouverte(projet, pro), client_de(pro)
    lu = client.post(page, champs(OUI))
    texte = simple(lu.content.decode())
    assert lu.status_code == 200
    assert "Votre fiche déclare 1 patient partenaire." in texte
    assert "aucun cadre n’est formalisé" in texte
    assert not ReponseDeVoix.objects.exists()
    assert texte.count(" checked") == 10, "nothing typed is lost"
    dit = champs(OUI) | {"precision": "Une deuxième personne est arrivée en mars."}
    assert client.post(page, dit).status_code == 302
    [une] = ReponseDeVoix.objects.all()
    assert une.contredits == ["2", "5"]


def test_what_was_said_of_the_fiche_is_shown_to_all(avec_fiche, client_de):
    projet, pro, patient = avec_fiche
    page = page_ouverte(projet, pro)
    client_de(pro).post(page, champs(OUI) | {"precision": "Elle est arrivée en mars."})
    lu = client_de(patient).get(page).content.decode()
    assert "Elle est arrivée en mars." not in lu, "not before both are in"
    client_de(patient).post(page, champs(["non"] * 10))
    lu = client_de(patient).get(page).content.decode()
    assert "Elle est arrivée en mars." in lu
    assert "la fiche ou le projet disait autre chose" in lu


@pytest.mark.parametrize(
    ("fiche", "contredits"),
    [
        ({"nb_patients": 1, "cadres": ["charte"]}, {2}),
        ({"nb_patients": 2, "cadres": ["charte"]}, set()),
        ({"nb_patients": None, "cadres": ["charte"]}, {2}),  # the project counts one
        ({"nb_patients": 0, "cadres": ["aucun"]}, {2, 5}),
        ({"nb_patients": 3, "cadres": ["charte"], "check_list": {"7": "non", "8": "oui"}}, {7}),
    ],
)
def test_what_of_the_fiche_contradicts(db, fiche, contredits):
    projet, pro, _ = projet_a_deux()
    projet.fiche = fabriques.fiche(pro, "publiee", **fiche)
    assert set(contradictions(projet, OUI)) == contredits
    assert contradictions(projet, ["non"] * 10) == {}


def test_without_a_fiche_the_project_itself_is_asked(db):
    projet, _, _ = projet_a_deux()
    assert contradictions(projet, OUI) == {
        2: "Le projet compte 1 patient partenaire dans cet espace."
    }
    projet.participations.create(personne=fabriques.personne(), nom="Zoé", voix="patient")
    assert contradictions(projet, OUI) == {}


@pytest.mark.parametrize(
    ("sieges", "contredits"),
    [
        ([], set()),
        ([("professionnel", True)], {3, 4}),
        ([("professionnel", True), ("patient", False)], {4}),
        ([("professionnel", True), ("patient", False), ("patient", True)], set()),
    ],
)
def test_what_the_steering_body_contradicts(db, client_de, sieges, contredits):
    projet, pro, _ = projet_a_deux()
    projet.participations.create(personne=fabriques.personne(), nom="Zoé", voix="patient")
    fiche = FicheProjet.objects.create(projet=projet)
    for voix, vote in sieges:
        fiche.pilotage.create(nom="Un siège", voix=voix, vote=vote)
    assert set(contradictions(projet, OUI)) == contredits
    page = page_ouverte(projet, pro)
    lu = simple(client_de(pro).post(page, champs(OUI)).content.decode())
    assert ("aucun patient partenaire ne vote" in lu) == bool(contredits)


# --- Disagreements -------------------------------------------------------------------------------
def test_disagreements_become_questions_with_what_helps(db, client_de):
    projet, pro, patient = projet_a_deux()
    un, autre = ["non", *OUI[1:9], "en_cours"], ["non", "non", *OUI[2:10]]
    passage = devoiler(projet, pro, patient, CHECK_LIST, un, autre)
    page = f"{page_de(projet, CHECK_LIST)}{passage.uuid}/"
    lu = client_de(pro).get(page).content.decode()
    questions = lu.split("De quoi parler ensemble")[1]
    assert questions.count("<h3>") == 2
    assert "Professionnel : Oui ; patient partenaire : Non" in questions.replace(
        "\xa0", " "
    ).replace("\u202f", " ")
    assert "auto-déclarées" in lu
    assert "label" in lu.split("auto-déclarées")[1][:60]
    dit = client_de(pro).get(f"{page}resultats.json").json()
    assert dit["desaccords"] == [2, 10]
    commun = client_de(pro).get(f"{page}commun/").content.decode()
    assert commun.count('name="phrase-') == 2


def test_full_agreement_is_concluded_at_once(db):
    passage = devoiler(*projet_a_deux(), CHECK_LIST, OUI, OUI)
    assert passage.etat == "termine"
    assert passage.conclu_le


def test_everything_must_be_answered(db, client_de):
    projet, pro, _ = projet_a_deux()
    page, client = page_ouverte(projet, pro), client_de(pro)
    for faux in ({}, champs(OUI[:9]), champs([*OUI[:9], "peut-être"]), champs([*OUI[:9], "\x00"])):
        assert client.post(page, faux).status_code == 200
    assert not ReponseDeVoix.objects.exists()


# --- Six months later ----------------------------------------------------------------------------
def _vieillir(passage, jours):
    quand = timezone.now() - timedelta(days=jours)
    Passage.objects.filter(pk=passage.pk).update(ouvert_le=quand, devoile_le=quand)


def _vieillir_ouvert(passage, jours):
    quand = timezone.now() - timedelta(days=jours)
    Passage.objects.filter(pk=passage.pk).update(ouvert_le=quand)


def _rappels() -> list[str]:
    rappels = Courriel.objects.filter(sujet__startswith="Six mois après")
    return sorted(rappels.values_list("destinataire", flat=True))


def test_asked_again_after_six_months_once_each(db):
    projet, pro, patient = projet_a_deux()
    passage = devoiler(projet, pro, patient, CHECK_LIST, OUI, OUI)
    _vieillir(passage, 170)
    avis.redemander()
    assert _rappels() == []
    _vieillir(passage, 190)
    avis.redemander()
    avis.redemander()
    assert _rappels() == sorted([pro.email, patient.email])


def test_not_asked_again_when_one_is_under_way_or_who_left(db):
    projet, pro, patient = projet_a_deux()
    vieux = devoiler(projet, pro, patient, CHECK_LIST, OUI, OUI)
    _vieillir(vieux, 300)
    ouvert = transitions.ouvrir(projet, CHECK_LIST.code, pro)
    avis.redemander()
    assert _rappels() == []
    ouvert.delete()
    projet.participations.filter(personne=pro).update(partie_le=timezone.now())
    avis.redemander()
    assert _rappels() == [patient.email]


def test_a_side_that_never_answered_is_reminded_once_and_alone(db):
    projet, pro, patient = projet_a_deux()
    ouvert = transitions.ouvrir(projet, CHECK_LIST.code, pro)
    transitions.repondre(ouvert, pro, "professionnel", envoi(OUI))
    _vieillir_ouvert(ouvert, 170)
    avis.redemander()
    attend = Courriel.objects.filter(sujet__contains="attend votre côté")
    assert not attend.exists()
    _vieillir_ouvert(ouvert, 190)
    avis.redemander()
    avis.redemander()
    assert [c.destinataire for c in attend] == [patient.email]
    assert _rappels() == []


def test_the_clock_asks(db):
    from hubpartenariat.horaires import HORAIRES
    from ressources import tasks

    assert "ressources.tasks.redemander_les_check_lists" in {un.tache for un in HORAIRES}
    passage = devoiler(*projet_a_deux(), CHECK_LIST, OUI, OUI)
    _vieillir(passage, 400)
    tasks.redemander_les_check_lists()
    assert len(_rappels()) == 2


# --- My space, the demonstration, without an account ---------------------------------------------
def test_my_space_says_what_waits(db, client_de):
    projet, pro, patient = projet_a_deux()
    page_ouverte(projet, pro)
    assert "Vos réponses sont attendues" in client_de(pro).get("/mon-espace/").content.decode()
    transitions.repondre(Passage.objects.get(), pro, "professionnel", transitions.Envoi(OUI, []))
    assert "Vos réponses sont attendues" not in client_de(pro).get("/mon-espace/").content.decode()
    assert "Vos réponses sont attendues" in client_de(patient).get("/mon-espace/").content.decode()


def test_the_demonstration_has_every_state_and_may_be_loaded_twice(db):
    from ressources.demo import deux_voix as demo

    gens = [fabriques.personne(), fabriques.personne()]
    assert demo.charger(gens) == 6
    assert demo.charger(gens) == 0
    for outil in ("barometre", "check_list"):
        etats = set(Passage.objects.filter(outil=outil).values_list("etat", flat=True))
        assert "a_repondre" in etats
    assert set(Passage.objects.values_list("etat", flat=True)) == {
        "a_repondre",
        "a_discuter",
        "termine",
    }


def test_tried_without_an_account(db, client_de):
    page, client = "/ressources/outils/check-list/", client_de()
    lu = client.post(page, {"professionnel-2": "oui", "patient-2": "non"}).content.decode()
    assert "De quoi parler ensemble" in lu
    document = client.post(f"{page}pdf/", {"professionnel-2": "oui", "patient-2": "non"})
    assert document.content.startswith(b"%PDF")
    assert not Passage.objects.exists()
