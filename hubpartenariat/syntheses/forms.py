"""Forms of the reports: asking for an edition, writing a remark, withdrawing."""

from django import forms

from hubpartenariat.socle.rapports import rapports
from hubpartenariat.socle.rapports.registre import TERRITOIRES


class DemandeForm(forms.Form):
    """Which report, over which territory."""

    rapport = forms.ChoiceField(label="Rapport")
    territoire = forms.ChoiceField(label="Territoire", choices=list(TERRITOIRES.items()))

    def __init__(self, personne, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rapport"].choices = [
            (code, rapport.titre)
            for code, rapport in rapports().items()
            if rapport.lisible_par(personne)
        ]


class AnnotationForm(forms.Form):
    """A remark at a chapter, at a page, or on the whole."""

    chapitre = forms.ChoiceField(label="Chapitre", required=False)
    page = forms.IntegerField(label="Page du PDF", required=False, min_value=1, max_value=9999)
    texte = forms.CharField(
        label="Votre remarque",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Lue par l’équipe du hub et par les autres personnes qui relisent.",
    )

    def __init__(self, edition, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chapitres = [(c["cle"], c["titre"]) for c in edition.donnees.get("chapitres", [])]
        self.fields["chapitre"].choices = [("", "L’ensemble du rapport"), *chapitres]


class RetraitForm(forms.Form):
    motif = forms.CharField(
        label="Pourquoi cette édition est retirée",
        max_length=300,
        help_text="Les personnes qui l’ont lue le liront.",
    )
