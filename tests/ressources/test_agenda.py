"""The agenda: places never given twice, a link for those who come, calendars that open."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from icalendar import Calendar

from consultation.models import Seance
from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources import inscriptions
from ressources.models import Evenement, Inscription
from tests.outils.simultanes import ensemble

COMPTE_RENDU = "Nous avons décidé.".encode()
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
            for cle in ("genre", "titre", "description", "lieu", "lien", "places")
        }
        quand = {}
        for cle in ("debut", "fin"):
            quand[cle] = f"{timezone.localtime(getattr(un, cle)):%Y-%m-%dT%H:%M}"
        return equipe.post(page, valeurs | quand | champs)

    assert enregistrer(places=2).status_code == 302
    assert Inscription.objects.filter(etat="inscrite").count() == 2
    annuler = f"/administration/ressources/evenement/{un.pk}/decider/annuler/"
    assert "personnes inscrites recevront un e-mail" in equipe.get(annuler).content.decode()
    assert equipe.post(annuler, {"confirmation": "oui"}).status_code == 302
    annules = Courriel.objects.filter(sujet__startswith="Annulé")
    assert set(annules.values_list("destinataire", flat=True)) == {a.email, b.email}


def proposer(client, **champs):
    valeurs = {
        "titre": "Rendez-vous des binômes",
        "genre": "communaute",
        "description": "Parler de ce qui marche.",
        "debut": "2199-05-12T14:00",
        "fin": "2199-05-12T16:00",
        "lieu": "Salle polyvalente",
    }
    return client.post("/agenda/proposer/", valeurs | champs)


def test_a_member_proposes_the_team_answers(personne, client_de):
    claire, pole = personne(), personne("pole@exemple.fr", Role.MODERATEUR)
    assert proposer(client_de(claire)).status_code == 302
    un = Evenement.objects.get()
    page = un.get_absolute_url()
    assert (un.etat, un.organisateur) == ("propose", claire)
    assert client_de().get(page).status_code == 404
    assert client_de(claire).get(page).status_code == 200
    assert "binômes" not in client_de().get("/agenda/").content.decode()
    with pytest.raises(TransitionRefusee):
        un.publier(claire)
    with pytest.raises(TransitionRefusee):
        un.refuser(pole, " ")  # without a reason
    un.publier(pole)
    assert "binômes" in client_de().get("/agenda/").content.decode()
    [courriel] = Courriel.objects.all()
    assert (courriel.destinataire, "dans l’agenda" in courriel.sujet) == (claire.email, True)


def test_the_author_corrects_until_it_is_published_and_after_a_refusal(personne, client_de):
    claire, autre = personne(), personne("autre@exemple.fr")
    pole = personne("pole@exemple.fr", Role.MODERATEUR)
    client = client_de(claire)
    proposer(client)
    un = Evenement.objects.get()
    page = f"{un.get_absolute_url()}modifier/"

    def corriger(qui=client, **champs):
        valeurs = {
            "titre": "Rendez-vous", "genre": "communaute", "description": "Parler.",
            "debut": "2199-05-12T14:00", "fin": "2199-05-12T16:00", "lieu": "Mairie",
        }  # fmt: skip
        reponse = qui.post(page, valeurs | champs)
        un.refresh_from_db()
        return reponse.status_code, un.titre, un.etat

    assert "Rendez-vous des binômes" in client.get(page).content.decode()
    assert corriger(titre="") == (422, "Rendez-vous des binômes", "propose")
    assert corriger(client_de(autre), titre="Volé") == (404, "Rendez-vous des binômes", "propose")
    assert corriger(titre="Corrigé") == (302, "Corrigé", "propose")
    un.refuser(pole, "Dites le lieu.")
    assert "Dites le lieu." in client.get(page).content.decode()
    espace = client.get("/mon-espace/").content.decode()
    assert "vous pouvez corriger votre événement" in espace
    assert corriger(titre="Redit", lieu="Salle 3") == (302, "Redit", "propose")
    un.publier(pole)
    assert corriger(titre="Trop tard") == (302, "Redit", "publie")


def test_the_team_never_publishes_other_words_than_those_it_read(personne, client_de):
    claire = personne()
    proposer(client_de(claire))
    un = Evenement.objects.get()
    admin = f"/administration/ressources/evenement/{un.pk}/"
    pole = client_de(personne("pole@exemple.fr", Role.MODERATEUR), mfa=True)
    page = pole.get(f"{admin}decider/publier/")
    assert "Parler de ce qui marche." in page.content.decode()
    lu = {"lu": page.context["form"]["lu"].value()}
    Evenement.objects.get().save()  # corrected by its organiser meanwhile
    refus = pole.post(f"{admin}decider/publier/", lu, follow=True)
    assert "relisez-le, puis décidez" in refus.content.decode()
    un.refresh_from_db()
    assert un.etat == "propose"
    lu["lu"] = pole.get(f"{admin}decider/publier/").context["form"]["lu"].value()
    assert pole.post(f"{admin}decider/publier/", lu).status_code == 302
    un.refresh_from_db()
    assert un.etat == "publie"


def test_the_team_decides_by_buttons_and_only_what_makes_sense(personne, client_de):
    """What is offered follows the state; nobody who counts on an event is left without a word."""
    pole = client_de(personne("pole@exemple.fr", Role.MODERATEUR), mfa=True)
    liste = "/administration/ressources/evenement/"
    neuf = {
        "genre": "atelier", "titre": "Écrire à plusieurs", "description": "Une charte.",
        "debut": "2199-05-12T14:00", "fin": "2199-05-12T16:00", "lieu": "Salle 3",
    }  # fmt: skip
    page = pole.post(f"{liste}add/", neuf, follow=True)
    un = Evenement.objects.get()
    assert un.etat == "brouillon" and "C’est un brouillon" in page.content.decode()

    def boutons():
        page = pole.get(f"{liste}{un.pk}/change/").content.decode()
        return re.findall(r"moderation__bouton--(\w+)", page)

    def decider(decision, **champs):
        ici = f"{liste}{un.pk}/decider/{decision}/"
        page = pole.get(ici)
        form = page.context and page.context.get("form")
        if form:
            champs["lu"] = form["lu"].value()
        return pole.post(ici, champs, follow=True).content.decode()

    assert boutons() == ["publier"]
    decider("publier")
    assert boutons() == ["annuler", "reprendre"]
    decider("reprendre")
    decider("publier")
    inscriptions.inscrire(un, personne("a@exemple.fr"))
    assert boutons() == ["annuler"]
    assert "elles seront prévenues" in decider("reprendre")
    decider("annuler")
    un.refresh_from_db()
    assert un.etat == "annule" and boutons() == []
    assert Courriel.objects.filter(sujet__startswith="Annulé").count() == 1
    histoire = pole.get(f"{liste}{un.pk}/change/").content.decode()
    assert "Remettre en brouillon</td>" in histoire and "Annuler l’événement</td>" in histoire


def test_the_team_says_why_it_does_not_publish(personne, client_de):
    claire = personne()
    proposer(client_de(claire))
    un = Evenement.objects.get()
    ici = f"/administration/ressources/evenement/{un.pk}/decider/refuser/"
    pole = client_de(personne("pole@exemple.fr", Role.MODERATEUR), mfa=True)
    assert pole.get("/administration/ressources/evenement/?etat=propose").content.count(
        b"bin\xc3\xb4mes"
    )
    envoi = {"lu": un.tampon, "motif": ""}
    assert "Dites pourquoi" in pole.post(ici, envoi).content.decode()
    pole.post(ici, envoi | {"motif": "La salle est prise ce jour-là."})
    un.refresh_from_db()
    assert (un.etat, un.motif) == ("refuse", "La salle est prise ce jour-là.")
    assert "La salle est prise" in Courriel.objects.get(destinataire=claire.email).texte


def test_a_report_is_kept_as_a_file_and_given_back_as_an_attachment(personne, client_de):
    chef, autre = personne("chef@exemple.fr"), personne()
    un, client = evenement(organisateur=chef), client_de(chef)
    page = un.get_absolute_url()

    def joindre(qui, nom="compte rendu.txt", contenu=COMPTE_RENDU):
        envoi = {"fichier": SimpleUploadedFile(nom, contenu)}
        return qui.post(f"{page}document/", envoi).status_code

    assert joindre(client_de(autre)) == 404
    assert joindre(client) == 302
    assert "compte rendu.txt" in client_de().get(page).content.decode()
    rendu = client_de().get(f"{page}fichier/")
    assert b"".join(rendu.streaming_content) == COMPTE_RENDU
    assert rendu["Content-Disposition"].startswith("attachment")
    assert "sandbox" in rendu["Content-Security-Policy"]
    assert joindre(client, "photo.png", b"MZ\x90\x00 not an image") == 422
    un.refresh_from_db()
    assert un.fichier_nom == "compte rendu.txt", "what was there stays"
    # Not published: the report is closed too.
    Evenement.objects.update(etat="brouillon")
    assert client_de().get(f"{page}fichier/").status_code == 404
    client.post(f"{page}document/", {"retirer": "on"})
    assert client.get(f"{page}fichier/").status_code == 404


@pytest.mark.parametrize(
    "champs",
    [
        {"debut": "2001-01-01T10:00"},
        {"debut": "demain"},
        {"fin": "2199-05-12T13:00"},
        {"lieu": ""},
        {"genre": "fete"},
        {"places": "-3"},
        {"places": "99999999999"},
        {"titre": "a" * 500},
        {"lien": "javascript:alert(1)"},
        {"departements": ["ailleurs"]},
        {"debut": "9999-12-31T23:59"},
        {"titre": "a\x00b"},
    ],
)
def test_what_makes_no_event_is_said_and_nothing_is_kept(personne, client_de, champs):
    reponse = proposer(client_de(personne()), **champs)
    assert reponse.status_code == 422
    assert not Evenement.objects.exists()


def test_the_organiser_cancels_and_ties_documents_nobody_else_does(personne, client_de):
    chef, autre = personne("chef@exemple.fr"), personne("autre@exemple.fr")
    un = evenement(organisateur=chef)
    inscriptions.inscrire(un, autre)
    page = un.get_absolute_url()
    compte_rendu = {"document": "www.exemple.fr/compte-rendu"}
    for suite in ("annuler", "document"):
        assert client_de(autre).post(f"{page}{suite}/", compte_rendu).status_code == 404
    assert client_de(chef).post(f"{page}document/", compte_rendu).status_code == 302
    assert "www.exemple.fr/compte-rendu" in client_de().get(page).content.decode()
    assert client_de(chef).post(f"{page}annuler/").status_code == 302
    un.refresh_from_db()
    assert un.etat == "annule"
    assert Courriel.objects.get().destinataire == autre.email


def test_filters_narrow_the_list_and_the_feed(client_de, db):
    evenement(titre="Paris réunion", genre="reunion", departements=["75"])
    evenement(titre="Paris atelier", departements=["75", "94"])
    evenement(titre="Évry atelier", departements=["91"])
    evenement(timedelta(days=-9), titre="Paris passé", departements=["75"])
    client = client_de()

    def titres(adresse):
        return [un.titre for un in client.get(adresse).context["lignes"]]

    assert set(titres("/agenda/?departement=75")) == {"Paris réunion", "Paris atelier"}
    assert titres("/agenda/?genre=atelier&departement=91") == ["Évry atelier"]
    assert titres("/agenda/passes/?departement=75") == ["Paris passé"]
    assert titres("/agenda/?q=reunions") == ["Paris réunion"]
    facettes = client.get("/agenda/?genre=reunion").context["facettes"]
    nombres = {o["code"]: o["nombre"] for f in facettes for o in f["options"]}
    assert (nombres["atelier"], nombres["reunion"], nombres["75"], nombres["91"]) == (2, 1, 1, 0)
    flux = Calendar.from_ical(client.get("/agenda/agenda.ics?departement=91").content)
    assert [str(un["summary"]) for un in flux.walk("VEVENT")] == ["Évry atelier"]
    for adresse in ("/agenda/?genre=fete", "/agenda/agenda.ics?genre=fete", "/agenda/?page=0"):
        assert client.get(adresse).status_code == 400
    assert client.get("/agenda/?page=7").status_code == 404


def test_one_event_opens_in_a_calendar(client_de, db):
    un = evenement(titre="Seul ; et, entier")
    reponse = client_de().get(f"{un.get_absolute_url()}evenement.ics")
    [lu] = Calendar.from_ical(reponse.content).walk("VEVENT")
    assert (lu["summary"], lu["location"]) == (un.titre, un.lieu)
    assert LIEN.encode() not in reponse.content


def test_the_list_costs_the_same_for_3_or_30_events(client, sans_n_plus_1):
    def ajouter(nombre):
        for rang in range(nombre):
            evenement(titre=f"Atelier {rang}")

    sans_n_plus_1(client, "/agenda/", ajouter)


# --- Another day, a live session -----------------------------------------------------------------
def champs_de(equipe, un) -> dict:
    """What the form of the team would send, unchanged."""
    form = equipe.get(f"/administration/ressources/evenement/{un.pk}/change/").context["adminform"]
    envoi = {champ.html_name: champ.value() for champ in form.form if champ.value()}
    for cle in ("debut", "fin"):
        envoi[cle] = f"{timezone.localtime(getattr(un, cle)):%Y-%m-%dT%H:%M}"
    return envoi


def test_those_who_come_are_told_of_another_day_or_place_and_of_nothing_else(personne, client_de):
    un = evenement(places=1)
    a, b = personne("a@exemple.fr"), personne("b@exemple.fr")
    for qui in (a, b):
        inscriptions.inscrire(un, qui)
    avant = Calendar.from_ical(client_de().get(f"{un.get_absolute_url()}evenement.ics").content)
    equipe = client_de(personne("pole@exemple.fr", Role.MODERATEUR), mfa=True)
    page = f"/administration/ressources/evenement/{un.pk}/change/"
    assert equipe.post(page, champs_de(equipe, un) | {"description": "Autre"}).status_code == 302
    assert not Courriel.objects.exists()
    Evenement.objects.filter(pk=un.pk).update(cree_le=un.cree_le - timedelta(hours=1))
    assert equipe.post(page, champs_de(equipe, un) | {"lieu": "Salle 12"}).status_code == 302
    assert set(Courriel.objects.values_list("destinataire", flat=True)) == {a.email, b.email}
    assert "Salle 12" in Courriel.objects.first().texte
    apres = Calendar.from_ical(client_de().get(f"{un.get_absolute_url()}evenement.ics").content)
    suites = [agenda.walk("VEVENT")[0]["sequence"] for agenda in (avant, apres)]
    assert suites[1] > suites[0]


def test_who_waits_reads_their_rank(personne, client_de):
    un = evenement(places=1)
    a, b, c = (personne(f"{n}@exemple.fr") for n in "abc")
    for qui in (a, b, c):
        inscriptions.inscrire(un, qui)
    page = un.get_absolute_url()
    assert "en position 2" in client_de(c).get(page).content.decode().replace("\xa0", " ")
    inscriptions.desinscrire(un, b)
    assert "en position 1" in client_de(c).get(page).content.decode().replace("\xa0", " ")


def test_an_event_and_its_live_session_lead_to_each_other(personne, client_de):
    un, seance = evenement(), Seance.objects.create(titre="En direct", date=timezone.localdate())
    equipe = client_de(personne("pole@exemple.fr", Role.MODERATEUR), mfa=True)
    page = f"/administration/ressources/evenement/{un.pk}/change/"
    refus = equipe.post(page, champs_de(equipe, un) | {"code_seance": "RIEN"})
    assert "Aucune séance ne porte ce code" in refus.content.decode()
    code = f" {seance.code.lower()} "
    assert equipe.post(page, champs_de(equipe, un) | {"code_seance": code}).status_code == 302
    public = client_de()
    Seance.objects.update(etat="ouverte")
    assert seance.get_absolute_url() in public.get(un.get_absolute_url()).content.decode()
    assert un.get_absolute_url() in public.get(seance.get_absolute_url()).content.decode()
