"""Work of the Celery workers: send a mail, make a document, take up what was left behind.

Each task takes the id of a row and may run twice without harm.
"""

import errno
import logging
import resource
import uuid
from datetime import timedelta

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import worker_process_init, worker_ready
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from hubpartenariat.socle import documents, formulaires, horaires, travaux
from hubpartenariat.socle.courriel import ESSAIS_MAX as ESSAIS_COURRIEL
from hubpartenariat.socle.courriel import Courriel, EtatCourriel
from hubpartenariat.socle.documents import ESSAIS_MAX, DemandeDocument, EtatDocument
from hubpartenariat.socle.televersements.modele import retirer_les_orphelins

logger = logging.getLogger(__name__)

MEMOIRE_MAX = 1_500_000_000  # bytes of address space of a worker's child
DUREE_MAX = 60  # seconds for one document
DUREE_MAX_EN_PARTIES = 900  # for one rendered in parts, a thousand fiches
PAR_TOUR = 50  # rows woken by one sweep: a long queue is not told the same thing again and again
# A row this young is in the hands of its first message; older, the message may be lost.
PATIENCE = timedelta(seconds=15)
# A mail in hand whose worker died is left alone a little: its server may just have accepted it
# while PostgreSQL restarted, and the worker is about to say so.
DOUTE = timedelta(seconds=40)

TROP_LONG = "Ce document est trop long à préparer. Réduisez ce qu’il contient, ou écrivez-nous."
TROP_GROS = "Ce document est trop gros pour le serveur. Réduisez ce qu’il contient."
DISQUE_PLEIN = (
    "Le disque du serveur est plein : le document n’a pas pu être rangé. "
    "L’équipe est prévenue ; réessayez plus tard."
)
IMPREVU = "Une erreur imprévue a empêché la préparation. L’équipe est prévenue."
ABANDON = "La préparation s’est arrêtée trois fois sans aboutir. L’équipe est prévenue."
DISQUE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


@shared_task(soft_time_limit=40, time_limit=50)
def envoyer_courriel(cle: str) -> None:
    """Send one mail, unless it is sent, not due yet, or in other hands."""
    courriel = Courriel.objects.filter(pk=int(cle)).first()
    if courriel is None or courriel.etat != EtatCourriel.EN_ATTENTE:
        return
    with travaux.verrou(travaux.COURRIELS, courriel.pk) as a_moi:
        if a_moi and courriel.prendre():
            courriel.expedier()


@shared_task(soft_time_limit=DUREE_MAX - 5, time_limit=DUREE_MAX)
def preparer_document(cle: str) -> None:
    """Make one document, unless it is made, called off, or in other hands."""
    _preparer(cle)


@shared_task(soft_time_limit=DUREE_MAX_EN_PARTIES - 10, time_limit=DUREE_MAX_EN_PARTIES)
def preparer_gros_document(cle: str) -> None:
    """The same for a document rendered in parts: longer, in no more memory."""
    _preparer(cle)


def tache_de(genre: str):
    """The task that makes the documents of a kind."""
    classe = documents.GENRES.get(genre)
    return preparer_gros_document if classe and classe.gros else preparer_document


def _preparer(cle: str) -> None:
    demande = DemandeDocument.objects.filter(pk=uuid.UUID(cle)).first()
    if demande is None or demande.etat != EtatDocument.DEMANDE:
        return
    with travaux.verrou(travaux.DOCUMENTS, demande.pk) as a_moi:
        if not a_moi or not demande.prendre():
            return
        try:
            documents.fabriquer(demande)
        except (OperationalError, InterfaceError):
            # PostgreSQL was restarted while the texts were read: the same reading will do.
            logger.exception("document %s", cle)
            if not _rendre(demande):
                documents.echouer(demande, IMPREVU)
        except SoftTimeLimitExceeded:
            documents.echouer(demande, TROP_LONG)
        except MemoryError:
            documents.echouer(demande, TROP_GROS)
        except OSError as erreur:
            logger.exception("document %s", cle)
            documents.echouer(demande, DISQUE_PLEIN if erreur.errno in DISQUE else IMPREVU)
        except Exception:
            logger.exception("document %s", cle)
            documents.echouer(demande, IMPREVU)


