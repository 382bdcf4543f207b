"""The three sections of an appel, and the small forms around it."""

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q

from annuaire.enums import DOMAINE_DE, EtatRattachement, EtatStructure, Mission
from annuaire.models import Appel, Structure
from annuaire.models.appels import PLACES_AU_PLUS, PLACES_PAR_DEFAUT
from annuaire.orientation import NON, OUI, PORTES, SOURCE
from annuaire.sections_appel import EXIGENCES, PARCOURS
from annuaire.transitions.commun import MOTIF_AU_PLUS
from hubpartenariat.socle.champs import CommuneField
from hubpartenariat.socle.champs_simples import champ_motif
from hubpartenariat.socle.saisie import (
    CHOIX_INCONNU,
    SANS_REPONSE,
    EtiquettesField,
    FormulaireDeSection,
    champ_de_formulaire,
)
from hubpartenariat.socle.vocabulaires import THEMES_SUGGERES, Domaine

PAS_ENCORE = "Pas encore de structure (l’équipe qui modère le verra)"


def structures_de(personne):
    """The structures that ``personne`` was accepted into."""
    return Structure.objects.filter(
        etat__in=[EtatStructure.PUBLIEE, EtatStructure.PROPOSEE],
        rattachements__personne=personne,
        rattachements__etat=EtatRattachement.ACCEPTE,
    ).distinct()


class StructureField(forms.ChoiceField):
    """One of the structures of the person, or none yet. Cleans to a ``Structure`` or None."""

    widget = forms.RadioSelect
    default_error_messages = CHOIX_INCONNU

    def proposer(self, structures):
        self.structures = {str(structure.pk): structure for structure in structures}
        self.choices = [(cle, structure.nom) for cle, structure in self.structures.items()]
        self.choices += [("", PAS_ENCORE)]

    def prepare_value(self, value):
        if isinstance(value, Structure):
            value = value.pk
        return "" if value is None else str(value)

    def clean(self, value):
        return self.structures.get(super().clean(value))


class SectionDAppel(FormulaireDeSection):
    pour_l_envoi = tuple(champ for champ, _ in EXIGENCES)

    def __init__(self, *args, personne=None, **options):
        self.personne = personne
        super().__init__(*args, **options)


