"""Documents asked for: one row per content, nothing shown to who may not read it, nothing lost."""

import errno
import os
import re
import threading
import uuid
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from hubpartenariat.socle import documents, tasks, travaux
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.documents import (
    GENRES,
    DemandeDocument,
    EtatDocument,
    GenreDocument,
    demander,
    poids,
)

ANONYME = AnonymousUser()


class Essai(GenreDocument):
    """A kind for these tests: what it says and who may read it are set by the test."""

    code = "essai"
    gabarit = "cartographie/pdf/fiche.html"
    publie = True
    lecteurs: set | None = None  # None: everyone
    texte = "Contenu"

    def titre(self, parametres):
        return f"Essai {parametres.get('n', '')}"

    def nom_fichier(self, parametres):
        return "essai.pdf"

    def autorise(self, personne, parametres):
        return self.lecteurs is None or personne.pk in self.lecteurs

    def donnees(self, parametres):
        vides = dict.fromkeys(["etat", "exemple", "resume", "structure", "type_structure"], "")
        vides |= {"territoires": [], "sections": [], "contact": []}
        return vides | {"date": "2026-11-23T10:00:00+01:00", "titre": self.texte}

    def page(self, parametres):
        return "/cartographie/"


@pytest.fixture
def essai(monkeypatch):
    genre = Essai()
    monkeypatch.setitem(GENRES, "essai", genre)
    return genre


@pytest.fixture
def reveils(monkeypatch):
    dits = []
    monkeypatch.setattr(
        travaux, "reveiller", lambda tache, *cles: dits.append((tache.name, *cles)) or True
    )
    return dits


def preparer(demande) -> DemandeDocument:
    tasks.preparer_document(str(demande.pk))
    demande.refresh_from_db()
    return demande


def fichiers() -> list:
    return [chemin for chemin in documents.dossier().rglob("*") if chemin.is_file()]


# --- Asking ----------------------------------------------------------------------------------
def test_same_content_same_row_same_file(db, essai, personne):
    premier = preparer(demander("essai", {"n": 1}, personne("a@exemple.fr")))
    assert premier.etat == EtatDocument.PRET
    second = demander("essai", {"n": 1}, ANONYME)
    assert second.pk == premier.pk
    essai.texte = "Autre contenu"
    assert demander("essai", {"n": 1}, ANONYME).pk != premier.pk


def test_what_failed_or_expired_does_not_block(db, essai):
    for etat in (EtatDocument.ECHEC, EtatDocument.ANNULE, EtatDocument.EXPIRE):
        demande = demander("essai", {}, ANONYME)
        DemandeDocument.objects.filter(pk=demande.pk).update(etat=etat)
        assert demander("essai", {}, ANONYME).pk != demande.pk


