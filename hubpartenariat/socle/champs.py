"""Form fields that several trades need."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.urls import reverse_lazy

from hubpartenariat.socle.territoire import LONGUEUR_MAXIMALE, Commune

CHOIX_AFFICHES = 12


class CommuneWidget(forms.TextInput):
    """A text input; when what was typed fits several communes, radio buttons under it.

    The script js/commune.js turns the input into a combobox; nothing depends on it.
    """

    template_name = "django/forms/widgets/commune.html"

    class Media:
        js = [forms.Script("js/commune.js", type="module")]

    def get_context(self, name, value, attrs):
        contexte = super().get_context(name, value, attrs)
        contexte["widget"]["attrs"] |= {
            "data-communes": str(reverse_lazy("territoire:communes")),
            "maxlength": str(LONGUEUR_MAXIMALE),
            "autocomplete": "off",
            "spellcheck": "false",
        }
        texte = contexte["widget"]["value"]
        possibles = Commune.objects.designees_par(texte) if texte else []
        contexte["choix"] = possibles[:CHOIX_AFFICHES] if len(possibles) > 1 else []
        return contexte

    def value_from_datadict(self, data, files, name):
        """The commune picked among the choices, if they were those of the text still there."""
        texte = data.get(name)
        choisie = data.get(f"{name}_choix")
        if choisie and data.get(f"{name}_pour") == texte:
            return choisie
        return texte

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}_choix" not in data


class _CommuneLiee(BoundField):
    """Shows the stored code of a commune as its name."""

    @property
    def initial(self):
        valeur = super().initial
        if isinstance(valeur, str) and re.fullmatch(r"[0-9]{5}", valeur):
            return Commune.objects.filter(pk=valeur).first() or valeur
        return valeur


class CommuneField(forms.Field):
    """One commune (or arrondissement of Paris), typed by name or postal code.

    Understands "Créteil", "creteil", "94000", "Créteil (94)", "94028" (INSEE), "Paris 12e".
    Cleans to a ``Commune`` or None.
    """

    widget = CommuneWidget
    default_error_messages = {
        "required": "Indiquez une commune, par son nom ou son code postal.",
        "inconnue": (
            "Aucune commune d’Île-de-France ne répond à « %(texte)s ». Vérifiez l’orthographe "
            "ou essayez le code postal."
        ),
        "plusieurs": "Plusieurs communes répondent à « %(texte)s ». Choisissez-la ci-dessous.",
        "trop": (
            "Beaucoup de communes répondent à « %(texte)s ». Si la bonne n’est pas ci-dessous, "
            "écrivez son nom en entier."
        ),
        "longue": "Ce texte est trop long pour un nom de commune.",
    }

    def __init__(self, **options):
        options.setdefault("label", "Commune")
        options.setdefault(
            "help_text", "Son nom ou son code postal. À Paris, vous pouvez préciser : Paris 12e."
        )
        super().__init__(**options)

    def get_bound_field(self, form, field_name):
        return _CommuneLiee(form, self, field_name)

    def prepare_value(self, value):
        return value.libelle if isinstance(value, Commune) else value

    def to_python(self, value):
        if isinstance(value, Commune):
            return value
        texte = " ".join(str(value or "").replace("\x00", " ").split())
        if not texte:
            return None
        if len(texte) > LONGUEUR_MAXIMALE:
            raise ValidationError(self.error_messages["longue"], code="longue")
        possibles = Commune.objects.designees_par(texte)
        if len(possibles) == 1:
            return possibles[0]
        code = "inconnue" if not possibles else "plusieurs"
        if len(possibles) > CHOIX_AFFICHES:
            code = "trop"
        raise ValidationError(self.error_messages[code], code=code, params={"texte": texte})

    def has_changed(self, initial, data):
        avant = initial.pk if isinstance(initial, Commune) else (initial or None)
        try:
            apres = self.to_python(data)
        except ValidationError:
            return True
        return avant != (apres.pk if apres else None)
