"""The profile of a patient partenaire. What it holds can reveal an illness (GDPR, article 9).

Nothing here is public, indexed or listed. ``annuaire/regards.py`` is the only door to what
others may see.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from annuaire import regards
from annuaire.enums import Disponibilite, EtatProfil, Experience, FormationSuivie, Mission
from annuaire.transitions.profils import TransitionsDeProfil
from hubpartenariat.comptes.consentements import Finalite, valide_pour
from hubpartenariat.socle.champs_de_modele import codes, etiquettes
from hubpartenariat.socle.formulaires import Brouillonnable
from hubpartenariat.socle.moderation import Moderable, TransitionRefusee
from hubpartenariat.socle.vocabulaires import Domaine, Statut, Territoire

SOLLICITATIONS_PAR_MOIS = 2
SOLLICITATIONS_AU_PLUS = 8
MISSIONS_ACTIVES = 1
MISSIONS_AU_PLUS = 5


class ProfilQuerySet(models.QuerySet):
    def avec_consentement(self, finalite):
        """Profiles whose owner agrees to this purpose now."""
        return self.filter(valide_pour("personne_id", finalite))

    def with_consentement(self):
        """With what ``regards.montrable`` would otherwise ask one profile at a time."""
        return self.annotate(
            consent_a_l_appariement=valide_pour("personne_id", Finalite.APPARIEMENT)
        )

    def ouverts(self):
        """Open profiles of accounts in use, those at rest included."""
        return self.filter(etat=EtatProfil.ACTIF, personne__is_active=True)

    def actifs(self, le=None):
        """Whom the matching may propose something to, on that day (today)."""
        jour = le or timezone.localdate()
        eveilles = Q(pause_jusqu_au=None) | Q(pause_jusqu_au__lt=jour)
        return self.ouverts().filter(eveilles).avec_consentement(Finalite.APPARIEMENT)

    def commencer(self, personne):
        """The profile of ``personne``, made empty the first time."""
        return self.get_or_create(personne=personne)[0]


class Profil(TransitionsDeProfil, Moderable, Brouillonnable):
    """What a patient partenaire says of themself, attribute by attribute for whom they choose."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    personne = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="profil", verbose_name="personne"
    )
    etat = models.CharField(
        "état", max_length=10, choices=EtatProfil, default=EtatProfil.BROUILLON, editable=False
    )
    # Why the team of the hub closed or suspended it: for its owner and the team.
    motif = models.TextField("motif de l’équipe", max_length=1000, blank=True, editable=False)
    exemple = models.BooleanField("exemple inventé", default=False, editable=False)
    majeur = models.BooleanField("majeur, ou accompagné de son représentant", default=False)
    representant = models.CharField("représentant légal", max_length=160, blank=True)

    # 1. Who I am here
    pseudonyme = models.CharField("pseudonyme", max_length=40, blank=True)
    appellation = models.CharField("comment je me nomme", max_length=60, blank=True)
    experience = models.CharField("expérience", max_length=12, choices=Experience, blank=True)
    formations = codes(FormationSuivie, "formations suivies")
    association = models.CharField("association", max_length=160, blank=True)
    langues = etiquettes("langues parlées")
    # 2. What I know from having lived it
    savoirs = models.TextField("savoirs expérientiels", max_length=2000, blank=True)
    themes = etiquettes("thèmes ou maladies")
    amenagements = models.TextField("handicap, aménagements utiles", max_length=1000, blank=True)
    # 3. What I look for
    domaines = codes(Domaine, "domaines")
    missions = codes(Mission, "missions")
    souhaits = models.TextField("souhaits", max_length=1000, blank=True)
    reconnaissance = codes(Statut, "reconnaissance souhaitée")
    # 4. When and where
    territoires = codes(Territoire, "territoires")
    a_distance = models.BooleanField("à distance aussi", default=False)
    disponibilites = codes(Disponibilite, "disponibilités")
    contraintes = models.TextField("contraintes", max_length=1000, blank=True)
    # 5. Who sees what: {attribute: Regard}; what is absent has its closed default
    visibilites = models.JSONField("visibilités", default=dict, blank=True)
    partage_courriel = models.BooleanField(
        "donner mon adresse e-mail après le double accord", default=False
    )
    telephone = models.CharField(
        "téléphone donné après le double accord", max_length=30, blank=True
    )

    sollicitations_par_mois = models.PositiveSmallIntegerField(
        "propositions reçues par mois, au plus",
        default=SOLLICITATIONS_PAR_MOIS,
        validators=[MinValueValidator(0), MaxValueValidator(SOLLICITATIONS_AU_PLUS)],
    )
    missions_actives_max = models.PositiveSmallIntegerField(
        "missions en même temps, au plus",
        default=MISSIONS_ACTIVES,
        validators=[MinValueValidator(1), MaxValueValidator(MISSIONS_AU_PLUS)],
    )
    pause_jusqu_au = models.DateField("en pause jusqu’au", null=True, blank=True)
    # Derived on save from the attributes that may serve: what the matching compares.
    criteres = models.JSONField("critères d’appariement", default=dict, editable=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifié le", default=timezone.now, editable=False)

    objects = ProfilQuerySet.as_manager()

    class Meta:
        verbose_name = "profil de patient partenaire"
        verbose_name_plural = "profils de patients partenaires"
        ordering = ["pk"]
        indexes = [
            GinIndex(
                fields=["criteres"],
                opclasses=["jsonb_path_ops"],
                name="profil_criteres",
                condition=Q(etat=EtatProfil.ACTIF),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="profil_actif_majeur_et_nomme",
                condition=~Q(etat=EtatProfil.ACTIF) | (Q(majeur=True) & ~Q(pseudonyme="")),
                violation_error_message=(
                    "Un profil ouvert a un pseudonyme, et la personne est majeure ou accompagnée."
                ),
            ),
            models.CheckConstraint(
                name="profil_plafonds",
                condition=Q(sollicitations_par_mois__lte=SOLLICITATIONS_AU_PLUS)
                & Q(missions_actives_max__range=(1, MISSIONS_AU_PLUS)),
                violation_error_message="Ces plafonds sont hors des limites du hub.",
            ),
        ]
        permissions = [("moderer_profil", "Peut fermer et suspendre les profils")]

    def __str__(self):
        return self.pseudonyme or "Profil sans pseudonyme"

    def save(self, *args, update_fields=None, **options):
        """``criteres`` follows what it is derived from, in the same write."""
        if update_fields is None or not regards.SOURCES.isdisjoint(update_fields):
            self.criteres = regards.criteres(self)
            if update_fields is not None:
                update_fields = {*update_fields, "criteres"}
        super().save(*args, update_fields=update_fields, **options)

    def enregistrer_section(self, *args, **options):
        """An open profile keeps its pseudonym: the database says no, the person is told."""
        try:
            with transaction.atomic():
                return super().enregistrer_section(*args, **options)
        except IntegrityError:
            raise TransitionRefusee(
                "Un profil ouvert garde un pseudonyme, et la personne reste majeure ou accompagnée."
            ) from None

    @property
    def en_pause(self) -> bool:
        """At rest today? It ends by itself the day after ``pause_jusqu_au``."""
        return bool(self.pause_jusqu_au and self.pause_jusqu_au >= timezone.localdate())

    @property
    def pseudonyme_reconnaissable(self) -> bool:
        """Does the pseudonym look like the name or the address of the account?"""
        adresse = self.personne.email.partition("@")[0]
        vrais = {
            mot
            for mot in regards.plier(f"{self.personne.nom} {adresse}").split()
            if len(mot) > 2 and not mot.isdigit()
        }
        plie = regards.plier(self.pseudonyme)
        return any(mot in plie.split() or (len(mot) > 3 and mot in plie) for mot in vrais)
