"""After the counting: sentences with computed numbers, and what is done of each proposition."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from consultation.enums import Decision, EtatAction
from consultation.models.questionnaire import Consultation, Proposition
from consultation.models.resultats import VersionDeResultats
from consultation.phrases import LONGUEUR


class Phrase(models.Model):
    """One sentence of the staff (see phrases.py). ``texte_relu``: its words and numbers as somebody
    read them, on ``version_relue``. It is shown while a new counting says the same."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="phrases")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    texte = models.TextField("phrase", max_length=LONGUEUR)
    texte_relu = models.TextField("telle qu’elle a été relue", blank=True, editable=False)
    version_relue = models.ForeignKey(
        VersionDeResultats,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="phrases",
        verbose_name="sur les résultats",
    )
    relue_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "phrase de lecture"
        verbose_name_plural = "phrases de lecture"
        ordering = ["ordre", "pk"]

    def __str__(self):
        return self.texte[:80]


class SuiteQuerySet(models.QuerySet):
    def publiees(self):
        return self.filter(publiee_le__isnull=False)

    def with_tout(self):
        return self.select_related("proposition__theme", "fusionnee_avec").prefetch_related(
            "actions"
        )


class Suite(models.Model):
    """What was decided of one proposition: by whom, when, why, in which words."""

    proposition = models.OneToOneField(
        Proposition, models.CASCADE, related_name="suite", verbose_name="proposition"
    )
    decision = models.CharField("décision", max_length=12, choices=Decision)
    fusionnee_avec = models.ForeignKey(
        Proposition,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="recues",
        verbose_name="réunie avec",
    )
    titre_ajuste = models.CharField("texte ajusté", max_length=300, blank=True)
    motif = models.TextField("pourquoi", max_length=2000, blank=True)
    decidee_par = models.CharField(
        "décidée par", max_length=150, help_text="Une instance, pas une personne."
    )
    decidee_le = models.DateField("décidée le")
    publiee_le = models.DateTimeField("publiée le", null=True, editable=False)

    objects = SuiteQuerySet.as_manager()

    class Meta:
        verbose_name = "suite donnée"
        verbose_name_plural = "suites données"
        ordering = ["proposition__ordre", "proposition"]
        constraints = [
            models.CheckConstraint(
                name="suite_fusion_avec_une_autre",
                condition=~Q(decision="fusionnee")
                | (Q(fusionnee_avec__isnull=False) & ~Q(fusionnee_avec=F("proposition"))),
                violation_error_message="Dites avec quelle autre proposition celle-ci est réunie.",
            ),
            models.CheckConstraint(
                name="suite_ajustee_avec_un_texte",
                condition=~Q(decision="ajustee") | ~Q(titre_ajuste=""),
                violation_error_message="Écrivez le texte ajusté.",
            ),
            models.CheckConstraint(
                name="suite_motivee",
                condition=~Q(decision__in=["differee", "non_retenue"]) | ~Q(motif=""),
                violation_error_message="Dites pourquoi : les personnes qui ont répondu le liront.",
            ),
        ]

    def __str__(self):
        return f"{self.proposition.code} : {self.get_decision_display()}"


class ActionDeSuite(models.Model):
    """One thing to do, with where it stands."""

    suite = models.ForeignKey(Suite, models.CASCADE, related_name="actions")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    titre = models.CharField("action", max_length=200)
    portee_par = models.CharField("portée par", max_length=150, blank=True)
    echeance = models.DateField("échéance", null=True, blank=True)
    etat = models.CharField("état", max_length=12, choices=EtatAction, default=EtatAction.A_FAIRE)
    avancement = models.PositiveSmallIntegerField("avancement, en %", default=0)

    class Meta:
        verbose_name = "action"
        ordering = ["ordre", "pk"]
        constraints = [
            models.CheckConstraint(
                name="action_avancement_de_0_a_100",
                condition=Q(avancement__lte=100),
                violation_error_message="L’avancement va de 0 à 100 %.",
            )
        ]

    def __str__(self):
        return self.titre
