"""Forms of the agenda: propose an event, tie documents to one."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst

from hubpartenariat.socle.champs_simples import champ_motif
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.saisie import AdresseWebField, champ_de_formulaire
from hubpartenariat.socle.televersements.formulaire import FichierField
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
    def corriger(self) -> Evenement:
        """Save what its organiser changed, if the team has not published it meanwhile."""
        actuel = Evenement.objects.select_for_update().get(pk=self.instance.pk)
        actuel.reproposer(self.personne)
        un = self.save(commit=False)
        un.save(update_fields=[*self.Meta.fields, "modifie_le"])
        return un

    @transaction.atomic
    def proposer(self) -> Evenement:
        un = self.save(commit=False)
        un.organisateur, un.etat = self.personne, EtatEvenement.PROPOSE
        un.save()
        consigner(un, "proposer", self.personne)
        return un


class LectureForm(forms.Form):
    """What was read of an event goes back with the decision. ``evenement``: the one shown."""

    lu = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, evenement, **options):
        super().__init__(*args, **options)
        self.fields["lu"].initial = evenement.tampon


class RefusForm(LectureForm):
    """Why an event is not published."""

    motif = champ_motif("La personne qui l’a proposé lira ce texte, et pourra le corriger.")


class DocumentForm(forms.ModelForm):
    """The report and the documents of an event, once it is over or before: a file, a link, both."""

    fichier = FichierField(label="Fichier", required=False)
    retirer = forms.BooleanField(label="Retirer le fichier actuel", required=False)
    document = AdresseWebField(
        label="Adresse du compte rendu ou des documents",
        required=False,
        max_length=300,
        help_text="Facultatif, s’ils sont déjà en ligne ailleurs.",
    )

    use_required_attribute = False

    class Meta:
        model = Evenement
        fields = ("document",)

    field_order = ["fichier", "retirer", "document"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        if self.instance.a_un_fichier:
            self.fields["fichier"].label = "Un autre fichier, à la place"
        else:
            del self.fields["retirer"]

    @transaction.atomic
    def enregistrer(self) -> None:
        un = Evenement.objects.select_for_update().get(pk=self.instance.pk)
        un.document = self.cleaned_data["document"]
        if depot := self.cleaned_data["fichier"]:
            un.deposer(depot)
        elif self.cleaned_data.get("retirer"):
            un.oublier_le_fichier()
        un.save(update_fields=["document", *un.CHAMPS_DU_FICHIER, "modifie_le"])
