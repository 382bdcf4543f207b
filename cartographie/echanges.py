"""Fiches as CSV and XLSX: export for reading, import with a dry run, safe to run twice.

Each cell passes through the same form field as the site, so that errors speak the same French.
Vocabularies accept labels or codes. A row without identifier gets one computed from its title and
structure: importing the same file again finds the same fiches.
"""

import csv
import io
import uuid
import zipfile

from django import forms
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, format_html
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.resources import Diff, ModelResource, modelresource_factory
from import_export.tmp_storages import CacheStorage
from import_export.widgets import Widget

from cartographie.enums import EtatFiche
from cartographie.models import Fiche
from cartographie.sections import CHAMPS_DU_CONTENU, PARCOURS
from hubpartenariat.socle.champs import CommuneField
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.saisie import AdresseWebField, EtiquettesField, champ_de_formulaire
from hubpartenariat.socle.vocabulaires import CHECK_LIST_HAS, ReponseCheckList

ESPACE_DE_NOMS = uuid.UUID("6c1f6f0e-3f0a-4a53-9d0e-6a2a3f4e8b11")
LIGNES_AU_PLUS = 2000
OCTETS_AU_PLUS = 5_000_000
SEPARATEUR = " | "
FORMULES = ("=", "+", "-", "@", "\t", "\r")


def neutraliser(texte: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{texte}" if texte.lstrip(" \n").startswith(FORMULES) else texte


def restituer(valeur) -> str:
    """The text of a cell, without the mark that ``neutraliser`` put before it."""
    texte = "" if valeur is None else str(valeur).replace("\x00", "").strip()
    return texte[1:] if texte.startswith("'") and texte[1:].lstrip().startswith(FORMULES) else texte


class Cellule(Widget):
    """A cell read by a form field: same rules and same sentences as on the site."""

    def __init__(self, champ: forms.Field):
        super().__init__()
        self.champ = champ
        self.multiple = isinstance(champ, forms.MultipleChoiceField)
        self.libelles = {code: str(mot) for code, mot in getattr(champ, "choices", []) if code}
        self.codes = {
            **{mot.casefold(): code for code, mot in self.libelles.items()},
            **{code.casefold(): code for code in self.libelles},
        }

    def clean(self, value, row=None, **kwargs):
        saisi = restituer(value)
        if self.libelles:
            mots = [mot.strip() for mot in saisi.split("|")] if self.multiple else [saisi]
            saisi = [self._code(mot) for mot in mots if mot]
            if not self.multiple:
                saisi = saisi[0] if saisi else ""
        elif isinstance(self.champ, EtiquettesField):
            saisi = saisi.replace("|", ",")
        try:
            return self.champ.clean(saisi)
        except ValidationError as erreur:
            raise ValueError(" ".join(erreur.messages)) from None

    def _code(self, mot: str) -> str:
        code = self.codes.get(mot.replace("'", "’").casefold()) or self.codes.get(mot.casefold())
        if code is None:
            raise ValueError(f"« {mot[:60]} » n’est pas une des réponses proposées.")
        return code

    def render(self, value, obj=None, **kwargs):
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, list):
            return SEPARATEUR.join(self.libelles.get(v, v) for v in value)
        return str(self.libelles.get(value, value))


class CelluleIdentifiant(Widget):
    def clean(self, value, row=None, **kwargs):
        return uuid.UUID(restituer(value))


class CelluleCheckList(Widget):
    """``1 = Oui | 2 = En cours``."""

    def clean(self, value, row=None, **kwargs):
        reponses, mots = {}, {str(mot).casefold(): code for code, mot in ReponseCheckList.choices}
        mots |= {code: code for code in ReponseCheckList.values}
        for morceau in filter(None, (m.strip() for m in restituer(value).split("|"))):
            numero, _, reponse = (partie.strip() for partie in morceau.partition("="))
            if numero not in CHECK_LIST_HAS or reponse.casefold() not in mots:
                raise ValueError(f"« {morceau[:40]} » : écrivez par exemple « 1 = Oui | 2 = Non ».")
            reponses[numero] = mots[reponse.casefold()]
        return reponses

    def render(self, value, obj=None, **kwargs):
        libelles = dict(ReponseCheckList.choices)
        return SEPARATEUR.join(f"{n} = {libelles[r]}" for n, r in (value or {}).items())


