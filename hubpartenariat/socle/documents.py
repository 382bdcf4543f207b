"""PDF jobs: a request is a row, the task takes its id, the file is found again by fingerprint.

An app declares the kinds of documents it offers in its ``syntheses.py`` (found at start, as
``admin.py`` is)::

    @genre_de_document
    class FicheEnPdf(GenreDocument):
        code = "fiche"
        ...

``demander(genre, parametres, personne)`` gives the row; ``fabriquer`` (in the worker) makes the
file. The data are photographed when asking: what is made is what was asked for, and the same data
give the same row, hence the same file.
"""

import hashlib
import json
import logging
import os
import secrets
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone

from hubpartenariat.socle import travaux

logger = logging.getLogger(__name__)

ESSAIS_MAX = 3
LONG = timedelta(seconds=30)  # beyond, the person has probably left: she gets a mail


class EtatDocument(models.TextChoices):
    DEMANDE = "demande", "En attente"
    EN_COURS = "en_cours", "En préparation"
    PRET = "pret", "Prêt"
    ECHEC = "echec", "Échec"
    ANNULE = "annule", "Annulé"
    EXPIRE = "expire", "Expiré"

    @classmethod
    def vivants(cls) -> list[str]:
        """States in which the same request finds this row again."""
        return [cls.DEMANDE, cls.EN_COURS, cls.PRET]

    @classmethod
    def en_attente(cls) -> list[str]:
        return [cls.DEMANDE, cls.EN_COURS]


class DemandeDocumentQuerySet(models.QuerySet):
    def echecs_recents(self):
        """The failures of the week, that the team is told of."""
        semaine = timezone.now() - timedelta(days=7)
        return self.filter(etat=EtatDocument.ECHEC, termine_le__gte=semaine)


