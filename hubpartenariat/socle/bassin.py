"""The pool of the worker's children: one that dies while it waits for work blocks nobody.

With a broker that has no file descriptor to wait on (messages on disk), billiard hands work to
its children through one pipe guarded by a semaphore, which an idle child holds. Killed there, it
never gives the semaphore back and the worker stands still for ever. A lock of the kernel on a file
is given back when its holder dies, however it dies.
"""

import fcntl
import tempfile

from billiard.pool import Pool
from celery.concurrency import prefork


class VerrouDuNoyau:
    """A lock between processes that share this object by fork; used by ``with``."""

    def __init__(self):
        self.fichier = tempfile.TemporaryFile()  # noqa: SIM115 — open as long as the lock lives

    def __enter__(self) -> bool:
        fcntl.lockf(self.fichier, fcntl.LOCK_EX)
        return True

    def __exit__(self, *_exc) -> None:
        fcntl.lockf(self.fichier, fcntl.LOCK_UN)

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        return self.__enter__()

    def release(self) -> None:
        self.__exit__()


class Bassin(Pool):
    def _setup_queues(self):
        super()._setup_queues()
        self._inqueue._rlock = VerrouDuNoyau()
        self._outqueue._wlock = VerrouDuNoyau()


class TaskPool(prefork.TaskPool):
    BlockingPool = Bassin
