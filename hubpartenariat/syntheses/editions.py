"""Drafts made by the hub itself."""

from datetime import date

from django.utils import timezone

from hubpartenariat.socle.rapports import Portee, rapports
from hubpartenariat.socle.rapports.registre import REGION
from hubpartenariat.syntheses.models import Edition


def preparer_le_trimestre(aujourdhui: date | None = None) -> int:
    """The drafts of this quarter that nobody made yet. Safe to run twice. Returns how many."""
    aujourdhui = aujourdhui or timezone.localdate()
    debut = aujourdhui.replace(month=3 * ((aujourdhui.month - 1) // 3) + 1, day=1)
    faits = 0
    for rapport in rapports().values():
        deja = Edition.objects.filter(
            rapport=rapport.code,
            territoire=REGION,
            arretee_au__range=(debut, aujourdhui),
            demandee_par=None,
        )
        if not deja.exists():
            _, neuve = Edition.preparer(rapport, Portee(REGION, aujourdhui))
            faits += neuve
    return faits
