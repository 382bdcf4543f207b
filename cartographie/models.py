"""The fiche: how a team works in partnership, from its first draft to the map."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from cartographie.enums import EtatFiche, Formation, GenreRemarque, Visibilite
from cartographie.invitations import Invitation
from cartographie.managers import FicheQuerySet, RemarqueQuerySet
from cartographie.sections import PARCOURS, ancre
from cartographie.transitions import TransitionsDeFiche
from hubpartenariat.socle.champs_de_modele import codes, etiquettes
from hubpartenariat.socle.formulaires import Brouillonnable
from hubpartenariat.socle.moderation import Moderable, TransitionRefusee
from hubpartenariat.socle.vocabulaires import (
    Acteur,
    Avancement,
    Besoin,
    Cadre,
    Degre,
    Domaine,
    Etape,
    FormeAction,
    Frein,
    Levier,
    Recrutement,
    Statut,
    Territoire,
    TypeStructure,
)


class Fiche(TransitionsDeFiche, Moderable, Brouillonnable):
    """One partnership approach. A published fiche under revision has a second row.

    ``revision_de`` points from the working copy to the published row, so that the map never
    loses what is public while its authors write; publishing the copy pours it into the original.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(  # noqa: DJ001 — no address before the first publication
        "adresse", max_length=80, unique=True, null=True, editable=False
    )
    etat = models.CharField(
        "état",
        max_length=12,
        choices=EtatFiche,
        default=EtatFiche.BROUILLON,
        editable=False,
    )
    revision_de = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="revisions",
        verbose_name="révision de",
    )
    auteurs = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="fiches",
        blank=True,
        verbose_name="auteurs",
    )
    exemple = models.BooleanField("exemple inventé", default=False, editable=False)

    # 1. Informations générales
    titre = models.CharField("titre de la démarche", max_length=160, blank=True)
    resume = models.TextField("description courte", max_length=1200, blank=True)
    type_structure = models.CharField(
        "type de structure porteuse", max_length=20, choices=TypeStructure, blank=True
    )
    structure_nom = models.CharField("nom de la structure", max_length=160, blank=True)
    structure = models.ForeignKey(
        "annuaire.Structure",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="fiches",
        verbose_name="page de la structure dans l’annuaire",
    )
    departements = codes(Territoire, "territoire")
    commune = models.ForeignKey(
        "socle.Commune", models.PROTECT, null=True, blank=True, verbose_name="commune"
    )
    themes = etiquettes("thèmes ou maladies concernés")
    public = models.CharField("public concerné", max_length=200, blank=True)
    annee_debut = models.PositiveSmallIntegerField(
        "année de début",
        null=True,
        blank=True,
        validators=[MinValueValidator(1950), MaxValueValidator(2100)],
    )
    avancement = models.CharField("avancement", max_length=12, choices=Avancement, blank=True)
    page_web = models.URLField("page web", max_length=300, blank=True)
    contact_nom = models.CharField("personne à contacter", max_length=120, blank=True)
    contact_courriel = models.EmailField("adresse e-mail de contact", blank=True)
    contact_telephone = models.CharField("téléphone de contact", max_length=30, blank=True)
    contact_visibilite = models.CharField(
        "qui voit ce contact",
        max_length=12,
        choices=Visibilite,
        default=Visibilite.MODERATION,
    )

    # 2. Acteurs et type de partenariat
    acteurs = codes(Acteur, "acteurs impliqués")
    nb_patients = models.PositiveIntegerField(
        "nombre de patients partenaires",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100_000)],
    )
    nb_professionnels = models.PositiveIntegerField(
        "nombre de professionnels",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100_000)],
    )
    domaines = codes(Domaine, "domaines d’intervention")
    formes = codes(FormeAction, "formes d’action")
    degre = models.CharField("degré d’engagement", max_length=15, choices=Degre, blank=True)
    etapes = codes(Etape, "étapes menées ensemble")

    # 3. Fonctionnement
    recrutements = codes(Recrutement, "recrutement des patients partenaires")
    statuts = codes(Statut, "statut et reconnaissance")
    formation = models.CharField("formation", max_length=12, choices=Formation, blank=True)
    formation_texte = models.TextField("précisions sur la formation", max_length=2000, blank=True)
    pilotage = models.TextField("pilotage", max_length=2000, blank=True)
    cadres = codes(Cadre, "cadre formalisé")
    evaluation = models.TextField("évaluation", max_length=2000, blank=True)
    financement = models.TextField("financement", max_length=2000, blank=True)
    check_list = models.JSONField("check-list de la HAS", default=dict, blank=True)

    # 4. Leviers, freins, besoins d’appui
    leviers = codes(Levier, "leviers")
    leviers_texte = models.TextField("leviers : précisions", max_length=2000, blank=True)
    freins = codes(Frein, "freins")
    freins_texte = models.TextField("freins : précisions", max_length=2000, blank=True)
    besoins = codes(Besoin, "besoins d’appui")
    besoins_texte = models.TextField("besoins : précisions", max_length=2000, blank=True)
    resultats = models.TextField("résultats", max_length=3000, blank=True)
    conseils = models.TextField("conseils à d’autres équipes", max_length=3000, blank=True)

    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifiée le", default=timezone.now, editable=False)
    soumise_le = models.DateTimeField("envoyée le", null=True, editable=False)
    publiee_le = models.DateTimeField("publiée le", null=True, editable=False)
    motif = models.TextField("motif du refus ou de l’archivage", max_length=2000, blank=True)

    objects = FicheQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche"
        ordering = ["-publiee_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="fiche_publiee_complete",
                condition=~Q(etat=EtatFiche.PUBLIEE)
                | (
                    ~Q(titre="")
                    & ~Q(resume="")
                    & ~Q(type_structure="")
                    & Q(departements__len__gt=0)
                    & Q(slug__isnull=False)
                    & Q(publiee_le__isnull=False)
                ),
                violation_error_message=(
                    "Une fiche publiée a un titre, une description, un type de structure "
                    "et un territoire."
                ),
            ),
            models.CheckConstraint(
                name="fiche_motif_obligatoire",
                condition=~Q(etat__in=[EtatFiche.ARCHIVEE, EtatFiche.REFUSEE]) | ~Q(motif=""),
                violation_error_message="Un refus ou un archivage dit pourquoi.",
            ),
            models.CheckConstraint(
                name="fiche_revision_jamais_publiee",
                condition=Q(revision_de__isnull=True) | ~Q(etat=EtatFiche.PUBLIEE),
                violation_error_message="Une révision se publie dans la fiche qu’elle révise.",
            ),
            models.UniqueConstraint(
                name="fiche_une_revision_a_la_fois",
                fields=["revision_de"],
                condition=Q(
                    revision_de__isnull=False,
                    etat__in=[
                        EtatFiche.BROUILLON,
                        EtatFiche.SOUMISE,
                        EtatFiche.A_COMPLETER,
                    ],
                ),
                violation_error_message="Une révision de cette fiche est déjà en cours.",
            ),
        ]
        permissions = [("moderer_fiche", "Peut modérer les fiches")]

    def __str__(self):
        return self.titre or "Fiche sans titre"

    @property
    def a_un_contact(self) -> bool:
        return bool(self.contact_nom or self.contact_courriel or self.contact_telephone)

    def verifier_ecriture(self, par):
        if raison := self.raison_de_ne_pas_ecrire(par):
            raise TransitionRefusee(raison)


