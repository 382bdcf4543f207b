"""Many at once, for real: threads with their own connection, started together."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def ensemble(nombre: int, faire) -> list:
    """The results of ``faire(rank)``, all called at the same moment; an exception is a result."""
    depart = threading.Barrier(nombre, timeout=30)

    def un(rang):
        try:
            depart.wait()
            return faire(rang)
        except Exception as erreur:
            return erreur
        finally:
            connections.close_all()

    with ThreadPoolExecutor(nombre) as fils:
        return list(fils.map(un, range(nombre)))
