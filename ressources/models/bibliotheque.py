"""The library: what helps, described in the hub's own words, with its source."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from hubpartenariat.socle.champs_de_modele import codes
from hubpartenariat.socle.moderation import Moderable
from hubpartenariat.socle.vocabulaires import Besoin, Domaine, Territoire
from ressources.enums import EtatRessource, Niveau, Pas, Public, TypeRessource
from ressources.transitions import TransitionsDeRessource


class RessourceQuerySet(models.QuerySet):
    def publiees(self):
        return self.filter(etat=EtatRessource.PUBLIEE)

    def de(self, personne):
        """Those that this person proposed, whatever became of them."""
        return self.filter(proposee_par=personne)

    def pour_vignettes(self):
        """What a card of the list shows, and nothing more."""
        return self.only(
            "slug", "titre", "type_ressource", "source", "annee", "en_bref", "niveau", "lien"
        )

    def qui_aident(self, besoins):
        """Published ones that answer these needs, those to begin with first."""
        return self.publiees().filter(besoins__overlap=list(besoins)).order_by("niveau", "titre")


class Ressource(TransitionsDeRessource, Moderable):
    """One entry. ``en_bref`` follows the rules of easy language (FALC): short sentences."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField("adresse", max_length=90, unique=True, null=True, editable=False)
    etat = models.CharField(
        "état",
        max_length=10,
        choices=EtatRessource,
        default=EtatRessource.PROPOSEE,
        editable=False,
    )
    titre = models.CharField("titre", max_length=160)
    type_ressource = models.CharField("type", max_length=14, choices=TypeRessource)
    en_bref = models.CharField(
        "en bref, en mots simples",
        max_length=300,
        help_text="Deux ou trois phrases de 12 mots au plus, sans sigle ni parenthèse.",
    )
    description = models.TextField("description", max_length=2000)
    lien = models.CharField("adresse sur internet", max_length=500, blank=True)
    source = models.CharField("source", max_length=200, help_text="Qui l’a écrite ou publiée.")
    annee = models.PositiveSmallIntegerField("année", null=True, blank=True)
    licence = models.CharField("licence", max_length=100, blank=True)
    niveau = models.CharField("niveau", max_length=12, choices=Niveau, default=Niveau.DEBUTANT)
    domaines = codes(Domaine, "domaines")
    pas = codes(Pas, "étapes du parcours")
    besoins = codes(Besoin, "besoins auxquels elle répond")
    publics = codes(Public, "publics")
    departements = codes(Territoire, "territoires")
    proposee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ressources_proposees",
        editable=False,
        verbose_name="proposée par",
    )
    remplacee_par = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="remplacees",
        verbose_name="remplacée par",
    )
    publiee_le = models.DateTimeField("publiée le", null=True, editable=False)
    relue_le = models.DateField("relue le", null=True, editable=False)
    lien_mort_depuis = models.DateField("lien mort depuis", null=True, editable=False)
    creee_le = models.DateTimeField("créée le", auto_now_add=True)

    objects = RessourceQuerySet.as_manager()

    class Meta:
        verbose_name = "ressource"
        ordering = ["titre"]
        permissions = [("moderer_ressource", "Publier, refuser, archiver des ressources")]
        constraints = [
            models.CheckConstraint(
                name="ressource_publiee_avec_adresse",
                condition=~Q(etat="publiee") | Q(slug__isnull=False, publiee_le__isnull=False),
                violation_error_message="Une ressource publiée a une adresse et une date.",
            )
        ]

    def __str__(self):
        return self.titre

    def get_absolute_url(self):
        return reverse("ressources:ressource", args=[self.slug])
