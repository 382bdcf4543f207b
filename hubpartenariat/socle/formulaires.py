"""Long forms: sections with one address each, a draft from the first save, no lost text.

Three things that a person may type are kept: what is valid goes into its column; what is not goes
into ``suivi`` as typed, until it is corrected; what comes after the session expired waits in a
``SaisieEnAttente`` that only the same browser can claim.
"""

import uuid
from datetime import timedelta
from typing import NamedTuple

from django.db import models, transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone

CLE_DE_SESSION = "saisies_en_attente"
SAISIES_PAR_SESSION = 5
SAISIES_PAR_HEURE = 60  # from one address, which a whole hospital may share
TAILLE_MAXIMALE = 300_000  # characters of one kept form
LONGUEUR_GARDEE = 50_000  # characters of one value kept although it is not valid
DUREE_EN_ATTENTE = timedelta(days=2)


class Section(NamedTuple):
    """One page of a long form. ``champs`` are columns of the row, in reading order."""

    code: str
    titre: str
    minutes: int
    champs: tuple[str, ...]


class Parcours(list[Section]):
    """The sections of a form, in order: next, previous and progress are computed from it."""

    def __getitem__(self, code):
        """The section with this code (or at this place); KeyError when there is none."""
        if isinstance(code, (int, slice)):
            return super().__getitem__(code)
        for section in self:
            if section.code == code:
                return section
        raise KeyError(code)

    def section_de(self, champ: str) -> Section:
        return next(section for section in self if champ in section.champs)

    def rang_du_champ(self, section: Section, champ: str) -> tuple[int, int]:
        """A sort key: the order in which a reader meets the fields. Sub-fields come last."""
        champs = section.champs
        return self.index(section), champs.index(champ) if champ in champs else len(champs)

    def suivante(self, section: Section) -> Section | None:
        rang = self.index(section) + 1
        return self[rang] if rang < len(self) else None

    def precedente(self, section: Section) -> Section | None:
        rang = self.index(section)
        return self[rang - 1] if rang else None

    @property
    def minutes(self) -> int:
        return sum(section.minutes for section in self)


class SaisiePerimee(Exception):
    """Somebody saved the same section meanwhile. Nothing was written."""


