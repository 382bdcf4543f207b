"""What a field says when something is wrong: no blame, and what to do."""

from django.core import validators
from django.forms import fields, models
from django.utils.functional import lazystr

MESSAGES = {
    fields.Field: {"required": "Il manque cette réponse."},
    fields.IntegerField: {"invalid": "Écrivez un nombre entier, en chiffres."},
    fields.DateField: {"invalid": "Écrivez une date, par exemple 16/12/2025."},
    fields.DateTimeField: {"invalid": "Écrivez une date et une heure."},
    fields.BooleanField: {"required": "Il manque votre accord : cochez la case."},
    fields.ChoiceField: {
        "invalid_choice": "« %(value)s » ne fait pas partie des réponses proposées."
    },
    fields.MultipleChoiceField: {
        "invalid_choice": "« %(value)s » ne fait pas partie des réponses proposées.",
        "invalid_list": "Choisissez parmi les réponses proposées.",
    },
    fields.URLField: {"invalid": "Écrivez l’adresse en entier, par exemple https://exemple.fr."},
    fields.FileField: {
        "missing": "Il manque le document.",
        "empty": "Ce document est vide.",
        "invalid": "Le document n’est pas arrivé. Choisissez-le de nouveau.",
    },
    models.ModelChoiceField: {"invalid_choice": "Cette réponse n’est plus proposée."},
}


def parler_simplement() -> None:
    """Replace the messages of Django's fields and validators. Called once, at start."""
    for champ, messages in MESSAGES.items():
        champ.default_error_messages = champ.default_error_messages | messages
    courriel = "Écrivez l’adresse e-mail en entier, par exemple nom@exemple.fr."
    validators.EmailValidator.message = lazystr(courriel)
    validators.validate_email.message = lazystr(courriel)
    validators.URLValidator.message = lazystr(MESSAGES[fields.URLField]["invalid"])
    validators.MinValueValidator.message = lazystr("Le nombre doit être au moins %(limit_value)s.")
    validators.MaxValueValidator.message = lazystr("Le nombre doit être au plus %(limit_value)s.")
    validators.MaxLengthValidator.message = lazystr(
        "Ce texte a %(show_value)s caractères ; il peut en avoir %(limit_value)s au plus."
    )
    validators.ProhibitNullCharactersValidator.message = lazystr(
        "Ce texte contient un caractère invisible que nous ne pouvons pas garder. Écrivez-le de "
        "nouveau sans le coller."
    )
