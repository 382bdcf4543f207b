"""The agenda: events, and who has a place or waits for one."""

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from hubpartenariat.socle.champs_de_modele import codes
from hubpartenariat.socle.moderation import Moderable
from hubpartenariat.socle.televersements.modele import AvecFichier
from hubpartenariat.socle.vocabulaires import Territoire
from ressources.agenda.transitions import TransitionsDEvenement
from ressources.enums import EtatEvenement, EtatInscription, GenreEvenement

MONTRES = (EtatEvenement.PUBLIE, EtatEvenement.ANNULE)


class EvenementQuerySet(models.QuerySet):
    def montres(self):
        """Those that anybody may read: published, or cancelled and saying so."""
        return self.filter(etat__in=MONTRES)

    def a_venir(self, maintenant=None):
        """Not over yet, the next one first."""
        return self.filter(fin__gte=maintenant or timezone.now()).order_by("debut", "pk")

    def passes(self, maintenant=None):
        """Over, the last one first."""
        return self.filter(fin__lt=maintenant or timezone.now()).order_by("-debut", "-pk")

    def avec_inscrits(self):
        """``inscrits``: how many places are taken."""
        prises = Count("inscriptions", filter=Q(inscriptions__etat=EtatInscription.INSCRITE))
        return self.annotate(inscrits=prises)


class Evenement(TransitionsDEvenement, AvecFichier, Moderable):
    """One meeting, at a place or behind a link, with a number of seats or none.

    Its report is behind ``document``, or is its file, or both.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    genre = models.CharField("genre", max_length=16, choices=GenreEvenement)
    titre = models.CharField("titre", max_length=150)
    description = models.TextField("description", max_length=3000)
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin")
    departements = codes(Territoire, "territoire")
    lieu = models.CharField("lieu", max_length=200, blank=True)
    lien = models.URLField(
        "lien de la visioconférence",
        max_length=300,
        blank=True,
        help_text="Montré aux seules personnes inscrites.",
    )
    places = models.PositiveSmallIntegerField(
        "nombre de places",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Vide : autant que l’on veut.",
    )
    organisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="evenements",
        verbose_name="organisateur",
    )
    code_seance = models.CharField(
        "code de la séance en direct",
        max_length=8,
        blank=True,
        help_text="Sa page mènera à celle de la séance, et la séance à celle-ci.",
    )
    document = models.URLField(
        "lien vers le compte rendu ou les documents", max_length=300, blank=True
    )
    etat = models.CharField(
        "état", max_length=12, choices=EtatEvenement, default=EtatEvenement.BROUILLON
    )
    motif = models.TextField("motif", max_length=2000, blank=True)
    exemple = models.BooleanField("exemple", default=False, editable=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    objects = EvenementQuerySet.as_manager()

    class Meta:
        verbose_name = "événement"
        ordering = ["debut", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut")),
                name="evenement_finit_apres_son_debut",
                violation_error_message="La fin vient après le début.",
            ),
            models.CheckConstraint(
                condition=~Q(lieu="") | ~Q(lien=""),
                name="evenement_a_un_lieu_ou_un_lien",
                violation_error_message="Indiquez un lieu, ou un lien de visioconférence.",
            ),
            models.CheckConstraint(
                condition=Q(places=None) | Q(places__gte=1),
                name="evenement_au_moins_une_place",
                violation_error_message="Au moins une place, ou rien pour ne pas limiter.",
            ),
        ]

    def __str__(self):
        return self.titre

    def get_absolute_url(self):
        return reverse("agenda:evenement", args=[self.uuid])

    @property
    def rendez_vous(self) -> tuple:
        """When and where, as those who come know it: to the minute."""
        debut, fin = (quand.replace(second=0, microsecond=0) for quand in (self.debut, self.fin))
        return debut, fin, self.lieu, self.lien

    @property
    def tampon(self) -> str:
        """Changes with every correction: what a page has shown is what is decided upon."""
        return self.modifie_le.isoformat()

    @property
    def annule(self) -> bool:
        return self.etat == EtatEvenement.ANNULE

    @property
    def montre(self) -> bool:
        return self.etat in MONTRES

    def est_de(self, personne) -> bool:
        return personne.is_authenticated and self.organisateur_id == personne.pk

    def refus_d_inscription(self, maintenant=None) -> str:
        """Why nobody may register now; empty when one may."""
        if self.annule:
            return "Cet événement est annulé."
        if self.etat != EtatEvenement.PUBLIE:
            return "Cet événement n’est pas publié."
        if self.debut <= (maintenant or timezone.now()):
            return "Cet événement a déjà commencé."
        return ""


class Inscription(models.Model):
    """One person at one event: a place, or a rank on the waiting list."""

    evenement = models.ForeignKey(
        Evenement, models.CASCADE, related_name="inscriptions", verbose_name="événement"
    )
    personne = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="inscriptions_agenda",
        verbose_name="personne",
    )
    etat = models.CharField("état", max_length=12, choices=EtatInscription)
    demandee_le = models.DateTimeField("demandée le", auto_now_add=True)

    class Meta:
        verbose_name = "inscription"
        ordering = ["demandee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evenement", "personne"],
                name="inscription_une_par_personne",
                violation_error_message="Vous êtes déjà inscrit à cet événement.",
            )
        ]

    def __str__(self):
        return f"{self.evenement} : {self.get_etat_display()}"

    @property
    def rang(self) -> int:
        """Rank on the waiting list, from 1. One query."""
        devant = Q(demandee_le__lt=self.demandee_le) | Q(
            demandee_le=self.demandee_le, pk__lt=self.pk
        )
        attendent = self.evenement.inscriptions.filter(etat=EtatInscription.EN_ATTENTE)
        return attendent.filter(devant).count() + 1

    @property
    def a_une_place(self) -> bool:
        return self.etat == EtatInscription.INSCRITE
