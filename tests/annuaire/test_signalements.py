"""« Signaler »: about what one sees, read by those who hold the right, and nobody else."""

import pytest

from annuaire.models import Message, Signalement
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import EntreeJournal
from tests.annuaire import suites
from tests.fabriques import client_de

pytestmark = pytest.mark.django_db
TEXTE = "On m’a demandé de l’argent."
LISTE = "/administration/annuaire/signalement/"


@pytest.fixture
def monde():
    monde = suites.relation()
    monde.message = Message.objects.create(
        relation=monde.relation, cote="equipe", auteur=monde.equipe, texte="Bonjour"
    )
    return monde


def adresses(monde) -> dict:
    return {
        "relation": f"/annuaire/signaler/relation/{monde.relation.uuid}/",
        "message": f"/annuaire/signaler/message/{monde.message.uuid}/",
    }


def test_what_one_does_not_see_cannot_be_reported(monde):
    for nom, qui in monde.etrangers.items():
        client = client_de(qui)
        for adresse in adresses(monde).values():
            vue, absente = (
                client.post(adresse, {"texte": TEXTE}),
                client.get("/annuaire/signaler/relation/00000000-0000-4000-8000-000000000000/"),
            )
            assert (vue.status_code, absente.status_code) == (404, 404), nom
    assert not Signalement.objects.exists()


def test_a_report_is_private_to_its_author(monde, personne):
    administratrice = personne("alix@exemple.fr", "administrateur")
    client_de(monde.patient).post(adresses(monde)["message"], {"texte": TEXTE})
    signalement = Signalement.objects.get()
    assert signalement.objet == monde.message
    assert "Reçu" in client_de(monde.patient).get("/annuaire/signalements/").content.decode()
    for qui in (monde.equipe, *monde.etrangers.values()):
        assert "argent" not in client_de(qui).get("/annuaire/signalements/").content.decode()
    lettre = Courriel.objects.filter(destinataire=administratrice.email).latest("pk")
    assert "argent" not in lettre.texte and monde.patient.nom not in lettre.texte
    assert not Courriel.objects.filter(destinataire=monde.equipe.email, sujet__icontains="signal")


def test_only_the_right_opens_the_reports_and_each_reading_is_written(monde, personne):
    client_de(monde.patient).post(adresses(monde)["relation"], {"texte": TEXTE})
    fiche = f"{LISTE}{Signalement.objects.get().pk}/change/"
    moderatrice = client_de(personne("max@exemple.fr", "moderateur"), mfa=True)
    assert moderatrice.get(LISTE).status_code == 403
    assert moderatrice.get(fiche).status_code == 403
    assert "signalement" not in moderatrice.get("/administration/").content.decode().lower()
    alix = personne("alix@exemple.fr", "administrateur")
    administratrice = client_de(alix, mfa=True)
    assert TEXTE in administratrice.get(fiche).content.decode().replace("&#x27;", "’")
    assert EntreeJournal.objects.filter(action="lire", qui=alix).exists()
    assert TEXTE not in administratrice.get(LISTE).content.decode()


def test_the_journal_does_not_say_who_reported(monde):
    client_de(monde.patient).post(adresses(monde)["relation"], {"texte": TEXTE})
    entree = EntreeJournal.objects.filter(action="signaler").latest("pk")
    assert entree.qui is None and "argent" not in str(entree.detail)


def test_an_empty_report_is_refused_and_too_many_wait(monde):
    client = client_de(monde.patient)
    assert client.post(adresses(monde)["relation"], {"texte": "  "}).status_code == 200
    assert not Signalement.objects.exists()
    for _ in range(10):
        client.post(adresses(monde)["relation"], {"texte": TEXTE})
    refus = client.post(adresses(monde)["relation"], {"texte": "Le onzième"})
    assert refus.status_code == 200 and "Le onzième" in refus.content.decode()
    assert Signalement.objects.count() == 10
