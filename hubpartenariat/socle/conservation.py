"""How long things are kept: one named rule per kind, all run by ``manage.py purger_donnees``.

An app declares its rules in its ``rgpd.py`` or beside its models. A rule receives the time and
whether it may act; it returns how many rows it concerns. Run twice, the second finds nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.documents import DemandeDocument
from hubpartenariat.socle.formulaires import DUREE_EN_ATTENTE, SaisieEnAttente
from hubpartenariat.socle.journal import EntreeJournal, consigner

CINQ_ANS = timedelta(days=5 * 365)
UN_AN = timedelta(days=365)


@dataclass(frozen=True)
class Regle:
    """One retention period, and the function that applies it."""

    nom: str
    phrase: str  # in French: what becomes of what
    appliquer: Callable[[datetime, bool], int]


_REGLES: dict[str, Regle] = {}


def regle(nom: str, phrase: str):
    """Register ``fonction(maintenant, executer) -> how many``."""

    def enregistrer(fonction):
        _REGLES[nom] = Regle(nom, phrase, fonction)
        return fonction

    return enregistrer


def regles() -> list[Regle]:
    return list(_REGLES.values())


def appliquer(*, executer: bool, maintenant: datetime | None = None) -> dict[str, int]:
    """Run every rule; when acting, the counts are written to the journal."""
    maintenant = maintenant or timezone.now()
    comptes = {}
    for une in regles():
        with transaction.atomic():
            comptes[une.nom] = une.appliquer(maintenant, executer)
    if executer and any(comptes.values()):
        # A purge is about no object: the journal files it under its own kind.
        journal = ContentType.objects.get_for_model(EntreeJournal)
        consigner(journal, "purge", **{nom: n for nom, n in comptes.items() if n})
    return comptes


def supprimer(lignes, executer: bool) -> int:
    """Count these rows, and delete them when acting."""
    nombre = lignes.count()
    if executer and nombre:
        lignes.delete()
    return nombre


# --- What the foundations keep ---------------------------------------------------------------
@regle("sessions", "Les sessions terminées sont oubliées")
def _sessions(maintenant, executer):
    return supprimer(Session.objects.filter(expire_date__lt=maintenant), executer)


@regle("saisies", "Les textes gardés après une session expirée : 2 jours")
def _saisies(maintenant, executer):
    anciennes = SaisieEnAttente.objects.filter(creee_le__lt=maintenant - DUREE_EN_ATTENTE)
    return supprimer(anciennes, executer)


@regle("documents", "Les documents qui n’ont plus de fichier : 1 an")
def _documents(maintenant, executer):
    finis = DemandeDocument.objects.filter(fichier="", cree_le__lt=maintenant - UN_AN)
    return supprimer(finis, executer)


@regle("journal", "Le journal des gestes : 5 ans")
def _journal(maintenant, executer):
    anciennes = EntreeJournal.objects.filter(quand__lt=maintenant - CINQ_ANS)
    return supprimer(anciennes, executer)


@regle("administration", "L’historique de l’administration : 5 ans")
def _administration(maintenant, executer):
    anciens = LogEntry.objects.filter(action_time__lt=maintenant - CINQ_ANS)
    return supprimer(anciens, executer)
