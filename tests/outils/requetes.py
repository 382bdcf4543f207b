"""Pages that cost the same number of queries whatever the number of rows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def compter(client, url: str, **entetes) -> list[str]:
    """The queries of one GET, which must answer 200. Sessions and savepoints are left out."""
    client.get(url, **entetes)  # whatever is cached for good (content types…) is cached now
    with CaptureQueriesContext(connection) as capture:
        reponse = client.get(url, **entetes)
    assert reponse.status_code == 200, f"{url}: {reponse.status_code}"
    return [
        une["sql"]
        for une in capture.captured_queries
        if "django_session" not in une["sql"] and "SAVEPOINT" not in une["sql"]
    ]


def verifier_sans_n_plus_1(client, url: str, ajouter, *, peu: int = 3, beaucoup: int = 30) -> None:
    """The page costs as many queries with ``beaucoup`` rows as with ``peu``.

    ``ajouter(n)`` creates n more rows that the page shows.
    """
    ajouter(peu)
    avant = compter(client, url)
    ajouter(beaucoup - peu)
    apres = compter(client, url)
    en_plus = list(apres)
    for sql in avant:
        if sql in en_plus:
            en_plus.remove(sql)
    assert len(apres) <= len(avant), (
        f"{url}: {len(avant)} queries for {peu} rows, {len(apres)} for {beaucoup}:\n"
        + "\n".join(sql[:300] for sql in en_plus[:8])
    )
