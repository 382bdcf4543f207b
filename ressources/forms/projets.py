"""Forms of the projects: create, invite, write clauses, sign."""

from django import forms
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory

from hubpartenariat.socle.champs_simples import JourField
from hubpartenariat.socle.saisie import CHOIX_INCONNU, champ_de_formulaire
from ressources.enums import Voix
from ressources.models import FicheProjet, Projet, Releve
from ressources.projets.ecrits import CLAUSES_AU_PLUS
from ressources.projets.fiche import CHAMPS, QUESTIONS

VOIX_INVITE = {"required": "Dites pour qui parlera cette personne.", **CHOIX_INCONNU}
VOIX_SIENNE = {"required": "Dites de quel côté vous êtes dans ce projet.", **CHOIX_INCONNU}


class NomForm(forms.Form):
    """How somebody is named in a project."""

    use_required_attribute = False

    nom = forms.CharField(
        label="Votre nom dans le projet",
        max_length=100,
        help_text="Les personnes du projet le verront, et personne d’autre.",
        error_messages={"required": "Dites comment vous nommer dans ce projet."},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""

    def clean_nom(self):
        return " ".join(self.cleaned_data["nom"].split())


class ProjetForm(forms.ModelForm):
    """What the project is."""

    use_required_attribute = False

    class Meta:
        model = Projet
        fields = ("titre", "resume", "fiche", "pas")
        formfield_callback = champ_de_formulaire

    def __init__(self, *args, personne, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.fields["titre"].required = True
        self.fields["titre"].error_messages["required"] = "Donnez un titre au projet."
        self.fields["resume"].help_text = "Facultatif. 1 000 caractères au plus."
        fiches = Projet._meta.get_field("fiche").related_model.objects
        siennes = fiches.filter(auteurs=personne).values("pk")
        self.fields["fiche"] = forms.ModelChoiceField(
            label="Fiche de la cartographie",
            # By key: a fiche of two authors is one choice. That of another stays, once chosen.
            queryset=fiches.filter(Q(pk__in=siennes) | Q(pk=self.instance.fiche_id)).order_by(
                "titre", "pk"
            ),
            required=False,
            empty_label="Aucune",
            help_text="Facultatif. Une de vos fiches : la charte en reprendra la structure.",
            error_messages={"invalid_choice": "Choisissez parmi vos fiches."},
        )
        self.fields["pas"].choices = [c for c in self.fields["pas"].choices if c[0]]
        self.fields["pas"].label = "Où en êtes-vous ?"
        self.fields["pas"].required = True

    def clean_titre(self):
        """On one line: the title is read in the subject of mails."""
        return " ".join(self.cleaned_data["titre"].split())

    def save(self, commit=True):
        projet = super().save(commit=False)
        projet.structure = projet.fiche.structure if projet.fiche else projet.structure
        if commit:
            projet.save()
        return projet


class CreationForm(NomForm):
    """A new project: beside what it is, who begins it."""

    voix = forms.ChoiceField(
        label="Vous y parlez comme",
        choices=Voix.choices,
        widget=forms.RadioSelect,
        error_messages=VOIX_SIENNE,
    )


class InvitationForm(forms.Form):
    """Somebody to invite."""

    use_required_attribute = False

    courriel = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        help_text="Un lien part à cette adresse. Il dure huit jours.",
        error_messages={"required": "Donnez l’adresse de la personne à inviter."},
    )
    voix = forms.ChoiceField(
        label="Cette personne parlera comme",
        choices=Voix.choices,
        widget=forms.RadioSelect,
        error_messages=VOIX_INVITE,
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""


class ClauseForm(forms.Form):
    """One clause. Left empty it is not kept."""

    use_required_attribute = False

    titre = forms.CharField(label="Titre de la clause", max_length=120, required=False)
    texte = forms.CharField(
        label="Texte de la clause",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )

    def clean(self):
        donnees = super().clean()
        if donnees.get("titre") and not donnees.get("texte"):
            self.add_error("texte", "Écrivez le texte de cette clause, ou retirez-la.")
        if donnees.get("texte") and not donnees.get("titre"):
            self.add_error("titre", "Donnez un titre à cette clause.")
        return donnees


class EnsembleDeClauses(BaseFormSet):
    """Every clause of a text, in the order that was asked."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Place"
        form.fields["ORDER"].widget.attrs["class"] = "champ__court"
        form.fields["DELETE"].label = "Retirer cette clause"
        form.label_suffix = ""

    def clauses(self) -> list[dict]:
        """[{"titre", "texte"}] as typed, in order, without what is removed or empty."""
        rangees = []
        for rang, form in enumerate(self.forms):
            lu = form.cleaned_data
            if lu.get("DELETE") or not (lu.get("titre") or lu.get("texte")):
                continue
            place = lu.get("ORDER")
            rangees.append((rang + 1 if place is None else place, rang, lu))
        return [
            {"titre": lu["titre"].strip(), "texte": lu["texte"].replace("\r\n", "\n").strip()}
            for _, _, lu in sorted(rangees, key=lambda une: une[:2])
        ]


ClausesFormSet = formset_factory(
    ClauseForm,
    formset=EnsembleDeClauses,
    extra=1,
    can_order=True,
    can_delete=True,
    max_num=CLAUSES_AU_PLUS,
    validate_max=True,
    absolute_max=CLAUSES_AU_PLUS + 5,
)


class SignatureForm(forms.Form):
    """« Lu et approuvé » and a name; ``empreinte`` is the text that was on the page."""

    use_required_attribute = False

    nom = forms.CharField(
        label="Votre nom, comme vous signez",
        max_length=100,
        error_messages={"required": "Écrivez votre nom pour signer."},
    )
    lu = forms.BooleanField(
        label="Lu et approuvé",
        error_messages={"required": "Cochez « Lu et approuvé » pour signer."},
    )
    empreinte = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""


class EssaiForm(forms.Form):
    """A text tried without an account: nothing is kept."""

    use_required_attribute = False

    projet = forms.CharField(label="Nom du projet", max_length=150, required=False)
    structure = forms.CharField(label="Structure", max_length=150, required=False)

    def __init__(self, *args, genre, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.fields["projet"].widget.attrs["autocomplete"] = "off"
        self.fields["structure"].widget.attrs["autocomplete"] = "off"
        if genre == "lettre":
            self.fields["personne"] = forms.CharField(
                label="Nom de la personne", max_length=100, required=False
            )

    def mots(self) -> dict[str, str]:
        """What is written in the model; dots where nothing was typed."""
        lus = {nom: " ".join(texte.split()) for nom, texte in self.cleaned_data.items()}
        return lus | {"projet": lus.get("projet") or "…"}


# --- The sheet of the project --------------------------------------------------------------------
class FicheProjetForm(forms.ModelForm):
    """Six parts; all may wait."""

    use_required_attribute = False

    class Meta:
        model = FicheProjet
        fields = CHAMPS
        formfield_callback = champ_de_formulaire

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        for nom, question in QUESTIONS.items():
            self.fields[nom].help_text = f"{question} 4 000 caractères au plus."


class MembreForm(forms.Form):
    """One seat of the steering body. Left empty it is not kept."""

    use_required_attribute = False

    nom = forms.CharField(label="Nom ou fonction", max_length=120, required=False)
    voix = forms.ChoiceField(
        label="Parle comme", choices=Voix.choices, error_messages=CHOIX_INCONNU
    )
    vote = forms.BooleanField(label="A une voix dans les décisions", required=False)


class EnsembleDeMembres(BaseFormSet):
    """Every seat, in the order of the page."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.label_suffix = ""

    def membres(self) -> list[dict]:
        lus = [form.cleaned_data for form in self.forms]
        return [
            {"nom": " ".join(lu["nom"].split()), "voix": lu["voix"], "vote": lu["vote"]}
            for lu in lus
            if lu.get("nom")
        ]


MembresFormSet = formset_factory(
    MembreForm, formset=EnsembleDeMembres, extra=2, max_num=30, validate_max=True, absolute_max=35
)


class ReleveForm(forms.ModelForm):
    """What a meeting concluded."""

    use_required_attribute = False

    tenue_le = JourField(label="Date de la réunion")

    class Meta:
        model = Releve
        fields = ("titre", "tenue_le", "texte")
        formfield_callback = champ_de_formulaire

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        manques = {
            "titre": "Dites de quoi parlait la réunion.",
            "texte": "Écrivez ce qui a été conclu.",
        }
        for nom, phrase in manques.items():
            self.fields[nom].required = True
            self.fields[nom].error_messages["required"] = phrase
        self.fields["texte"].help_text = "Ce qui est décidé, qui fait quoi, pour quand."
