"""A personal link: one answer, eight days, one address; read by scanners without harm."""

import logging
import re

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from annuaire.enums import Canal
from annuaire.models import LienMagique, MiseEnRelation, Profil, Sollicitation
from annuaire.sollicitations import solliciter
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import EntreeJournal
from hubpartenariat.socle.traces import SansSecret
from tests import fabriques
from tests.annuaire.gens import LIGNES, appel, candidat, membre
from tests.outils.simultanes import ensemble

pytestmark = pytest.mark.django_db
INTERESSE = {"geste": "interesse", "motivation": LIGNES}


def recevoir(un, un_appel=None) -> str:
    """The path of the link in the mail of a new proposition."""
    solliciter(un, un_appel or appel(membre()), Canal.HEBDOMADAIRE, ["domaine"])
    lettre = Courriel.objects.filter(destinataire=un.personne.email).latest("pk")
    return re.search(r"https?://[^/]+(/annuaire/lien/\S+)", lettre.texte)[1]


@pytest.fixture
def un():
    return candidat()


@pytest.fixture
def lien(un):
    return recevoir(un)


def test_answering_without_signing_in(un, lien):
    visiteur = Client()
    page = visiteur.get(lien).content.decode()
    assert Sollicitation.objects.get().appel.titre in page
    assert "un domaine que vous avez choisi" in page
    assert "C’est noté" in visiteur.post(lien, INTERESSE).content.decode()
    relation = MiseEnRelation.objects.get()
    assert (relation.profil, relation.motivation) == (un, LIGNES)
    assert Sollicitation.objects.get().reponse == "interesse"
    assert visiteur.get("/mon-espace/").status_code == 302, "no session was opened"
    assert "session_hub" not in visiteur.cookies


def test_a_scanner_that_opens_the_link_uses_nothing(lien):
    for _ in range(3):
        assert Client().get(lien).status_code == 200
        assert Client().head(lien).status_code == 200
    assert LienMagique.objects.get().utilise_le is None
    assert Client().post(lien, {"geste": "decliner"}).status_code == 200


@pytest.mark.parametrize("geste", ["decliner", "pause", "interesse"])
def test_it_serves_once(lien, geste):
    donnees = INTERESSE | {"geste": geste}
    assert Client().post(lien, donnees).status_code == 200
    avant = list(MiseEnRelation.objects.values())
    for reponse in (Client().get(lien), Client().post(lien, donnees)):
        assert reponse.status_code == 410
        assert "Appel" not in reponse.content.decode(), "says nothing more of what it was for"
    assert list(MiseEnRelation.objects.values()) == avant


def test_pausing_a_month(un, lien):
    Client().post(lien, {"geste": "pause"})
    attendue = timezone.localdate() + timezone.timedelta(days=30)
    assert Profil.objects.get().pause_jusqu_au == attendue
    assert Sollicitation.objects.get().reponse == "declinee"


def test_a_text_that_is_refused_stays_and_the_link_still_serves(lien):
    texte = "Appelez-moi au 06 12 34 56 78."
    page = Client().post(lien, INTERESSE | {"motivation": texte}).content.decode()
    assert texte in page
    assert Client().post(lien, INTERESSE | {"motivation": "\x00"}).status_code == 200
    assert not MiseEnRelation.objects.exists()
    assert "C’est noté" in Client().post(lien, INTERESSE).content.decode()


def test_an_answer_that_may_not_be_does_not_use_the_link(un, lien):
    Sollicitation.objects.get().appel.equipe.add(un.personne)
    page = Client().post(lien, INTERESSE).content.decode()
    assert "Vous ne pouvez pas répondre" in page.replace("\xa0", " ")
    assert LienMagique.objects.get().utilise_le is None


# --- Whom it is for ---------------------------------------------------------------------------
def mort(lien, client=None) -> bool:
    """Worth nothing: as any address that is not there, reading and answering alike."""
    client = client or Client()
    client.get("/annuaire/lien/n-existe-pas/")  # a first page gives the browser its CSRF cookie

    def vue(reponse):
        page = re.sub(r'value="[^"]{64}"', "", reponse.content.decode())
        return reponse.status_code, page, reponse.headers["Cache-Control"]

    absente = vue(client.get("/annuaire/lien/n-existe-pas/"))
    reponses = [vue(client.get(lien)), vue(client.post(lien, INTERESSE))]
    pareilles = absente[0] == 404 and all(une == absente for une in reponses)
    return pareilles and not MiseEnRelation.objects.exists()


