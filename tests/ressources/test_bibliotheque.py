"""The library as people use it: proposed, read by the team, found, kept, shared, counted."""

import socket

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hubpartenariat.socle.aides import aides, besoins_sans_reponse
from hubpartenariat.socle.models import Courriel, GroupeDeSynonymes
from hubpartenariat.socle.synonymes import charger_synonymes
from hubpartenariat.socle.vocabulaires import Besoin
from ressources.bibliotheque import liens
from ressources.bibliotheque.chargement import charger_bibliotheque, entrees
from ressources.bibliotheque.usages import totaux
from ressources.models import Ressource, Selection
from tests.outils.fichiers_hostiles import pdf

LISTE = "/ressources/"
PROPOSITION = {
    "titre": "Guide de l’accueil",
    "type_ressource": "guide",
    "source": "Association inventée",
    "annee": "2026",
    "en_bref": "Ce guide aide à accueillir. Il se lit vite.",
    "description": "Accueillir une personne pour la première fois.",
    "niveau": "debutant",
    "besoins": ["cadre", "demarrage"],
    "pas": ["trouver"],
}


@pytest.fixture
def membre(personne):
    return personne("camille@exemple.fr", nom="Camille Inventée")


@pytest.fixture
def equipe(personne, client_de):
    return client_de(personne("pole@exemple.fr", "moderateur"), mfa=True)


def publiee(**champs) -> Ressource:
    champs = {cle: v for cle, v in PROPOSITION.items() if cle != "annee"} | champs
    une = Ressource.objects.create(**champs)
    une.publier(None)
    return une


def test_it_ships_forty_entries_and_answers_every_need(db, client):
    assert len(entrees()) >= 40
    assert Ressource.objects.publiees().count() >= 40
    assert besoins_sans_reponse(Besoin.values) == []
    assert charger_bibliotheque() == 0
    # Without the library, the needs are in the gaps again.
    Ressource.objects.update(etat="archivee")
    assert len(besoins_sans_reponse(Besoin.values)) >= 8
    assert not aides(["cadre"], cles=["ressources"])


def test_links_to_the_hub_itself_open(db, client):
    for chemin in {une["lien"] for une in entrees() if une["lien"].startswith("/")}:
        assert client.get(chemin).status_code == 200, chemin


