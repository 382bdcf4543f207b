"""Forms of messages, missions, carnet d'engagement, attestations and reports."""

from django import forms
from django.core.exceptions import ValidationError

from annuaire.models import LigneDeCarnet, MissionSuivie
from hubpartenariat.socle.champs_simples import HeuresField, JourField

SATISFACTIONS = [
    ("5", "Très bien"),
    ("4", "Bien"),
    ("3", "Ni bien ni mal"),
    ("2", "Plutôt mal"),
    ("1", "Mal"),
]


def texte_long(label, longueur, phrase, *, rows=5, **options):
    return forms.CharField(
        label=label,
        max_length=longueur,
        widget=forms.Textarea(attrs={"rows": rows, "cols": 60}),
        error_messages={"required": phrase},
        **options,
    )


class MessageForm(forms.Form):
    texte = texte_long("Votre message", 2000, "Écrivez quelques mots.")
    texte.qui_voit = "Les personnes des deux côtés de cette mise en relation."


class JourForm(forms.Form):
    """When a mission starts or ends."""

    jour = JourField(label="Date")


class RencontreForm(forms.Form):
    quand = JourField(label="Date de la rencontre")
    objet = forms.CharField(
        label="De quoi s’agissait-il ?",
        max_length=200,
        help_text="Quelques mots, que les deux côtés lisent. N’écrivez rien de médical.",
        error_messages={"required": "Dites en quelques mots de quoi il s’agissait."},
    )


class RetourForm(forms.Form):
    satisfaction = forms.ChoiceField(
        label="Comment cette mission s’est-elle passée pour vous ?",
        choices=SATISFACTIONS,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une réponse.",
            "invalid_choice": "Choisissez parmi les réponses proposées.",
        },
    )
    texte = texte_long("Ce que vous en retenez", 2000, "", required=False)
    montre = forms.BooleanField(
        label="Montrer mon retour à l’autre côté",
        required=False,
        help_text="Sans cela, seul votre côté le lit.",
    )


class LigneForm(forms.Form):
    """One line of the carnet. Only its owner's missions are offered."""

    quand = JourField(label="Date")
    heures = HeuresField(label="Nombre d’heures", help_text="Par exemple : 1,5.")
    role = forms.CharField(
        label="Rôle tenu",
        max_length=160,
        help_text=(
            "Par exemple : co-animation d’un atelier. Ce rôle figure sur l’attestation : n’y "
            "écrivez pas de maladie."
        ),
        error_messages={"required": "Dites quel rôle vous avez tenu."},
    )
    description = texte_long("Ce que j’ai fait", 1500, "", required=False)
    description.help_text = "Pour vous, et pour l’équipe si vous lui demandez de co-signer."
    mission = forms.ModelChoiceField(
        label="Mission",
        queryset=MissionSuivie.objects.none(),
        required=False,
        to_field_name="uuid",
        empty_label="Aucune mission du hub",
        help_text="Avec une mission, son équipe peut co-signer la ligne.",
        error_messages={"invalid_choice": "Choisissez parmi vos missions."},
    )

    def __init__(self, *args, personne, **options):
        super().__init__(*args, **options)
        self.fields["mission"].queryset = MissionSuivie.objects.with_relation().du_patient(personne)
        self.fields["mission"].label_from_instance = titre_de_mission

    @staticmethod
    def valeurs_de(ligne: LigneDeCarnet) -> dict:
        noms = ("quand", "heures", "role", "description")
        mission = ligne.mission.uuid if ligne.mission_id else None
        return {nom: getattr(ligne, nom) for nom in noms} | {"mission": mission}


def titre_de_mission(mission) -> str:
    """How both sides call a mission: its appel or offre, and the structure."""
    relation = mission.relation
    objet = relation.appel or relation.offre
    structure = mission.structure
    return f"{objet} ({structure})" if structure else str(objet)


class AttestationForm(forms.Form):
    """The period, and the real name, asked for at that moment and confirmed."""

    du = JourField(label="Du")
    au = JourField(label="Au")
    nom = forms.CharField(
        label="Votre prénom et votre nom, comme sur vos papiers",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Écrivez votre prénom et votre nom."},
    )
    nom.qui_voit = "Vous, et les personnes à qui vous donnerez l’attestation."
    confirme = forms.BooleanField(
        label="Je confirme que c’est mon nom et que ces lignes sont les miennes",
        error_messages={"required": "Cochez cette case pour confirmer."},
    )

    def clean_nom(self):
        nom = " ".join(self.cleaned_data["nom"].split())
        if sum(lettre.isalpha() for lettre in nom) < 2:
            raise ValidationError("Écrivez votre prénom et votre nom.")
        return nom

    def clean(self):
        du, au = self.cleaned_data.get("du"), self.cleaned_data.get("au")
        if du and au and au < du:
            self.add_error("au", "La fin de la période précède son début.")
        return self.cleaned_data


class SignalementForm(forms.Form):
    texte = texte_long(
        "Ce qui s’est passé", 3000, "Dites en quelques mots ce qui s’est passé.", rows=8
    )
    texte.qui_voit = "Les personnes du hub qui traitent les signalements, et vous."