class Apercu(Diff):
    """What changes, in plain words; the library's own uses inline styles, which our policy bars."""

    def as_html(self):
        return [
            conditional_escape(apres)
            if self.new or avant == apres
            else format_html("<del>{}</del> <ins>{}</ins>", avant, apres)
            for avant, apres in zip(self.left, self.right, strict=True)
        ]


class EchangeDeFiches(ModelResource):
    """How a row becomes a fiche. ``par`` imports; ``publier`` sends and publishes at once."""

    def __init__(self, par=None, publier=False, **options):
        super().__init__(**options)
        self.par, self.publier = par, publier

    @classmethod
    def get_diff_class(cls):
        return Apercu

    @classmethod
    def get_display_name(cls):
        return "Fiches"

    def before_import(self, dataset, **kwargs):
        entetes = {str(entete or "").strip().casefold(): entete for entete in dataset.headers or []}
        connues = {champ.column_name for champ in self.fields.values()} | {"liens", "auteurs"}
        dataset.headers = [str(entete or "").strip().casefold() for entete in dataset.headers or []]
        if "titre" not in dataset.headers:
            raise ValueError("La première ligne doit nommer les colonnes, dont « titre ».")
        if inconnues := [entete for cle, entete in entetes.items() if cle not in connues]:
            noms = ", ".join(f"« {str(nom)[:40]} »" for nom in inconnues)
            raise ValueError(
                f"Colonnes inconnues : {noms}. Partez d’un export pour avoir les noms."
            )
        if len(dataset) > LIGNES_AU_PLUS:
            raise ValueError(f"{len(dataset)} lignes : pas plus de {LIGNES_AU_PLUS} à la fois.")
        if "identifiant" not in dataset.headers:
            dataset.append_col([""] * len(dataset), header="identifiant")

    def before_import_row(self, row, **kwargs):
        cle = restituer(row.get("identifiant"))
        if not cle:
            titre, structure = restituer(row.get("titre")), restituer(row.get("structure_nom"))
            cle = uuid.uuid5(ESPACE_DE_NOMS, f"{titre.casefold()}|{structure.casefold()}")
        try:
            row["identifiant"] = str(uuid.UUID(str(cle)))
        except ValueError:
            raise ValidationError(
                {"identifiant": "Cet identifiant n’a pas la forme attendue."}
            ) from None
        if not restituer(row.get("titre")):
            raise ValidationError({"titre": "Il manque le titre."})

    def skip_row(self, instance, original, row, import_validation_errors=None):
        inchangee = super().skip_row(instance, original, row, import_validation_errors)
        return inchangee and not (self.publier and instance.etat == EtatFiche.BROUILLON)

    def before_save_instance(self, instance, row, **kwargs):
        if instance.etat != EtatFiche.BROUILLON:
            etat = instance.get_etat_display().lower()
            raise ValidationError(
                f"Cette fiche existe déjà et son état est « {etat} » : elle ne se modifie pas par "
                "un import. Ses auteurs, ou l’équipe, la font passer par les étapes habituelles."
            )
        for section in PARCOURS:
            instance.versions.setdefault(section.code, 1)

    def after_save_instance(self, instance, row, **kwargs):
        if "auteurs" in row:
            instance.auteurs.set(self._auteurs(restituer(row["auteurs"])))
        if "liens" in row:
            self._relier(instance, restituer(row["liens"]))
        if self.publier:
            try:
                instance.soumettre(self.par)
                instance.publier(self.par)
            except TransitionRefusee as refus:
                manque = " ".join(manque.phrase for manque in instance.ce_qui_manque())
                raise ValidationError(f"{refus} {manque}".strip()) from None

    @staticmethod
    def _auteurs(texte: str) -> list:
        comptes = []
        for adresse in filter(None, (mot.strip() for mot in texte.split("|"))):
            compte = get_user_model().objects.filter(email__iexact=adresse).first()
            if compte is None:
                raise ValidationError({"auteurs": f"Aucun compte pour « {adresse[:80]} »."})
            comptes.append(compte)
        return comptes

    @staticmethod
    def _relier(fiche, texte: str) -> None:
        fiche.liens.all().delete()
        for morceau in filter(None, (mot.strip() for mot in texte.split("|"))):
            titre, _, adresse = morceau.rpartition(" ")
            try:
                adresse = AdresseWebField(max_length=300).clean(adresse)
            except ValidationError as erreur:
                raise ValidationError({"liens": erreur.messages}) from None
            fiche.liens.create(titre=(titre.strip(" :") or adresse)[:160], url=adresse)

    # --- Export --------------------------------------------------------------------------
    def export_field(self, field, instance, **kwargs):
        return neutraliser(str(super().export_field(field, instance, **kwargs) or ""))

    def dehydrate_auteurs(self, fiche):
        return SEPARATEUR.join(auteur.email for auteur in fiche.auteurs.all())

    def dehydrate_liens(self, fiche):
        return SEPARATEUR.join(f"{lien.titre} {lien.url}" for lien in fiche.liens.all())


