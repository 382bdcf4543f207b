"""Publishing results: counted, frozen, numbered, once."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from consultation import differences, resultats
from consultation.depouillement import depouiller
from consultation.enums import EtatConsultation
from consultation.regles import Regles
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee

SIMULTANEE = "Une version vient d’être publiée par quelqu’un d’autre : rechargez la page."


def compter(consultation) -> dict:
    """What would be published now."""
    return resultats.composer(depouiller(consultation), consultation.regles)


def derniere(consultation):
    """The version that the public reads, or None. One query."""
    return consultation.resultats.order_by("-numero").first()


def raison_de_ne_pas_publier(consultation, contenu: dict) -> str:
    """Why these results may not be published now, in French; "" when they may."""
    if consultation.etat != EtatConsultation.CLOSE:
        return "Les résultats se publient une fois la consultation close."
    seuils = Regles.de(consultation.regles).seuils
    if contenu["repondants"] < seuils.ensemble:
        return f"Il faut au moins {seuils.ensemble} réponses pour publier des résultats."
    precedente = derniere(consultation)
    if precedente is None:
        return ""
    if precedente.empreinte == resultats.empreinte(contenu):
        return "Ces résultats sont déjà publiés : rien n’a changé depuis."
    return _lisible_par_difference(consultation, contenu, seuils)


def _lisible_par_difference(consultation, contenu: dict, seuils) -> str:
    """Why comparing these results with a version that is public would tell on a few people."""
    comptees = [v for v in consultation.resultats.all() if v.contenu["forme"] == "comptes"]
    for version in comptees:
        trop = differences.trop_petite(version.contenu, contenu, seuils.ensemble, seuils.categorie)
        if trop:
            return (
                f"Dans {trop.groupe}, cette version ne diffère de la version {version.numero} que "
                f"par {trop.nombre} réponse{'s' if trop.nombre > 1 else ''} : en comparant les "
                "deux, on lirait les réponses de ces personnes. Attendez d’en avoir davantage, ou "
                "gardez la version publiée."
            )
    return ""


def publier(consultation, par=None, note: str = ""):
    """Freeze what the answers say now as the next version. Raises TransitionRefusee."""
    contenu = compter(consultation)
    if raison := raison_de_ne_pas_publier(consultation, contenu):
        raise TransitionRefusee(raison)
    return figer(consultation, contenu, par=par, note=note)


def figer(consultation, contenu: dict, *, par=None, note="", publiee_le=None, repondants=None):
    """The next version, with this content. Of two people at once, one is told."""
    numero = (consultation.resultats.aggregate(n=Max("numero"))["n"] or 0) + 1
    try:
        with transaction.atomic():
            version = consultation.resultats.create(
                numero=numero,
                repondants=contenu["repondants"] if repondants is None else repondants,
                contenu=contenu,
                empreinte=resultats.empreinte(contenu),
                note=note,
                publiee_le=publiee_le or timezone.now(),
                publiee_par=par if getattr(par, "is_authenticated", False) else None,
            )
            consigner(consultation, "publier_resultats", par, version=numero)
    except IntegrityError as erreur:
        raise TransitionRefusee(SIMULTANEE) from erreur
    return version
