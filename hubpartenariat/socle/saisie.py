"""Forms of long forms: one per section; what is valid is saved, what is not is kept as typed."""

import re
import zlib

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.forms.utils import ErrorDict
from django.utils.text import capfirst

SANS_REPONSE = "Sans réponse"
# Says nothing of what was sent: only a forged form reaches it, with a text of any length.
CHOIX_INCONNU = {"invalid_choice": "Choisissez parmi les réponses proposées."}


class CasesACocher(forms.CheckboxSelectMultiple):
    """Checkboxes; the one that excludes the others is marked for js/exclusif.js."""

    exclusif = ""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if self.exclusif and str(value) == self.exclusif:
            option["attrs"]["data-exclusif"] = "oui"
        return option


class ChoixMultiples(forms.MultipleChoiceField):
    """Several codes of a vocabulary. ``exclusif``: the code that says "none of these"."""

    widget = CasesACocher
    default_error_messages = CHOIX_INCONNU

    def __init__(self, *, exclusif="", **options):
        super().__init__(**options)
        self.exclusif = self.widget.exclusif = exclusif

    def clean(self, value):
        codes = super().clean(value)
        if self.exclusif in codes and len(codes) > 1:
            libelle = dict(self.choices)[self.exclusif]
            raise ValidationError(
                f"Vous avez coché « {libelle} » et d’autres réponses. Gardez l’un ou l’autre."
            )
        rang = {code: place for place, (code, _) in enumerate(self.choices)}
        return sorted(set(codes), key=rang.__getitem__)


class Etiquettes(forms.TextInput):
    """A text input with suggestions; js/etiquettes.js completes the last tag of the list."""

    template_name = "django/forms/widgets/etiquettes.html"
    suggestions: tuple[str, ...] = ()

    class Media:
        js = [forms.Script("js/etiquettes.js", type="module")]

    def get_context(self, name, value, attrs):
        contexte = super().get_context(name, value, attrs)
        contexte["widget"]["suggestions"] = self.suggestions
        contexte["widget"]["attrs"]["autocomplete"] = "off"
        return contexte


class EtiquettesField(forms.Field):
    """Free tags, typed with commas between them. Cleans to a list without doubles."""

    widget = Etiquettes
    longueur, nombre = 60, 12

    def __init__(self, *, suggestions=(), **options):
        super().__init__(**options)
        self.widget.suggestions = tuple(suggestions)

    def prepare_value(self, value):
        return value if isinstance(value, str) else ", ".join(value or [])

    def to_python(self, value):
        etiquettes: dict[str, str] = {}
        for brut in re.split(r"[,;\n]", (value or "").replace("\x00", "")):
            etiquette = " ".join(brut.split())
            if etiquette:
                etiquettes.setdefault(etiquette.casefold(), etiquette)
        trop_longue = next((e for e in etiquettes.values() if len(e) > self.longueur), None)
        if trop_longue:
            raise ValidationError(
                f"« {trop_longue[:30]}… » est trop long : {self.longueur} caractères au plus par "
                "thème. Séparez les thèmes par des virgules."
            )
        if len(etiquettes) > self.nombre:
            raise ValidationError(
                f"Vous avez écrit {len(etiquettes)} thèmes. Gardez les {self.nombre} principaux."
            )
        return list(etiquettes.values())


