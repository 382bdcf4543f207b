"""Answering a consultation: without an account, in several goes, until it closes."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from consultation.enums import EtatReponse
from consultation.models import Avis, Consultation, Priorite, Remarque, Reponse
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.tasks import envoyer_courriel
from tests.consultation.outils import ouverte

pytestmark = pytest.mark.django_db
BASE = "/consultations/essai/"
CADRE = f"{BASE}reponse/page/cadre/"
PRIORITES = f"{BASE}reponse/page/priorites/"
RELECTURE = f"{BASE}reponse/"


@pytest.fixture
def consultation():
    cache.clear()
    return ouverte()


@pytest.fixture
def ada(consultation) -> Client:
    """Somebody who has begun."""
    client = Client()
    assert client.post(f"{BASE}repondre/").status_code == 302
    return client


def lu(reponse) -> str:
    return re.sub(r"[\u202f\u00a0]", " ", reponse.content.decode())


def cachees(page: str) -> dict:
    """The hidden fields of the form, as a browser would send them back."""
    return dict(re.findall(r'name="(_\w+)" value="([^"]*)"', page))


def remplir(client, adresse, **champs):
    """Open a page, answer, press « Enregistrer et continuer »."""
    champs = {nom.replace("__", "-"): valeur for nom, valeur in champs.items()}
    return client.post(adresse, cachees(lu(client.get(adresse))) | champs)


def lien_prive(client) -> str:
    return re.search(r'id="lien-prive"[^>]* value="([^"]+)"', lu(client.get(RELECTURE)))[1]


def chemin(lien: str) -> str:
    return lien[lien.index("/consultations/") :]


def test_a_whole_answer_then_what_is_kept_of_it(consultation, ada):
    remplir(ada, CADRE, A__pertinence="oui", A__impact="nsp", B__pertinence="non")
    remplir(ada, CADRE, A__pertinence="plutot", A__impact="nsp", **{"A-mots": "Si on a le temps."})
    remplir(ada, PRIORITES, priorites=["A", "C"])
    remplir(ada, f"{BASE}reponse/page/vous/", profil="medecin")
    resume = lu(ada.get(RELECTURE))
    for dit in ("Pertinence : Plutot", "Ne se prononce pas", "« Si on a le temps. »", "Catégorie"):
        assert dit in resume
    assert "n’est pas encore envoyée" in resume
    ada.post(f"{BASE}reponse/envoyer/")
    assert "est envoyée" in lu(ada.get(RELECTURE))
    reponse = Reponse.objects.get()
    assert reponse.etat == EtatReponse.ENVOYEE
    dits = {
        (a.proposition.code, a.echelle.code): a.modalite and a.modalite.code
        for a in reponse.avis.all()
    }
    # The second visit replaced the whole page: what was unticked is gone.
    assert dits == {("A", "pertinence"): "plutot", ("A", "impact"): None}
    assert reponse.college.code == "soin"


def test_nothing_ties_an_answer_to_a_person(consultation, ada):
    """Neither account, nor address, nor network, nor hour: and the secret is not kept."""
    remplir(ada, CADRE, A__pertinence="oui")
    lien = lien_prive(ada)
    ada.post(f"{BASE}reponse/lien/", {"lien-courriel": "ada@exemple.fr"})
    ada.post(f"{BASE}suivre/", {"suites-courriel": "ada@exemple.fr"})
    ada.post(f"{BASE}reponse/envoyer/")
    secret = lien.rstrip("/").rsplit("/", 1)[1]
    noms = {champ.name for champ in Reponse._meta.get_fields()}
    assert not noms & {"personne", "compte", "courriel", "ip", "adresse", "utilisateur", "session"}
    ligne = Reponse.objects.values().get()
    assert secret not in str(ligne)
    assert type(ligne["envoyee_le"]) is type(timezone.localdate()), "a day, no hour"
    [lettre] = Courriel.objects.all()
    assert secret in lettre.texte
    envoyer_courriel(str(lettre.pk))
    lettre.refresh_from_db()
    assert secret not in lettre.texte + lettre.html, "forgotten once sent"


def test_the_private_link_opens_the_answer_on_another_device(consultation, ada):
    remplir(ada, CADRE, A__pertinence="oui")
    telephone = Client()
    assert telephone.get(RELECTURE).status_code == 404
    reponse = telephone.get(chemin(lien_prive(ada)))
    assert reponse.status_code == 302 and "lien" not in reponse["Location"]
    assert "Pertinence : Oui" in lu(telephone.get(RELECTURE))
    remplir(telephone, CADRE, A__pertinence="non")
    assert "Pertinence : Non" in lu(ada.get(RELECTURE))
    assert Reponse.objects.count() == 1


@pytest.mark.parametrize("secret", ["", "x", "a" * 43, "%00", "../../admin"])
def test_a_guessed_link_opens_nothing(consultation, ada, secret):
    assert Client().get(f"{BASE}lien/{secret}/").status_code in (400, 404)


def test_two_browsers_do_not_overwrite_each_other(consultation, ada):
    telephone = Client()
    telephone.get(chemin(lien_prive(ada)))
    vieille = cachees(lu(telephone.get(CADRE)))
    remplir(ada, CADRE, A__pertinence="oui")
    reponse = telephone.post(CADRE, vieille | {"A-pertinence": "non"})
    assert reponse.status_code == 409
    assert "Rien n’est perdu" in lu(reponse) and "Enregistré : Oui" in lu(reponse)
    assert Avis.objects.get().modalite.code == "oui"


def test_autosave_answers_in_json_and_an_older_send_changes_nothing(consultation, ada):
    champs = cachees(lu(ada.get(CADRE)))
    enregistrer = {"HTTP_X_ENREGISTREMENT": "automatique"}
    un = ada.post(CADRE, champs | {"_rang": "2", "A-pertinence": "oui"}, **enregistrer)
    assert un.json()["etat"] == "enregistre"
    ada.post(CADRE, champs | {"_rang": "1", "A-pertinence": "non"}, **enregistrer)
    assert Avis.objects.get().modalite.code == "oui"


@pytest.mark.parametrize("nombre", [0, 1, 2, 3])
def test_up_to_three_priorities(consultation, ada, nombre):
    remplir(ada, PRIORITES, priorites=list("ABC")[:nombre])
    assert Priorite.objects.count() == nombre


def test_a_fourth_priority_is_refused_and_nothing_typed_is_lost(ada, consultation):
    from consultation.models import Proposition

    theme = consultation.themes.first()
    Proposition.objects.create(consultation=consultation, theme=theme, code="D", titre="Quatre")
    neuf = Client()  # begins after the wording changed
    neuf.post(f"{BASE}repondre/")
    remplir(neuf, PRIORITES, priorites=["A"])
    page = remplir(neuf, PRIORITES, priorites=list("ABCD"), mots="Mon mot")
    assert page.status_code == 422
    assert "Vous en avez choisi 4" in lu(page)
    assert lu(page).count(" checked") == 4
    assert [p.proposition.code for p in Priorite.objects.all()] == ["A"], "what was kept stays"
    assert Remarque.objects.get().texte == "Mon mot"


def test_sending_twice_counts_once_and_an_empty_answer_is_not_sent(consultation, ada):
    ada.post(f"{BASE}reponse/envoyer/")
    assert Reponse.objects.comptees(consultation).count() == 0
    assert "encore vide" in lu(ada.get(RELECTURE))
    remplir(ada, CADRE, A__pertinence="oui")
    for _ in range(2):
        ada.post(f"{BASE}reponse/envoyer/")
    ada.post(f"{BASE}repondre/")  # pressing « commencer » again goes on with the same
    assert Reponse.objects.comptees(consultation).count() == Reponse.objects.count() == 1


def test_an_answer_may_change_until_closing_and_not_after(consultation, ada):
    remplir(ada, CADRE, A__pertinence="oui")
    ada.post(f"{BASE}reponse/envoyer/")
    remplir(ada, CADRE, A__pertinence="plutot")
    assert Avis.objects.get().modalite.code == "plutot"
    cachee = cachees(lu(ada.get(CADRE)))
    Consultation.objects.filter(pk=consultation.pk).update(
        ferme_le=timezone.now() - timedelta(seconds=1)
    )
    assert ada.post(CADRE, cachee | {"A-pertinence": "non"}).status_code == 409
    ada.post(f"{BASE}reponse/effacer/")
    assert Avis.objects.get().modalite.code == "plutot"
    assert Client().post(f"{BASE}repondre/").status_code == 200
    assert Reponse.objects.count() == 1


def test_drafts_count_only_where_the_rule_fixed_before_says_so(consultation, ada):
    remplir(ada, CADRE, A__pertinence="oui")
    assert Reponse.objects.comptees(consultation).count() == 0
    consultation.regles = {"brouillons": True}
    consultation.save()
    assert Reponse.objects.comptees(consultation).count() == 1


def test_a_shared_computer_forgets_and_the_next_person_begins_anew(consultation, ada):
    remplir(ada, CADRE, A__pertinence="oui")
    lien = lien_prive(ada)
    ada.post(f"{BASE}reponse/quitter/")
    assert ada.get(RELECTURE).status_code == 404
    ada.post(f"{BASE}repondre/")
    assert "Pertinence" not in lu(ada.get(RELECTURE))
    assert Reponse.objects.count() == 2
    ada.get(chemin(lien))
    assert "Pertinence : Oui" in lu(ada.get(RELECTURE))


def test_taking_back_an_answer_leaves_nothing(consultation, ada):
    remplir(ada, CADRE, A__pertinence="oui", **{"A-mots": "Un mot"})
    lien = lien_prive(ada)
    assert "sans retour" in lu(ada.get(f"{BASE}reponse/effacer/"))
    ada.post(f"{BASE}reponse/effacer/")
    assert not Reponse.objects.exists() and not Remarque.objects.exists()
    assert ada.get(chemin(lien)).status_code == 404


def test_a_robot_is_set_aside_without_being_told(consultation):
    robot = Client()
    robot.post(f"{BASE}repondre/", {"site_web": "https://exemple.fr"})
    remplir(robot, CADRE, A__pertinence="oui")
    robot.post(f"{BASE}reponse/envoyer/")
    assert Reponse.objects.get().douteuse
    assert Reponse.objects.comptees(consultation).count() == 0


def test_themes_come_in_an_order_of_each_person(consultation):
    ordres = set()
    for _ in range(40):
        client = Client()
        ordres.add(client.post(f"{BASE}repondre/")["Location"])
    assert len(ordres) == 2, "both themes come first for somebody (1 chance in 2^39 to miss)"


def test_words_changed_while_open_make_a_new_version_and_answers_keep_theirs(consultation, ada):
    remplir(ada, CADRE, A__pertinence="oui")
    consultation.propositions.filter(code="A").update(titre="Des mots tout autres")
    neuf = Client()
    neuf.post(f"{BASE}repondre/")
    assert "Des mots tout autres" in lu(neuf.get(CADRE))
    assert "Des mots tout autres" not in lu(ada.get(CADRE))
    assert consultation.questionnaires.count() == 2
