"""Forms of the support, of the bilan and of the attestations."""

from django import forms

from hubpartenariat.socle.champs_simples import HeuresField, JourField
from hubpartenariat.socle.saisie import champ_de_formulaire
from ressources.accompagnement.bilan import CHAMPS
from ressources.accompagnement.suivi import qui_peut_suivre
from ressources.models import Accompagnement, AttestationDeProjet, Bilan, Rencontre

AIDES_DU_BILAN = {
    "effets_patients": "Qu’est-ce qui a changé pour eux ? Comment le savez-vous ?",
    "effets_equipe": "Qu’est-ce qui a changé dans le travail ?",
    "effets_suite": "Que restera-t-il quand le projet sera fini ?",
    "partenariat_bien": "Ce qui a aidé à travailler ensemble.",
    "partenariat_mal": "Ce qui a coûté, à chacun. Sans nommer personne.",
    "partenariat_autre": "Ce que vous diriez à une autre équipe.",
}


class _SansPoints(forms.ModelForm):
    use_required_attribute = False
    manques: dict[str, str] = {}

    class Meta:
        formfield_callback = champ_de_formulaire

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        for nom, phrase in self.manques.items():
            self.fields[nom].required = True
            self.fields[nom].error_messages["required"] = phrase


class DemandeForm(_SansPoints):
    """What the team expects from support."""

    manques = {"demande": "Dites en quelques mots ce que vous attendez."}

    class Meta(_SansPoints.Meta):
        model = Accompagnement
        fields = ("demande",)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["demande"].help_text = (
            "Où vous en êtes, ce qui coince, ce qui aiderait. La personne référente le lira, avec "
            "le titre et l’étape du projet. Ne nommez personne."
        )


class RencontreForm(_SansPoints):
    """One meeting of the support."""

    manques = {"decisions": "Écrivez ce qui est décidé."}

    tenue_le = JourField(label="Date de la rencontre")

    class Meta(_SansPoints.Meta):
        model = Rencontre
        fields = ("tenue_le", "decisions", "suites")


class ConfierForm(forms.Form):
    """To whom a support is handed."""

    use_required_attribute = False

    personne = forms.ModelChoiceField(
        None,
        label="Confier à",
        empty_label="Choisissez une personne",
        help_text="Elle recevra un e-mail, l’équipe aussi.",
        error_messages={
            "required": "Choisissez à qui confier cette équipe.",
            "invalid_choice": "Cette personne ne suit pas d’équipe. Choisissez-en une autre.",
        },
    )

    def __init__(self, *args, accompagnement, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        autres = qui_peut_suivre().exclude(pk=accompagnement.referent_id)
        self.fields["personne"].queryset = autres
        self.fields["personne"].label_from_instance = lambda qui: qui.get_full_name()


class BilanForm(_SansPoints):
    """Both halves; all may wait."""

    class Meta(_SansPoints.Meta):
        model = Bilan
        fields = CHAMPS

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for nom, phrase in AIDES_DU_BILAN.items():
            self.fields[nom].help_text = f"{phrase} 4 000 caractères au plus."


class AttestationForm(_SansPoints):
    """What an attestation will say."""

    manques = {
        "genre": "Dites de quoi il s’agit.",
        "nom": "Écrivez le nom qui sera sur le papier.",
        "role": "Dites ce qui a été fait.",
    }

    du = JourField(label="Premier jour")
    au = JourField(label="Dernier jour")
    heures = HeuresField(
        label="Nombre d’heures",
        au_plus=5000,
        required=False,
        help_text="Par exemple : 12,5.",
    )

    class Meta(_SansPoints.Meta):
        model = AttestationDeProjet
        fields = ("genre", "nom", "role", "du", "au", "heures")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["genre"].choices = [c for c in self.fields["genre"].choices if c[0]]
        self.fields[
            "role"
        ].help_text = "Par exemple : relecture du livret, co-animation. Ne parlez pas de santé."
        self.fields["nom"].help_text = "Les personnes du projet le verront."

    def clean(self):
        donnees = super().clean()
        du, au = donnees.get("du"), donnees.get("au")
        if du and au and au < du:
            self.add_error("au", "La fin vient après le début.")
        return donnees


class RefusForm(forms.Form):
    """What is not right in an attestation that one is asked to co-sign."""

    use_required_attribute = False

    motif = forms.CharField(
        label="Ce qui ne vous paraît pas juste",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La personne le lira, et le projet aussi. Les dates, les heures, le rôle : que "
        "faut-il corriger ? 300 caractères au plus.",
        error_messages={"required": "Dites en quelques mots ce qu’il faudrait corriger."},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
