"""Form fields of days, of hours and of reasons, as people write them."""

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

PREMIER_JOUR = date(1980, 1, 1)
PAS_ENCORE = "Cette date est à venir : indiquez un jour passé, ou aujourd’hui."


class JourField(forms.DateField):
    """A day that is past, or today."""

    default_error_messages = {
        "required": "Indiquez une date.",
        "invalid": "Écrivez la date ainsi : 24/11/2026.",
    }

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)

    def clean(self, value):
        jour = super().clean(value)
        if jour and jour > timezone.localdate():
            raise ValidationError(PAS_ENCORE)
        if jour and jour < PREMIER_JOUR:
            raise ValidationError("Cette date est trop ancienne.")
        return jour


def champ_motif(
    aide: str = "", *, libelle: str = "Pourquoi ?", au_plus: int = 2000
) -> forms.CharField:
    """Why something is declined or withdrawn. ``aide`` says who will read it."""
    return forms.CharField(
        label=libelle,
        max_length=au_plus,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text=aide,
        error_messages={"required": "Dites pourquoi, en une phrase."},
    )


class HeuresField(forms.DecimalField):
    """Hours, written 1,5 or 1.5. ``au_plus``: 200 unless told."""

    default_error_messages = {
        "required": "Indiquez le nombre d’heures.",
        "invalid": "Écrivez un nombre d’heures. Par exemple : 1,5.",
        "max_decimal_places": "Arrondissez au quart d’heure. Par exemple : 1,25.",
    }

    def __init__(self, *, au_plus=200, **options):
        super().__init__(
            min_value=Decimal("0.25"),
            max_value=Decimal(au_plus),
            max_digits=6,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **options,
        )

    def to_python(self, value):
        return super().to_python(str(value or "").strip().replace(",", "."))

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return value
