"""Live sessions: who may say what, what is shown, what is merged, what stays."""

import csv
from io import StringIO

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from consultation import seances
from consultation.conservation import _participants
from consultation.models import Contribution, Participant, QuestionDeSeance, Seance
from consultation.views.seances import CODES_PAR_HEURE
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.consultation.outils import ouverte
from tests.fabriques import client_de, personne

pytestmark = pytest.mark.django_db


def preparer_une_seance(proposition=None, **champs) -> Seance:
    """Open, with one question of each kind, none open yet."""
    seance = Seance.objects.create(titre="Séance d’essai", date="2026-11-20", **champs)
    for rang, (genre, intitule) in enumerate(
        {
            "mot": "Le partenariat en un mot ?",
            "choix": "Commencer par quoi ?",
            "texte": "Que faudrait-il changer ?",
            "moi_aussi": "Une idée ?",
        }.items()
    ):
        seance.questions.create(
            genre=genre,
            intitule=intitule,
            ordre=rang,
            choix=["Former", "Financer"] if genre == "choix" else [],
            proposition=proposition,
        )
    seance.ouvrir()
    return seance


@pytest.fixture
def seance():
    cache.clear()
    return preparer_une_seance()


@pytest.fixture
def staff():
    return client_de(personne("anim@exemple.fr", "moderateur"), mfa=True)


def question(seance, genre) -> QuestionDeSeance:
    une = seance.questions.select_related("seance").get(genre=genre)
    if une.etat != "ouverte":
        une.ouvrir()
    return une


def dire(seance, une, texte, client=None):
    client = client or Client()
    adresse = f"/seance/{seance.code}/"
    return client.post(adresse, {"question": une.pk, "reponse": texte}), client


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("mots", "attendus"),
    [
        (["Écoute", "écoute", "ECOUTES "], [("écoute", 3)]),
        (["patients", "patient", "Patient"], [("patient", 3)]),
        (["réseaux", "réseau"], [("réseau", 2)]),
        (["journaux", "journal"], [("journal", 2)]),
        (["temps", "temp"], [("temp", 1), ("temps", 1)]),
        (["le respect !", "Le respect"], [("le respect", 2)]),
        (["l’humain", "l'humain"], [("l'humain", 2)]),
        (["…", "  ", "!!"], []),
        (["<b>gras</b>"], [("<b>gras</b>", 1)]),
    ],
)
def test_words_are_merged_whatever_case_accents_and_plural(mots, attendus):
    assert [(m.libelle, m.nombre) for m in seances.fusionner(mots)] == attendus


def test_people_join_by_code_in_any_case_without_an_account(seance):
    client = Client()
    brut = f" {seance.code[:3].lower()} {seance.code[3:].lower()}"
    assert client.post("/seance/", {"code": brut})["Location"] == f"/seance/{seance.code}/"
    assert "Aucune séance" in lu(client.post("/seance/", {"code": "ZZZZZZ"}))
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("par", ["form", "address"])
def test_guessing_codes_is_stopped_and_a_room_of_three_hundred_is_not(seance, par):
    """Right codes are not counted: everybody in a room has the address of its network."""
    _, dedans = dire(seance, question(seance, "mot"), "Confiance")
    for _ in range(CODES_PAR_HEURE + 1):
        assert Client().post("/seance/", {"code": seance.code}).status_code == 302
    for _ in range(CODES_PAR_HEURE):
        if par == "form":
            Client().post("/seance/", {"code": "ZZZZZZ"})
        else:
            Client().get("/seance/ZZZZZZ/")
    refus = Client().post("/seance/", {"code": seance.code})
    assert refus.status_code == 422 and "Trop d’essais" in lu(refus)
    assert Client().get(f"/seance/{seance.code}/").status_code == 404
    assert dedans.get(f"/seance/{seance.code}/").status_code == 200, "who is in stays in"
    faux = Client()
    faux.cookies["seance"] = "n-importe-quoi"
    assert faux.get(f"/seance/{seance.code}/").status_code == 404, "a cookie made up opens nothing"


