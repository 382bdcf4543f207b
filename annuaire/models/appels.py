"""Appels of teams and offres of patients partenaires: needs made public, moderated, dated."""

import uuid

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone

from annuaire.enums import (
    Alerte,
    CharteDeLAppel,
    Disponibilite,
    EtatAppel,
    EtatOffre,
    EtatProfil,
    EtatRelation,
    EtatStructure,
    Frais,
    Lieu,
    Mission,
    ModeDeChoix,
)
from annuaire.orientation import ailleurs
from annuaire.transitions.appels import DUREE, OUBLI, RAPPEL, TransitionsDAppel
from annuaire.transitions.offres import TransitionsDOffre
from hubpartenariat.comptes.consentements import Finalite, valide_pour
from hubpartenariat.socle.champs_de_modele import codes, etiquettes
from hubpartenariat.socle.formulaires import Brouillonnable
from hubpartenariat.socle.moderation import Moderable, TransitionRefusee
from hubpartenariat.socle.vocabulaires import Domaine, Statut, Territoire

PLACES_PAR_DEFAUT = 2
PLACES_AU_PLUS = 50


def alertes() -> ArrayField:
    return ArrayField(
        models.CharField(max_length=20, choices=Alerte),
        verbose_name="alertes",
        default=list,
        blank=True,
        editable=False,
    )


class AppelQuerySet(models.QuerySet):
    def publics(self):
        """What everybody may read: open, being chosen, filled; not yet anonymised."""
        return self.filter(etat__in=EtatAppel.publics(), anonymise_le=None)

    def de(self, personne):
        """The appels of the teams that ``personne`` belongs to."""
        return self.filter(equipe=personne)

    def moderables(self):
        """What the moderators may read: everything but the drafts, which are their team's."""
        return self.exclude(etat=EtatAppel.BROUILLON)

    def par_urgence(self):
        """Those that wait for their team first, then the latest written."""
        ordre = [EtatAppel.EN_CHOIX, EtatAppel.BROUILLON, EtatAppel.OUVERT, EtatAppel.A_MODERER]
        rangs = [When(etat=etat, then=Value(rang)) for rang, etat in enumerate(ordre)]
        return self.order_by(Case(*rangs, default=Value(len(ordre))), "-modifiee_le", "-pk")

    def with_candidatures(self):
        """With how many people wait for an answer and how many seats are given."""
        en_cours, accordees = EtatRelation.EN_COURS, EtatRelation.ACCORDEE
        return self.annotate(
            nb_en_cours=Count("relations", filter=Q(relations__etat=en_cours), distinct=True),
            nb_accordees=Count("relations", filter=Q(relations__etat=accordees), distinct=True),
        )

    def a_rappeler(self):
        """Open for ten days or more, and never reminded."""
        avant = timezone.now() - RAPPEL
        return self.filter(etat=EtatAppel.OUVERT, publie_le__lte=avant, relance_le=None)

    def a_terme(self):
        """Past their end. Whoever closed the candidatures keeps thirty days to choose."""
        maintenant = timezone.now()
        choix = Q(etat=EtatAppel.EN_CHOIX, etat_depuis__lte=maintenant - DUREE)
        return self.filter(Q(etat=EtatAppel.OUVERT) | choix, expire_le__lte=maintenant)

    def a_anonymiser(self):
        """Ended two years ago."""
        avant = timezone.now() - OUBLI
        return self.filter(etat__in=EtatAppel.finis(), etat_depuis__lte=avant, anonymise_le=None)

    def commencer(self, personne):
        """The empty draft of ``personne``: a new one, or the one opened and never filled."""
        with transaction.atomic():
            get_user_model().objects.select_for_update().get(pk=personne.pk)
            vide = self.filter(equipe=personne, etat=EtatAppel.BROUILLON, versions={}).first()
            if vide:
                return vide
            appel = self.create()
            appel.equipe.add(personne)
        return appel


