"""Paroles: a story, and the people whom it quotes."""

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from hubpartenariat.socle.champs_de_modele import codes
from hubpartenariat.socle.moderation import Moderable
from hubpartenariat.socle.vocabulaires import Domaine, Territoire
from ressources.enums import Accord, EtatParole, QuiRaconte
from ressources.paroles.masquer import Citee, masquer
from ressources.paroles.noms import non_declares
from ressources.paroles.transitions import TransitionsDeParole

# What a story says, in order: (column, what it answers).
QUESTIONS = {
    "quoi": "Ce que nous avons fait",
    "avec_qui": "Avec qui",
    "change": "Ce qui a changé",
    "referions": "Ce que nous referions",
}
COPIES = ("titre", *QUESTIONS, "signature")


class ParoleQuerySet(models.QuerySet):
    def publiees(self):
        return self.filter(etat=EtatParole.PUBLIEE)

    def de(self, personne):
        """Those that this person wrote, whatever became of them; none for a visitor."""
        return self.filter(auteur=personne) if personne.is_authenticated else self.none()

    def visible_par(self, personne):
        """Published ones, and one's own."""
        siennes = Q(auteur=personne) if personne.is_authenticated else Q(pk=None)
        return self.filter(Q(etat=EtatParole.PUBLIEE) | siennes)

    def pour_vignettes(self):
        """What a card of the list shows, and nothing more: never the columns of the story."""
        return self.only("uuid", "publie", "raconte", "publiee_le", "exemple")


class Parole(TransitionsDeParole, Moderable):
    """One story. Its columns are for its author and the team; the public reads ``publie``."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    etat = models.CharField(
        "état", max_length=10, choices=EtatParole, default=EtatParole.BROUILLON, editable=False
    )
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="paroles",
        editable=False,
        verbose_name="auteur",
    )
    titre = models.CharField("titre", max_length=120, blank=True)
    quoi = models.TextField("ce que vous avez fait", max_length=1500, blank=True)
    avec_qui = models.TextField("avec qui", max_length=1500, blank=True)
    change = models.TextField("ce qui a changé", max_length=1500, blank=True)
    referions = models.TextField("ce que vous referiez", max_length=1500, blank=True)
    raconte = models.CharField("qui raconte", max_length=14, choices=QuiRaconte, blank=True)
    signature = models.CharField("comment signer", max_length=120, blank=True)
    domaines = codes(Domaine, "domaines")
    departements = codes(Territoire, "territoires")
    fiche = models.ForeignKey(
        "cartographie.Fiche",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="paroles",
        verbose_name="démarche de la cartographie",
    )
    ressource = models.ForeignKey(
        "ressources.Ressource",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="paroles",
        verbose_name="ressource dont vous vous êtes servi",
    )
    publie = models.JSONField("ce que tous lisent", default=dict, blank=True, editable=False)
    publiee_le = models.DateTimeField("publiée le", null=True, editable=False)
    attestee_le = models.DateTimeField("accords attestés le", null=True, editable=False)
    motif = models.TextField("motif", max_length=2000, blank=True, editable=False)
    # Raised by each save: a save made from an older page is refused.
    version = models.PositiveIntegerField("version", default=0, editable=False)
    exemple = models.BooleanField("exemple inventé", default=False, editable=False)
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifiée le", auto_now=True)

    objects = ParoleQuerySet.as_manager()

    class Meta:
        verbose_name = "parole"
        ordering = ["-creee_le", "-pk"]
        permissions = [("moderer_parole", "Publier, refuser, retirer des paroles")]
        constraints = [
            models.CheckConstraint(
                name="parole_publiee_avec_sa_copie",
                condition=Q(etat="publiee", publiee_le__isnull=False) & ~Q(publie={})
                | ~Q(etat="publiee") & Q(publie={}),
                violation_error_message="Ce que tous lisent existe tant que c’est publié.",
            )
        ]

    def __str__(self):
        return self.publie.get("titre") or self.titre or "Récit sans titre"

    def get_absolute_url(self) -> str:
        return reverse("ressources:parole", args=[self.uuid])

    @property
    def modifiable(self) -> bool:
        return self.etat in (EtatParole.BROUILLON, EtatParole.A_REVOIR)

    def est_de(self, personne) -> bool:
        return personne.is_authenticated and self.auteur_id == personne.pk

    @property
    def empreinte(self) -> str:
        """Of the words of the story: an agreement given by mail is about these words."""
        mots = "\x1f".join(getattr(self, nom) for nom in ("titre", *QUESTIONS))
        return hashlib.sha256(mots.encode()).hexdigest()

    def copie(self, *, comme_si=None) -> dict[str, str]:
        """What everybody may read of it now: names written as agreed, or not at all.

        ``comme_si``: somebody quoted, shown what the story would be with their agreement.
        """
        citees = self._citees(comme_si)
        return {nom: masquer(getattr(self, nom), citees) for nom in COPIES}

    def noms_non_declares(self) -> list[str]:
        """What reads like a name and would stay as written: to be declared, or taken out."""
        textes = [getattr(self, nom) for nom in ("titre", *QUESTIONS)]
        return non_declares(textes, self._citees())

    def _citees(self, comme_si=None) -> list[Citee]:
        return [
            Citee(une.nom, une.nommee_comme, une.nommable or une == comme_si)
            for une in self.citees.select_related("parole")
        ]


class PersonneCitee(models.Model):
    """Somebody in a story: the name that the author writes, and what they agreed to."""

    parole = models.ForeignKey(Parole, models.CASCADE, related_name="citees", verbose_name="parole")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nom = models.CharField("son nom, comme vous l’écrivez", max_length=120)
    nommee_comme = models.CharField("comment la nommer", max_length=120)
    accord = models.CharField("est-elle d’accord ?", max_length=8, choices=Accord)
    courriel = models.EmailField("son adresse e-mail", blank=True)
    # The words that were read when the agreement was given by mail, with the name proposed.
    empreinte = models.CharField("récit lu", max_length=64, blank=True, editable=False)
    repondu_le = models.DateTimeField("répondu le", null=True, editable=False)

    class Meta:
        verbose_name = "personne citée"
        verbose_name_plural = "personnes citées"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parole", "nom"],
                name="citee_une_fois",
                violation_error_message="Cette personne est déjà dans la liste.",
            ),
            models.CheckConstraint(
                condition=~Q(accord="demande") | ~Q(courriel=""),
                name="citee_demande_a_une_adresse",
                violation_error_message="Pour le lui demander, il faut son adresse e-mail.",
            ),
        ]

    def __str__(self):
        return self.nommee_comme

    @property
    def nommable(self) -> bool:
        """Attested by the author; or given by the person, for these very words."""
        if self.accord == Accord.ATTESTE:
            return True
        return self.accord == Accord.DONNE and self.empreinte == self.marque

    @property
    def marque(self) -> str:
        """Of what is agreed to: the words of the story, under this name."""
        return hashlib.sha256(f"{self.parole.empreinte}:{self.nommee_comme}".encode()).hexdigest()

    @property
    def a_qui_demander(self) -> bool:
        """Whether a mail must ask: never answered, or for other words."""
        perimee = self.accord == Accord.DONNE and not self.nommable
        return bool(self.courriel) and (self.accord == Accord.DEMANDE or perimee)

    @property
    def a_refuse(self) -> bool:
        return self.accord == Accord.REFUSE
