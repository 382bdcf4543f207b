"""The field of a form that takes a file."""

from django import forms
from django.core.exceptions import ValidationError

from hubpartenariat.socle.televersements import accueil
from hubpartenariat.socle.televersements.reception import trop_lourds


class FichierField(forms.FileField):
    """Cleans to a ``Depot``, or None. Use ``prevenir(form, request)`` before validating."""

    widget = forms.FileInput
    trop_lourd = False
    default_error_messages = {"empty": accueil.VIDE, "invalid": accueil.ILLISIBLE}

    def __init__(self, **options):
        options.setdefault("help_text", f"{accueil.EN_MOTS}. 10 Mo au plus.")
        super().__init__(**options)
        endings = ",".join(f".{un}" for un in (*accueil.FORMATS, *accueil.ALIAS))
        self.widget.attrs |= {"accept": endings}

    def clean(self, data, initial=None):
        if self.trop_lourd:
            raise ValidationError(accueil.TROP_LOURD)
        televerse = super().clean(data, initial)
        return accueil.accueillir(televerse) if televerse else None


def prevenir(form: forms.Form, request) -> None:
    """Tell the fields of ``form`` which files were let go on arrival because of their weight."""
    for nom in trop_lourds(request):
        champ = form.fields.get(nom.removeprefix(f"{form.prefix}-" if form.prefix else ""))
        if isinstance(champ, FichierField):
            champ.trop_lourd = True
