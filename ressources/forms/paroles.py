"""Forms of stories: write one, say whom it quotes, send it, answer for oneself."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from hubpartenariat.socle.champs_simples import champ_motif
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.saisie import champ_de_formulaire
from ressources.enums import Accord
from ressources.models import Parole, PersonneCitee
from ressources.paroles.accords import CITEES_AU_PLUS
from ressources.paroles.transitions import MANQUES

BROUILLONS_AU_PLUS = 20
DITS_PAR_L_AUTEUR = (Accord.ATTESTE, Accord.DEMANDE, Accord.SANS)


SANS_FICHE = (
    "Cette adresse n’est pas celle d’une démarche publiée. Ouvrez sa page, copiez l’adresse dans "
    "la barre du navigateur, et collez-la ici."
)
SANS_RESSOURCE = (
    "Cette adresse n’est pas celle d’une ressource publiée. Ouvrez sa page, copiez l’adresse dans "
    "la barre du navigateur, et collez-la ici."
)


def fiches_publiees():
    """Fiches of the map that a story may be told of: the newest ones of a long list come last."""
    modele = Parole._meta.get_field("fiche").related_model
    return modele.objects.publiees()


def ressources_publiees():
    """Entries of the library that a story may say it used."""
    modele = Parole._meta.get_field("ressource").related_model
    return modele.objects.publiees()


class ParoleForm(forms.ModelForm):
    """One story, kept as a draft: nothing is required before it is sent."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    lien_fiche = forms.CharField(
        label="Démarche de la cartographie",
        required=False,
        max_length=300,
        help_text="Collez l’adresse de sa page sur le hub : le récit y sera montré.",
    )
    lien_ressource = forms.CharField(
        label="Ressource dont vous vous êtes servi",
        required=False,
        max_length=300,
        help_text="Collez l’adresse de sa page dans la bibliothèque : le récit y sera montré.",
    )

    class Meta:
        model = Parole
        fields = (
            *("titre", "raconte", "quoi", "avec_qui", "change", "referions", "signature"),
            *("domaines", "departements"),
        )
        formfield_callback = champ_de_formulaire

    use_required_attribute = False
    aides = {
        "titre": "Une phrase courte. Par exemple : « Nous avons réécrit la lettre d’accueil ».",
        "quoi": "Le projet en quelques phrases : le point de départ, ce que vous avez essayé.",
        "avec_qui": (
            "Les rôles suffisent souvent : « deux patientes, une cadre ». Si vous écrivez un nom, "
            "dites ensuite si la personne est d’accord."
        ),
        "change": "Pour les patients, l’équipe, vous. Ce qui n’a pas changé compte aussi.",
        "referions": "Et ce que vous feriez autrement.",
        "signature": "Par exemple : « Léa, patiente partenaire ». Vide : le récit n’est pas signé.",
    }
    groupes = [
        ("Le récit", ["titre", "raconte", "quoi", "avec_qui", "change", "referions"]),
        (
            "Pour le retrouver",
            ["lien_fiche", "lien_ressource", "domaines", "departements", "signature"],
        ),
    ]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        for nom, phrase in self.aides.items():
            self.fields[nom].help_text = phrase
        for nom in MANQUES:
            self.fields[nom].mention = "pour l’envoi"
        self.fields["raconte"].choices = [c for c in self.fields["raconte"].choices if c[0]]
        self.fields["departements"].deux_colonnes = True
        self.fields["version"].initial = self.instance.version
        if self.instance.fiche_id:
            adresse = reverse("cartographie:fiche", args=[self.instance.fiche.slug])
            self.fields["lien_fiche"].initial = adresse if self.instance.fiche.slug else ""
        if self.instance.ressource_id:
            self.fields["lien_ressource"].initial = self.instance.ressource.get_absolute_url()

    def clean_lien_fiche(self):
        return self._du_lien("fiche", fiches_publiees(), SANS_FICHE)

    def clean_lien_ressource(self):
        return self._du_lien("ressource", ressources_publiees(), SANS_RESSOURCE)

    def _du_lien(self, nom: str, publiees, refus: str) -> str:
        """A published row, from its address or its last part; nothing for nothing."""
        texte = self.cleaned_data[f"lien_{nom}"].split("?")[0].split("#")[0].strip().strip("/")
        trouvee = publiees.filter(slug=texte.rsplit("/", 1)[-1]).first() if texte else None
        if texte and trouvee is None:
            raise ValidationError(refus)
        self.cleaned_data[nom] = trouvee
        return texte

    def lignes(self):
        """[(title of the group, its fields)] for the page."""
        return [(titre, [self[nom] for nom in noms]) for titre, noms in self.groupes]

    @transaction.atomic
    def creer(self, personne) -> Parole:
        if Parole.objects.de(personne).count() >= BROUILLONS_AU_PLUS:
            raise ValidationError(
                f"Vous avez déjà {BROUILLONS_AU_PLUS} récits : supprimez-en un pour continuer."
            )
        une = self.save(commit=False)
        une.auteur = personne
        une.fiche, une.ressource = self.cleaned_data["fiche"], self.cleaned_data["ressource"]
        une.save()
        consigner(une, "ecrire", personne)
        return une

    @transaction.atomic
    def enregistrer(self) -> bool:
        """Save if nobody did meanwhile and it may still be written; False otherwise."""
        une = Parole.objects.select_for_update().get(pk=self.instance.pk)
        if not une.modifiable or une.version != self.cleaned_data["version"]:
            return False
        for nom in self.Meta.fields:
            setattr(une, nom, self.cleaned_data[nom])
        une.fiche, une.ressource = self.cleaned_data["fiche"], self.cleaned_data["ressource"]
        une.version = F("version") + 1
        une.save()
        return True