def _rendre(demande: DemandeDocument) -> bool:
    """Give a document back to be made again by any worker; False when it was tried too often.
    The sweeper wakes one."""
    if demande.essais >= ESSAIS_MAX:
        return False
    a_moi = DemandeDocument.objects.filter(
        pk=demande.pk, etat=EtatDocument.EN_COURS, jeton=demande.jeton
    )
    travaux.avec_reprise(lambda: a_moi.update(etat=EtatDocument.DEMANDE, jeton=None))
    return True


@shared_task(ignore_result=True, soft_time_limit=30, time_limit=40)
def reprendre() -> None:
    """The sweeper: give back what dead workers held, wake workers for what waits."""
    rendre_les_documents()
    rendre_les_courriels()
    reveiller_les_attentes()


def rendre_les_documents() -> int:
    """Documents said to be in the making whose worker no longer lives. Returns how many."""
    en_cours = list(DemandeDocument.objects.filter(etat=EtatDocument.EN_COURS))
    tenus = travaux.verrous_tenus(travaux.DOCUMENTS) if en_cours else set()
    rendus = 0
    for demande in en_cours:  # rows were read first: who finished meanwhile has another state
        if travaux.numero(demande.pk) in tenus:
            continue
        if demande.essais >= ESSAIS_MAX:
            rendus += documents.echouer(demande, ABANDON)
            continue
        rendus += _rendre(demande)
        travaux.reveiller(tache_de(demande.genre), demande.pk)
    return rendus


def rendre_les_courriels() -> int:
    """Mails in hand whose worker no longer lives. Returns how many."""
    suspects = list(
        Courriel.objects.filter(etat=EtatCourriel.EN_COURS, pris_le__lt=timezone.now() - DOUTE)
    )
    tenus = travaux.verrous_tenus(travaux.COURRIELS) if suspects else set()
    rendus = 0
    for courriel in suspects:
        if travaux.numero(courriel.pk) in tenus:
            continue
        fini = courriel.essais >= ESSAIS_COURRIEL
        rendus += courriel.conclure(
            etat=EtatCourriel.ECHEC if fini else EtatCourriel.EN_ATTENTE,
            erreur="Le travailleur s’est arrêté pendant l’envoi.",
        )
    return rendus


def reveiller_les_attentes() -> int:
    """Send a message again for rows that wait. Returns how many rows a worker was told of."""
    maintenant = timezone.now()
    avant = maintenant - PATIENCE
    courriels = Courriel.objects.dus(maintenant).filter(cree_le__lt=avant)
    demandes = DemandeDocument.objects.filter(etat=EtatDocument.DEMANDE, cree_le__lt=avant)
    dits = 0
    for cle in courriels.values_list("pk", flat=True)[:PAR_TOUR]:
        dits += travaux.reveiller(envoyer_courriel, cle)
    attentes = demandes.order_by("cree_le").values_list("pk", "genre")
    for cle, genre in attentes[:PAR_TOUR]:
        dits += travaux.reveiller(tache_de(genre), cle)
    return dits


@shared_task
def purger() -> None:
    """Forget what is past its time: files of documents, texts of mails. Safe to run twice."""
    documents.purger()
    retirer_les_orphelins()
    horaires.purger()
    formulaires.purger_les_saisies_en_attente()
    limite = timezone.now() - timedelta(days=settings.COURRIELS_JOURS_DE_CONSERVATION)
    Courriel.objects.filter(cree_le__lt=limite).exclude(
        etat__in=[EtatCourriel.EN_ATTENTE, EtatCourriel.EN_COURS]
    ).delete()


@shared_task(ignore_result=True, soft_time_limit=900, time_limit=1000)
def purger_donnees() -> None:
    """The retention periods, once a day: see conservation.py."""
    from hubpartenariat.socle import conservation

    conservation.appliquer(executer=True)


@worker_process_init.connect
def borner_la_memoire(**_kwargs) -> None:
    """A document that would eat the machine fails alone."""
    _, dur = resource.getrlimit(resource.RLIMIT_AS)
    if dur == resource.RLIM_INFINITY or dur > MEMOIRE_MAX:
        resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE_MAX, dur))


@worker_ready.connect
def reprendre_au_demarrage(**_kwargs) -> None:
    """What the last worker left behind is taken up at once, without waiting for the clock."""
    travaux.reveiller(reprendre)
