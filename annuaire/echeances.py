"""What time does to appels and offres: one reminder, an end, oblivion. Safe to run twice."""

from annuaire.models import Appel, Offre
from hubpartenariat.socle.moderation import TransitionRefusee


def _chacun(objets, acte: str) -> int:
    """Do it to each, one transaction at a time; what moved meanwhile is left alone."""
    faits = 0
    for objet in objets.order_by("pk"):
        try:
            faits += getattr(objet, acte)() is not False
        except TransitionRefusee:
            continue
    return faits


def rappeler() -> int:
    """Remind, once, the teams whose appel has been open for ten days."""
    return _chacun(Appel.objects.a_rappeler(), "rappeler")


def expirer() -> int:
    """End what has lived its time."""
    return _chacun(Appel.objects.a_terme(), "expirer") + _chacun(Offre.objects.a_terme(), "expirer")


def anonymiser(*, simuler=False) -> int:
    """Two years after its end, an appel keeps what is counted, and nobody."""
    appels = Appel.objects.a_anonymiser()
    return appels.count() if simuler else _chacun(appels, "anonymiser")


def entretenir() -> dict[str, int]:
    """Everything, in this order: who is past the end is not reminded."""
    return {"expires": expirer(), "rappeles": rappeler(), "anonymises": anonymiser()}