class CiteeForm(forms.ModelForm):
    """Somebody whom the story quotes. What they answered is not the author's to change."""

    use_required_attribute = False

    class Meta:
        model = PersonneCitee
        fields = ("nom", "nommee_comme", "accord", "courriel")
        formfield_callback = champ_de_formulaire

    aides = {
        "nom": (
            "Tel qu’il est écrit dans le récit, par exemple : « Marie Dupont ». Il n’est montré "
            "qu’à vous et à l’équipe qui modère."
        ),
        "nommee_comme": (
            "Ce qu’elle accepte : un prénom, un rôle, ou son nom entier. Sans son accord, le hub "
            "écrit « une personne » à la place."
        ),
        "courriel": "Seulement pour le lui demander. Elle lira le récit, puis dira oui ou non.",
    }
    manques = {
        "nom": "Écrivez son nom comme dans le récit.",
        "nommee_comme": "Dites comment la nommer.",
        "accord": "Dites si elle est d’accord.",
    }

    def __init__(self, *args, parole, **options):
        super().__init__(*args, **options)
        self.label_suffix, self.parole = "", parole
        self.instance.parole = parole
        self.avant = (self.instance.nom, self.instance.nommee_comme)
        for nom, phrase in self.aides.items():
            self.fields[nom].help_text = phrase
        for nom, phrase in self.manques.items():
            self.fields[nom].required = True
            self.fields[nom].error_messages["required"] = phrase
        dits = [choix for choix in Accord.choices if choix[0] in DITS_PAR_L_AUTEUR]
        if self.instance.accord == Accord.DONNE:
            dits = [(Accord.DONNE.value, Accord.DONNE.label), *dits]
        self.fields["accord"].choices = dits

    def clean(self):
        donnees = super().clean()
        a_demander = donnees.get("accord") == Accord.DEMANDE and "courriel" not in self.errors
        if a_demander and not donnees.get("courriel"):
            self.add_error("courriel", "Pour le lui demander, il faut son adresse e-mail.")
        refusees = self.parole.citees.filter(accord=Accord.REFUSE).exclude(pk=self.instance.pk)
        adresse = (donnees.get("courriel") or "").lower()
        if adresse and refusees.filter(courriel__iexact=adresse).exists():
            self.add_error("courriel", "Cette personne a déjà répondu non.")
        autres = self.parole.citees.exclude(pk=self.instance.pk)
        if donnees.get("nom") and autres.filter(nom=donnees["nom"]).exists():
            self.add_error("nom", "Cette personne est déjà dans la liste.")
        if not self.instance.pk and self.parole.citees.count() >= CITEES_AU_PLUS:
            raise ValidationError(f"{CITEES_AU_PLUS} personnes au plus. Citez plutôt leurs rôles.")
        return donnees

    @transaction.atomic
    def enregistrer(self) -> PersonneCitee:
        """Under a lock: the story is still being written, the person has not refused meanwhile."""
        parole = Parole.objects.select_for_update().get(pk=self.parole.pk)
        if not parole.modifiable:
            raise ValidationError("Ce récit est parti : reprenez-le pour le modifier.")
        une = self.instance
        if une.pk and PersonneCitee.objects.filter(pk=une.pk, accord=Accord.REFUSE).exists():
            raise ValidationError("Cette personne vient de répondre non : elle n’est pas nommée.")
        if une.accord == Accord.DONNE and (une.nom, une.nommee_comme) != self.avant:
            une.accord = Accord.DEMANDE  # another name: asked again
        une.save()
        return une


class EnvoiForm(forms.Form):
    """What the author vouches for when the story is sent."""

    use_required_attribute = False
    accords = forms.BooleanField(
        label="J’ai relu ce récit comme tous le liront. Les personnes que je dis d’accord le sont.",
        error_messages={"required": "Relisez le récit, puis cochez cette case pour l’envoyer."},
    )

    def __init__(self, *args, noms=(), **options):
        """``noms``: what reads like an undeclared name; the author says that it may stay."""
        super().__init__(*args, **options)
        if noms:
            self.fields["noms"] = forms.BooleanField(
                label=f"Ces mots peuvent rester écrits tels quels : {', '.join(noms)}.",
                help_text="Si c’est le nom d’une personne, ajoutez-la plutôt à celles que vous "
                "citez, ou écrivez son rôle.",
                error_messages={
                    "required": "Un nom semble écrit sans être déclaré : ajoutez la personne à "
                    "celles que vous citez, ou dites qu’il peut rester."
                },
            )


class MotifForm(forms.Form):
    """Why the team asks, declines or withdraws."""

    motif = champ_motif("Il est envoyé à la personne qui a écrit le récit.", libelle="Motif")
