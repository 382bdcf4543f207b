"""What is asked: a consultation, its themes, propositions, scales and profile questions.

These rows are what the staff edits. What people answered is a frozen copy of them
(``Questionnaire``): a wording changed later never changes what somebody said yes to.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from consultation.enums import EtatConsultation, Provenance, RoleDEchelle
from consultation.managers import ConsultationQuerySet
from consultation.transitions import TransitionsDeConsultation
from hubpartenariat.socle.champs_de_modele import codes
from hubpartenariat.socle.moderation import Moderable
from hubpartenariat.socle.vocabulaires import Besoin


class Consultation(TransitionsDeConsultation, Moderable):
    """One round: its questions, its dates, the rules fixed before it opens."""

    slug = models.SlugField("adresse", max_length=80, unique=True)
    titre = models.CharField("titre", max_length=160)
    presentation = models.TextField("présentation", max_length=4000, blank=True)
    etat = models.CharField(
        "état",
        max_length=12,
        choices=EtatConsultation,
        default=EtatConsultation.PREPARATION,
        editable=False,
    )
    ouvre_le = models.DateTimeField("ouvre le", null=True, blank=True)
    ferme_le = models.DateTimeField("ferme le", null=True, blank=True)
    provenance = models.CharField(
        "provenance", max_length=10, choices=Provenance, default=Provenance.HUB
    )
    source = models.CharField("source des chiffres", max_length=300, blank=True)
    personnes_annoncees = models.PositiveIntegerField(
        "nombre de personnes annoncé", null=True, blank=True
    )
    # Thresholds of labels and of small groups, drafts counted or not: see regles.py. Frozen once
    # the consultation opens.
    regles = models.JSONField("règles de publication", default=dict, blank=True)
    precedente = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suivantes",
        verbose_name="tour précédent",
    )
    exemple = models.BooleanField("exemple inventé", default=False, editable=False)
    cree_le = models.DateTimeField("créée le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifiée le", auto_now=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "consultation"
        verbose_name_plural = "consultations"
        ordering = ["-ouvre_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="consultation_dates_dans_l_ordre",
                condition=Q(ouvre_le=None) | Q(ferme_le=None) | Q(ferme_le__gt=F("ouvre_le")),
                violation_error_message="La fermeture vient après l’ouverture.",
            ),
            models.CheckConstraint(
                name="consultation_ouverte_datee",
                condition=Q(etat="preparation")
                | Q(provenance="ailleurs")
                | Q(ouvre_le__isnull=False, ferme_le__isnull=False),
                violation_error_message="Une consultation s’ouvre avec ses deux dates.",
            ),
        ]
        permissions = [
            ("preparer_consultation", "Préparer les consultations, publier leurs résultats"),
            ("exporter_reponses", "Exporter les réponses une à une, sans seuil"),
        ]

    def __str__(self):
        return self.titre

    def get_absolute_url(self):
        return reverse("consultation:consultation", args=[self.slug])


class PieceDeQuestionnaire(models.Model):
    """A part of a questionnaire: ordered, with a code that never changes once answered."""

    code = models.SlugField("code", max_length=40)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        abstract = True
        ordering = ["ordre", "pk"]


class Theme(PieceDeQuestionnaire):
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="themes")
    titre = models.CharField("titre", max_length=160)
    presentation = models.TextField("présentation", max_length=2000, blank=True)

    class Meta(PieceDeQuestionnaire.Meta):
        verbose_name = "thème"
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "code"],
                name="theme_code_unique",
                violation_error_message="Ce code de thème sert déjà.",
            )
        ]

    def __str__(self):
        return self.titre


class Proposition(PieceDeQuestionnaire):
    """One proposition; ``besoins`` ties it to the fiches and resources of the same codes."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="propositions")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="propositions")
    titre = models.CharField("titre", max_length=300)
    texte = models.TextField("explication", max_length=4000, blank=True)
    besoins = codes(Besoin, "besoins auxquels elle répond")

    class Meta(PieceDeQuestionnaire.Meta):
        verbose_name = "proposition"
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "code"],
                name="proposition_code_unique",
                violation_error_message="Ce code de proposition sert déjà.",
            )
        ]

    def __str__(self):
        return f"{self.code} {self.titre}"


