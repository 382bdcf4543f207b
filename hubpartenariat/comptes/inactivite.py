"""Accounts that nobody uses: two warnings, then they are erased like those of people who leave."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.socle import espace
from hubpartenariat.socle.conservation import regle
from hubpartenariat.socle.courriel import envoyer

MOIS = timedelta(days=365) / 12
PREMIER, SECOND, EFFACEMENT = 23 * MOIS, 24 * MOIS, 25 * MOIS  # without signing in
ENTRE_DEUX = timedelta(days=28)  # at least, between two steps: a stopped machine skips none


def _sans_visite_depuis(limite):
    return (
        Utilisateur.objects.filter(is_active=True)
        .annotate(vu_le=Coalesce("last_login", "date_joined"))
        .filter(vu_le__lt=limite)
    )


@regle("revenus", "Les comptes revenus ne sont plus comptés comme inactifs")
def revenus(maintenant, executer) -> int:
    """Whoever came back since a warning starts afresh."""
    comptes = Utilisateur.objects.filter(avertissements__gt=0, last_login__gt=F("averti_le"))
    return comptes.update(avertissements=0, averti_le=None) if executer else comptes.count()


@regle("inactifs_avertis", "Comptes sans visite : avertis à 23 mois, puis à 24 mois")
def avertir(maintenant, executer) -> int:
    premier = Q(avertissements=0, vu_le__lt=maintenant - PREMIER)
    second = Q(
        avertissements=1,
        vu_le__lt=maintenant - SECOND,
        averti_le__lt=maintenant - ENTRE_DEUX,
    )
    comptes = _sans_visite_depuis(maintenant - PREMIER).filter(premier | second)
    if not executer:
        return comptes.count()
    nombre = 0
    for personne in comptes:
        rang = personne.avertissements + 1
        ecrits = Utilisateur.objects.filter(pk=personne.pk, avertissements=rang - 1)
        if ecrits.update(avertissements=rang, averti_le=maintenant):
            envoyer(
                personne.email,
                "comptes/inactivite",
                {"rang": rang},
                cle=f"inactivite:{personne.pk}:{rang}:{maintenant:%Y-%m}",
            )
            nombre += 1
    return nombre


@regle("inactifs_effaces", "Comptes sans visite depuis 25 mois et avertis deux fois : effacés")
def effacer(maintenant, executer) -> int:
    """Not those that something still needs: a fiche without another author, the last administrator.

    The team sees them in the count of « inactifs_retenus ».
    """
    a_effacer = [p for p in _a_effacer(maintenant) if not _retenu(p)]
    if not executer:
        return len(a_effacer)
    nombre = 0
    for personne in a_effacer:
        try:
            personne.anonymiser()
        except ValidationError:  # became the last administrator meanwhile
            continue
        nombre += 1
    return nombre


@regle("inactifs_retenus", "Comptes inactifs gardés car quelque chose en dépend encore")
def retenus(maintenant, executer) -> int:
    return sum(_retenu(personne) for personne in _a_effacer(maintenant))


def _a_effacer(maintenant):
    return _sans_visite_depuis(maintenant - EFFACEMENT).filter(
        avertissements__gte=2, averti_le__lt=maintenant - ENTRE_DEUX
    )


def _retenu(personne) -> bool:
    return bool(espace.attaches(personne) or personne.raison_de_ne_pas_supprimer())
