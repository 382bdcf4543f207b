"""Forms of the tools: one voice answers, both conclude, anybody tries."""

from django import forms

from ressources.deux_voix.coherence import contradictions
from ressources.deux_voix.donnees import NOMS
from ressources.deux_voix.outils import Outil
from ressources.enums import Voix

LONGUEUR = 300
RIEN = ("", "Choisir…")


class VoixForm(forms.Form):
    """Every criterion, once. A « oui » that the fiche contradicts asks for a word about it.

    ``constats``: {number: what says otherwise}, known once the form was checked.
    """

    def __init__(self, *args, outil: Outil, projet, mienne=None, **options):
        super().__init__(*args, initial=self._initiales(mienne), **options)
        self.outil, self.projet = outil, projet
        self.constats: dict[int, str] = {}
        for critere in outil.criteres:
            self.fields[f"critere-{critere.numero}"] = forms.ChoiceField(
                label=f"{critere.numero}. {critere.texte}",
                choices=outil.choix,
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Choisissez une réponse.",
                    "invalid_choice": "Choisissez une des réponses proposées.",
                },
            )
        self.fields["precision"] = forms.CharField(
            label="Ce que la fiche ne dit pas",
            required=False,
            max_length=LONGUEUR,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Par exemple : « une deuxième personne nous a rejoints en mars ».",
        )
        self.montrer_precision = bool(mienne and mienne.contredits)

    @staticmethod
    def _initiales(mienne) -> dict:
        if mienne is None:
            return {}
        codes = {f"critere-{rang}": code for rang, code in enumerate(mienne.codes, 1)}
        return codes | {"precision": mienne.precision}

    @property
    def groupes(self) -> list[tuple[str, list]]:
        """[(heading or "", bound fields)], in the order of the criteria."""
        groupes: list[tuple[str, list]] = []
        for critere in self.outil.criteres:
            if not groupes or groupes[-1][0] != critere.domaine:
                groupes.append((critere.domaine, []))
            groupes[-1][1].append(self[f"critere-{critere.numero}"])
        return groupes

    @property
    def codes(self) -> list[str]:
        return [self.cleaned_data[f"critere-{c.numero}"] for c in self.outil.criteres]

    def clean(self):
        lues = super().clean()
        if self.outil.note or any(f"critere-{c.numero}" not in lues for c in self.outil.criteres):
            return lues
        self.constats = contradictions(self.projet, self.codes)
        if self.constats:
            self.montrer_precision = True
            if not lues.get("precision") and "precision" not in self.errors:
                mots = " ".join(f"Critère {n} : {m}" for n, m in self.constats.items())
                self.add_error(
                    "precision",
                    f"{mots} Vous répondez « oui » : dites pourquoi, ou changez de réponse.",
                )
        return lues


class CommunForm(forms.Form):
    """The joint answers. Everything may stay empty until both want to conclude."""

    NOMS = ("code", "phrase", "action")
    sans_mention = True

    def __init__(self, *args, outil: Outil, numeros, forts, conclusions, **options):
        initiales = {}
        for numero, une in conclusions.items():
            initiales |= {f"{nom}-{numero}": getattr(une, nom) for nom in self.NOMS}
        super().__init__(*args, initial=initiales, **options)
        self.numeros, self.outil = list(numeros), outil
        for numero in self.numeros:
            self.fields[f"code-{numero}"] = forms.ChoiceField(
                label=f"Critère {numero} : notre réponse commune",
                required=False,
                choices=[RIEN, *outil.choix],
                error_messages={"invalid_choice": "Choisissez une des réponses proposées."},
            )
            self.fields[f"phrase-{numero}"] = _ligne(f"Critère {numero} : en une phrase")
            if numero in forts:
                self.fields[f"action-{numero}"] = _ligne(f"Critère {numero} : notre action")

    def lignes(self) -> dict[int, dict]:
        """{number: {"code", "phrase", "action"}} as they may be saved."""
        return {
            numero: {nom: self.cleaned_data.get(f"{nom}-{numero}", "") for nom in self.NOMS}
            for numero in self.numeros
        }

    def remplir_les_vides(self) -> None:
        """Where this page says nothing, show what was saved meanwhile: it is not erased unseen."""
        self.data = self.data.copy()
        for champ in self:
            if champ.initial and not champ.value():
                self.data[champ.html_name] = champ.initial

    def champs_de(self, numero: int) -> list:
        noms = [f"{nom}-{numero}" for nom in self.NOMS]
        return [self[nom] for nom in noms if nom in self.fields]


def _ligne(libelle: str) -> forms.CharField:
    return forms.CharField(label=libelle, required=False, max_length=LONGUEUR)


class EssaiForm(forms.Form):
    """Both voices on one page, to try: kept nowhere."""

    def __init__(self, *args, outil: Outil, **options):
        super().__init__(*args, **options)
        self.outil = outil
        for critere in outil.criteres:
            for voix in Voix.values:
                self.fields[f"{voix}-{critere.numero}"] = forms.ChoiceField(
                    label=NOMS[voix],
                    required=False,
                    choices=[RIEN, *outil.choix],
                    error_messages={"invalid_choice": "Choisissez une des réponses proposées."},
                )

    @property
    def lignes(self) -> list[tuple]:
        """[(criterion, its two bound fields)]."""
        return [
            (c, [self[f"{voix}-{c.numero}"] for voix in Voix.values]) for c in self.outil.criteres
        ]

    def lues(self) -> dict[str, list[str]]:
        """Codes by voice, "" where nothing was chosen."""
        return {
            voix: [self.cleaned_data[f"{voix}-{c.numero}"] for c in self.outil.criteres]
            for voix in Voix.values
        }

    def clean(self):
        lues = super().clean()
        if not self.errors and not any(lues.values()):
            raise forms.ValidationError("Choisissez au moins une réponse pour voir le résultat.")
        return lues