def test_from_a_proposal_to_the_list(
    membre, client_de, equipe, client, django_capture_on_commit_callbacks
):
    lui = client_de(membre)
    fichier = SimpleUploadedFile("Mon guide.pdf", pdf())
    reponse = lui.post("/ressources/proposer/", PROPOSITION | {"fichier": fichier}, follow=True)
    assert "est proposée" in reponse.content.decode()
    une = Ressource.objects.get(titre=PROPOSITION["titre"])
    assert PROPOSITION["titre"] not in client.get(f"{LISTE}?q=accueil").content.decode()

    fiche = f"/administration/ressources/ressource/{une.pk}/"
    page = equipe.get(f"{fiche}change/").content.decode()
    assert PROPOSITION["en_bref"] in page.replace("\xa0", " ") and "Mon guide.pdf" in page
    assert equipe.get(f"{fiche}fichier/").getvalue().startswith(b"%PDF-")
    with django_capture_on_commit_callbacks(execute=True):
        equipe.post(f"{fiche}decider/publier/")
    une.refresh_from_db()
    assert une.etat == "publiee"
    courriel = Courriel.objects.get(destinataire=membre.email)
    assert une.get_absolute_url() in courriel.texte

    assert une.titre in client.get(f"{LISTE}?q=accueil&besoin=cadre").content.decode()
    assert client.get("/ressources/ressources.json?besoin=cadre&q=accueil").json()["total"] >= 1
    servi = client.get(f"{une.get_absolute_url()}fichier/")
    assert servi["Content-Disposition"].startswith("attachment")
    assert servi["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in servi["Content-Security-Policy"]
    assert "Mon guide" not in une.fichier_chemin


def test_what_is_refused_says_why_and_keeps_what_was_typed(membre, client_de):
    lui = client_de(membre)
    faux = SimpleUploadedFile("guide.pdf", b"MZ programme")
    envoi = PROPOSITION | {"fichier": faux, "en_bref": "La HAS aide (un peu)", "lien": ""}
    reponse = lui.post("/ressources/proposer/", envoi)
    page = reponse.content.decode().replace("\xa0", " ")
    assert reponse.status_code == 422
    assert PROPOSITION["titre"] in page and "choisissez-le de nouveau" in page
    assert "Écrivez en entier" in page and "ne s’ouvre pas" in page
    assert not Ressource.objects.filter(proposee_par=membre).exists()


def test_an_entry_needs_somewhere_to_be_read(membre, client_de):
    reponse = client_de(membre).post("/ressources/proposer/", PROPOSITION | {"lien": ""})
    assert "Donnez une adresse ou un fichier" in reponse.content.decode()


def test_a_replaced_entry_stays_readable_and_leads_to_the_new_one(equipe, client):
    ancienne, neuve = publiee(lien="https://a.exemple.fr"), publiee(titre="Guide neuf", lien="x")
    equipe.post(
        f"/administration/ressources/ressource/{ancienne.pk}/decider/archiver/",
        {"motif": "Une version plus récente existe.", "remplacee_par": neuve.pk},
    )
    page = client.get(ancienne.get_absolute_url()).content.decode()
    assert neuve.get_absolute_url() in page and "Une version plus récente existe." in page
    assert ancienne.titre not in client.get(f"{LISTE}?q=accueil").content.decode()


def test_kept_then_shared_by_an_address_without_a_name(membre, client_de, client):
    une, lui = publiee(lien="https://a.exemple.fr"), client_de(membre)
    lui.post(f"{une.get_absolute_url()}garder/")
    assert une.titre in lui.get("/ressources/gardees/").content.decode()
    lui.post(
        "/ressources/selections/nouvelle/",
        {"titre": "Pour débuter", "mot": "Bonne lecture.", "ressource": [une.slug]},
    )
    adresse = Selection.objects.get(auteur=membre).get_absolute_url()
    page = client.get(adresse).content.decode()
    assert une.titre in page and "Bonne lecture." in page and "Camille" not in page
    lui.post(f"{adresse}supprimer/")
    assert client.get(adresse).status_code == 404


def test_opinions_are_counted_once_by_session_and_say_nothing_of_who(client, membre):
    une = publiee(lien="https://a.exemple.fr")
    for _ in range(3):
        client.post(f"{une.get_absolute_url()}avis/", {"geste": "utile"})
    client.get(une.get_absolute_url())
    assert totaux(une) | {"ouverte": 0} == {
        "ouverte": 0, "telechargee": 0, "utile": 1, "pas_utile": 0, "utilisee": 0,
    }  # fmt: skip
    assert totaux(une)["ouverte"] >= 1
    assert {f.name for f in une.usages.model._meta.get_fields()} == {
        "id", "ressource", "mois", "geste", "nombre",
    }  # fmt: skip
    assert client.post(f"{une.get_absolute_url()}avis/", {"geste": "x"}).status_code == 302


def test_the_staff_keeps_the_synonyms(equipe, client):
    une = publiee(titre="Le carnet de liaison", lien="https://a.exemple.fr")
    cherche = f"{LISTE}?q=cahier+de+bord"
    assert une.titre not in client.get(cherche).content.decode()
    equipe.post(
        "/administration/socle/groupedesynonymes/add/",
        {"termes": "carnet de liaison, cahier de bord"},
    )
    assert une.titre in client.get(cherche).content.decode()
    assert une.titre in client.get('/recherche/?q="cahier+de+bord"').content.decode()
    groupe = GroupeDeSynonymes.objects.get(termes__contains=["cahier de bord"])
    equipe.post(f"/administration/socle/groupedesynonymes/{groupe.pk}/delete/", {"post": "yes"})
    assert une.titre not in client.get(cherche).content.decode()
    assert charger_synonymes() == 0  # those of the staff are left alone


def test_as_many_queries_for_many_entries(sans_n_plus_1, client):
    Ressource.objects.all().delete()

    def ajouter(combien):
        for rang in range(combien):
            publiee(titre=f"Guide {rang}", lien="https://a.exemple.fr")

    sans_n_plus_1(client, LISTE, ajouter)


# --- Links that do not answer ---------------------------------------------------------------------
@pytest.mark.parametrize("adresse", [
    "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.8/x",
    "http://169.254.169.254/latest/meta-data/", "http://192.168.1.1/", "http://0.0.0.0/",
    "https://exemple.fr:8443/", "ftp://exemple.fr/", "file:///etc/passwd", "http://2130706433/",
    "http://u:p@exemple.fr/", "http://[::ffff:127.0.0.1]/", "http://100.64.0.1/", "gopher://x/",
    "http://",
])  # fmt: skip
def test_the_inside_of_the_network_is_never_visited(adresse):
    def interdit(*_):
        raise AssertionError("a connection was made")

    assert liens.repond(adresse, demander=interdit) in (None, False)


def test_a_name_that_leads_inside_is_not_followed(monkeypatch):
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *a, **k: [(0, 0, 0, "", ("93.184.215.14", 80)),
                                               (0, 0, 0, "", ("10.1.1.1", 80))]
    )  # fmt: skip
    with pytest.raises(liens.Interdit):
        liens.resoudre("http://rebond.exemple.fr/")


def test_a_redirection_to_the_inside_is_not_followed():
    vus = []

    def demander(lieu, maniere):
        vus.append(lieu.hote)
        return 302, "http://127.0.0.1/secret"

    dehors = liens.Lieu("http", "exemple.fr", "93.184.215.14", 80, "/")
    resoudre = lambda a: dehors if "exemple.fr" in a else liens.resoudre(a)  # noqa: E731
    assert liens.repond("http://exemple.fr/", demander, resoudre) is None
    assert vus == ["exemple.fr"]


def test_a_dead_link_is_dated_then_forgotten_when_it_answers(db, equipe):
    Ressource.objects.all().delete()
    une = publiee(lien="https://a.exemple.fr/guide")
    ailleurs = lambda adresse: liens.Lieu("https", "a.exemple.fr", "9.9.9.9", 443, "/")  # noqa: E731
    assert liens.verifier(lambda *_: (404, ""), ailleurs)["muets"] == 1
    une.refresh_from_db()
    premier = une.lien_mort_depuis
    assert premier is not None
    file = equipe.get("/administration/ressources/ressource/?etat=publiee&entretien=lien_mort")
    assert une.titre in file.content.decode()
    liens.verifier(lambda *_: (503, ""), ailleurs)  # busy is not dead, nor alive
    une.refresh_from_db()
    assert une.lien_mort_depuis == premier
    liens.verifier(lambda *_: (200, ""), ailleurs)
    une.refresh_from_db()
    assert une.lien_mort_depuis is None