def test_it_is_dead_after_eight_days(lien):
    ancien = timezone.now() - timezone.timedelta(days=8)
    LienMagique.objects.update(cree_le=ancien + timezone.timedelta(minutes=5))
    assert Client().get(lien).status_code == 200
    LienMagique.objects.update(cree_le=ancien)
    assert [Client().get(lien).status_code, Client().post(lien, INTERESSE).status_code] == [410] * 2
    assert not MiseEnRelation.objects.exists()


def test_it_is_dead_in_the_browser_of_somebody_else(lien, client_de, un):
    assert mort(lien, client_de(fabriques.personne()))
    assert client_de(un.personne).get(lien).status_code == 200


def test_it_is_dead_once_the_address_changed_or_the_account_closed(lien, un):
    un.personne.email = "nouvelle@exemple.fr"
    un.personne.save()
    assert mort(lien)
    LienMagique.objects.update(courriel="nouvelle@exemple.fr")
    assert not mort(lien)
    MiseEnRelation.objects.all().delete()
    un.personne.activer(False)
    assert mort(lien)


def test_a_made_up_link_is_nothing():
    for jeton in ("x", "é", "a" * 500, "../..", "%00"):
        assert Client().get(f"/annuaire/lien/{jeton}/").status_code in (400, 404)


# --- Where its secret could leak --------------------------------------------------------------
def test_the_page_tells_its_address_to_nobody(lien):
    for reponse in (Client().get(lien), Client().post(lien, {"geste": "decliner"})):
        assert reponse["Referrer-Policy"] == "no-referrer"
        assert reponse["Cache-Control"] == "no-store"
        html = reponse.content.decode()
        adresses = re.findall(r'(?:href|src|action)="([^"]*)"', html)
        assert adresses
        assert [a for a in adresses if not a.startswith(("/", "#", "mailto:"))] == []
        jeton = lien.rstrip("/").rpartition("/")[2]
        assert jeton not in html


def test_a_browser_that_sends_no_origin_can_answer(lien):
    """Under « no-referrer » browsers send « Origin: null », which Django's check refuses."""
    strict = Client(enforce_csrf_checks=True)
    strict.get(lien)
    reponse = strict.post(lien, {"geste": "decliner"}, headers={"origin": "null"})
    assert reponse.status_code == 200


def test_the_token_is_nowhere_but_in_the_mail(lien, un, caplog, client_de, personne):
    jeton = lien.rstrip("/").rpartition("/")[2]
    assert len(jeton) >= 43
    with caplog.at_level(logging.DEBUG):
        client_de(fabriques.personne()).get(lien)
        Client().get(lien)
        Client().post(lien, INTERESSE)
        Client().get(lien)
    assert jeton not in caplog.text
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND table_type = 'BASE TABLE'"
        )
        tables = [nom for (nom,) in curseur.fetchall()]
        ou = []
        for table in tables:
            curseur.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{jeton}%"]
            )
            if curseur.fetchone()[0]:
                ou.append(table)
    assert ou == ["socle_courriel"]
    assert not EntreeJournal.objects.filter(detail__icontains=jeton).exists()
    lettre = Courriel.objects.get(destinataire=un.personne.email)
    assert lettre.confidentiel


def test_a_failure_of_ours_does_not_write_the_token_either(lien, monkeypatch, caplog):
    """Django writes the address of a page that fails: the handler blanks what is secret."""
    from annuaire.views import propositions

    def tomber(*_):
        raise ValueError("panne")

    monkeypatch.setattr(propositions.liens, "est_mort", tomber)
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.ERROR):
        assert client.get(lien).status_code == 500
    assert any(
        isinstance(filtre, SansSecret)
        for handler in logging.getLogger().handlers
        for filtre in handler.filters
    )
    for une in caplog.records:
        SansSecret().filter(une)
    lignes = [une.getMessage() for une in caplog.records]
    assert "Internal Server Error: /annuaire/lien/…/" in lignes
    assert not [une for une in lignes if lien.rstrip("/").rpartition("/")[2] in une]


@pytest.mark.django_db(transaction=True)
def test_twenty_answers_at_once_use_it_once(un, lien):
    reponses = ensemble(20, lambda rang: Client().post(lien, INTERESSE).status_code)
    assert sorted(set(reponses)) in ([200], [200, 410])
    assert MiseEnRelation.objects.count() == 1
    assert LienMagique.objects.get().utilise_le
