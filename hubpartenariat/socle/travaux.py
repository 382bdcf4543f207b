"""What mails and documents share as jobs: waking a worker, and seeing that one has died.

A job is a row. The message in the queue only wakes a worker; when it is lost, the sweeper
(``tasks.reprendre``) wakes one again. While it works, a worker holds a PostgreSQL advisory lock
on a session of its own: the lock dies with the worker, at once, however it dies.
"""

import contextlib
import logging
import time
import uuid
from collections.abc import Callable, Iterator

from django.db import InterfaceError, OperationalError, connection, connections, transaction

logger = logging.getLogger(__name__)

# First key of the advisory locks (pg_locks.classid), one per kind of job.
COURRIELS, DOCUMENTS = 7101, 7102

# After a failed wake-up the broker is left alone for a while: a page never pays for it twice.
REPIT = 5.0
_muet_jusqu_a = 0.0


def reveiller(tache, *cles) -> bool:
    """Ask a worker to look at the row ``cles`` now. False when the broker cannot be reached.

    Never raises: the row is committed, the sweeper will find it, and whatever a broker may
    raise must not fail the request that asked.
    """
    global _muet_jusqu_a
    if time.monotonic() < _muet_jusqu_a:
        return False
    try:
        tache.apply_async([str(cle) for cle in cles], retry=False)
    except Exception as erreur:
        _muet_jusqu_a = time.monotonic() + REPIT
        logger.warning("broker unreachable, %s left to the sweeper: %s", tache.name, erreur)
        return False
    return True


def reveiller_apres_validation(tache, cle) -> None:
    """``reveiller`` once the caller's transaction is committed; nothing if it is rolled back."""
    transaction.on_commit(lambda: reveiller(tache, cle), robust=True)


def numero(cle) -> int:
    """Second key of the lock of one row: 31 bits, so that it reads the same in pg_locks.

    Two rows may share a number; one then waits for the other, nothing worse.
    """
    return (cle.int if isinstance(cle, uuid.UUID) else int(cle)) % 2**31


@contextlib.contextmanager
def verrou(genre: int, cle) -> Iterator[bool]:
    """Hold the lock of a row on a session of its own; yields False when another holds it."""
    session, obtenu = connections.create_connection("default"), False
    try:
        with session.cursor() as curseur:
            curseur.execute("SELECT pg_try_advisory_lock(%s, %s)", [genre, numero(cle)])
            obtenu = curseur.fetchone()[0]
        yield obtenu
    finally:
        with contextlib.suppress(InterfaceError, OperationalError):
            if obtenu:  # said, rather than left to the end of the session, which comes a bit later
                with session.cursor() as curseur:
                    curseur.execute("SELECT pg_advisory_unlock(%s, %s)", [genre, numero(cle)])
            session.close()


def verrous_tenus(genre: int) -> set[int]:
    """Numbers of the rows that living workers hold now. One query."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted"
            " AND classid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [genre],
        )
        return {ligne[0] for ligne in curseur.fetchall()}


def avec_reprise(action: Callable, *, delai: float = 30):
    """Run ``action``; while PostgreSQL is away, try again for ``delai`` seconds.

    For the last line of a job: the work is done, a restart of the database must not waste it.
    """
    fin = time.monotonic() + delai
    while True:
        try:
            return action()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > fin:
                raise
            connection.close()
            time.sleep(1)
