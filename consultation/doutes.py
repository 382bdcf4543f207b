"""Answers set aside until somebody has looked: why, how many, what is done of them.

A field that people do not see was filled, or too many answers began from one network in an hour.
The team sees numbers by day, never what anybody answered.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count

from consultation.enums import Doute, EtatReponse
from consultation.models import Consultation, Reponse
from hubpartenariat.socle.journal import consigner


@dataclass(frozen=True)
class Lot:
    """Answers of one day, doubted for one reason. ``avis``: how many each gave, on average."""

    jour: date
    doute: Doute
    nombre: int
    avis: int

    @property
    def cle(self) -> str:
        return f"{self.jour.isoformat()}/{self.doute.value}"


def _douteuses(consultation):
    return consultation.reponses.filter(douteuse=True, etat=EtatReponse.ENVOYEE)


def lots(consultation) -> list[Lot]:
    """What waits, day after day. One query."""
    lignes = (
        _douteuses(consultation)
        .order_by("envoyee_le", "doute")
        .values("envoyee_le", "doute")
        .annotate(nombre=Count("pk", distinct=True), avis=Count("avis"))
    )
    return [
        Lot(
            ligne["envoyee_le"],
            Doute(ligne["doute"] or Doute.CHAMP_CACHE),
            ligne["nombre"],
            round(ligne["avis"] / ligne["nombre"]),
        )
        for ligne in lignes
    ]


def a_verifier(consultations):
    """Those of these consultations of which sent answers wait."""
    attendent = Reponse.objects.filter(douteuse=True, etat=EtatReponse.ENVOYEE)
    return consultations.filter(pk__in=attendent.values("consultation"))


@transaction.atomic
def decider(consultation: Consultation, cle: str, compter: bool, par) -> int:
    """Count the answers of a lot, or erase them. How many; 0 when the lot is gone."""
    lot = next((un for un in lots(consultation) if un.cle == cle), None)
    if lot is None:
        return 0
    motifs = [lot.doute.value, ""] if lot.doute == Doute.CHAMP_CACHE else [lot.doute.value]
    siennes = _douteuses(consultation).filter(envoyee_le=lot.jour, doute__in=motifs)
    nombre = siennes.count()
    if compter:
        siennes.update(douteuse=False)
    else:
        siennes.delete()
    geste = "compter_des_reponses" if compter else "effacer_des_reponses"
    consigner(consultation, geste, par, jour=lot.jour.isoformat(), doute=lot.doute, nombre=nombre)
    return nombre
