"""Mails: written once, sent after commit, at most once acknowledged, readable by people."""

import time
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle import tasks, travaux
from hubpartenariat.socle.courriel import (
    Courriel,
    EtatCourriel,
    en_html,
    envoyer,
    mettre_en_file,
)
from tests.outils.smtp import ServeurSmtp

SMTP = "django.core.mail.backends.smtp.EmailBackend"
DOSSIER = "hubpartenariat.socle.courriel.DossierDeCourriels"
CONTEXTE = {
    "titre": "Fiche « Retour »",
    "poids": "40 ko",
    "lien": "https://hub.example/d/1/",
    "jours": 30,
}


@pytest.fixture
def boite(settings, tmp_path):
    """The folder where the embedded set-up writes mails."""
    settings.COURRIEL_TRANSPORT = DOSSIER
    settings.EMAIL_FILE_PATH = tmp_path / "courriels"
    return settings.EMAIL_FILE_PATH


@pytest.fixture
def smtp(settings):
    with ServeurSmtp() as serveur:
        settings.COURRIEL_TRANSPORT = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", serveur.port
        settings.EMAIL_TIMEOUT = 1
        yield serveur


def passer_le_temps(courriel: Courriel, **duree) -> None:
    """As if the next attempt were due."""
    Courriel.objects.filter(pk=courriel.pk, prochain_essai__isnull=False).update(
        prochain_essai=timezone.now() - timedelta(seconds=1)
    )


# --- What is written -------------------------------------------------------------------------
def test_a_template_gives_subject_text_and_html(db):
    courriel = envoyer("a@exemple.fr", "document_pret", CONTEXTE)
    assert courriel.sujet == "Votre document est prêt"
    assert courriel.texte.startswith("Bonjour,")
    assert "Fiche « Retour »" in courriel.texte  # nothing escaped in a text
    assert "https://hub.example/d/1/" in courriel.texte
    assert "Une question ? Écrivez à" in courriel.texte
    assert "Vous recevez ce message" in courriel.texte


class Texte(HTMLParser):
    """What a person reads of an HTML mail, and where its links lead."""

    def __init__(self, html):
        super().__init__()
        self.mots, self.liens = "", []
        self.feed(html.partition("<body")[2])

    def handle_data(self, donnees):
        self.mots += donnees

    def handle_starttag(self, balise, attributs):
        if balise == "a":
            self.liens.append(dict(attributs)["href"])


def test_html_says_the_same_words():
    texte = "Bonjour,\n\nVoici :\n- un\n- deux\n\nhttps://hub.example/x/?a=1&b=<2>\n\n-- \nLe hub"
    lu = Texte(en_html("Sujet", texte))
    mots = lu.mots.split()
    for mot in ("Bonjour,", "Voici", "un", "deux", "Le", "hub"):
        assert mot in mots
    assert lu.liens == ["https://hub.example/x/?a=1&b="]


@pytest.mark.parametrize("poison", ["<script>alert(1)</script>", '"><img src=x>', "</title><b>"])
def test_html_escapes_what_people_typed(poison):
    html = en_html(poison, f"{poison}\n\n- {poison}")
    assert poison not in html


def test_a_subject_cannot_add_headers(db, smtp):
    courriel = mettre_en_file("a@exemple.fr", "Bonjour\nBcc: tous@exemple.fr", "x")
    tasks.envoyer_courriel(str(courriel.pk))
    assert smtp.recus[0]["Bcc"] is None
    assert smtp.recus[0]["Subject"] == "Bonjour Bcc: tous@exemple.fr"


def test_the_same_key_gives_one_mail(db):
    premier = envoyer("a@exemple.fr", "document_pret", CONTEXTE, cle="fiche:1:publiee")
    second = envoyer("a@exemple.fr", "document_pret", CONTEXTE, cle="fiche:1:publiee")
    assert premier.pk == second.pk
    assert Courriel.objects.count() == 1


def test_a_rolled_back_transaction_leaves_no_mail(transactional_db, monkeypatch):
    reveils = []
    monkeypatch.setattr(travaux, "reveiller", lambda *args: reveils.append(args))
    with pytest.raises(RuntimeError), transaction.atomic():
        envoyer("a@exemple.fr", "document_pret", CONTEXTE)
        raise RuntimeError
    assert not Courriel.objects.exists()
    assert reveils == []


def test_django_and_allauth_mails_become_rows(db):
    message = EmailMultiAlternatives("Votre code", "Voici :\n\nABCD-2345", to=["a@exemple.fr"])
    get_connection("hubpartenariat.socle.courriel.FileDeCourriels").send_messages([message])
    courriel = Courriel.objects.get()
    assert courriel.confidentiel
    assert "ABCD-2345" in Texte(courriel.html).mots