def libelle_du_champ(champ: str) -> str:
    """The French name of a field of the form; nothing when there is no such field."""
    if champ == "liens":
        return "Documents et liens"
    if not any(champ in section.champs for section in PARCOURS):
        return ""
    return capfirst(Fiche._meta.get_field(champ).verbose_name)


class Remarque(models.Model):
    """What a moderator asks about one field of a fiche."""

    fiche = models.ForeignKey(Fiche, models.CASCADE, related_name="remarques")
    champ = models.CharField("champ", max_length=40, blank=True)
    genre = models.CharField("genre", max_length=12, choices=GenreRemarque)
    texte = models.TextField("remarque", max_length=2000)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="auteur"
    )
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    levee_le = models.DateTimeField("levée le", null=True, blank=True)

    objects = RemarqueQuerySet.as_manager()

    class Meta:
        verbose_name = "remarque"
        ordering = ["creee_le", "pk"]

    def __str__(self):
        return f"{self.get_genre_display()} : {self.texte[:60]}"

    @property
    def libelle_du_champ(self) -> str:
        """The field as the form names it; nothing for a remark about the whole fiche."""
        return libelle_du_champ(self.champ)

    @property
    def adresse(self) -> str:
        """Where the authors answer, or nothing for a remark about the whole fiche."""
        if not libelle_du_champ(self.champ):
            return ""
        section = PARCOURS.section_de(self.champ).code
        chemin = reverse("cartographie:section", args=[self.fiche.uuid, section])
        return f"{chemin}#{ancre(self.champ)}"


class Lien(models.Model):
    """A link to a document or a page about the approach."""

    fiche = models.ForeignKey(Fiche, models.CASCADE, related_name="liens")
    titre = models.CharField("titre", max_length=160)
    url = models.URLField("adresse", max_length=300)

    class Meta:
        verbose_name = "lien"
        ordering = ["pk"]

    def __str__(self):
        return self.titre


__all__ = ["Fiche", "Invitation", "Lien", "Remarque"]
