"""The agenda: places never given twice, a link for those who come, calendars that open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources import inscriptions
from ressources.models import Evenement, Inscription
from tests.outils.simultanes import ensemble

LIEN = "https://visio.exemple.fr/salle-secrete"


def evenement(dans=timedelta(days=10), **champs) -> Evenement:
    debut = timezone.now() + dans
    valeurs = {
        "genre": "atelier",
        "titre": "Atelier des chartes",
        "description": "Écrire ; relire, signer.",
        "debut": debut,
        "fin": debut + timedelta(hours=2),
        "lieu": "Maison des usagers, Créteil",
        "lien": LIEN,
        "etat": "publie",
    }
    return Evenement.objects.create(**(valeurs | champs))


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_never_get_the_same_place(personne):
    un, gens = evenement(places=3), [personne(f"p{n}@exemple.fr") for n in range(20)]
    dits = ensemble(20, lambda rang: inscriptions.inscrire(un, gens[rang]))
    assert [d for d in dits if isinstance(d, Exception)] == []
    assert Inscription.objects.filter(etat="inscrite").count() == 3
    assert Inscription.objects.filter(etat="en_attente").count() == 17


@pytest.mark.django_db(transaction=True)
def test_one_person_twenty_times_has_one_place(personne):
    un, claire = evenement(places=5), personne()
    dits = ensemble(20, lambda rang: inscriptions.inscrire(un, claire))
    assert [d for d in dits if isinstance(d, Exception)] == []
    assert Inscription.objects.count() == 1


def test_a_place_given_back_goes_to_the_first_who_waits(personne):
    un = evenement(places=1)
    a, b, c = (personne(f"{n}@exemple.fr") for n in "abc")
    for qui in (a, b, c):
        inscriptions.inscrire(un, qui)
    assert inscriptions.desinscrire(un, a)
    assert dict(un.inscriptions.values_list("personne__email", "etat")) == {
        b.email: "inscrite",
        c.email: "en_attente",
    }
    assert list(Courriel.objects.values_list("destinataire", flat=True)) == [b.email]


@pytest.mark.parametrize(
    "champs", [{"etat": "annule"}, {"etat": "brouillon"}, {"dans": timedelta(hours=-1)}]
)
def test_no_place_where_nobody_may_come(personne, champs):
    with pytest.raises(TransitionRefusee):
        inscriptions.inscrire(evenement(**champs), personne())
    assert not Inscription.objects.exists()


def test_the_link_is_for_those_who_have_a_place(personne, client_de):
    un, a, b = evenement(places=1), personne("a@exemple.fr"), personne("b@exemple.fr")
    page = un.get_absolute_url()
    client_a, client_b = client_de(a), client_de(b)
    assert client_a.post(f"{page}inscrire/").status_code == 302
    assert client_b.post(f"{page}inscrire/").status_code == 302
    assert LIEN in client_a.get(page).content.decode()
    assert LIEN not in client_b.get(page).content.decode()
    assert LIEN not in client_de().get(page).content.decode()
    assert LIEN not in client_de().get("/agenda/agenda.ics").content.decode()
    client_a.post(f"{page}desinscrire/")
    assert LIEN in client_b.get(page).content.decode()


def test_the_reminder_is_written_once(personne):
    un, loin = evenement(timedelta(hours=40)), evenement(timedelta(hours=60))
    for quoi in (un, loin):
        inscriptions.inscrire(quoi, personne(f"{quoi.pk}@exemple.fr"))
    inscriptions.rappeler()
    inscriptions.rappeler()
    [courriel] = Courriel.objects.all()
    assert courriel.sujet == "Bientôt : Atelier des chartes"
    assert LIEN not in courriel.texte


def test_a_draft_is_not_there_and_a_cancelled_event_says_so(client_de, personne):
    client = client_de()
    brouillon, annule = evenement(etat="brouillon", titre="Caché"), evenement(etat="annule")
    assert client.get(brouillon.get_absolute_url()).status_code == 404
    assert client.get(f"{brouillon.get_absolute_url()}evenement.ics").status_code == 404
    liste = client.get("/agenda/").content.decode()
    assert "Caché" not in liste
    assert "Annulé" in liste
    assert "Annulé" in client.get(annule.get_absolute_url()).content.decode()


def test_only_the_organiser_reads_who_comes(personne, client_de):
    chef, autre = personne("chef@exemple.fr"), personne("autre@exemple.fr")
    un = evenement(organisateur=chef)
    inscriptions.inscrire(un, autre)
    page = f"{un.get_absolute_url()}inscrits/"
    assert client_de(chef).get(page).status_code == 200
    assert client_de(autre).get(page).status_code == 404


def test_the_calendar_opens_in_a_real_parser(client_de, db):
    titre = "Pairs, aidants ; « équipes »\\ et suite"
    hiver = datetime(2031, 1, 15, 8, 0, tzinfo=UTC)
    ete = datetime(2031, 7, 15, 8, 0, tzinfo=UTC)
    for debut, etat in ((hiver, "publie"), (ete, "annule")):
        evenement(titre=titre, debut=debut, fin=debut + timedelta(hours=1), etat=etat)
    reponse = client_de().get("/agenda/agenda.ics")
    assert reponse["Content-Type"].startswith("text/calendar")
    lus = Calendar.from_ical(reponse.content)
    un, deux = lus.walk("VEVENT")
    assert un["summary"] == titre
    assert (un.decoded("dtstart").hour, deux.decoded("dtstart").hour) == (9, 10)
    assert un["dtstart"].params["TZID"] == "Europe/Paris"
    assert lus.walk("VTIMEZONE")
    assert un["uid"] != deux["uid"]
    assert un.decoded("dtstamp").utcoffset() == timedelta(0)
    assert deux["status"] == "CANCELLED"


def test_the_team_adds_seats_then_cancels_and_everybody_is_told(personne, client_de):
    un, a, b = evenement(places=1), personne("a@exemple.fr"), personne("b@exemple.fr")
    for qui in (a, b):
        inscriptions.inscrire(un, qui)
    equipe = client_de(personne("pole@exemple.fr", Role.MODERATEUR), mfa=True)
    page = f"/administration/ressources/evenement/{un.pk}/change/"

    def enregistrer(**champs):
        lu = equipe.get(page).context["adminform"].form
        valeurs = {
            cle: lu[cle].value()
            for cle in ("genre", "titre", "description", "lieu", "lien", "places", "etat")
        }
        quand = {}
        for cle in ("debut", "fin"):
            quand[cle] = f"{timezone.localtime(getattr(un, cle)):%Y-%m-%dT%H:%M}"
        return equipe.post(page, valeurs | quand | champs)

    assert enregistrer(places=2).status_code == 302
    assert Inscription.objects.filter(etat="inscrite").count() == 2
    assert enregistrer(etat="annule").status_code == 302
    annules = Courriel.objects.filter(sujet__startswith="Annulé")
    assert set(annules.values_list("destinataire", flat=True)) == {a.email, b.email}
