"""Words that mean the same to who searches: groups kept by the staff, applied by PostgreSQL.

``Synonyme`` holds, for each expression, what a query that contains it becomes (``ts_rewrite``). A
search then costs no query more, and « patient expert » finds « patient partenaire ».
"""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

FICHIER = Path(settings.BASE_DIR) / "fixtures" / "referentiels" / "synonymes.json"


class Requete(models.Field):
    """A text query of PostgreSQL."""

    def db_type(self, connection):
        return "tsquery"


class GroupeDeSynonymes(models.Model):
    """Expressions of the same meaning."""

    termes = ArrayField(
        models.CharField(max_length=80),
        size=12,
        verbose_name="expressions",
        help_text="Séparées par des virgules. Chercher l’une trouve aussi les autres.",
    )

    class Meta:
        verbose_name = "groupe de synonymes"
        verbose_name_plural = "synonymes de la recherche"
        ordering = ["termes"]
        constraints = [
            models.UniqueConstraint(
                name="synonymes_une_fois",
                fields=["termes"],
                violation_error_message="Ce groupe existe déjà.",
            )
        ]

    def __str__(self):
        return ", ".join(self.termes or ())

    def save(self, *args, **options):
        with transaction.atomic():
            super().save(*args, **options)
            reconstruire()

    def clean(self):
        self.termes = list(
            dict.fromkeys(filter(None, (" ".join(t.split()) for t in self.termes or ())))
        )
        if len(self.termes) < 2:
            raise ValidationError({"termes": "Il faut au moins deux expressions."})

    def delete(self, *args, **options):
        with transaction.atomic():
            rendu = super().delete(*args, **options)
            reconstruire()
        return rendu


class Synonyme(models.Model):
    """One rewriting: a query that asks for ``cible`` asks for ``remplacement``. Made, not typed."""

    cible = Requete("demande")
    remplacement = Requete("devient")

    class Meta:
        verbose_name = "réécriture de recherche"

    def __str__(self):
        return str(self.cible)


# What an expression asks for: all its words, wherever they stand; and as a phrase between quotes.
_RECONSTRUIRE = """
WITH expressions AS (
  SELECT g.id AS groupe, t.rang, hub_terme(t.texte) AS phrase, m.mots
  FROM socle_groupedesynonymes g
  CROSS JOIN LATERAL unnest(g.termes) WITH ORDINALITY AS t(texte, rang)
  CROSS JOIN LATERAL (
    SELECT hub_et(array_agg(hub_terme(mot) ORDER BY n)) AS mots
    FROM regexp_split_to_table(trim(t.texte), '\\s+') WITH ORDINALITY AS x(mot, n)
  ) AS m
  WHERE numnode(hub_terme(t.texte)) > 0
), autres AS (
  SELECT a.groupe, a.rang, a.phrase, a.mots, hub_ou(array_agg(b.phrase ORDER BY b.rang)) AS autres
  FROM expressions a JOIN expressions b ON b.groupe = a.groupe AND b.rang <> a.rang
  GROUP BY a.groupe, a.rang, a.phrase, a.mots
)
INSERT INTO socle_synonyme (cible, remplacement)
SELECT DISTINCT ON (cible::text) cible, cible || autres
FROM (SELECT mots AS cible, autres FROM autres UNION ALL SELECT phrase, autres FROM autres) AS x
ORDER BY cible::text, numnode(autres) DESC
"""


def reconstruire() -> None:
    """Make the rewritings again from the groups. Two statements."""
    with connection.cursor() as curseur:
        curseur.execute("DELETE FROM socle_synonyme")
        curseur.execute(_RECONSTRUIRE)


def charger_synonymes() -> int:
    """The first time, the groups of the file; they are then the staff's. How many were added."""
    with transaction.atomic():
        if GroupeDeSynonymes.objects.exists():
            return 0
        groupes = json.loads(FICHIER.read_text(encoding="utf-8"))
        GroupeDeSynonymes.objects.bulk_create(GroupeDeSynonymes(termes=g) for g in groupes)
        reconstruire()
    return len(groupes)
