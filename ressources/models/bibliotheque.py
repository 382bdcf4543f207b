"""The library: what helps, described in the hub's own words, with its source."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from hubpartenariat.socle.champs_de_modele import codes
from hubpartenariat.socle.moderation import Moderable
from hubpartenariat.socle.televersements.modele import AvecFichier
from hubpartenariat.socle.vocabulaires import Besoin, Domaine, Territoire
from ressources.bibliotheque.transitions import A_RELIRE, TransitionsDeRessource
from ressources.enums import EtatRessource, Geste, Niveau, Pas, Public, TypeRessource


class RessourceQuerySet(models.QuerySet):
    def publiees(self):
        return self.filter(etat=EtatRessource.PUBLIEE)

    def a_relire(self):
        """Those that nobody has read over for a year, or ever."""
        avant = timezone.localdate() - A_RELIRE
        return self.filter(Q(relue_le__lt=avant) | Q(relue_le=None))

    def liens_muets(self):
        return self.exclude(lien_mort_depuis=None)

    def de(self, personne):
        """Those that this person proposed, whatever became of them."""
        return self.filter(proposee_par=personne)

    def pour_vignettes(self):
        """What a card of the list shows, and nothing more."""
        return self.only(
            *("slug", "titre", "type_ressource", "source", "annee", "en_bref", "niveau"),
            *("lien", "exemple"),
        )

    def qui_aident(self, besoins):
        """Published ones that answer these needs, those to begin with first."""
        return self.publiees().filter(besoins__overlap=list(besoins)).order_by("niveau", "titre")


class Ressource(TransitionsDeRessource, AvecFichier, Moderable):
    """One entry. ``en_bref`` follows the rules of easy language (FALC): short sentences."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(  # noqa: DJ001 — several have none, before they are published
        "adresse", max_length=90, unique=True, null=True, editable=False
    )
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
    )
    description = models.TextField("description", max_length=2000)
    corps = models.TextField("texte de la page", max_length=20_000, blank=True)
    lien = models.CharField("adresse sur internet", max_length=500, blank=True)
    source = models.CharField("source", max_length=200)
    annee = models.PositiveSmallIntegerField("année", null=True, blank=True)
    version = models.CharField("version", max_length=40, blank=True)
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
    motif = models.TextField("motif", max_length=2000, blank=True, editable=False)
    du_hub = models.BooleanField("fournie avec le hub", default=False, editable=False)
    exemple = models.BooleanField("exemple inventé", default=False, editable=False)
    modifiee_le = models.DateTimeField("modifiée le", auto_now=True)
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

    @property
    def partout(self) -> bool:
        """Whether it serves in every territory of the region."""
        return set(self.departements) == set(Territoire.values)

    @property
    def lien_interne(self) -> bool:
        """Whether ``lien`` is a page of the hub itself."""
        return self.lien.startswith("/")


class AncienneVersion(AvecFichier, models.Model):
    """What an entry said before the team replaced its text, its link or its file: still read."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ressource = models.ForeignKey(Ressource, models.CASCADE, related_name="anciennes")
    version = models.CharField("version", max_length=40, blank=True)
    annee = models.PositiveSmallIntegerField("année", null=True, blank=True)
    description = models.TextField("description", max_length=2000)
    corps = models.TextField("texte de la page", max_length=20_000, blank=True)
    lien = models.CharField("adresse sur internet", max_length=500, blank=True)
    remplacee_le = models.DateTimeField("remplacée le", auto_now_add=True)

    # Copied from the entry; a change of one of REMPLACENT makes a new version of it.
    COPIES = ("version", "annee", "description", "corps", "lien", *AvecFichier.CHAMPS_DU_FICHIER)
    REMPLACENT = ("version", "corps", "lien", "fichier_chemin")

    class Meta:
        verbose_name = "ancienne version d’une ressource"
        verbose_name_plural = "anciennes versions de ressources"
        ordering = ["-remplacee_le", "-pk"]

    def __str__(self):
        return f"{self.ressource}, {self.nom}"

    @property
    def nom(self) -> str:
        return f"version {self.version}" if self.version else "version sans numéro"

    @classmethod
    def garder(cls, avant: Ressource, apres: Ressource) -> "AncienneVersion | None":
        """Keep what ``avant`` said, when ``apres`` says something else of importance."""
        if all(getattr(avant, nom) == getattr(apres, nom) for nom in cls.REMPLACENT):
            return None
        copies = {nom: getattr(avant, nom) for nom in cls.COPIES}
        return cls.objects.create(ressource=avant, **copies)


class Usage(models.Model):
    """How many times, in one month; nothing about who. See bibliotheque/usages.py."""

    ressource = models.ForeignKey(Ressource, models.CASCADE, related_name="usages")
    mois = models.DateField("mois")
    geste = models.CharField("geste", max_length=12, choices=Geste)
    nombre = models.PositiveIntegerField("nombre", default=0)

    class Meta:
        verbose_name = "usage d’une ressource"
        verbose_name_plural = "usages des ressources"
        constraints = [
            models.UniqueConstraint(
                name="usage_un_par_mois_et_par_geste",
                fields=["ressource", "mois", "geste"],
                violation_error_message="Ce mois est déjà compté.",
            )
        ]

    def __str__(self):
        return f"{self.get_geste_display()} : {self.nombre}"


class Signet(models.Model):
    """An entry that somebody keeps for themselves."""

    personne = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="signets", verbose_name="personne"
    )
    ressource = models.ForeignKey(Ressource, models.CASCADE, related_name="signets")
    pose_le = models.DateTimeField("gardée le", auto_now_add=True)

    class Meta:
        verbose_name = "ressource gardée"
        verbose_name_plural = "ressources gardées"
        ordering = ["-pose_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="signet_un_par_ressource",
                fields=["personne", "ressource"],
                violation_error_message="Vous gardez déjà cette ressource.",
            )
        ]

    def __str__(self):
        return str(self.ressource)


class Selection(models.Model):
    """Entries that somebody shares by an address; nobody's name is on it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    titre = models.CharField("titre", max_length=120)
    mot = models.TextField("un mot pour qui la lira", max_length=1000, blank=True)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="selections",
        verbose_name="auteur",
        editable=False,
    )
    ressources = models.ManyToManyField(Ressource, related_name="+", verbose_name="ressources")
    creee_le = models.DateTimeField("créée le", auto_now_add=True)

    class Meta:
        verbose_name = "sélection de ressources"
        verbose_name_plural = "sélections de ressources"
        ordering = ["-creee_le", "-pk"]

    def __str__(self):
        return self.titre

    def get_absolute_url(self):
        return reverse("ressources:selection", args=[self.uuid])