def _colonne(nom: str) -> Field:
    if nom == "check_list":
        cellule = CelluleCheckList()
    elif nom == "commune":
        cellule = Cellule(CommuneField(required=False))
    elif nom == "themes":
        cellule = Cellule(EtiquettesField(required=False))
    else:
        cellule = Cellule(champ_de_formulaire(Fiche._meta.get_field(nom)))
    # An empty cell of "qui voit ce contact" means the closed choice, as on the site.
    defaut = {"default": Fiche().contact_visibilite} if nom == "contact_visibilite" else {}
    return Field(attribute=nom, column_name=nom, widget=cellule, **defaut)


FicheResource = modelresource_factory(
    Fiche,
    resource_class=EchangeDeFiches,
    meta_options={
        "import_id_fields": ("identifiant",),
        "fields": ("identifiant", *CHAMPS_DU_CONTENU, "auteurs", "liens", "etat", "publiee_le"),
        "use_transactions": True,
        "skip_unchanged": True,
        "report_skipped": True,
        "clean_model_instances": True,
    },
    custom_fields={
        "identifiant": Field(
            attribute="uuid", column_name="identifiant", widget=CelluleIdentifiant()
        ),
        **{nom: _colonne(nom) for nom in CHAMPS_DU_CONTENU},
        "auteurs": Field(column_name="auteurs", readonly=True),
        "liens": Field(column_name="liens", readonly=True),
        "etat": Field(attribute="get_etat_display", column_name="etat", readonly=True),
        "publiee_le": Field(attribute="publiee_le", column_name="publiee_le", readonly=True),
    },
)


class CSVFrancais(CSV):
    """CSV with commas or semicolons; written with the mark that spreadsheets look for."""

    def create_dataset(self, in_stream, **kwargs):
        texte = in_stream.decode("utf-8-sig") if isinstance(in_stream, bytes) else in_stream
        entete = next(csv.reader(io.StringIO(texte.split("\n", 1)[0])), [""])
        separateur = ";" if len(entete) == 1 and ";" in entete[0] else ","
        return super().create_dataset(texte.lstrip("\ufeff"), delimiter=separateur, **kwargs)

    def export_data(self, dataset, **kwargs):
        return "\ufeff" + super().export_data(dataset, **kwargs)


class ClasseurXLSX(XLSX):
    """XLSX; a small file that unfolds into a huge one is refused."""

    def create_dataset(self, in_stream):
        with zipfile.ZipFile(io.BytesIO(in_stream)) as archive:
            if sum(membre.file_size for membre in archive.infolist()) > 20 * OCTETS_AU_PLUS:
                raise ValueError("Ce classeur est trop volumineux une fois ouvert.")
        return super().create_dataset(in_stream)


class FicheImportForm(ImportForm):
    """What to import, and how the fiches arrive."""

    arrivee = forms.ChoiceField(
        label="Les fiches arrivent",
        choices=[
            ("brouillon", "en brouillon, à relire"),
            ("publiee", "publiées tout de suite (elles doivent être complètes)"),
        ],
        initial="brouillon",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["import_file"].label = "Fichier CSV ou XLSX"
        self.fields["import_file"].help_text = (
            "La première ligne nomme les colonnes : partez d’un export. Plusieurs réponses dans "
            "une cellule se séparent par « | ». Rien n’est écrit avant votre confirmation."
        )

    def clean_import_file(self):
        fichier = self.cleaned_data["import_file"]
        if fichier.size > OCTETS_AU_PLUS:
            raise ValidationError("Ce fichier dépasse 5 Mo. Coupez-le en plusieurs.")
        return fichier


class FicheConfirmForm(ConfirmImportForm):
    format = forms.ChoiceField(choices=[("0", "csv"), ("1", "xlsx")], widget=forms.HiddenInput)
    arrivee = forms.CharField(widget=forms.HiddenInput)

    def clean_import_file_name(self):
        nom = super().clean_import_file_name()
        if cache.get(CacheStorage.CACHE_PREFIX + nom) is None:
            raise ValidationError("Ce fichier n’est plus là : envoyez-le de nouveau.")
        return nom