def test_the_same_words_twice_stay_on_the_screen_and_other_words_lose_their_support(seance, staff):
    idee = question(seance, "moi_aussi")
    _, ada = dire(seance, idee, "Un café mensuel")
    une = Contribution.objects.get()
    agir = f"/seance/{seance.code}/animation/agir/"
    staff.post(agir, {"acte": "lire", "contribution": une.pk, "etat": "montree"})
    Client().post(f"/seance/{seance.code}/moi-aussi/", {"idee": une.pk})
    dire(seance, idee, "Un café mensuel", ada)
    assert seances.lire(idee).lignes == [("Un café mensuel", 2, 100)]
    dire(seance, idee, "Tout autre chose", ada)
    assert seances.lire(idee).lignes == [], "read again before the room sees it"
    une.refresh_from_db()
    assert (une.texte, une.soutiens.count()) == ("Tout autre chose", 0)


def test_what_ties_a_closed_session_to_a_phone_is_purged(seance):
    seance.clore()
    seances.participant(seance, "late")
    assert _participants(timezone.now(), True) == 1
    assert not Participant.objects.exists()


def test_a_word_is_shown_from_two_people_and_a_second_answer_replaces_the_first(seance):
    mot = question(seance, "mot")
    _, ada = dire(seance, mot, "Confiance")
    ecran = f"/seance/{seance.code}/ecran/"
    assert "Confiance" not in lu(Client().get(ecran))
    dire(seance, mot, "confiance", ada)  # the same person again
    assert Contribution.objects.count() == 1
    assert "onfiance" not in lu(Client().get(ecran))
    dire(seance, mot, "CONFIANCE")
    page = lu(Client().get(ecran))
    assert "onfiance" in page and "2 réponses" in page


def test_choices_are_counted_and_the_others_refused(seance):
    choix = question(seance, "choix")
    refus, _ = dire(seance, choix, "Ni l’un ni l’autre")
    assert refus.status_code == 422
    dire(seance, choix, "Former")
    assert all(n is None for _, n, _ in seances.lire(choix).lignes), "one answer is somebody's"
    dire(seance, choix, "Former")
    assert [(c, n) for c, n, _ in seances.lire(choix).lignes] == [("Former", 2), ("Financer", 0)]


def test_written_answers_are_read_before_the_room_sees_them(seance, staff):
    texte = question(seance, "texte")
    dire(seance, texte, "<script>alert(1)</script> Plus de temps")
    ecran = f"/seance/{seance.code}/ecran/"
    assert "Plus de temps" not in lu(Client().get(ecran))
    une = Contribution.objects.get()
    agir = f"/seance/{seance.code}/animation/agir/"
    staff.post(agir, {"acte": "lire", "contribution": une.pk, "etat": "montree"})
    page = lu(Client().get(ecran))
    assert "Plus de temps" in page and "<script>" not in page
    staff.post(agir, {"acte": "lire", "contribution": une.pk, "etat": "cachee"})
    assert "Plus de temps" not in lu(Client().get(ecran))


def test_a_word_taken_off_the_screen_stays_off(seance, staff):
    mot = question(seance, "mot")
    for _ in range(2):
        dire(seance, mot, "Gros mot")
    agir = f"/seance/{seance.code}/animation/agir/"
    staff.post(agir, {"acte": "cacher", "question": mot.pk, "mot": "Gros mot"})
    dire(seance, mot, "GROS MOTS")
    assert "ros mot" not in lu(Client().get(f"/seance/{seance.code}/ecran/")).lower()
    staff.post(agir, {"acte": "remontrer", "question": mot.pk, "mot": "Gros mot"})
    assert "3" in lu(Client().get(f"/seance/{seance.code}/ecran/"))


def test_me_too_counts_each_person_once_and_never_the_author(seance, staff):
    idee = question(seance, "moi_aussi")
    _, ada = dire(seance, idee, "Un café mensuel")
    une = Contribution.objects.get()
    adresse = f"/seance/{seance.code}/moi-aussi/"
    bo = Client()
    bo.post(adresse, {"idee": une.pk})
    assert une.soutiens.count() == 0, "not shown yet"
    agir = f"/seance/{seance.code}/animation/agir/"
    staff.post(agir, {"acte": "lire", "contribution": une.pk, "etat": "montree"})
    for client in (bo, bo, ada):
        client.post(adresse, {"idee": une.pk})
    assert une.soutiens.count() == 1
    assert seances.lire(idee).lignes == [("Un café mensuel", 2, 100)]


def test_an_answer_to_a_question_just_closed_is_given_back(seance):
    mot = question(seance, "mot")
    question(seance, "choix")
    reponse, _ = dire(seance, mot, "Trop tard")
    assert reponse.status_code == 409
    assert "Trop tard" in lu(reponse) and "vient d’être fermée" in lu(reponse)
    assert not Contribution.objects.exists()


