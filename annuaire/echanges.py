"""Structures as CSV and XLSX: export for reading, import with a dry run, safe to run twice.

A row without identifier gets one computed from its name and type: importing the same file again
finds the same structures. What is published is not changed by an import.
"""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.resources import modelresource_factory
from import_export.widgets import Widget

from annuaire.enums import EtatStructure
from annuaire.forms.structures import CONTENU, MANQUES, DomainesField, StructureForm
from annuaire.models import Structure
from hubpartenariat.socle.echanges import (
    SEPARATEUR,
    Cellule,
    CelluleIdentifiant,
    Echange,
    FormulaireDeConfirmation,
    FormulaireDImport,
    restituer,
)
from hubpartenariat.socle.moderation import TransitionRefusee

ESPACE_DE_NOMS = uuid.UUID("0b0f4f0d-0f2e-4d43-8a55-5f0a1c9f4e21")


class CelluleDomaines(Widget):
    """Ends of addresses: ``hopital-exemple.fr | chu-exemple.fr``."""

    def clean(self, value, row=None, **kwargs):
        try:
            return DomainesField(required=False).clean(restituer(value).replace("|", ","))
        except ValidationError as erreur:
            raise ValueError(" ".join(erreur.messages)) from None

    def render(self, value, obj=None, **kwargs):
        return SEPARATEUR.join(value or [])


class EchangeDeStructures(Echange):
    """How a row becomes a structure. ``par`` imports; ``publier`` publishes at once."""

    colonne_titre = "nom"
    sans_titre = MANQUES["nom"]

    def __init__(self, par=None, publier=False, **options):
        super().__init__(**options)
        self.par, self.publier = par, publier

    @classmethod
    def get_display_name(cls):
        return "Structures"

    def identifiant(self, row):
        nom, genre = restituer(row.get("nom")), restituer(row.get("type_structure"))
        return uuid.uuid5(ESPACE_DE_NOMS, f"{nom.casefold()}|{genre.casefold()}")

    def skip_row(self, instance, original, row, import_validation_errors=None):
        inchangee = super().skip_row(instance, original, row, import_validation_errors)
        return inchangee and not (self.publier and instance.etat == EtatStructure.PROPOSEE)

    def before_save_instance(self, instance, row, **kwargs):
        if instance.etat != EtatStructure.PROPOSEE:
            etat = instance.get_etat_display().lower()
            raise ValidationError(
                f"Cette structure existe déjà et son état est « {etat} » : elle ne se modifie pas "
                "par un import. Ses référents, ou l’équipe, la tiennent à jour."
            )
        if manques := [phrase for nom, phrase in MANQUES.items() if not getattr(instance, nom)]:
            raise ValidationError(" ".join(manques))
        if instance.pk is None:
            instance.proposee_par = self.par

    def save_instance(self, instance, is_create, row, **kwargs):
        """A new row takes a free address of its own."""
        if not is_create:
            return super().save_instance(instance, is_create, row, **kwargs)
        self.before_save_instance(instance, row, **kwargs)
        try:
            instance.enregistrer_a_une_adresse_libre()
        except TransitionRefusee as refus:
            raise ValidationError(str(refus)) from None
        self.after_save_instance(instance, row, **kwargs)
        return None

    def after_save_instance(self, instance, row, **kwargs):
        if self.publier:
            try:
                instance.publier(self.par)
            except TransitionRefusee as refus:
                raise ValidationError(str(refus)) from None


def _colonnes() -> dict[str, Field]:
    champs = StructureForm.base_fields
    cellules = {nom: Cellule(champs[nom]) for nom in CONTENU}
    return {
        nom: Field(attribute=nom, column_name=nom, widget=cellule)
        for nom, cellule in (cellules | {"domaines_courriel": CelluleDomaines()}).items()
    }


StructureResource = modelresource_factory(
    Structure,
    resource_class=EchangeDeStructures,
    meta_options={
        "import_id_fields": ("identifiant",),
        "fields": ("identifiant", *CONTENU, "domaines_courriel", "etat", "publiee_le"),
        "use_transactions": True,
        "skip_unchanged": True,
        "report_skipped": True,
        "clean_model_instances": False,  # the address is chosen when saving; cells are checked
    },
    custom_fields={
        "identifiant": Field(
            attribute="uuid", column_name="identifiant", widget=CelluleIdentifiant()
        ),
        **_colonnes(),
        "etat": Field(attribute="get_etat_display", column_name="etat", readonly=True),
        "publiee_le": Field(attribute="publiee_le", column_name="publiee_le", readonly=True),
    },
)


class StructureImportForm(FormulaireDImport):
    """What to import, and how the structures arrive."""

    arrivee = forms.ChoiceField(
        label="Les structures arrivent",
        choices=[
            ("proposee", "proposées, à relire"),
            ("publiee", "publiées tout de suite"),
        ],
        initial="proposee",
        widget=forms.RadioSelect,
    )


class StructureConfirmForm(FormulaireDeConfirmation):
    arrivee = forms.CharField(widget=forms.HiddenInput)
