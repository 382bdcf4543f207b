"""Agreements are confirmed every year: a mail asks for it before they end."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from hubpartenariat.comptes.consentements import JOURS_DE_RAPPEL, Consentement, Finalite
from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.socle.courriel import envoyer


def a_rappeler():
    """Receipts that end within a month, whose owner was not told yet."""
    maintenant = timezone.now()
    return Consentement.objects.valides(le=maintenant).filter(
        personne__is_active=True,
        rappele_le=None,
        expire_le__lte=maintenant + timedelta(days=JOURS_DE_RAPPEL),
    )


def rappeler_les_consentements() -> int:
    """One mail per person for all that ends soon. Safe to run twice. Returns how many mails."""
    personnes = a_rappeler().order_by().values_list("personne", flat=True).distinct()
    return sum(_rappeler(cle) for cle in list(personnes))


def _rappeler(cle: int) -> bool:
    with transaction.atomic():
        personne = Utilisateur.objects.select_for_update().filter(pk=cle).first()
        recus = list(a_rappeler().filter(personne=cle).order_by("expire_le", "pk"))
        if personne is None or not recus:
            return False
        envoyer(
            personne.email,
            "comptes/consentements_a_reconfirmer",
            {
                "libelles": [Finalite(recu.finalite).label for recu in recus],
                "avant_le": timezone.localtime(recus[0].expire_le).date(),
            },
            cle=f"consentement-{recus[0].pk}-rappel",
        )
        Consentement.objects.filter(pk__in=[recu.pk for recu in recus]).update(
            rappele_le=timezone.now()
        )
    return True