# --- What is sent ----------------------------------------------------------------------------
def test_sent_once_whatever_the_messages(db, smtp):
    courriel = envoyer("a@exemple.fr", "document_pret", CONTEXTE)
    for _ in range(3):
        tasks.envoyer_courriel(str(courriel.pk))
    assert len(smtp.recus) == 1
    recu = smtp.recus[0]
    assert recu["Message-ID"] == courriel.identifiant
    assert recu["Auto-Submitted"] == "auto-generated"
    assert recu.get_body(("plain",)).get_content().split() == courriel.texte.split()
    assert recu.get_body(("html",)) is not None
    courriel.refresh_from_db()
    assert courriel.etat == EtatCourriel.ENVOYE


def test_a_mail_in_other_hands_is_left_alone(transactional_db, smtp):
    courriel = envoyer("a@exemple.fr", "document_pret", CONTEXTE)
    with travaux.verrou(travaux.COURRIELS, courriel.pk) as obtenu:
        assert obtenu
        tasks.envoyer_courriel(str(courriel.pk))
    assert smtp.recus == []


@pytest.mark.parametrize("humeur", ["muet", "occupe"])
def test_a_server_away_is_tried_again_later(db, smtp, humeur):
    smtp.humeur = humeur
    debut = time.monotonic()
    courriel = envoyer("a@exemple.fr", "document_pret", CONTEXTE)
    assert time.monotonic() - debut < 0.5  # the request does not meet the mail server
    tasks.envoyer_courriel(str(courriel.pk))
    courriel.refresh_from_db()
    assert courriel.etat == EtatCourriel.EN_ATTENTE
    assert courriel.prochain_essai > timezone.now() + timedelta(seconds=20)
    assert courriel.erreur
    tasks.envoyer_courriel(str(courriel.pk))  # a stray message changes nothing before the time
    smtp.humeur = "accepte"
    passer_le_temps(courriel)
    tasks.envoyer_courriel(str(courriel.pk))
    assert len(smtp.recus) == 1


def test_nobody_listens(db, settings, smtp):
    settings.EMAIL_PORT = 1
    courriel = envoyer("a@exemple.fr", "document_pret", CONTEXTE)
    tasks.envoyer_courriel(str(courriel.pk))
    courriel.refresh_from_db()
    assert courriel.etat == EtatCourriel.EN_ATTENTE
    assert "ConnectionRefusedError" in courriel.erreur


def test_an_unknown_recipient_is_final_until_somebody_decides(db, smtp):
    smtp.humeur = "refuse"
    courriel = envoyer("a@exemple.fr", "document_pret", CONTEXTE)
    tasks.envoyer_courriel(str(courriel.pk))
    courriel.refresh_from_db()
    assert courriel.etat == EtatCourriel.ECHEC
    smtp.humeur = "accepte"
    assert courriel.renvoyer()
    tasks.envoyer_courriel(str(courriel.pk))
    assert len(smtp.recus) == 1


def test_attempts_end(db, smtp, monkeypatch):
    smtp.humeur = "occupe"
    courriel = envoyer("a@exemple.fr", "document_pret", CONTEXTE)
    for _ in range(20):
        tasks.envoyer_courriel(str(courriel.pk))
        passer_le_temps(courriel)
    courriel.refresh_from_db()
    assert (courriel.etat, courriel.essais) == (EtatCourriel.ECHEC, 8)


# --- The sweeper -----------------------------------------------------------------------------
@pytest.fixture
def reveils(monkeypatch):
    dits = []
    monkeypatch.setattr(
        travaux, "reveiller", lambda tache, *cles: dits.append((tache.name, *cles)) or True
    )
    return dits


def vieillir(courriel, **champs):
    Courriel.objects.filter(pk=courriel.pk).update(
        cree_le=timezone.now() - timedelta(minutes=5), **champs
    )


def test_a_lost_message_is_found(db, reveils):
    ancien = envoyer("a@exemple.fr", "document_pret", CONTEXTE)
    envoyer("b@exemple.fr", "document_pret", CONTEXTE)  # young: its message is on its way
    vieillir(ancien)
    tasks.reprendre()
    assert reveils == [(tasks.envoyer_courriel.name, ancien.pk)]


