"""The barometer over all projects, for the team of the hub: never fewer than five pairs."""

from ressources.deux_voix import calculs
from ressources.deux_voix.outils import BAROMETRE
from ressources.enums import OutilADeuxVoix, Voix
from ressources.models import Passage, ReponseDeVoix

PAIRES_AU_MOINS = 5


def paires() -> list[tuple[list[str], list[str]]]:
    """The first unveiled barometer of each project, the oldest first; no example. Two queries.

    The first and not the last: it does not change, so the same pairs are always counted together.
    """
    premiers = (
        Passage.objects.devoiles()
        .filter(outil=OutilADeuxVoix.BAROMETRE, projet__exemple=False)
        .order_by("projet_id", "devoile_le", "pk")
        .distinct("projet_id")
    )
    cles = [p.pk for p in sorted(premiers, key=lambda p: (p.devoile_le, p.pk))]
    lues: dict[int, dict[str, list[str]]] = {}
    reponses = ReponseDeVoix.objects.filter(passage__in=cles)
    for cle, voix, codes in reponses.values_list("passage", "voix", "codes"):
        lues.setdefault(cle, {})[voix] = codes
    return [
        (lues[cle][Voix.PROFESSIONNEL], lues[cle][Voix.PATIENT])
        for cle in cles
        if len(lues.get(cle, {})) == 2
    ]


def moyennes() -> list[dict] | None:
    """[{numero, critere, base, professionnel, patient, ecart}]; None below five pairs."""
    toutes = paires()
    if len(toutes) < PAIRES_AU_MOINS:
        return None
    comptes = calculs.ensemble(toutes, len(BAROMETRE.criteres), PAIRES_AU_MOINS)
    return [
        {
            "numero": critere.numero,
            "critere": critere.texte,
            "base": un.base,
            "professionnel": _moyenne(un.professionnel),
            "patient": _moyenne(un.patient),
            "ecart": _moyenne(un.ecart),
        }
        for critere, un in zip(BAROMETRE.criteres, comptes, strict=True)
    ]


def _moyenne(valeur) -> float | None:
    return None if valeur is None else float(valeur)
