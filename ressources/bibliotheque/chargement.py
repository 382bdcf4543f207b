"""The entries that ship with the hub: described in our words, linked to their source."""

import json
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.vocabulaires import Territoire

FICHIER = Path(settings.BASE_DIR) / "fixtures" / "referentiels" / "ressources.json"


def entrees() -> list[dict]:
    """The entries of the file, by the names of the columns."""
    return json.loads(FICHIER.read_text(encoding="utf-8"))


@transaction.atomic
def charger_bibliotheque() -> int:
    """Publish the entries that the library lacks. How many. Those that are there are the staff's:
    whatever became of them (corrected, archived), they are left alone. Among equals the newest row
    comes first in a list: the first of the file is written last. One that names no place serves
    everywhere."""
    from ressources.enums import EtatRessource
    from ressources.models import Ressource

    voulues = {une["slug"]: une for une in entrees()}
    presentes = set(Ressource.objects.filter(slug__in=voulues).values_list("slug", flat=True))
    maintenant = timezone.now()
    nouvelles = [
        Ressource(
            **{"departements": list(Territoire.values), **champs},
            etat=EtatRessource.PUBLIEE,
            publiee_le=maintenant,
            relue_le=maintenant.date(),
            du_hub=True,
        )
        for slug, champs in reversed(voulues.items())
        if slug not in presentes
    ]
    Ressource.objects.bulk_create(nouvelles)
    return len(nouvelles)