class Brouillonnable(models.Model):
    """A row filled section by section.

    ``versions`` counts the saves of each section. ``suivi`` holds, for each, when it was saved and
    by whom, from which page, and what was typed that is not valid yet.
    """

    versions = models.JSONField("versions des sections", default=dict, editable=False)
    suivi = models.JSONField("suivi des sections", default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def version(self, section: str) -> int:
        """How many times ``section`` was saved (0: never)."""
        return int(self.versions.get(section, 0))

    def a_corriger(self, section: str) -> dict[str, dict]:
        """What was typed in ``section`` and is not valid: {field: {"saisi", "erreurs"}}."""
        return self.suivi.get(section, {}).get("a_corriger", {})

    def saisie_a_corriger(self, champ: str) -> dict | None:
        """The invalid value kept for this field, wherever its section is."""
        for suivi in self.suivi.values():
            if champ in suivi.get("a_corriger", {}):
                return suivi["a_corriger"][champ]
        return None

    def enregistree_le(self, section: str):
        """When ``section`` was last saved, or None."""
        quand = self.suivi.get(section, {}).get("le")
        return timezone.datetime.fromisoformat(quand) if quand else None

    def enregistrer_section(
        self, section, valeurs, *, par, version, a_corriger=None, page="", rang=0, relier=None
    ) -> bool:
        """Write ``valeurs`` (columns) of one section, unless somebody saved it meanwhile.

        ``version`` is the one that the form showed. The row is locked, so comparing and writing
        are one act. A form sent twice, or again after a lost answer, is known by its ``page`` (one
        drawn page) and ``rang`` (the page's own count of sends): it is accepted, and an older
        send of the same page that arrives late changes nothing (False is returned).
        ``relier(self)`` writes what is not a column, in the same transaction.
        """
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
            self.verifier_ecriture(par)
            avant = self.suivi.get(section, {})
            meme_page = bool(page) and (avant.get("page"), avant.get("par")) == (page, par.pk)
            if meme_page and rang and rang < avant.get("rang", 0):
                return False
            if self.version(section) != version and not meme_page:
                raise SaisiePerimee
            maintenant = timezone.now()
            for champ, valeur in valeurs.items():
                setattr(self, champ, valeur)
            self.versions = self.versions | {section: self.version(section) + 1}
            self.suivi = self.suivi | {
                section: {
                    "le": maintenant.isoformat(),
                    "par": par.pk,
                    "page": sans_nul(page),
                    "rang": rang,
                    "a_corriger": sans_nul(a_corriger or {}),
                }
            }
            self.modifiee_le = maintenant
            self.save(update_fields=[*valeurs, "versions", "suivi", "modifiee_le"])
            if relier:
                relier(self)
        return True

    def verifier_ecriture(self, par):
        """Raise when ``par`` may not write now. Called with the row locked."""


class SaisieEnAttente(models.Model):
    """A form sent after its session expired, kept until its author has signed in again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chemin = models.CharField("adresse du formulaire", max_length=300)
    donnees = models.JSONField("texte saisi")
    creee_le = models.DateTimeField("créée le", auto_now_add=True)

    class Meta:
        verbose_name = "saisie en attente"
        verbose_name_plural = "saisies en attente"

    def __str__(self):
        return f"{self.chemin} ({self.creee_le:%d/%m %H:%M})"

    def en_querydict(self) -> QueryDict:
        """The form as it was sent."""
        donnees = QueryDict(mutable=True)
        for cle, valeurs in self.donnees.items():
            donnees.setlist(cle, valeurs)
        return donnees


def sans_nul(valeur):
    """The same JSON value without NUL characters, which PostgreSQL cannot store; capped."""
    if isinstance(valeur, str):
        return valeur.replace("\x00", "")[:LONGUEUR_GARDEE]
    if isinstance(valeur, dict):
        return {sans_nul(cle): sans_nul(v) for cle, v in valeur.items()}
    if isinstance(valeur, (list, tuple)):
        return [sans_nul(v) for v in valeur]
    return valeur


def garder_la_saisie(request: HttpRequest) -> SaisieEnAttente | None:
    """Keep an anonymous POST for the browser that sent it; None when it is one too many.

    Its id goes into the (anonymous) session and nowhere else: no link can hand a text to
    somebody. The CSRF check has already passed when this is called.
    """
    donnees = {
        cle: valeurs
        for cle, valeurs in sans_nul(dict(request.POST.lists())).items()
        if cle != "csrfmiddlewaretoken"
    }
    from hubpartenariat.socle import debit  # allauth is not ready when models are read

    # Nobody fills the disk by sending texts that nobody will come back for.
    if debit.trop("saisies", debit.adresse(request), SAISIES_PAR_HEURE):
        return None
    if sum(len(cle) + sum(map(len, v)) for cle, v in donnees.items()) > TAILLE_MAXIMALE:
        return None
    saisie = SaisieEnAttente.objects.create(chemin=request.path[:300], donnees=donnees)
    gardees = [*request.session.get(CLE_DE_SESSION, []), str(saisie.pk)]
    SaisieEnAttente.objects.filter(pk__in=gardees[:-SAISIES_PAR_SESSION]).delete()
    request.session[CLE_DE_SESSION] = gardees[-SAISIES_PAR_SESSION:]
    return saisie


def saisie_a_reprendre(request: HttpRequest) -> SaisieEnAttente | None:
    """What this browser sent to this address while signed out, latest first. It stays kept."""
    gardees = request.session.get(CLE_DE_SESSION)
    if not gardees:
        return None
    ici = SaisieEnAttente.objects.filter(pk__in=gardees, chemin=request.path)
    return ici.order_by("-creee_le").first()


def saisie_gardee(request: HttpRequest, cle) -> SaisieEnAttente | None:
    """The text of this key, if this browser sent it to this address."""
    gardees = request.session.get(CLE_DE_SESSION)
    if not gardees or str(cle) not in gardees:
        return None
    return SaisieEnAttente.objects.filter(pk=cle, chemin=request.path).first()


def oublier_les_saisies(request: HttpRequest) -> None:
    """Forget what this browser sent to this address: it is saved, or was shown to be copied."""
    gardees = request.session.get(CLE_DE_SESSION)
    if not gardees:
        return
    ici = SaisieEnAttente.objects.filter(pk__in=gardees, chemin=request.path)
    oubliees = {str(cle) for cle in ici.values_list("pk", flat=True)}
    ici.delete()
    request.session[CLE_DE_SESSION] = [cle for cle in gardees if cle not in oubliees]


def purger_les_saisies_en_attente(avant=None) -> int:
    """Forget the kept forms that nobody came back for. Returns how many."""
    limite = avant or timezone.now() - DUREE_EN_ATTENTE
    return SaisieEnAttente.objects.filter(creee_le__lt=limite).delete()[0]
