"""The few lines of a mise en relation, and the small forms around them."""

from django import forms
from django.core.exceptions import ValidationError

from annuaire.coordonnees import REFUS, contient_des_coordonnees
from annuaire.models import Structure
from annuaire.transitions.regles import LONGUEUR_MOTIVATION, LONGUEUR_RAISON


class SansCoordonnees(forms.CharField):
    """A text in which nobody gives their contact details away. What was typed stays."""

    def clean(self, value):
        texte = super().clean(value)
        if contient_des_coordonnees(texte):
            raise ValidationError(REFUS, code="coordonnees")
        return texte


def zone(lignes: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": lignes, "cols": 60})


class InteresseForm(forms.Form):
    """« Cela m’intéresse » : a few lines for the team."""

    motivation = SansCoordonnees(
        label="Quelques lignes pour l’équipe",
        max_length=LONGUEUR_MOTIVATION,
        help_text=(
            "Ce qui vous attire dans cet appel, ce que vous aimeriez y apporter. L’équipe lira ce "
            "texte et votre pseudonyme, rien d’autre : pas de nom, pas de coordonnées."
        ),
        widget=zone(6),
        error_messages={"required": "Écrivez quelques lignes pour l’équipe."},
    )
    tirage = forms.BooleanField(
        label="Je suis d’accord pour un tirage au sort",
        help_text="S’il y a plus de personnes que de places, le hub tire au sort.",
        required=False,
        initial=True,
    )

    def __init__(self, *args, appel, **options):
        super().__init__(*args, **options)
        if appel.mode != "tirage":
            del self.fields["tirage"]

    @property
    def tirage_accepte(self) -> bool:
        return self.cleaned_data.get("tirage", True)


class ReponseALOffreForm(forms.Form):
    """A team answers an offre, for one of its structures."""

    structure = forms.ModelChoiceField(
        label="Au nom de quelle structure ?",
        queryset=Structure.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une structure."},
    )
    texte = SansCoordonnees(
        label="Quelques lignes",
        max_length=LONGUEUR_MOTIVATION,
        help_text=(
            "Ce que vous cherchez, quand et où, le statut et les frais. La personne lira ce texte "
            "et le nom de la structure ; votre nom n’apparaît qu’après l’accord des deux côtés."
        ),
        widget=zone(6),
        error_messages={"required": "Écrivez quelques lignes."},
    )

    def __init__(self, *args, structures, **options):
        super().__init__(*args, **options)
        self.fields["structure"].queryset = structures
        self.fields["structure"].initial = structures.first()


class DeclinerForm(forms.Form):
    """A no, and its reason if one wishes: kept for oneself, never shown."""

    raison = forms.CharField(
        label="Pourquoi (facultatif)",
        max_length=LONGUEUR_RAISON,
        required=False,
        help_text="Pour vous seulement : l’autre côté ne lira jamais ce texte, ni personne.",
        widget=zone(3),
    )