class AdresseWebField(forms.URLField):
    """An http(s) address; ``www.exemple.fr`` is understood as https."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {
        "invalid": "Cette adresse ne semble pas complète. Exemple : https://www.exemple.fr/page."
    }

    def __init__(self, **options):
        super().__init__(assume_scheme="https", **options)
        self.widget = forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        )


def champ_de_formulaire(champ: models.Field, **options):
    """The form field of a model field, as the long forms want it."""
    options.setdefault("required", False)
    if isinstance(champ, ArrayField) and champ.base_field.choices:
        codes = dict(champ.base_field.choices)
        formulaire = ChoixMultiples(
            label=capfirst(champ.verbose_name),
            choices=champ.base_field.choices,
            exclusif=next((code for code in ("aucun", "aucune") if code in codes), ""),
            **options,
        )
    elif isinstance(champ, models.URLField):
        formulaire = AdresseWebField(
            label=capfirst(champ.verbose_name), max_length=champ.max_length, **options
        )
    elif champ.choices:
        formulaire = forms.ChoiceField(
            label=capfirst(champ.verbose_name),
            choices=[("", SANS_REPONSE), *champ.choices],
            widget=forms.RadioSelect if len(champ.choices) < 8 else forms.Select,
            error_messages=CHOIX_INCONNU,
            **options,
        )
    else:
        if isinstance(champ, models.IntegerField):
            # A number input would hide what it does not understand.
            options["widget"] = forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "class": "champ__court"}
            )
        formulaire = champ.formfield(**options)
    # The browser would cut a long paste in silence; the server says it instead.
    formulaire.widget.attrs.pop("maxlength", None)
    if isinstance(formulaire.widget, forms.Textarea):
        formulaire.widget.attrs.update({"rows": 5, "cols": 60})
    return formulaire


class FormulaireDeSection(forms.ModelForm):
    """One section. Nothing is required; completeness is asked when the whole is sent.

    Subclasses declare ``section`` (code), ``groupes`` [(title, help, fields)], ``aides`` and
    ``qui_voit`` {field: sentence}, and override ``valeurs`` for fields that are not columns.
    ``pour_l_envoi`` names what is asked in the end, ``deux_colonnes`` what is drawn so.
    """

    section = ""
    groupes: list[tuple[str, str, list[str]]] = []
    aides: dict[str, str] = {}
    qui_voit: dict[str, str] = {}
    pour_l_envoi: tuple[str, ...] = ()
    deux_colonnes: tuple[str, ...] = ()
    use_required_attribute = False

    class Meta:
        formfield_callback = champ_de_formulaire

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        for nom, phrase in self.aides.items():
            self.fields[nom].help_text = phrase
        for nom, phrase in self.qui_voit.items():
            self.fields[nom].qui_voit = phrase
        for nom in self.pour_l_envoi:
            if nom in self.fields:
                self.fields[nom].mention = "pour l’envoi"
        for nom in self.deux_colonnes:
            self.fields[nom].deux_colonnes = True
        if not self.is_bound:
            self._montrer_ce_qui_est_a_corriger()

    def _montrer_ce_qui_est_a_corriger(self):
        """An invalid value that was kept comes back in its field, with its error."""
        self._errors = ErrorDict(renderer=self.renderer)
        for nom, garde in self.instance.a_corriger(self.section).items():
            if nom in self.fields:
                self.initial[nom] = garde["saisi"]
                if garde["erreurs"]:
                    self._errors[nom] = self.error_class(garde["erreurs"], renderer=self.renderer)

    def clean(self):
        """No check of unicity nor of constraints: a draft is below them (and no query)."""
        return self.cleaned_data

    def sans(self, noms):
        """Leave these fields as they are stored: they are neither read nor written."""
        for nom in noms:
            self.fields.pop(nom, None)
        return self

    def valeurs(self) -> dict:
        """What is valid, by column of the row."""
        return {
            nom: self.cleaned_data[nom] for nom in self._meta.fields if nom in self.cleaned_data
        }

    def invalides(self) -> dict[str, dict]:
        """What is not, as it was typed."""
        return {
            nom: {"saisi": self[nom].data, "erreurs": list(self.errors[nom])}
            for nom in self.errors
            if nom in self.fields
        }

    def relier(self, objet):
        """Write what is not a column, in the transaction that saves the section."""

    def en_clair(self, nom: str) -> str:
        """The value of a field (typed if the form is bound, stored otherwise) as words."""
        lie = self[nom]
        return en_clair(lie.field, lie.value())

    def empreintes(self) -> str:
        """A short mark of each value, so that a later send tells what its author touched."""
        return " ".join(f"{nom}:{empreinte(self.en_clair(nom))}" for nom in self.fields)


def en_clair(champ: forms.Field, valeur) -> str:
    choix = dict(getattr(champ, "choices", None) or {})
    if choix:
        valeurs = valeur if isinstance(valeur, (list, tuple)) else [valeur]
        return "\n".join(str(choix.get(v, v)) for v in valeurs if v not in (None, ""))
    valeur = champ.prepare_value(valeur)
    return "" if valeur is None else str(valeur).replace("\r\n", "\n").strip()


def empreinte(texte: str) -> str:
    return f"{zlib.crc32(texte.encode('utf-8', 'replace')):x}"
