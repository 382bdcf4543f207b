"""The pages of an answer as forms: nothing is mandatory but what keeps an answer readable."""

from django import forms

from consultation.models.reponses import PRIORITES_MAX
from consultation.questionnaires import NSP, NSP_LIBELLE
from hubpartenariat.socle.formulaires import sans_nul

LONGUEUR_D_UNE_REMARQUE = 2000


def _remarque(label: str, **options) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGUEUR_D_UNE_REMARQUE,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        **options,
    )


class PageDeReponse(forms.Form):
    """What the pages share: a NUL character is nobody's answer."""

    def __init__(self, data=None, **options):
        if data is not None:
            data = data.copy()
            for nom in data:
                data.setlist(nom, sans_nul(data.getlist(nom)))
        super().__init__(data, **options)


class ThemeForm(PageDeReponse):
    """One theme: for each proposition, each scale as radio buttons, then free words.

    ``groupes`` gives the page its fieldsets: (proposition, [bound fields of scales], remark).
    """

    def __init__(self, *args, theme: dict, echelles: list[dict], **options):
        super().__init__(*args, **options)
        self.theme, self.echelles = theme, echelles
        for proposition in theme["propositions"]:
            for echelle in echelles:
                self.fields[self.nom(proposition, echelle)] = forms.ChoiceField(
                    label=echelle["question"],
                    required=False,
                    choices=[
                        *((m["code"], m["libelle"]) for m in echelle["modalites"]),
                        (NSP, NSP_LIBELLE),
                    ],
                    widget=forms.RadioSelect,
                    error_messages={"invalid_choice": "Choisissez une des réponses proposées."},
                )
            self.fields[f"{proposition['code']}-mots"] = _remarque(
                "Une remarque, une condition, un exemple ?"
            )

    @staticmethod
    def nom(proposition: dict, echelle: dict) -> str:
        return f"{proposition['code']}-{echelle['code']}"

    @property
    def groupes(self) -> list[tuple]:
        return [
            (p, [self[self.nom(p, e)] for e in self.echelles], self[f"{p['code']}-mots"])
            for p in self.theme["propositions"]
        ]

    def choix(self) -> dict[tuple[str, str], str]:
        """{(proposition, scale): code}, valid ones only."""
        return {
            (p["code"], e["code"]): self.cleaned_data.get(self.nom(p, e), "")
            for p in self.theme["propositions"]
            for e in self.echelles
        }

    def remarques(self) -> dict[str, str]:
        return {
            p["code"]: self.cleaned_data[f"{p['code']}-mots"]
            for p in self.theme["propositions"]
            if f"{p['code']}-mots" in self.cleaned_data
        }


class PrioritesForm(PageDeReponse):
    """At most three propositions, and a free word about the whole."""

    def __init__(self, *args, themes: list[dict], **options):
        super().__init__(*args, **options)
        self.fields["priorites"] = forms.MultipleChoiceField(
            label=f"Vos priorités, {PRIORITES_MAX} au plus",
            required=False,
            choices=[
                (
                    theme["titre"],
                    [(p["code"], f"{p['code']} {p['titre']}") for p in theme["propositions"]],
                )
                for theme in themes
            ],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choisissez parmi les propositions de la liste."},
        )
        self.fields["mots"] = _remarque("Ce que vous voulez ajouter sur l’ensemble")

    def clean_priorites(self):
        choisies = self.cleaned_data["priorites"]
        if len(choisies) > PRIORITES_MAX:
            raise forms.ValidationError(
                f"Vous en avez choisi {len(choisies)}. Gardez-en {PRIORITES_MAX} au plus."
            )
        return choisies


class VousForm(PageDeReponse):
    """Who answers, in categories. Every question may be left."""

    def __init__(self, *args, questions: list[dict], **options):
        super().__init__(*args, **options)
        for question in questions:
            self.fields[question["code"]] = forms.ChoiceField(
                label=question["libelle"],
                required=False,
                choices=[
                    ("", "Je préfère ne pas le dire"),
                    *((c["code"], c["libelle"]) for c in question["categories"]),
                ],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choisissez une des réponses proposées."},
            )


class AdresseForm(forms.Form):
    """An address to which the private link is sent, once."""

    courriel = forms.EmailField(
        label="Votre adresse e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AbonnementForm(AdresseForm):
    """An address to be told of what follows: kept apart from every answer."""
