"""Forms of the agenda: propose an event, tie documents to one."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.saisie import AdresseWebField, champ_de_formulaire
from ressources.enums import EtatEvenement
from ressources.models import Evenement

PROPOSES_AU_PLUS = 10
MANQUES = {
    "titre": "Donnez un titre à cet événement.",
    "genre": "Dites ce que c’est.",
    "description": "Dites ce qu’on y fera, et pour qui.",
    "debut": "Dites quand il commence.",
    "fin": "Dites quand il finit.",
}


def champ(modele, **options):
    """Dates and hours in one field of the browser; everything else as in the long forms."""
    if modele.name not in ("debut", "fin"):
        return champ_de_formulaire(modele, **options)
    return forms.DateTimeField(
        label=capfirst(modele.verbose_name),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Écrivez un jour et une heure. Par exemple : 12/05/2031 14:00."},
    )


class EvenementForm(forms.ModelForm):
    """An event that a member proposes; the team reads it before anybody sees it."""

    class Meta:
        model = Evenement
        fields = (
            *("titre", "genre", "description", "debut", "fin", "lieu", "lien", "places"),
            "departements",
        )
        formfield_callback = champ

    use_required_attribute = False
    groupes = [
        ("L’événement", ["titre", "genre", "description"]),
        ("Quand et où", ["debut", "fin", "lieu", "lien", "places", "departements"]),
    ]
    aides = {
        "description": "Ce qu’on y fera, pour qui, ce qu’il faut savoir avant de venir.",
        "debut": "Heure de Paris.",
        "fin": "Heure de Paris.",
        "lieu": "L’adresse de la salle, ou rien pour une rencontre en ligne.",
        "lien": "Montré aux seules personnes inscrites.",
        "places": "Vide : autant que l’on veut.",
    }

    def __init__(self, *args, personne, **options):
        super().__init__(*args, **options)
        self.label_suffix, self.personne = "", personne
        for nom, phrase in self.aides.items():
            self.fields[nom].help_text = phrase
        for nom, phrase in MANQUES.items():
            self.fields[nom].required = True
            self.fields[nom].error_messages["required"] = phrase
        self.fields["genre"].choices = [c for c in self.fields["genre"].choices if c[0]]
        self.fields["departements"].deux_colonnes = True

    def clean_debut(self):
        debut = self.cleaned_data["debut"]
        if debut and debut <= timezone.now():
            raise ValidationError("Cette date est passée.")
        return debut

    def clean(self):
        donnees = super().clean()
        en_attente = Evenement.objects.filter(
            organisateur=self.personne, etat=EtatEvenement.PROPOSE
        ).exclude(pk=self.instance.pk)
        if en_attente.count() >= PROPOSES_AU_PLUS:
            raise ValidationError(f"{PROPOSES_AU_PLUS} de vos événements attendent une réponse.")
        return donnees

    def lignes(self):
        """[(title of the group, its fields)] for the page."""
        return [(titre, [self[nom] for nom in noms]) for titre, noms in self.groupes]

    @transaction.atomic
    def proposer(self) -> Evenement:
        un = self.save(commit=False)
        un.organisateur, un.etat = self.personne, EtatEvenement.PROPOSE
        un.save()
        consigner(un, "proposer", self.personne)
        return un


class DocumentForm(forms.ModelForm):
    """Where the report and the documents of an event are, once it is over or before."""

    document = AdresseWebField(
        label="Adresse du compte rendu ou des documents",
        required=False,
        max_length=300,
        help_text="Tout le monde la verra sur la page. Vide : rien n’est montré.",
    )

    use_required_attribute = False

    class Meta:
        model = Evenement
        fields = ("document",)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