def test_two_people_at_once_get_one_row(transactional_db, essai, reveils):
    """Ten threads ask for the same: the constraint decides, nobody sees an error."""
    depart, cles, erreurs = threading.Barrier(10), [], []

    def demander_ensemble():
        try:
            depart.wait()
            cles.append(demander("essai", {"n": 2}, ANONYME).pk)
        except Exception as erreur:
            erreurs.append(erreur)
        finally:
            connection.close()

    fils = [threading.Thread(target=demander_ensemble) for _ in range(10)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert erreurs == []
    assert len(set(cles)) == 1
    assert DemandeDocument.objects.get().demandes == 10


def test_asking_is_refused_to_who_may_not_read(db, essai):
    essai.lecteurs = set()
    with pytest.raises(PermissionDenied):
        demander("essai", {}, ANONYME)
    assert not DemandeDocument.objects.exists()


# --- Making ----------------------------------------------------------------------------------
def test_made_once_whatever_the_messages(db, essai, monkeypatch):
    demande = preparer(demander("essai", {}, ANONYME))
    avant = demande.termine_le
    monkeypatch.setattr(documents, "fabriquer", lambda _: pytest.fail("made twice"))
    assert preparer(demande).termine_le == avant
    assert demande.donnees == {}  # the file is the one copy
    assert demande.chemin.read_bytes().startswith(b"%PDF")
    assert demande.chemin.stat().st_mode & 0o077 == 0
    assert len(fichiers()) == 1


@pytest.mark.parametrize(
    ("panne", "phrase"),
    [
        (OSError(errno.ENOSPC, "plein"), "Le disque du serveur est plein"),
        (MemoryError(), "trop gros"),
        (SoftTimeLimitExceeded(), "trop long"),
        (ValueError("secret interne"), "erreur imprévue"),
    ],
)
def test_a_failure_is_said_in_french(db, essai, client, monkeypatch, panne, phrase):
    def tomber(*_args, **_options):
        raise panne

    monkeypatch.setattr("hubpartenariat.socle.pdf.rendre", tomber)
    demande = preparer(demander("essai", {}, ANONYME))
    assert demande.etat == EtatDocument.ECHEC
    page = client.get(reverse("documents:suivi", args=[demande.pk]))
    assert phrase in page.content.decode()
    assert "secret interne" not in page.content.decode()
    assert "Demander de nouveau" in page.content.decode()
    assert fichiers() == []


def test_a_database_away_for_a_moment_fails_nothing(db, essai, monkeypatch):
    """Made again by the next worker, three times at most; the message of the first is enough."""
    vrai, pannes = documents.fabriquer, [OperationalError("restarting")]

    def fabriquer(demande):
        if pannes:
            raise pannes.pop()
        return vrai(demande)

    monkeypatch.setattr(documents, "fabriquer", fabriquer)
    demande = preparer(demander("essai", {}, ANONYME))
    assert demande.etat == EtatDocument.DEMANDE
    assert preparer(demande).etat == EtatDocument.PRET
    pannes += [InterfaceError("gone")] * 3
    autre = demander("essai", {"n": 2}, ANONYME)
    etats = [preparer(autre).etat for _ in range(3)]
    assert etats == [EtatDocument.DEMANDE, EtatDocument.DEMANDE, EtatDocument.ECHEC]


def test_who_waited_long_is_told_of_a_failure(db, essai, monkeypatch, personne):
    def tomber(*_args, **_options):
        raise MemoryError

    monkeypatch.setattr("hubpartenariat.socle.pdf.rendre", tomber)
    claire = personne("claire@exemple.fr")
    demande = demander("essai", {}, claire)
    preparer(demande)
    assert not Courriel.objects.exists()  # at once: the page says it
    demande = demander("essai", {}, claire)
    DemandeDocument.objects.filter(pk=demande.pk).update(
        cree_le=timezone.now() - documents.LONG - timedelta(seconds=1)
    )
    preparer(demande)
    [lettre] = Courriel.objects.all()
    assert lettre.destinataire == claire.email and "trop gros" in lettre.texte


def test_a_full_disk_leaves_no_partial_file(settings, monkeypatch):
    def plein(_descripteur):
        raise OSError(errno.ENOSPC, "plein")

    monkeypatch.setattr("os.fsync", plein)
    with pytest.raises(OSError, match="plein"):
        documents.ranger(b"x" * 100_000)
    assert fichiers() == []


def test_called_off_while_made_leaves_nothing(db, essai, monkeypatch):
    demande = demander("essai", {}, ANONYME)
    vrai = documents.ranger

    def ranger_puis_annuler(contenu):
        nom = vrai(contenu)
        assert demande.annuler()
        return nom

    monkeypatch.setattr(documents, "ranger", ranger_puis_annuler)
    assert preparer(demande).etat == EtatDocument.ANNULE
    assert fichiers() == []


def test_a_mail_when_it_took_long(db, essai, personne, django_capture_on_commit_callbacks):
    demande = demander("essai", {}, personne("claire@exemple.fr"))
    DemandeDocument.objects.filter(pk=demande.pk).update(
        cree_le=timezone.now() - timedelta(minutes=2)
    )
    preparer(demande)
    courriel = Courriel.objects.get()
    assert courriel.destinataire == "claire@exemple.fr"
    assert reverse("documents:suivi", args=[demande.pk]) in courriel.texte
    preparer(demander("essai", {"n": 9}, personne("b@exemple.fr")))
    assert Courriel.objects.count() == 1  # that one was quick


# --- Death and resurrection ------------------------------------------------------------------
def mourir(demande, essais=1):
    """As a killed worker leaves the row: in the making, lock gone with its session."""
    demande.prendre()
    DemandeDocument.objects.filter(pk=demande.pk).update(essais=essais)


def test_a_dead_worker_gives_its_document_back(db, essai, reveils):
    demande = demander("essai", {}, ANONYME)
    mourir(demande)
    tasks.reprendre()
    demande.refresh_from_db()
    assert demande.etat == EtatDocument.DEMANDE
    assert (tasks.preparer_document.name, demande.pk) in reveils
    assert preparer(demande).etat == EtatDocument.PRET


def test_a_living_worker_keeps_its_document(transactional_db, essai, reveils):
    demande = demander("essai", {}, ANONYME)
    with travaux.verrou(travaux.DOCUMENTS, demande.pk):
        mourir(demande)
        tasks.reprendre()
        demande.refresh_from_db()
        assert demande.etat == EtatDocument.EN_COURS
    tasks.reprendre()
    demande.refresh_from_db()
    assert demande.etat == EtatDocument.DEMANDE


def test_three_deaths_are_enough(db, essai, reveils, client):
    demande = demander("essai", {}, ANONYME)
    mourir(demande, essais=3)
    tasks.reprendre()
    page = client.get(reverse("documents:suivi", args=[demande.pk])).content.decode()
    assert "trois fois" in page


def test_who_was_replaced_ends_nothing(db, essai, reveils, monkeypatch):
    """PostgreSQL restarted: the lock is lost, the worker goes on, another makes it; one ends."""
    demande = demander("essai", {}, ANONYME)
    vrai = documents.ranger

    def ranger_apres_un_autre(contenu):
        monkeypatch.setattr(documents, "ranger", vrai)
        DemandeDocument.objects.filter(pk=demande.pk).update(etat=EtatDocument.DEMANDE, jeton=None)
        autre = DemandeDocument.objects.get(pk=demande.pk)
        assert autre.prendre()
        assert documents.fabriquer(autre)
        return vrai(contenu)

    monkeypatch.setattr(documents, "ranger", ranger_apres_un_autre)
    preparer(demande)
    assert demande.etat == EtatDocument.PRET
    assert demande.essais == 2
    assert fichiers() == [demande.chemin]


def test_a_lost_message_is_found(db, essai, reveils):
    demande = demander("essai", {}, ANONYME)
    tasks.reprendre()
    assert reveils == []  # young: its message is on its way
    DemandeDocument.objects.update(cree_le=timezone.now() - timedelta(minutes=1))
    tasks.reprendre()
    assert reveils == [(tasks.preparer_document.name, demande.pk)]


# --- Pages -----------------------------------------------------------------------------------
def test_the_page_works_without_script_and_says_where_it_stands(db, essai, client):
    demande = demander("essai", {}, ANONYME)
    adresse = reverse("documents:suivi", args=[demande.pk])
    page = client.get(adresse).content.decode()
    assert '<meta http-equiv="refresh" content="2">' in page
    assert "En attente" in page
    preparer(demande)
    page = client.get(adresse).content.decode()
    assert "http-equiv" not in page
    assert f"PDF, {poids(demande.taille)}" in page
    assert reverse("documents:telecharger", args=[demande.pk]) in page
    suite = client.get(reverse("documents:etat", args=[demande.pk])).json()
    assert suite["en_attente"] is False
    assert suite["format"] == f"PDF, {poids(demande.taille)}"


def test_the_rank_in_the_queue_is_told(db, essai, client):
    demander("essai", {"n": 1}, ANONYME)
    second = demander("essai", {"n": 2}, ANONYME)
    page = client.get(reverse("documents:suivi", args=[second.pk])).content.decode()
    assert "1 document avant le vôtre" in page


def test_the_file_is_downloaded_and_never_shown_in_the_site(db, essai, client):
    demande = preparer(demander("essai", {}, ANONYME))
    adresse = reverse("documents:telecharger", args=[demande.pk])
    reponse = client.get(adresse)
    assert b"".join(reponse.streaming_content) == demande.chemin.read_bytes()
    assert reponse["Content-Type"] == "application/pdf"
    assert reponse["Content-Disposition"] == 'attachment; filename="essai.pdf"'
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reponse["Content-Security-Policy"]
    revu = client.get(adresse, headers={"If-None-Match": reponse["ETag"]})
    assert revu.status_code == 304
    assert client.head(adresse).status_code == 200
    assert client.post(adresse).status_code == 405


def sans_jeton(reponse) -> str:
    """The body, but for the CSRF token that changes at each answer."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", reponse.content.decode())


def test_foreign_and_unknown_answer_alike(db, essai, client, personne):
    """Same status, same body, before and after it is ready, on every address of a document."""
    auteur, autre = personne("a@exemple.fr"), personne("b@exemple.fr")
    essai.lecteurs = {auteur.pk}
    demande = preparer(demander("essai", {}, auteur))
    for quelqu_un in (None, autre):
        client.logout()
        if quelqu_un:
            client.force_login(quelqu_un)
        for nom in ("suivi", "etat", "telecharger"):
            etrangere = client.get(reverse(f"documents:{nom}", args=[demande.pk]))
            inconnue = client.get(reverse(f"documents:{nom}", args=[uuid.uuid4()]))
            assert etrangere.status_code == inconnue.status_code == 404
            assert sans_jeton(etrangere) == sans_jeton(inconnue)
    client.force_login(auteur)
    assert client.get(reverse("documents:telecharger", args=[demande.pk])).status_code == 200
    essai.lecteurs = set()  # a right that is withdrawn is withdrawn at once
    assert client.get(reverse("documents:telecharger", args=[demande.pk])).status_code == 404


def test_a_document_follows_its_data(db, essai, client):
    """What was corrected or withdrawn is no longer downloaded; an edition stays as it was."""
    demande = preparer(demander("essai", {}, ANONYME))
    essai.texte = "Corrigé"
    reponse = client.get(reverse("documents:telecharger", args=[demande.pk]), follow=True)
    assert "n’est plus disponible" in reponse.content.decode()
    assert fichiers() == []
    essai.fige = True
    editee = preparer(demander("essai", {}, ANONYME))
    essai.texte = "Corrigé encore"
    assert client.get(reverse("documents:telecharger", args=[editee.pk])).status_code == 200


def test_a_lost_file_is_made_again(db, essai, client):
    demande = preparer(demander("essai", {}, ANONYME))
    demande.chemin.unlink()
    page = client.get(reverse("documents:telecharger", args=[demande.pk]), follow=True)
    assert "Demander de nouveau" in page.content.decode()
    reponse = client.post(reverse("documents:redemander", args=[demande.pk]))
    nouvelle = DemandeDocument.objects.get(etat=EtatDocument.DEMANDE)
    assert reponse["Location"] == reverse("documents:suivi", args=[nouvelle.pk])


def test_only_who_asked_alone_may_call_off(db, essai, client, personne):
    claire, autre = personne("a@exemple.fr"), personne("b@exemple.fr")
    demande = demander("essai", {}, claire)
    annuler = reverse("documents:annuler", args=[demande.pk])
    client.force_login(autre)
    client.post(annuler)
    demande.refresh_from_db()
    assert demande.etat == EtatDocument.DEMANDE
    client.force_login(claire)
    assert (
        "Annuler la demande"
        in client.get(reverse("documents:suivi", args=[demande.pk])).content.decode()
    )
    client.post(annuler)
    demande.refresh_from_db()
    assert demande.etat == EtatDocument.ANNULE
    partagee = demander("essai", {}, claire)
    demander("essai", {}, autre)
    client.post(reverse("documents:annuler", args=[partagee.pk]))
    partagee.refresh_from_db()
    assert partagee.etat == EtatDocument.DEMANDE


def test_visitors_are_limited_members_are_not(db, essai, client, personne, monkeypatch):
    from hubpartenariat.socle import vues_documents

    monkeypatch.setattr(vues_documents, "PAR_HEURE", 2)
    demande = preparer(demander("essai", {}, ANONYME))
    redemander = reverse("documents:redemander", args=[demande.pk])
    statuts = []
    for tour in range(4):
        essai.texte = f"Version {tour}"
        statuts.append(client.post(redemander).status_code)
    assert statuts == [302, 302, 429, 429]
    client.force_login(personne("a@exemple.fr"))
    assert client.post(redemander).status_code == 302


# --- Forgetting ------------------------------------------------------------------------------
def test_old_files_go_and_orphans_too(db, essai):
    garde, vieux = [preparer(demander("essai", {"n": n}, ANONYME)) for n in (1, 2)]
    DemandeDocument.objects.filter(pk=vieux.pk).update(
        termine_le=timezone.now() - timedelta(days=31)
    )
    documents.ranger(b"orphelin")
    recent = documents.ranger(b"en cours d'arrivee")
    demain = timezone.now() + timedelta(days=2)
    os.utime(documents.dossier() / recent, (demain.timestamp(), demain.timestamp()))
    documents.purger(timezone.now())
    assert garde.chemin in fichiers()
    vieux.refresh_from_db()
    assert vieux.etat == EtatDocument.EXPIRE
    documents.purger(demain - timedelta(hours=1))
    assert sorted(fichiers()) == sorted([garde.chemin, documents.dossier() / recent])


@pytest.mark.parametrize(
    ("octets", "mots"),
    [(1, "1\u00a0ko"), (212_400, "212\u00a0ko"), (1_440_000, "1,4\u00a0Mo")],
)
def test_sizes_are_read_by_people(octets, mots):
    assert poids(octets) == mots
