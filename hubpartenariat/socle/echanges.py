"""Spreadsheets out and in (CSV, XLSX), for every app: nothing is executed, errors speak French.

Each cell passes through the same form field as the site. Vocabularies accept labels or codes.
"""

import csv
import io
import uuid
import zipfile

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, format_html
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.resources import Diff, ModelResource
from import_export.tmp_storages import CacheStorage
from import_export.widgets import Widget

from hubpartenariat.socle.saisie import EtiquettesField

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


class Apercu(Diff):
    """What changes, in plain words; the library's own uses inline styles, which our policy bars."""

    def as_html(self):
        return [
            conditional_escape(apres)
            if self.new or avant == apres
            else format_html("<del>{}</del> <ins>{}</ins>", avant, apres)
            for avant, apres in zip(self.left, self.right, strict=True)
        ]


class Echange(ModelResource):
    """How a row becomes an object; ``colonne_titre`` is the column without which a row is nothing.

    A row without identifier gets one computed by ``identifiant``: importing the same file again
    finds the same objects.
    """

    colonne_titre = "titre"
    sans_titre = "Il manque le titre."
    en_plus: frozenset[str] = frozenset()

    @classmethod
    def get_diff_class(cls):
        return Apercu

    def identifiant(self, row) -> uuid.UUID:
        raise NotImplementedError

    def before_import(self, dataset, **kwargs):
        entetes = {str(entete or "").strip().casefold(): entete for entete in dataset.headers or []}
        connues = {champ.column_name for champ in self.fields.values()} | self.en_plus
        dataset.headers = [str(entete or "").strip().casefold() for entete in dataset.headers or []]
        if self.colonne_titre not in dataset.headers:
            raise ValueError(
                f"La première ligne doit nommer les colonnes, dont « {self.colonne_titre} »."
            )
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
        cle = restituer(row.get("identifiant")) or self.identifiant(row)
        try:
            row["identifiant"] = str(uuid.UUID(str(cle)))
        except ValueError:
            raise ValidationError(
                {"identifiant": "Cet identifiant n’a pas la forme attendue."}
            ) from None
        if not restituer(row.get(self.colonne_titre)):
            raise ValidationError({self.colonne_titre: self.sans_titre})

    def export_field(self, field, instance, **kwargs):
        return neutraliser(str(super().export_field(field, instance, **kwargs) or ""))


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


class FormulaireDImport(ImportForm):
    """What to import, with its limits said before."""

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


class FormulaireDeConfirmation(ConfirmImportForm):
    format = forms.ChoiceField(choices=[("0", "csv"), ("1", "xlsx")], widget=forms.HiddenInput)

    def clean_import_file_name(self):
        nom = super().clean_import_file_name()
        if cache.get(CacheStorage.CACHE_PREFIX + nom) is None:
            raise ValidationError("Ce fichier n’est plus là : envoyez-le de nouveau.")
        return nom