def test_a_dead_worker_gives_its_mail_back(db, reveils):
    courriel = envoyer("a@exemple.fr", "document_pret", CONTEXTE)
    courriel.prendre()
    vieillir(courriel, pris_le=timezone.now() - timedelta(minutes=2))
    tasks.reprendre()
    courriel.refresh_from_db()
    assert courriel.etat == EtatCourriel.EN_ATTENTE


def test_a_living_worker_keeps_its_mail(transactional_db, reveils):
    courriel = envoyer("a@exemple.fr", "document_pret", CONTEXTE)
    with travaux.verrou(travaux.COURRIELS, courriel.pk):
        courriel.prendre()
        vieillir(courriel, pris_le=timezone.now() - timedelta(hours=2))
        tasks.reprendre()
        courriel.refresh_from_db()
        assert courriel.etat == EtatCourriel.EN_COURS


def test_who_was_replaced_cannot_conclude(db, reveils):
    courriel = envoyer("a@exemple.fr", "document_pret", CONTEXTE)
    courriel.prendre()
    Courriel.objects.filter(pk=courriel.pk).update(etat=EtatCourriel.EN_ATTENTE)
    assert Courriel.objects.get(pk=courriel.pk).prendre()
    assert not courriel.conclure(etat=EtatCourriel.ENVOYE)


# --- The broker is away ----------------------------------------------------------------------
def test_a_dead_broker_never_fails_nor_slows_a_request(db, monkeypatch):
    monkeypatch.setattr(travaux, "_muet_jusqu_a", 0.0)

    def tomber(*_args, **_options):
        raise OSError("broker away")

    monkeypatch.setattr(tasks.envoyer_courriel, "apply_async", tomber)
    assert travaux.reveiller(tasks.envoyer_courriel, 1) is False
    monkeypatch.setattr(tasks.envoyer_courriel, "apply_async", lambda *a, **o: pytest.fail("asked"))
    assert travaux.reveiller(tasks.envoyer_courriel, 2) is False  # left in peace a moment


# --- Files of the embedded set-up -------------------------------------------------------------
def test_files_are_readable_by_people(db, boite):
    courriel = envoyer("claire@exemple.fr", "document_pret", CONTEXTE)
    tasks.envoyer_courriel(str(courriel.pk))
    texte, html = sorted(boite.iterdir(), key=lambda c: c.suffix, reverse=True)
    assert "claire@exemple.fr" in texte.name
    assert "votre-document-est-pret" in texte.name
    assert f"{timezone.localtime(courriel.cree_le):%Y-%m-%d}" in texte.name
    lignes = texte.read_text(encoding="utf-8").splitlines()
    assert "À : claire@exemple.fr" in lignes
    assert "Objet : Votre document est prêt" in lignes
    assert "Bonjour," in lignes
    assert html.suffix == ".html"


def test_sending_again_after_a_crash_makes_no_second_file(db, boite):
    courriel = envoyer("claire@exemple.fr", "document_pret", CONTEXTE)
    tasks.envoyer_courriel(str(courriel.pk))
    Courriel.objects.filter(pk=courriel.pk).update(etat=EtatCourriel.EN_ATTENTE)
    tasks.envoyer_courriel(str(courriel.pk))
    assert len(list(boite.glob("*.txt"))) == 1


@pytest.mark.parametrize("adresse", ["../../x@exemple.fr", "é/.. /@exemple.fr", ".x@exemple.fr"])
def test_a_file_name_cannot_leave_its_folder(db, boite, adresse):
    courriel = mettre_en_file(adresse, "../../sujet", "x")
    courriel.prendre()
    courriel.expedier()
    assert all(chemin.parent == boite for chemin in boite.rglob("*") if chemin.is_file())
    assert len(list(boite.glob("*.txt"))) == 1


# --- The admin -------------------------------------------------------------------------------
def test_codes_are_not_shown_in_production(db, settings):
    from django.contrib.admin import site

    admin = site.get_model_admin(Courriel)
    code = mettre_en_file("a@exemple.fr", "Code", "ABCD-1234", confidentiel=True)
    settings.EMBARQUE = False
    assert "ABCD" not in admin.message(code)
    settings.EMBARQUE = True
    assert "ABCD" in admin.message(code)


def test_old_mails_are_forgotten(db):
    for etat in (EtatCourriel.ENVOYE, EtatCourriel.EN_ATTENTE):
        courriel = mettre_en_file("a@exemple.fr", etat, "x")
        Courriel.objects.filter(pk=courriel.pk).update(
            etat=etat, cree_le=timezone.now() - timedelta(days=60)
        )
    tasks.purger()
    assert [c.etat for c in Courriel.objects.all()] == [EtatCourriel.EN_ATTENTE]