class Appel(TransitionsDAppel, Moderable, Brouillonnable):
    """A team looks for patients partenaires: what for, when, where, under what conditions."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(  # noqa: DJ001 — no address before the first publication
        "adresse", max_length=80, unique=True, null=True, editable=False
    )
    etat = models.CharField(
        "état", max_length=12, choices=EtatAppel, default=EtatAppel.BROUILLON, editable=False
    )
    exemple = models.BooleanField("exemple inventé", default=False, editable=False)
    equipe = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="appels", blank=True, verbose_name="équipe"
    )
    # 1. The need
    structure = models.ForeignKey(
        "annuaire.Structure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appels",
        verbose_name="structure",
    )
    titre = models.CharField("titre", max_length=160, blank=True)
    description = models.TextField("ce que vous cherchez", max_length=2000, blank=True)
    mission = models.CharField("mission", max_length=20, choices=Mission, blank=True)
    domaine = models.CharField("domaine", max_length=12, choices=Domaine, blank=True)
    themes = etiquettes("thèmes ou maladies")
    deja_fait = models.TextField("ce qui a déjà été fait ensemble", max_length=2000, blank=True)
    # 2. The conditions
    departements = codes(Territoire, "territoire")
    commune = models.ForeignKey(
        "socle.Commune", models.PROTECT, null=True, blank=True, verbose_name="commune"
    )
    lieu = models.CharField("lieu", max_length=10, choices=Lieu, blank=True)
    temps = models.CharField("temps demandé", max_length=200, blank=True)
    disponibilites = codes(Disponibilite, "moments")
    places = models.PositiveSmallIntegerField(
        "nombre de places",
        default=PLACES_PAR_DEFAUT,
        validators=[MinValueValidator(1), MaxValueValidator(PLACES_AU_PLUS)],
    )
    pourquoi_une_place = models.TextField("pourquoi une seule place", max_length=600, blank=True)
    statut = models.CharField("statut proposé", max_length=15, choices=Statut, blank=True)
    frais = models.CharField("frais", max_length=12, choices=Frais, blank=True)
    charte = models.CharField("charte", max_length=10, choices=CharteDeLAppel, blank=True)
    mode = models.CharField(
        "façon de choisir", max_length=8, choices=ModeDeChoix, default=ModeDeChoix.CHOIX
    )
    # 3. The right door: answers to the four questions, {question: "oui" | "non"}
    orientation = models.JSONField("orientation", default=dict, blank=True)

    alertes = alertes()
    motif = models.TextField("motif", max_length=2000, blank=True)
    creee_le = models.DateTimeField("créé le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifié le", default=timezone.now, editable=False)
    soumis_le = models.DateTimeField("envoyé le", null=True, editable=False)
    publie_le = models.DateTimeField("publié le", null=True, editable=False)
    expire_le = models.DateTimeField("expire le", null=True, editable=False)
    relance_le = models.DateTimeField("rappelé le", null=True, editable=False)
    anonymise_le = models.DateTimeField("anonymisé le", null=True, editable=False)

    objects = AppelQuerySet.as_manager()

    class Meta:
        verbose_name = "appel"
        ordering = ["-publie_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="appel_publie_complet",
                condition=~Q(etat__in=[EtatAppel.OUVERT, EtatAppel.EN_CHOIX, EtatAppel.POURVU])
                | (
                    ~Q(titre="")
                    & ~Q(statut="")
                    & ~Q(frais="")
                    & Q(slug__isnull=False)
                    & Q(publie_le__isnull=False)
                    & Q(expire_le__isnull=False)
                ),
                violation_error_message=(
                    "Un appel publié a un titre, un statut et dit ce que deviennent les frais."
                ),
            ),
            models.CheckConstraint(
                name="appel_jamais_seul",
                condition=Q(places__gte=2)
                | ~Q(pourquoi_une_place="")
                | Q(etat__in=[EtatAppel.BROUILLON, EtatAppel.SANS_SUITE]),
                violation_error_message="Dites pourquoi il n’y a qu’une place.",
            ),
            models.CheckConstraint(
                name="appel_sans_suite_motive",
                condition=~Q(etat=EtatAppel.SANS_SUITE) | ~Q(motif=""),
                violation_error_message="Un appel sans suite dit pourquoi.",
            ),
        ]
        permissions = [("moderer_appel", "Peut modérer les appels et les offres")]

    def __str__(self):
        return self.titre or "Appel sans titre"

    @property
    def portes(self) -> list:
        """The doors, other than the hub's, that the answers of the team lead to."""
        return ailleurs(self.orientation)

    @property
    def structure_publique(self):
        """The structure as visitors may see it: only a published one. Wants ``select_related``."""
        publiee = self.structure and self.structure.etat == EtatStructure.PUBLIEE
        return self.structure if publiee else None

    @property
    def moments(self) -> list[str]:
        return [mot for code, mot in Disponibilite.choices if code in self.disponibilites]

    @property
    def libelles_des_alertes(self) -> list[str]:
        return [mot for code, mot in Alerte.choices if code in self.alertes]

    def verifier_ecriture(self, par):
        if raison := self.raison_de_ne_pas_ecrire(par):
            raise TransitionRefusee(raison)


class OffreQuerySet(models.QuerySet):
    def ouvertes(self):
        """What verified members may read: open, of people who agree to be shown, now."""
        aujourd_hui = timezone.localdate()
        return self.filter(
            Q(profil__pause_jusqu_au=None) | Q(profil__pause_jusqu_au__lt=aujourd_hui),
            valide_pour("profil__personne", Finalite.APPARIEMENT),
            etat=EtatOffre.OUVERTE,
            profil__etat=EtatProfil.ACTIF,
            profil__personne__is_active=True,
        )

    def de(self, personne):
        return self.filter(profil__personne=personne)

    def moderables(self):
        """What the moderators may read: what was sent to them and is not taken back."""
        return self.exclude(etat=EtatOffre.BROUILLON)

    def a_terme(self):
        return self.filter(etat=EtatOffre.OUVERTE, expire_le__lte=timezone.now())


class Offre(TransitionsDOffre, Moderable):
    """A patient partenaire says, under pseudonym, what they would like to do; teams answer."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    profil = models.ForeignKey(
        "annuaire.Profil", models.CASCADE, related_name="offres", verbose_name="profil"
    )
    etat = models.CharField(
        "état", max_length=10, choices=EtatOffre, default=EtatOffre.BROUILLON, editable=False
    )
    exemple = models.BooleanField("exemple inventé", default=False, editable=False)
    titre = models.CharField("titre", max_length=160)
    texte = models.TextField("ce que je propose", max_length=1500)
    domaine = models.CharField("domaine", max_length=12, choices=Domaine)
    departements = codes(Territoire, "territoire")
    alertes = alertes()
    motif = models.TextField("motif", max_length=2000, blank=True)
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifiée le", default=timezone.now, editable=False)
    publiee_le = models.DateTimeField("publiée le", null=True, editable=False)
    expire_le = models.DateTimeField("expire le", null=True, editable=False)

    objects = OffreQuerySet.as_manager()

    class Meta:
        verbose_name = "offre"
        ordering = ["-publiee_le", "-pk"]

    def __str__(self):
        return self.titre or "Offre sans titre"

    @property
    def libelles_des_alertes(self) -> list[str]:
        return [mot for code, mot in Alerte.choices if code in self.alertes]
