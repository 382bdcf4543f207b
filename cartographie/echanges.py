"""Fiches as CSV and XLSX: export for reading, import with a dry run, safe to run twice.

Each cell passes through the same form field as the site, so that errors speak the same French.
Vocabularies accept labels or codes. A row without identifier gets one computed from its title and
structure: importing the same file again finds the same fiches.
"""

import uuid

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.resources import modelresource_factory
from import_export.widgets import Widget

from cartographie.enums import EtatFiche
from cartographie.models import Fiche
from cartographie.sections import CHAMPS_DU_CONTENU, PARCOURS
from hubpartenariat.socle.champs import CommuneField
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
from hubpartenariat.socle.saisie import AdresseWebField, EtiquettesField, champ_de_formulaire
from hubpartenariat.socle.vocabulaires import CHECK_LIST_HAS, ReponseCheckList

ESPACE_DE_NOMS = uuid.UUID("6c1f6f0e-3f0a-4a53-9d0e-6a2a3f4e8b11")


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


class EchangeDeFiches(Echange):
    """How a row becomes a fiche. ``par`` imports; ``publier`` sends and publishes at once."""

    en_plus = frozenset({"liens", "auteurs"})

    def __init__(self, par=None, publier=False, **options):
        super().__init__(**options)
        self.par, self.publier = par, publier

    @classmethod
    def get_display_name(cls):
        return "Fiches"

    def identifiant(self, row):
        titre, structure = restituer(row.get("titre")), restituer(row.get("structure_nom"))
        return uuid.uuid5(ESPACE_DE_NOMS, f"{titre.casefold()}|{structure.casefold()}")

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


# The link to the directory is made on the site, where both pages are seen.
COLONNES = tuple(nom for nom in CHAMPS_DU_CONTENU if nom != "structure")

FicheResource = modelresource_factory(
    Fiche,
    resource_class=EchangeDeFiches,
    meta_options={
        "import_id_fields": ("identifiant",),
        "fields": ("identifiant", *COLONNES, "auteurs", "liens", "etat", "publiee_le"),
        "use_transactions": True,
        "skip_unchanged": True,
        "report_skipped": True,
        "clean_model_instances": True,
    },
    custom_fields={
        "identifiant": Field(
            attribute="uuid", column_name="identifiant", widget=CelluleIdentifiant()
        ),
        **{nom: _colonne(nom) for nom in COLONNES},
        "auteurs": Field(column_name="auteurs", readonly=True),
        "liens": Field(column_name="liens", readonly=True),
        "etat": Field(attribute="get_etat_display", column_name="etat", readonly=True),
        "publiee_le": Field(attribute="publiee_le", column_name="publiee_le", readonly=True),
    },
)


class FicheImportForm(FormulaireDImport):
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


class FicheConfirmForm(FormulaireDeConfirmation):
    arrivee = forms.CharField(widget=forms.HiddenInput)
