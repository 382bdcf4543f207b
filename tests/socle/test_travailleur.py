"""Real workers, real brokers, real deaths: everything asked ends once, nothing is forgotten."""

import shutil
import signal
import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from hubpartenariat.socle import documents, tasks, travaux
from hubpartenariat.socle.courriel import Courriel, EtatCourriel, mettre_en_file
from hubpartenariat.socle.documents import DemandeDocument, EtatDocument, demander
from tests.outils.travailleur import CourtierRedis, CourtierSurDisque, Travailleur, attendre

pytestmark = [pytest.mark.lourd, pytest.mark.django_db(transaction=True)]
ANONYME = AnonymousUser()


@pytest.fixture(params=[CourtierSurDisque, CourtierRedis], ids=["disque", "redis"])
def courtier(request, settings, monkeypatch):
    if request.param is CourtierRedis and not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed")
    courtier = request.param(settings.VAR)
    monkeypatch.setattr(
        travaux,
        "reveiller",
        lambda tache, *cles: tache.apply_async(
            [str(cle) for cle in cles], connection=courtier.connexion
        ),
    )
    yield courtier
    courtier.arreter()


@pytest.fixture
def travailleur(courtier):
    travailleur = Travailleur(courtier)
    yield travailleur
    travailleur.arreter()


def demander_fiches(nombre: int) -> list[DemandeDocument]:
    """PDFs of so many published fiches, asked for by a visitor."""
    from cartographie.models import Fiche

    demandes = []
    for rang in range(nombre):
        fiche = Fiche.objects.create(
            titre=f"Fiche {rang}",
            resume="Une démarche. " * 60,
            type_structure="hopital",
            departements=["75"],
            slug=f"fiche-{rang}",
            etat="publiee",
            publiee_le=timezone.now(),
            pilotage="Un comité. " * 200,
            check_list={"1": "oui"},
        )
        demandes.append(demander("fiche", {"fiche": str(fiche.uuid)}, ANONYME))
    return demandes


def prets() -> int:
    return DemandeDocument.objects.filter(etat=EtatDocument.PRET).count()


def en_cours() -> int:
    return DemandeDocument.objects.filter(etat=EtatDocument.EN_COURS).count()


def verifier_les_fichiers(nombre: int) -> None:
    """Each document has its file, and there is no other file."""
    noms = {
        str(chemin.relative_to(documents.dossier()))
        for chemin in documents.dossier().rglob("*")
        if chemin.is_file() and chemin.suffix == ".pdf"
    }
    connus = set(DemandeDocument.objects.values_list("fichier", flat=True))
    assert len(connus) == nombre
    assert connus <= noms
    for nom in connus:
        assert (documents.dossier() / nom).read_bytes().rstrip().endswith(b"%%EOF")


def test_killed_in_the_middle_of_several_documents(travailleur):
    demandes = demander_fiches(8)
    travailleur.demarrer()
    travailleur.tuer_au_travail(lambda: prets() >= 1 and en_cours() >= 1)
    assert en_cours() >= 1  # somebody died at work
    finis = {d.pk: d.termine_le for d in DemandeDocument.objects.filter(etat=EtatDocument.PRET)}
    travailleur.demarrer()
    duree = attendre(lambda: prets() == len(demandes), 90)
    print(f"{type(travailleur.courtier).__name__}: all done {duree:.1f} s after the restart")  # noqa: T201
    for demande in DemandeDocument.objects.filter(pk__in=finis):
        assert demande.termine_le == finis[demande.pk]  # what was done was not done again
        assert demande.essais == 1
    assert set(DemandeDocument.objects.values_list("essais", flat=True)) <= {1, 2}
    verifier_les_fichiers(len(demandes))


def test_a_killed_child_is_replaced(travailleur):
    """Out of memory, crash of a library: the worker lives on, its document is made again."""
    demande = demander_fiches(1)[0]
    travailleur.demarrer()
    attendre(lambda: en_cours() == 1, 240)
    travailleur.figer()
    assert en_cours() == 1
    for enfant in travailleur.enfants():  # the one at work and the one that waits
        enfant.send_signal(signal.SIGKILL)
    travailleur.reprendre()
    duree = attendre(lambda: prets() == 1, 240)
    print(f"{type(travailleur.courtier).__name__}: done {duree:.1f} s after its death")  # noqa: T201
    demande.refresh_from_db()
    assert demande.essais == 2


def test_an_emptied_broker_forgets_nothing(travailleur):
    demandes = demander_fiches(3)
    courriel = mettre_en_file("claire@exemple.fr", "Sujet", "Bonjour,")
    travailleur.courtier.vider()
    travailleur.demarrer()
    duree = attendre(
        lambda: (
            prets() == len(demandes)
            and Courriel.objects.filter(etat=EtatCourriel.ENVOYE).count() == 1
        ),
        90,
    )
    print(f"{type(travailleur.courtier).__name__}: found again in {duree:.1f} s")  # noqa: T201
    courriel.refresh_from_db()
    assert courriel.essais == 1
    verifier_les_fichiers(len(demandes))


def test_a_polite_stop_finishes_what_is_begun(travailleur):
    demander_fiches(2)
    travailleur.demarrer()
    attendre(lambda: en_cours() >= 1, 240)
    travailleur.arreter()
    assert en_cours() == 0
    assert set(DemandeDocument.objects.values_list("essais", flat=True)) <= {0, 1}


def test_damaged_messages_do_not_end_the_worker(settings, travailleur):
    if not isinstance(travailleur.courtier, CourtierSurDisque):
        pytest.skip("about messages on disk")
    demander_fiches(1)
    messages = travailleur.courtier.dossier / "messages"
    for rang, contenu in enumerate([b"", b'{"body": "', b"\xff\xfe", b"[]"]):
        (messages / f"0{rang}_x.celery.msg").write_bytes(contenu)
    travailleur.demarrer()
    attendre(lambda: prets() == 1, 240)
    assert travailleur.processus.poll() is None


def test_asking_while_the_broker_is_away(courtier, monkeypatch):
    """Under a second, and no error: the row is there for the sweeper (F2, R1)."""
    if not isinstance(courtier, CourtierRedis):
        pytest.skip("about Redis")
    from hubpartenariat.celery import app

    monkeypatch.undo()
    monkeypatch.setattr(travaux, "_muet_jusqu_a", 0.0)
    options = {"socket_connect_timeout": 0.5, "max_retries": 0, "interval_start": 0}
    courtier.serveur.terminate()
    courtier.serveur.wait()
    adresse = courtier.environnement["REDIS_URL"]
    monkeypatch.setattr(
        tasks.envoyer_courriel,
        "apply_async",
        lambda args, **o: type(tasks.envoyer_courriel).apply_async(
            tasks.envoyer_courriel,
            args,
            connection=app.connection_for_write(adresse, transport_options=options),
            **o,
        ),
    )
    debut = time.monotonic()
    courriel = mettre_en_file("claire@exemple.fr", "Sujet", "Bonjour,")
    assert time.monotonic() - debut < 1
    assert Courriel.objects.get(pk=courriel.pk).etat == EtatCourriel.EN_ATTENTE
