"""Forms of my space."""

from django import forms

from hubpartenariat.comptes.models import Utilisateur


class NomForm(forms.ModelForm):
    """How others see me."""

    sans_mention = True

    class Meta:
        model = Utilisateur
        fields = ["nom"]
        help_texts = {"nom": "Un pseudonyme convient. Vide : l’équipe verra votre adresse e-mail."}
        widgets = {"nom": forms.TextInput(attrs={"autocomplete": "nickname"})}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields[
            "nom"
        ].qui_voit = "les personnes qui rédigent une fiche avec vous et l’équipe du Pôle ETP."

    def clean_nom(self):
        return " ".join(self.cleaned_data["nom"].split())


class SuppressionForm(forms.Form):
    """One deliberate gesture before an account goes."""

    sans_mention = True
    compris = forms.BooleanField(
        label="Je veux supprimer mon compte. J’ai compris que c’est définitif.",
        error_messages={"required": "Cochez la case pour confirmer."},
    )