class DemandeDocument(models.Model):
    """One document asked for: what, by whom, from which data (fingerprint), and where it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    genre = models.CharField("genre", max_length=40)
    parametres = models.JSONField("paramètres", default=dict)
    titre = models.CharField("titre", max_length=250, default="")
    demandeurs = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, verbose_name="demandeurs", related_name="+"
    )
    demandes = models.PositiveIntegerField("nombre de demandes", default=1)
    empreinte = models.CharField("empreinte des données", max_length=64)
    # Kept only until the file is made: the file is then the one copy.
    donnees = models.JSONField("données", default=dict, encoder=DjangoJSONEncoder, editable=False)
    etat = models.CharField(
        "état", max_length=12, choices=EtatDocument, default=EtatDocument.DEMANDE
    )
    essais = models.PositiveSmallIntegerField("essais", default=0)
    jeton = models.UUIDField("essai en cours", null=True, editable=False)
    erreur = models.CharField("erreur", max_length=500, blank=True)
    fichier = models.CharField("fichier", max_length=200, blank=True)
    taille = models.PositiveIntegerField("taille (octets)", default=0)
    pages = models.PositiveIntegerField("nombre de pages", default=0)
    cree_le = models.DateTimeField("demandé le", auto_now_add=True)
    commence_le = models.DateTimeField("commencé le", null=True, blank=True)
    termine_le = models.DateTimeField("terminé le", null=True, blank=True)

    objects = DemandeDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document demandé"
        verbose_name_plural = "documents demandés"
        ordering = ["-cree_le"]
        constraints = [
            models.UniqueConstraint(
                name="document_une_fois_par_empreinte",
                fields=["genre", "empreinte"],
                condition=Q(etat__in=["demande", "en_cours", "pret"]),
                violation_error_message="Ce document est déjà demandé.",
            )
        ]
        indexes = [
            models.Index(
                fields=["cree_le"],
                condition=Q(etat__in=["demande", "en_cours"]),
                name="document_a_faire",
            )
        ]

    def __str__(self):
        return self.titre or f"{self.genre} {self.id}"

    @property
    def chemin(self) -> Path:
        return dossier() / self.fichier

    @property
    def existe(self) -> bool:
        """Whether the file is there to be downloaded."""
        return self.etat == EtatDocument.PRET and bool(self.fichier) and self.chemin.is_file()

    @property
    def le_genre(self) -> "GenreDocument | None":
        return GENRES.get(self.genre)

    def accessible_a(self, personne) -> bool:
        """Whether ``personne`` may know of this document and download it, now."""
        genre = self.le_genre
        return bool(genre and genre.autorise(personne, self.parametres))

    def rang(self) -> int:
        """How many documents are made before this one. One query."""
        if self.etat != EtatDocument.DEMANDE:
            return 0
        return DemandeDocument.objects.filter(
            etat=EtatDocument.DEMANDE, cree_le__lt=self.cree_le
        ).count()

    def annulable_par(self, personne) -> bool:
        """The person who asked may call it off, unless somebody else waits for the same."""
        return (
            self.etat in EtatDocument.en_attente()
            and personne.is_authenticated
            and self.demandes == 1
            and self.demandeurs.filter(pk=personne.pk).exists()
        )

    def annuler(self) -> bool:
        """Call off; a worker that is at it will find out when it finishes."""
        return bool(
            DemandeDocument.objects.filter(
                pk=self.pk, etat__in=EtatDocument.en_attente(), demandes=1
            ).update(etat=EtatDocument.ANNULE, donnees={}, jeton=None, termine_le=timezone.now())
        )

    def expirer(self) -> None:
        """Forget the file; the same request will make it anew."""
        if DemandeDocument.objects.filter(pk=self.pk, etat=EtatDocument.PRET).update(
            etat=EtatDocument.EXPIRE, fichier=""
        ):
            if self.fichier:
                self.chemin.unlink(missing_ok=True)
            self.etat, self.fichier = EtatDocument.EXPIRE, ""

    def rafraichir(self) -> None:
        """Expire a document whose file is gone, or whose data are no longer those."""
        if self.etat != EtatDocument.PRET:
            return
        genre = self.le_genre
        if not self.existe or (
            not genre.fige and genre.empreinte(self.parametres) != self.empreinte
        ):
            self.expirer()

    def prendre(self) -> bool:
        """Become the one worker that makes this document. Conditional update, one query."""
        maintenant, jeton = timezone.now(), uuid.uuid4()
        prise = DemandeDocument.objects.filter(pk=self.pk, etat=EtatDocument.DEMANDE).update(
            etat=EtatDocument.EN_COURS,
            jeton=jeton,
            commence_le=maintenant,
            essais=F("essais") + 1,
        )
        if prise:
            self.refresh_from_db()
        return bool(prise)

    def conclure(self, etat: str, **champs) -> bool:
        """Write the outcome, unless this attempt was given up, taken over or called off."""
        a_moi = DemandeDocument.objects.filter(
            pk=self.pk, etat=EtatDocument.EN_COURS, jeton=self.jeton
        )
        champs |= {"etat": etat, "jeton": None, "donnees": {}, "termine_le": timezone.now()}
        return bool(travaux.avec_reprise(lambda: a_moi.update(**champs)))


# --- Kinds -----------------------------------------------------------------------------------
class GenreDocument:
    """A kind of document. Subclasses fill the attributes and the methods that raise."""

    code: str
    gabarit: str  # template of the whole document
    version = 1  # of the template: raise it when the same data should look otherwise
    fige = False  # a frozen edition stays what it was; otherwise the file follows its data
    publie = False  # may be asked by visitors without an account
    gros = False  # rendered in parts, in more than a minute: see tasks.preparer_gros_document

    def titre(self, parametres: dict) -> str:
        raise NotImplementedError

    def nom_fichier(self, parametres: dict) -> str:
        raise NotImplementedError

    def autorise(self, personne, parametres: dict) -> bool:
        """Checked when asking and each time the document is looked at or downloaded."""
        raise NotImplementedError

    def actuels(self, parametres: dict) -> dict:
        """The same request made today: what « demander de nouveau » asks for."""
        return parametres

    def donnees(self, parametres: dict) -> dict:
        """All that the document shows, as plain JSON; ``donnees["date"]`` dates the document."""
        raise NotImplementedError

    def page(self, parametres: dict) -> str:
        """Address of the page of the site that the document comes from."""
        raise NotImplementedError

    def contexte(self, donnees: dict) -> dict:
        """What the template receives besides ``donnees`` (charts, maps). In the worker."""
        return {}

    def images(self, donnees: dict) -> dict[str, str]:
        """SVG drawings of the document, by the name used as ``<img src="image:NAME">``."""
        return {}

    def telecharge(self, demande: DemandeDocument, personne) -> None:
        """Called each time the file is handed to somebody."""

    def produire(self, demande: DemandeDocument) -> tuple[bytes, int]:
        """The file and its number of pages. In the worker."""
        from hubpartenariat.socle import pdf
        from hubpartenariat.socle.rapports.publication import code_a_scanner

        contexte = self.commun(demande) | {"donnees": demande.donnees}
        return pdf.rendre(
            render_to_string(self.gabarit, contexte | self.contexte(demande.donnees)),
            titre=demande.titre,
            date=demande.donnees["date"],
            images=self.images(demande.donnees)
            | {"code-adresse": code_a_scanner(contexte["adresse"])},
        )

    def commun(self, demande: DemandeDocument) -> dict:
        """What every document prints about itself."""
        return {
            "titre": demande.titre,
            "empreinte": demande.empreinte[:12],
            "adresse": settings.ADRESSE_PUBLIQUE + self.page(demande.parametres),
            "hub": settings.ADRESSE_PUBLIQUE,
        }

    def empreinte(self, parametres: dict, donnees: dict | None = None) -> str:
        """Fingerprint of what the document will show and of the template that shows it."""
        contenu = [
            self.code,
            self.version,
            parametres,
            self.donnees(parametres) if donnees is None else donnees,
        ]
        texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
        return hashlib.sha256(texte.encode()).hexdigest()


GENRES: dict[str, GenreDocument] = {}


def genre_de_document(classe: type[GenreDocument]) -> type[GenreDocument]:
    """Class decorator: make a kind of document known."""
    GENRES[classe.code] = classe()
    return classe


# --- Asking ----------------------------------------------------------------------------------
def demander(code: str, parametres: dict, personne) -> DemandeDocument:
    """The row of this document: the one that exists for the same data, or a new one.

    Raises PermissionDenied when ``personne`` may not read what it shows. Two people who ask at
    the same time get the same row (unique constraint).
    """
    genre = GENRES[code]
    if not genre.autorise(personne, parametres):
        raise PermissionDenied("Ce document n’est pas ouvert à votre compte.")
    donnees = genre.donnees(parametres)
    empreinte = genre.empreinte(parametres, donnees)
    for _ in range(3):
        vivante = DemandeDocument.objects.filter(
            genre=code, empreinte=empreinte, etat__in=EtatDocument.vivants()
        ).first()
        if vivante and vivante.etat == EtatDocument.PRET and not vivante.existe:
            vivante.expirer()
            vivante = None
        if vivante:
            return _joindre(vivante, personne)
        try:
            with transaction.atomic():
                nouvelle = DemandeDocument.objects.create(
                    genre=code,
                    parametres=parametres,
                    titre=genre.titre(parametres)[:250],
                    empreinte=empreinte,
                    donnees=donnees,
                )
                if personne.is_authenticated:
                    nouvelle.demandeurs.add(personne)
        except IntegrityError:
            continue  # somebody asked for the same between the two lines
        _reveiller(nouvelle)
        return nouvelle
    raise IntegrityError("a document kept appearing and disappearing")  # not seen in practice


def _joindre(demande: DemandeDocument, personne) -> DemandeDocument:
    """One more person waits for ``demande`` (once per account)."""
    if personne.is_authenticated:
        if demande.demandeurs.filter(pk=personne.pk).exists():
            return demande
        demande.demandeurs.add(personne)
    DemandeDocument.objects.filter(pk=demande.pk).update(demandes=F("demandes") + 1)
    return demande


def _reveiller(demande: DemandeDocument) -> None:
    from hubpartenariat.socle.tasks import tache_de

    travaux.reveiller_apres_validation(tache_de(demande.genre), demande.pk)


# --- Making (in the worker) ------------------------------------------------------------------
def fabriquer(demande: DemandeDocument) -> bool:
    """Make the file of a document already taken. False when the attempt was given up meanwhile.

    The caller turns exceptions into a French sentence (``tasks.preparer_document``).
    """
    genre = GENRES[demande.genre]
    contenu, pages = genre.produire(demande)
    nom = ranger(contenu)
    try:
        fini = demande.conclure(
            EtatDocument.PRET, fichier=nom, taille=len(contenu), pages=pages, erreur=""
        )
    except BaseException:
        (dossier() / nom).unlink(missing_ok=True)
        raise
    if not fini:
        (dossier() / nom).unlink(missing_ok=True)
        return False
    if timezone.now() - demande.cree_le > LONG:
        prevenir(demande, genre, len(contenu))
    return True


def echouer(demande: DemandeDocument, phrase: str) -> bool:
    """Give a document up, saying why; those who have waited long are told by mail.

    False when this attempt was already given up, taken over or called off.
    """
    fini = demande.conclure(EtatDocument.ECHEC, erreur=phrase)
    if fini and timezone.now() - demande.cree_le > LONG:
        _ecrire(demande, GENRES[demande.genre], "document_en_echec", phrase=phrase)
    return fini


def prevenir(demande: DemandeDocument, genre: GenreDocument, taille: int) -> None:
    """Mail those who asked that their document, which took long, is ready."""
    jours = settings.DOCUMENTS_JOURS_DE_CONSERVATION
    _ecrire(demande, genre, "document_pret", poids=poids(taille), jours=jours)


def _ecrire(demande: DemandeDocument, genre: GenreDocument, gabarit: str, **dits) -> None:
    from django.urls import reverse

    from hubpartenariat.socle.courriel import envoyer

    suivi = reverse("documents:suivi", args=[demande.pk])
    if not genre.publie:  # the page is hidden from who is not signed in: pass by the sign-in
        suivi = f"{reverse('account_login')}?next={suivi}"
    contexte = dits | {
        "titre": demande.titre,
        "lien": settings.ADRESSE_PUBLIQUE + suivi,
        "raison": "Vous recevez ce message car vous avez demandé ce document sur le hub.",
    }
    for personne in demande.demandeurs.all():
        cle = f"{gabarit}:{demande.pk}:{personne.pk}"
        envoyer(personne.email, gabarit, contexte, cle=cle)


# --- Files -----------------------------------------------------------------------------------
def dossier() -> Path:
    return Path(settings.VAR) / "documents"


def ranger(contenu: bytes) -> str:
    """Write a file whole or not at all; returns its (random) name inside ``dossier()``."""
    nom = f"{secrets.token_hex(1)}/{secrets.token_hex(16)}.pdf"
    chemin = dossier() / nom
    chemin.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    provisoire = chemin.with_suffix(".partiel")
    try:
        with provisoire.open("xb") as sortie:
            sortie.write(contenu)
            sortie.flush()
            os.fsync(sortie.fileno())
        provisoire.chmod(0o600)
        provisoire.replace(chemin)
    except BaseException:
        provisoire.unlink(missing_ok=True)
        raise
    return nom


def purger(maintenant=None) -> int:
    """Expire old documents, remove files that no row knows. Safe to run twice. Returns how many."""
    maintenant = maintenant or timezone.now()
    limite = maintenant - timedelta(days=settings.DOCUMENTS_JOURS_DE_CONSERVATION)
    total = 0
    for demande in DemandeDocument.objects.filter(
        etat=EtatDocument.PRET, termine_le__lt=limite
    ).iterator():
        if demande.le_genre and demande.le_genre.fige:
            continue
        demande.expirer()
        total += 1
    DemandeDocument.objects.exclude(etat__in=EtatDocument.vivants()).filter(
        cree_le__lt=maintenant - timedelta(days=365)
    ).delete()
    return total + _retirer_orphelins(maintenant)


def _retirer_orphelins(maintenant) -> int:
    connus = set(DemandeDocument.objects.exclude(fichier="").values_list("fichier", flat=True))
    hier, total = (maintenant - timedelta(days=1)).timestamp(), 0
    for chemin in dossier().glob("*/*"):
        if str(chemin.relative_to(dossier())) in connus or chemin.stat().st_mtime > hier:
            continue
        chemin.unlink(missing_ok=True)
        total += 1
    return total


def poids(octets: int) -> str:
    """A size as people read it: ``212 ko``, ``1,4 Mo``."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}\u00a0ko"
    return f"{octets / 1_000_000:.1f}".replace(".", ",") + "\u00a0Mo"
