"""The index of what is public: one narrow table for the lists, facets and searches of all apps.

An app declares an ``Index`` over one of its models. PostgreSQL itself then keeps the index:
triggers pour the public rows of the model into ``EntreeIndex`` (a sort key, a date, a place, codes,
a text vector) and, from there, into bitmaps (``BitsFacette``) that are counted in one query. No
Python code can forget to index, so nothing is ever stale. See docs/decisions/0010.

The SQL lives in ``socle/sql``; it is installed after ``migrate`` when its text has changed (a label
of a vocabulary changes it too), and everything is then indexed again.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models, transaction

BLOC = 2048  # rows per bitmap
ZERO = "0" * BLOC
DOSSIER_SQL = Path(__file__).parent / "sql"


class ChampBits(models.Field):
    """A block of bits; read as a string of 0 and 1."""

    def db_type(self, connection):
        return f"bit({BLOC})"


class EntreeIndex(models.Model):
    """One public row of one app, as lists and searches need it. Written by triggers alone."""

    pk = models.CompositePrimaryKey("genre", "objet_id")
    genre = models.CharField("genre", max_length=20, db_collation="C")
    objet_id = models.BigIntegerField("identifiant")
    date = models.DateTimeField("date")
    cle_titre = models.TextField("clé de tri", db_collation="C")
    lieu = models.CharField("commune", max_length=5, blank=True)
    codes = ArrayField(models.TextField(), verbose_name="codes")
    vecteur = SearchVectorField("texte")

    class Meta:
        verbose_name = "entrée de l’index"
        verbose_name_plural = "entrées de l’index"
        indexes = [
            GinIndex(fields=["vecteur"], name="entree_vecteur"),
            models.Index(fields=["genre", "-date", "-objet_id"], name="entree_date"),
            models.Index(fields=["genre", "cle_titre", "objet_id"], name="entree_titre"),
            models.Index(fields=["genre", "lieu", "objet_id"], name="entree_lieu"),
        ]

    def __str__(self):
        return f"{self.genre} {self.objet_id}"


class BitsFacette(models.Model):
    """Which rows of a block carry a code; facet "" stands for all rows. Written by triggers."""

    pk = models.CompositePrimaryKey("genre", "facette", "code", "bloc")
    genre = models.CharField("genre", max_length=20, db_collation="C")
    facette = models.CharField("facette", max_length=30, blank=True, db_collation="C")
    code = models.CharField("code", max_length=40, blank=True, db_collation="C")
    bloc = models.IntegerField("bloc")
    bits = ChampBits("bits")

    class Meta:
        verbose_name = "bits de facette"
        verbose_name_plural = "bits de facette"

    def __str__(self):
        return f"{self.genre} {self.facette}:{self.code} {self.bloc}"


@dataclass(frozen=True)
class Facette:
    """One key of the address, answered by the codes of one vocabulary."""

    nom: str
    libelle: str
    vocabulaire: type[models.TextChoices]
    colonne: str
    multiple: bool = True  # the column is an array
    poids: str = "D"  # weight of its labels in the text search
    ouverte: bool = False  # shown unfolded
    parlante: bool = False  # its labels are understood without its name

    @cached_property
    def codes(self) -> list[str]:
        return list(self.vocabulaire.values)

    @cached_property
    def libelles(self) -> dict[str, str]:
        return dict(self.vocabulaire.choices)


@dataclass(frozen=True)
class Index:
    """What of a model is public, and how it is found. SQL expressions call the row ``o``."""

    genre: str
    modele: str
    condition: str
    titre: str
    date: str
    facettes: tuple[Facette, ...]
    textes: dict[str, tuple[str, ...]]  # weight A to D → text expressions
    lieu: str = "''"

    @property
    def table(self) -> str:
        return apps.get_model(self.modele)._meta.db_table

    def facette(self, nom: str) -> Facette:
        return next(facette for facette in self.facettes if facette.nom == nom)

    def sql(self) -> str:
        """The functions and triggers of this index, with their fingerprint."""
        morceaux = [
            f"coalesce((SELECT array_agg('{f.nom}:' || u ORDER BY u) FROM unnest(o.{f.colonne}) AS u), '{{}}')"  # noqa: E501
            if f.multiple
            else f"CASE WHEN o.{f.colonne} <> '' THEN ARRAY['{f.nom}:' || o.{f.colonne}] ELSE '{{}}' END"  # noqa: E501
            for f in self.facettes
        ]
        valeurs = {
            "genre": self.genre,
            "table": self.table,
            "condition": self.condition,
            "titre": self.titre,
            "date": self.date,
            "lieu": self.lieu,
            "codes": "\n    || ".join(["'{}'::text[]", *morceaux]),
            "vecteur": "\n    || ".join(self._vecteurs()),
            "bloc": BLOC,
        }
        texte = (DOSSIER_SQL / "index.sql").read_text(encoding="utf-8")
        empreinte = texte.format(**valeurs, empreinte="") + sql_du_socle()
        return texte.format(**valeurs, empreinte=hashlib.sha256(empreinte.encode()).hexdigest())

    def _vecteurs(self):
        for poids in "ABCD":
            libelles = {
                f"{f.nom}:{code}": libelle
                for f in self.facettes
                if f.poids == poids
                for code, libelle in f.vocabulaire.choices
            }
            sources = list(self.textes.get(poids, ()))
            if libelles:
                table = json.dumps(libelles, ensure_ascii=False).replace("'", "''")
                sources.append(
                    f"(SELECT string_agg('{table}'::jsonb ->> u, ' ') FROM unnest(c.codes) AS u)"
                )
            if sources:
                yield f"setweight(hub_vecteur(concat_ws(' ', {', '.join(sources)})), '{poids}')"


def sql_du_socle() -> str:
    """Functions of text and of bitmaps, shared by all indexes."""
    texte = (DOSSIER_SQL / "socle.sql").read_text(encoding="utf-8")
    for nom, valeur in {"bloc": str(BLOC), "zero": ZERO}.items():
        texte = texte.replace("{" + nom + "}", valeur)
    return texte


_index: dict[str, Index] = {}


def declarer(index: Index) -> Index:
    """Register an index; called by the ``recherche.py`` of an app, found like its admin.py."""
    _index[index.genre] = index
    return index


def declares() -> dict[str, Index]:
    return _index


def installer(**_signal) -> list[str]:
    """Install what is missing or has changed, and index again; the kinds that were. Idempotent.

    Runs after every ``migrate``: two queries per index when nothing has changed. Writers of a
    table wait while it is indexed again (about a minute for 100,000 rows).
    """
    refaits = []
    for genre, index in _index.items():
        sql = index.sql()
        empreinte = sql.rsplit("'", 2)[1]
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(
                "SELECT to_regclass(%s) IS NOT NULL"
                " AND to_regclass('socle_entreeindex') IS NOT NULL"
                " AND to_regclass('socle_bitsfacette') IS NOT NULL,"
                " obj_description(to_regprocedure(%s), 'pg_proc')",
                [index.table, f"hub_index_{genre}(bigint[])"],
            )
            possible, present = curseur.fetchone()
            if possible and present != empreinte:
                curseur.execute(sql_du_socle())
                curseur.execute(sql)
                refaits.append(genre)
    return refaits