class LeBesoin(SectionDAppel):
    section = "besoin"
    structure = StructureField(label="Votre structure", required=False)
    mission = forms.ChoiceField(
        label="La mission",
        required=False,
        error_messages=CHOIX_INCONNU,
        choices=[
            ("", SANS_REPONSE),
            *(
                (domaine.label, [(m.value, m.label) for m in Mission if m.domaine == domaine])
                for domaine in Domaine
                if domaine in DOMAINE_DE.values()
            ),
        ],
    )
    themes = EtiquettesField(
        label="Thèmes ou maladies concernés", required=False, suggestions=THEMES_SUGGERES
    )

    class Meta:
        model = Appel
        fields = list(PARCOURS["besoin"].champs)
        formfield_callback = champ_de_formulaire

    groupes = [
        ("Qui cherche", "", ["structure"]),
        ("Ce que vous cherchez", "", ["titre", "description", "mission", "themes"]),
        ("D’où vous partez", "", ["deja_fait"]),
    ]
    aides = {
        "structure": (
            "Celles dont vous faites partie. Pour en ajouter une, demandez le "
            "rattachement depuis sa page de l’annuaire."
        ),
        "titre": "Ce qu’on fera ensemble, en quelques mots. 160 caractères au plus.",
        "description": (
            "Le projet, le rôle proposé, l’équipe. N’écrivez ni nom, ni adresse, ni numéro : les "
            "réponses passent par le hub. 2 000 caractères au plus."
        ),
        "mission": (
            "Les missions sont celles que décrit la Haute Autorité de santé (2026), par domaine."
        ),
        "themes": "Séparez-les par des virgules. Par exemple : Diabète, Santé mentale.",
        "deja_fait": (
            "Ce que patients et professionnels ont déjà mené ensemble chez vous, même peu, même "
            "rien encore : les personnes sauront où elles arrivent."
        ),
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        possibles = Q(pk__in=structures_de(self.personne)) if self.personne else Q(pk=None)
        if self.instance.structure_id:
            possibles |= Q(pk=self.instance.structure_id)
        self.fields["structure"].proposer(Structure.objects.filter(possibles).order_by("nom", "pk"))

    def valeurs(self):
        """The domain follows from the mission: they cannot contradict each other."""
        valeurs = super().valeurs()
        if "mission" in valeurs:
            mission = valeurs["mission"]
            valeurs["domaine"] = Mission(mission).domaine.value if mission else ""
        return valeurs


class LesConditions(SectionDAppel):
    section = "conditions"
    commune = CommuneField(required=False)

    class Meta:
        model = Appel
        fields = list(PARCOURS["conditions"].champs)
        formfield_callback = champ_de_formulaire

    groupes = [
        ("Où et quand", "", ["departements", "commune", "lieu", "temps", "disponibilites"]),
        (
            "Combien de personnes",
            "Jamais seul : à deux, on se relaie, on se soutient, et la parole des patients ne "
            "repose pas sur une personne. La Haute Autorité de santé recommande au moins deux "
            "patients partenaires par projet.",
            ["places", "pourquoi_une_place"],
        ),
        (
            "Ce que vous offrez",
            "Dites ce qui est, même si c’est peu : une personne prévenue décide en connaissance "
            "de cause.",
            ["statut", "frais", "charte"],
        ),
        ("Comment se fera le choix", "", ["mode"]),
    ]
    deux_colonnes = ("departements",)
    aides = {
        "departements": "Cochez tous les départements concernés, ou la région entière.",
        "commune": "Facultatif. Là où l’on se retrouve : son nom ou son code postal.",
        "temps": "Par exemple : une réunion de deux heures par mois, pendant un an.",
        "disponibilites": "Les moments où l’on se retrouve. Cochez tout ce qui convient.",
        "places": "Deux, sauf raison particulière.",
        "pourquoi_une_place": "Seulement si vous ne cherchez qu’une personne.",
        "statut": "Sous quel statut la personne intervient.",
        "frais": "Transport, repas, garde… Sans remboursement, l’appel le dira clairement.",
        "charte": "Un texte qui dit les droits et les devoirs de chacun.",
        "mode": (
            "Avec le choix, vous lisez les motivations, sans nom, et chacun accepte ou non. Avec "
            "le tirage, le hub tire au sort parmi les volontaires."
        ),
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        mode = self.fields["mode"]
        mode.choices = [choix for choix in mode.choices if choix[0]]

    def clean_places(self):
        places = self.cleaned_data["places"]
        return PLACES_PAR_DEFAUT if places is None else places

    def clean_mode(self):
        return self.cleaned_data["mode"] or Appel().mode


class LaBonnePorte(SectionDAppel):
    section = "bonne-porte"

    class Meta:
        model = Appel
        fields = []
        formfield_callback = champ_de_formulaire

    champs = {f"porte_{porte.code}": porte for porte in PORTES}
    groupes = [("Quatre questions", SOURCE, list(champs))]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        reponses = self.instance.orientation or {}
        for nom, porte in self.champs.items():
            self.fields[nom] = forms.ChoiceField(
                label=porte.question,
                help_text=porte.aide,
                choices=[(NON, "Non"), (OUI, "Oui")],
                widget=forms.RadioSelect,
                error_messages=CHOIX_INCONNU,
                required=False,
            )
            self.fields[nom].mention = "pour l’envoi"
            self.initial.setdefault(nom, reponses.get(porte.code, ""))
        if not self.is_bound:
            self._montrer_ce_qui_est_a_corriger()

    def valeurs(self):
        reponses = dict(self.instance.orientation or {})
        for nom, porte in self.champs.items():
            if nom in self.cleaned_data:
                reponses[porte.code] = self.cleaned_data[nom]
        return {"orientation": {code: dite for code, dite in reponses.items() if dite}}


FORMULAIRES = {
    formulaire.section: formulaire for formulaire in (LeBesoin, LesConditions, LaBonnePorte)
}


class MotifForm(forms.Form):
    """Why."""

    motif = champ_motif(au_plus=MOTIF_AU_PLUS)


class PlacesForm(forms.Form):
    places = forms.IntegerField(
        label="Nombre de places",
        min_value=1,
        max_value=PLACES_AU_PLUS,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "champ__court"}
        ),
    )
    pourquoi = forms.CharField(
        label="Pourquoi une seule place",
        max_length=600,
        required=False,
        help_text="Seulement si vous ne cherchez qu’une personne.",
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )


class EquipeForm(forms.Form):
    """Who of the structure follows this appel, together."""

    equipe = forms.ModelMultipleChoiceField(
        label="Qui suit cet appel",
        queryset=get_user_model().objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Les personnes dont le rattachement à la structure est accepté.",
        error_messages={
            "required": "Gardez au moins une personne.",
            "invalid_choice": "Choisissez parmi les réponses proposées.",
            "invalid_pk_value": "Choisissez parmi les réponses proposées.",
        },
    )

    def __init__(self, *args, appel, **options):
        super().__init__(*args, **options)
        self.appel = appel
        collegues = Q(appels=appel)
        if appel.structure_id:
            collegues |= Q(
                rattachements__structure=appel.structure_id,
                rattachements__etat=EtatRattachement.ACCEPTE,
            )
        personnes = get_user_model().objects.filter(collegues, is_active=True).distinct()
        self.fields["equipe"].queryset = personnes.order_by("nom", "pk")
        self.initial.setdefault("equipe", list(appel.equipe.values_list("pk", flat=True)))
