"""The form of an offre: one page, nothing that tells who writes."""

from django import forms

from annuaire.coordonnees import contient_des_coordonnees
from annuaire.models import Offre
from annuaire.transitions.offres import SANS_COORDONNEES
from hubpartenariat.socle.saisie import champ_de_formulaire


class OffreForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = Offre
        fields = ["titre", "texte", "domaine", "departements"]
        formfield_callback = champ_de_formulaire

    aides = {
        "titre": "Quelques mots qui disent ce que vous proposez. 160 caractères au plus.",
        "texte": (
            "Ce que vous aimeriez faire, avec qui, à quelle condition. Ni nom, ni adresse, ni "
            "numéro. Parler de votre santé ou non : c’est vous qui choisissez. "
            "1 500 caractères au plus."
        ),
        "departements": "Cochez tous les territoires où vous pouvez vous rendre.",
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        for nom, champ in self.fields.items():
            champ.required = True
            champ.help_text = self.aides.get(nom, "")
        self.fields["domaine"].choices = [c for c in self.fields["domaine"].choices if c[0]]
        self.fields["departements"].deux_colonnes = True

    def _sans_coordonnees(self, nom):
        texte = self.cleaned_data[nom]
        if contient_des_coordonnees(texte):
            raise forms.ValidationError(SANS_COORDONNEES)
        return texte

    def clean_titre(self):
        return self._sans_coordonnees("titre")

    def clean_texte(self):
        return self._sans_coordonnees("texte")
