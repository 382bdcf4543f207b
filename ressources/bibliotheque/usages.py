"""How much an entry serves: counts by month, nothing about who."""

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from ressources.enums import Geste


def compter(ressource, geste: Geste) -> None:
    """One more, this month. One statement; two at once are two."""
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO ressources_usage AS u (ressource_id, mois, geste, nombre)"
            " VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (ressource_id, mois, geste) DO UPDATE SET nombre = u.nombre + 1",
            [ressource.pk, timezone.localdate().replace(day=1), geste],
        )


def totaux(ressource) -> dict[str, int]:
    """{gesture: how many since the beginning}, zeros included. One query."""
    lignes = ressource.usages.values_list("geste").annotate(total=Sum("nombre")).order_by()
    return dict.fromkeys(Geste.values, 0) | dict(lignes)