class Echelle(PieceDeQuestionnaire):
    """One ordered scale on which each proposition is judged (pertinence, faisabilité…)."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="echelles")
    titre = models.CharField("titre", max_length=80)
    question = models.CharField("question posée", max_length=300)
    favorables = models.PositiveSmallIntegerField(
        "nombre de modalités favorables",
        default=1,
        help_text="Combien des premières réponses, de la plus favorable à la moins favorable.",
    )
    role = models.CharField(
        "place dans les graphiques",
        max_length=12,
        choices=RoleDEchelle,
        blank=True,
        help_text=(
            "La matrice croise l’échelle « faisabilité » et l’échelle « impact ». Laissé vide : "
            "selon le code, s’il est « pertinence », « faisabilite » ou « impact »."
        ),
    )

    class Meta(PieceDeQuestionnaire.Meta):
        verbose_name = "échelle"
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "code"],
                name="echelle_code_unique",
                violation_error_message="Ce code d’échelle sert déjà.",
            )
        ]

    def __str__(self):
        return self.titre


class Modalite(PieceDeQuestionnaire):
    """One answer of a scale, from the most favourable down. « Ne se prononce pas » is none."""

    echelle = models.ForeignKey(Echelle, models.CASCADE, related_name="modalites")
    libelle = models.CharField("libellé", max_length=120)

    class Meta(PieceDeQuestionnaire.Meta):
        verbose_name = "modalité"
        constraints = [
            models.UniqueConstraint(
                fields=["echelle", "code"],
                name="modalite_code_unique",
                violation_error_message="Ce code de réponse sert déjà sur cette échelle.",
            )
        ]

    def __str__(self):
        return self.libelle


class College(PieceDeQuestionnaire):
    """Groups side by side in the results, with equal weight."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="colleges")
    libelle = models.CharField("libellé", max_length=120)
    court = models.CharField("libellé court", max_length=40, blank=True)

    class Meta(PieceDeQuestionnaire.Meta):
        verbose_name = "collège"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "code"], name="college_code_unique")
        ]

    def __str__(self):
        return self.libelle


class QuestionDeProfil(PieceDeQuestionnaire):
    """One question about who answers. All are optional for the person."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="questions_profil")
    libelle = models.CharField("question", max_length=200)

    class Meta(PieceDeQuestionnaire.Meta):
        verbose_name = "question de profil"
        verbose_name_plural = "questions de profil"
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "code"], name="question_profil_code_unique"
            )
        ]

    def __str__(self):
        return self.libelle


class CategorieDeProfil(PieceDeQuestionnaire):
    """One answer to a profile question. ``parent``: what it is merged into when too few."""

    question = models.ForeignKey(QuestionDeProfil, models.CASCADE, related_name="categories")
    libelle = models.CharField("libellé", max_length=160)
    college = models.ForeignKey(
        College, models.SET_NULL, null=True, blank=True, related_name="categories"
    )
    parent = models.CharField("catégorie plus large", max_length=160, blank=True)

    class Meta(PieceDeQuestionnaire.Meta):
        verbose_name = "catégorie de profil"
        verbose_name_plural = "catégories de profil"
        constraints = [
            models.UniqueConstraint(fields=["question", "code"], name="categorie_code_unique")
        ]

    def __str__(self):
        return self.libelle


class Questionnaire(models.Model):
    """The questions as they were at one moment, whole, as JSON. Answers point to theirs."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="questionnaires")
    numero = models.PositiveSmallIntegerField("version")
    contenu = models.JSONField("contenu")
    empreinte = models.CharField("empreinte", max_length=64)
    fige_le = models.DateTimeField("figé le", auto_now_add=True)

    class Meta:
        verbose_name = "version du questionnaire"
        verbose_name_plural = "versions du questionnaire"
        ordering = ["consultation", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "numero"], name="questionnaire_numero_unique"
            ),
            models.UniqueConstraint(
                fields=["consultation", "empreinte"], name="questionnaire_une_fois"
            ),
        ]

    def __str__(self):
        return f"{self.consultation}, version {self.numero}"