def test_an_answer_is_given_back_when_its_question_closes_while_it_is_sent(seance, monkeypatch):
    mot = question(seance, "mot")

    def trop_tard(*args):
        raise TransitionRefusee("Cette question est fermée.")

    monkeypatch.setattr(seances, "repondre", trop_tard)
    reponse, _ = dire(seance, mot, "Au même instant")
    assert reponse.status_code == 409
    assert "Au même instant" in lu(reponse) and "Cette question est fermée" in lu(reponse)


def test_one_question_is_open_at_a_time(seance):
    question(seance, "mot")
    question(seance, "choix")
    assert [q.genre for q in seance.questions.filter(etat="ouverte")] == ["choix"]


def test_paper_answers_are_typed_one_per_line(seance, staff):
    adresse = f"/seance/{seance.code}/animation/papier/"
    choix, mot = question(seance, "choix"), question(seance, "mot")
    staff.post(adresse, {"question": mot.pk, "lignes": "Écoute\n\n écoute \nTemps"})
    assert Contribution.objects.filter(question=mot, source="papier").count() == 3
    staff.post(adresse, {"question": choix.pk, "lignes": "former\nFINANCER"})
    assert Contribution.objects.filter(question=choix, texte="Former").count() == 1
    refus = staff.post(adresse, {"question": choix.pk, "lignes": "Former\nDormir"})
    assert refus.status_code == 422 and "Dormir" in lu(refus)
    assert Contribution.objects.filter(question=choix).count() == 2, "all or nothing"


def test_a_paper_answer_too_long_is_refused_with_its_words_and_nothing_is_cut(seance, staff):
    texte = question(seance, "texte")
    adresse = f"/seance/{seance.code}/animation/papier/"
    refus = staff.post(adresse, {"question": texte.pk, "lignes": "Court\n" + "a" * 501})
    assert refus.status_code == 422
    assert "501 signes, 500 au plus" in lu(refus)
    assert "a" * 501 in lu(refus), "given back whole"
    assert not Contribution.objects.filter(question=texte).exists()


def test_closing_cuts_every_tie_and_keeps_what_was_said(seance):
    mot = question(seance, "mot")
    for _ in range(2):
        _, client = dire(seance, mot, "Confiance")
    seance.clore()
    assert not Participant.objects.exists()
    assert [c.texte for c in Contribution.objects.all()] == ["Confiance", "Confiance"]
    assert dire(seance, mot, "Encore", client)[0].status_code == 409
    assert "onfiance" in lu(Client().get(f"/seance/{seance.code}/"))
    with pytest.raises(TransitionRefusee):
        question(seance, "choix")
    with pytest.raises(TransitionRefusee):
        seances.saisir_le_papier(mot, "Encore")


def test_what_was_said_is_on_the_page_of_its_proposition_once_the_session_is_over(client):
    consultation = ouverte()
    seance = preparer_une_seance(consultation.propositions.get(code="A"))
    mot = question(seance, "mot")
    for _ in range(2):
        dire(seance, mot, "Confiance")
    adresse = "/consultations/essai/propositions/A/"
    assert "onfiance" not in lu(client.get(adresse))
    seance.clore()
    assert "onfiance" in lu(client.get(adresse))


def test_the_export_holds_everything_and_no_formula(seance, staff):
    texte = question(seance, "texte")
    dire(seance, texte, "=cmd|' /C calc'!A0")
    page = staff.get(f"/seance/{seance.code}/animation/export.csv").content.decode()
    [ligne] = csv.DictReader(StringIO(page.lstrip("\ufeff")), delimiter=";")
    assert ligne["reponse"].startswith("'=")
    assert ligne["etat"] == "À lire"


@pytest.mark.parametrize("suite", ["animation/", "animation/export.csv"])
def test_leading_is_for_the_staff(seance, suite):
    membre = client_de(personne("membre@exemple.fr", "membre"))
    assert membre.get(f"/seance/{seance.code}/{suite}").status_code == 404


@pytest.mark.parametrize("texte", ["x" * 100_000, "\x00mot", "‮tom", "🎉" * 30, " "])
def test_hostile_words_break_nothing(seance, texte):
    mot = question(seance, "mot")
    assert dire(seance, mot, texte)[0].status_code in (302, 422)
    assert Client().get(f"/seance/{seance.code}/ecran/").status_code == 200
