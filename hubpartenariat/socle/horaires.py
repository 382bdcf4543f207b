"""Runs of what is done by the clock: when, how long, how it ended.

The list itself belongs to the project (hubpartenariat/horaires.py), which knows every app: it is
reached through the schedule of the Celery application, by the name of the task.
"""

from datetime import timedelta

from celery.signals import task_postrun, task_prerun
from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string

JOURS = 90
REUSSI = "SUCCESS"


class Execution(models.Model):
    """One run of one recurring job."""

    horaire = models.CharField("travail", max_length=60)
    commencee_le = models.DateTimeField("commencé le", default=timezone.now)
    finie_le = models.DateTimeField("fini le", null=True, blank=True)
    reussie = models.BooleanField("réussi", null=True, blank=True)
    erreur = models.CharField("erreur", max_length=300, blank=True)

    class Meta:
        verbose_name = "travail régulier"
        verbose_name_plural = "travaux réguliers"
        ordering = ["-commencee_le", "-pk"]
        indexes = [models.Index(fields=["horaire", "-commencee_le"], name="execution_derniere")]

    def __str__(self):
        return f"{self.horaire} {self.commencee_le:%Y-%m-%d %H:%M}"

    @property
    @admin.display(description="travail")
    def libelle(self) -> str:
        un = horaires().get(self.horaire)
        return un.libelle if un else self.horaire

    @property
    @admin.display(description="durée")
    def duree(self) -> str:
        if self.finie_le is None:
            return "–"
        secondes = (self.finie_le - self.commencee_le).total_seconds()
        return f"{secondes:.1f} s".replace(".", ",")

    @property
    @admin.display(description="résultat")
    def resultat(self) -> str:
        if self.reussie is None:
            return "En cours, ou interrompu"
        return "Réussi" if self.reussie else "Échec"


def horaires() -> dict:
    """The list of the project, by name."""
    return {un.nom: un for un in import_string("hubpartenariat.horaires.HORAIRES")}


def _de_la_tache(nom: str):
    return next((un for un in horaires().values() if un.tache == nom), None)


def tableau_de_bord() -> list[dict]:
    """Every recurring job with its last run. One query."""
    dernieres = {
        une.horaire: une
        for une in Execution.objects.order_by("horaire", "-commencee_le", "-pk").distinct("horaire")
    }
    return [{"horaire": un, "derniere": dernieres.get(nom)} for nom, un in horaires().items()]


def purger(maintenant=None) -> int:
    """Forget old runs. Safe to run twice."""
    limite = (maintenant or timezone.now()) - timedelta(days=JOURS)
    return Execution.objects.filter(commencee_le__lt=limite).delete()[0]


# --- Written by the signals of Celery ------------------------------------------------------------
_EN_COURS: dict[str, int] = {}  # id of a task → its row, in this worker


@task_prerun.connect
def commencer(task_id=None, task=None, **_kwargs) -> None:
    if (un := _de_la_tache(task.name)) is None:
        return
    if un.seule_la_derniere:
        une, _ = Execution.objects.update_or_create(
            horaire=un.nom,
            defaults={
                "commencee_le": timezone.now(),
                "finie_le": None,
                "reussie": None,
                "erreur": "",
            },
        )
    else:
        une = Execution.objects.create(horaire=un.nom)
    _EN_COURS[task_id] = une.pk


@task_postrun.connect
def finir(task_id=None, state=None, retval=None, **_kwargs) -> None:
    cle = _EN_COURS.pop(task_id, None)
    if cle is None:
        return
    reussie = state == REUSSI
    erreur = "" if reussie else f"{type(retval).__name__} : {retval}"[:300]
    Execution.objects.filter(pk=cle).update(finie_le=timezone.now(), reussie=reussie, erreur=erreur)
