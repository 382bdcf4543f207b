"""A row with one file: its name as people see it, and where it lies under a name of chance."""

import hashlib
import secrets
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from hubpartenariat.socle.televersements.accueil import Depot

DOSSIER = "depots"
ORPHELIN_APRES = 24 * 3600


def dossier() -> Path:
    return Path(settings.MEDIA_ROOT) / DOSSIER


class AvecFichier(models.Model):
    """At most one file. Its fields are written by ``deposer`` alone."""

    fichier_nom = models.CharField("fichier", max_length=110, blank=True, editable=False)
    fichier_mime = models.CharField("type du fichier", max_length=100, blank=True, editable=False)
    fichier_taille = models.PositiveIntegerField("taille (octets)", default=0, editable=False)
    fichier_empreinte = models.CharField("empreinte", max_length=64, blank=True, editable=False)
    fichier_chemin = models.CharField("rangé sous", max_length=80, blank=True, editable=False)

    class Meta:
        abstract = True

    CHAMPS_DU_FICHIER = (
        "fichier_nom",
        "fichier_mime",
        "fichier_taille",
        "fichier_empreinte",
        "fichier_chemin",
    )

    @property
    def a_un_fichier(self) -> bool:
        return bool(self.fichier_chemin)

    @property
    def chemin_du_fichier(self) -> Path:
        return dossier() / self.fichier_chemin

    def deposer(self, depot: Depot) -> None:
        """Write the file and set the fields; the caller saves. What it replaces is swept later."""
        hasard = secrets.token_hex(24)
        chemin = dossier() / hasard[:2] / hasard
        chemin.parent.mkdir(parents=True, exist_ok=True)
        chemin.write_bytes(depot.contenu)
        chemin.chmod(0o600)
        self.fichier_nom, self.fichier_mime = depot.nom, depot.mime
        self.fichier_taille = len(depot.contenu)
        self.fichier_empreinte = hashlib.sha256(depot.contenu).hexdigest()
        self.fichier_chemin = f"{hasard[:2]}/{hasard}"

    def oublier_le_fichier(self) -> None:
        """No file any more; the caller saves. It is swept later."""
        self.fichier_nom = self.fichier_mime = self.fichier_empreinte = self.fichier_chemin = ""
        self.fichier_taille = 0


def retirer_les_orphelins(maintenant=None) -> int:
    """Remove the files of no row, a day after they were written. How many. Safe to run twice."""
    gardes: set[str] = set()
    for modele in apps.get_models():
        if issubclass(modele, AvecFichier):
            gardes |= set(modele._base_manager.values_list("fichier_chemin", flat=True))
    avant = (maintenant or timezone.now()).timestamp() - ORPHELIN_APRES
    retires = 0
    for chemin in dossier().glob("*/*"):
        if f"{chemin.parent.name}/{chemin.name}" not in gardes and chemin.stat().st_mtime < avant:
            chemin.unlink(missing_ok=True)
            retires += 1
    return retires
