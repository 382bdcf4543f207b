"""Was anything written? Tables compared by content, looked at only when a query wrote."""

from contextlib import contextmanager

from django.apps import apps
from django.db import connection

# Written by reading: sessions, and the cache where rate limits are counted.
SANS_IMPORTANCE = {"django_session", "cache_du_hub"}
LECTURES = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "SHOW", "EXPLAIN", "LOCK")


def tables() -> list[str]:
    noms = {modele._meta.db_table for modele in apps.get_models(include_auto_created=True)}
    return sorted(noms - SANS_IMPORTANCE)


def empreintes() -> dict[str, str]:
    """A fingerprint of the content of every table."""
    with connection.cursor() as curseur:
        trouvees = {}
        for nom in tables():
            lignes = "coalesce(string_agg(t::text, '|' ORDER BY t::text), '')"
            curseur.execute(f'SELECT md5({lignes}) FROM "{nom}" t')
            trouvees[nom] = curseur.fetchone()[0]
    return trouvees


def changees(avant: dict[str, str]) -> set[str]:
    """Tables whose content is no longer that of ``avant``."""
    return {nom for nom, empreinte in empreintes().items() if avant[nom] != empreinte}


@contextmanager
def ecritures():
    """Yields the list of the queries that may have written something meanwhile."""
    notees: list[str] = []

    def noter(executer, sql, params, many, contexte):
        if not sql.lstrip(" (").upper().startswith(LECTURES) and not any(
            f'"{nom}"' in sql for nom in SANS_IMPORTANCE
        ):
            notees.append(sql)
        return executer(sql, params, many, contexte)

    with connection.execute_wrapper(noter):
        yield notees
