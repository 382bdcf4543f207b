"""French full-text search: safe reading of what people type, and search across every app.

Accents, plural and stem are handled inside PostgreSQL (``socle/sql/socle.sql``), the same way for
what is indexed and for what is asked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

MOTS_AU_PLUS = 12
_REECRIRE = "SELECT cible, remplacement FROM socle_synonyme"
_TERMES = re.compile(r'(?P<moins>-)?(?:"(?P<phrase>[^"]*)"?|(?P<mot>[^\s"]+))')


def termes(q: str) -> list[tuple[bool, str]]:
    """Read a search as people write it: (excluded, word or phrase) for each term.

    Quotes keep words together, a leading minus excludes. Anything is readable: what has no letter
    and no figure is left out, and the words after the twelfth are too.
    """
    lus = []
    for trouve in _TERMES.finditer(q.replace("«", '"').replace("»", '"').replace("\x00", " ")):
        texte = (trouve["phrase"] or trouve["mot"] or "").strip()
        if any(lettre.isalnum() for lettre in texte):
            lus.append((bool(trouve["moins"]), texte))
    return lus[:MOTS_AU_PLUS]


def sql_de_requete(q: str) -> tuple[str, list[str]]:
    """The tsquery of ``q`` as an SQL expression and its parameters. Matches nothing if empty.

    Words that mean the same are added (see synonymes.py). The expression is a subquery, so that
    PostgreSQL evaluates it once and may walk the index with it.
    """
    morceaux = [("!!hub_terme(%s)" if exclu else "hub_terme(%s)", t) for exclu, t in termes(q)]
    if not morceaux:
        return "''::tsquery", []
    requete = " && ".join(m for m, _ in morceaux)
    return f"(SELECT ts_rewrite({requete}, '{_REECRIRE}'))", [t for _, t in morceaux]


PAR_GENRE = 5


@dataclass(frozen=True)
class Genre:
    """One kind of thing that the search across the hub finds.

    ``objets(ids)`` gives the rows in order, ``gabarit`` shows one of them as ``objet``, and
    ``liste`` names the page where all of them are, which takes ``q`` too.
    """

    code: str
    libelle: str
    objets: Callable[[list[int]], list]
    gabarit: str
    liste: str


@dataclass(frozen=True)
class Trouvaille:
    """What was found of one kind: how many, and the first ones."""

    genre: Genre
    nombre: int
    objets: list
    url: str


_genres: dict[str, Genre] = {}


def enregistrer(genre: Genre) -> Genre:
    """Make a kind searchable; called by the ``recherche.py`` of an app."""
    _genres[genre.code] = genre
    return genre


def chercher_partout(q: str) -> list[Trouvaille]:
    """What each kind has for ``q``, best first. One query, and what each kind needs for its rows.

    Only the 2,000 most recent finds of a kind are ranked: see facettes.RANG_AU_PLUS.
    """
    if not termes(q):
        return []
    requete, valeurs = sql_de_requete(q)
    sql = (
        "WITH trouves AS (SELECT genre, objet_id, date, vecteur,"
        " row_number() OVER (PARTITION BY genre ORDER BY date DESC, objet_id DESC) AS recent,"
        " count(*) OVER (PARTITION BY genre) AS nombre"
        f" FROM socle_entreeindex WHERE vecteur @@ {requete})"
        " SELECT genre, nombre, objet_id FROM (SELECT *, row_number() OVER (PARTITION BY genre"
        f" ORDER BY ts_rank('{{0.05, 0.2, 0.5, 1}}', vecteur, {requete}) DESC, date DESC,"
        " objet_id DESC) AS rang FROM trouves WHERE recent <= 2000) AS ranges"
        " WHERE rang <= %s ORDER BY genre, rang"
    )
    trouves: dict[str, tuple[int, list[int]]] = {}
    with connection.cursor() as curseur:
        curseur.execute(sql, [*valeurs, *valeurs, PAR_GENRE])
        for code, nombre, cle in curseur:
            trouves.setdefault(code, (nombre, []))[1].append(cle)
    return [
        Trouvaille(
            genre,
            trouves[code][0],
            genre.objets(trouves[code][1]),
            f"{reverse(genre.liste)}?{urlencode({'q': q})}",
        )
        for code, genre in _genres.items()
        if code in trouves
    ]
