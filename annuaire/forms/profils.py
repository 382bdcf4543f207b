"""The sections of a profile, and the small forms around them: opening, resting, closing."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from annuaire import regards
from annuaire.coordonnees import contient_des_coordonnees
from annuaire.enums import EtatProfil, Regard
from annuaire.models import Profil
from annuaire.models.profils import MISSIONS_AU_PLUS, SOLLICITATIONS_AU_PLUS
from annuaire.sections_de_profil import PARCOURS
from annuaire.transitions.profils import PAUSE_AU_PLUS
from hubpartenariat.comptes.consentements import TEXTES, Finalite
from hubpartenariat.socle.saisie import (
    CHOIX_INCONNU,
    Etiquettes,
    EtiquettesField,
    FormulaireDeSection,
    champ_de_formulaire,
)
from hubpartenariat.socle.vocabulaires import THEMES_SUGGERES

PLUSIEURS = "Cochez tout ce qui convient."
APPELLATIONS = (
    "Patient partenaire",
    "Patiente partenaire",
    "Pair-aidant",
    "Pair-aidante",
    "Patient expert",
    "Patiente experte",
    "Patient ressource",
    "Patiente ressource",
    "Médiateur de santé pair",
    "Médiatrice de santé paire",
    "Proche partenaire",
)
LANGUES = ("Français", "Langue des signes française", "Anglais", "Arabe", "Portugais", "Espagnol")
CE_QUI_EST_VIDE = "Ce que vous n’avez pas encore écrit"
MAJEUR, REPRESENTE = "majeur", "represente"
UN_PROFIL_OUVERT = "Votre profil est ouvert : il garde cette réponse. Fermez-le pour l’effacer."


class UneSuggestion(Etiquettes):
    """A text input whose suggestions are whole values: no script is needed."""

    class Media:
        extend = False

    def get_context(self, name, value, attrs):
        contexte = super().get_context(name, value, attrs)
        cle = contexte["widget"]["attrs"].get("id", f"id_{name}")
        contexte["widget"]["attrs"]["list"] = f"{cle}_suggestions"
        return contexte


class SectionDeProfil(FormulaireDeSection):
    """Under each answer, who sees it now."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for nom in self.fields:
            if nom in regards.ATTRIBUTS:
                self.fields[nom].qui_voit = QUI_VOIT[regards.regard(self.instance, nom)]


QUI_VOIT = {
    Regard.JAMAIS: "vous seulement.",
    Regard.APPARIEMENT: "vous seulement. Le hub peut s’en servir pour vous proposer des appels.",
    Regard.ACCORD: "une équipe, seulement après votre accord et le sien.",
    Regard.MEMBRES: "les membres du hub, sous votre pseudonyme.",
}


class QuiJeSuis(SectionDeProfil):
    section = "qui-je-suis"
    majorite = forms.ChoiceField(
        label="Votre âge",
        choices=[
            (MAJEUR, "J’ai 18 ans ou plus, et je décide pour moi"),
            (REPRESENTE, "Mon représentant légal (parent, tuteur) m’accompagne et est d’accord"),
        ],
        widget=forms.RadioSelect,
        required=False,
        error_messages=CHOIX_INCONNU,
    )
    langues = EtiquettesField(label="Langues parlées", required=False, suggestions=LANGUES)

    class Meta:
        model = Profil
        fields = [
            "pseudonyme",
            "representant",
            "appellation",
            "experience",
            "formations",
            "association",
            "langues",
        ]
        formfield_callback = champ_de_formulaire

    groupes = [
        (
            "Le nécessaire",
            "Ce sont les deux seules réponses à donner avant d’ouvrir votre profil.",
            ["pseudonyme", "majorite", "representant"],
        ),
        (
            "Pour vous présenter",
            "Tout est facultatif.",
            ["appellation", "experience", "formations", "association", "langues"],
        ),
    ]
    aides = {
        "pseudonyme": (
            "Le nom que les équipes lisent avant de vous connaître. Choisissez-en un qui ne "
            "permet pas de vous reconnaître : ni nom, ni adresse, ni numéro. 40 caractères au plus."
        ),
        "majorite": (
            "L’annuaire s’adresse aux personnes majeures. Avant 18 ans, ou si la loi demande "
            "que quelqu’un décide avec vous, votre représentant légal doit être d’accord."
        ),
        "representant": (
            "Seulement si un représentant vous accompagne : son nom. Il n’est montré à personne."
        ),
        "appellation": (
            "Vos mots : pair-aidante, patient expert… Aucun titre n’est meilleur qu’un autre."
        ),
        "formations": f"Aucune n’est exigée. {PLUSIEURS}",
        "association": "Si vous êtes membre d’une association, et si vous voulez le dire.",
        "langues": "Séparez-les par des virgules. Par exemple : Français, Langue des signes.",
    }
    qui_voit = {
        "pseudonyme": "les équipes auxquelles vous répondez, et l’équipe du Pôle ETP.",
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["pseudonyme"].mention = self.fields["majorite"].mention = "pour ouvrir"
        self.fields["pseudonyme"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.fields["representant"].label = "Nom du représentant légal"
        self.fields["representant"].widget.attrs["autocomplete"] = "off"
        self.fields["experience"].label = "Expérience du partenariat"
        self.fields["appellation"].widget = UneSuggestion()
        self.fields["appellation"].widget.suggestions = APPELLATIONS
        actuel = (
            REPRESENTE if self.instance.representant else MAJEUR if self.instance.majeur else ""
        )
        self.initial.setdefault("majorite", actuel)

    def clean_pseudonyme(self):
        pseudonyme = " ".join(self.cleaned_data["pseudonyme"].split())
        if contient_des_coordonnees(pseudonyme) or sum(c.isdigit() for c in pseudonyme) > 5:
            raise ValidationError(
                "Ce pseudonyme ressemble à une adresse ou à un numéro. Choisissez d’autres mots."
            )
        if not pseudonyme and self._ouvert:
            raise ValidationError(UN_PROFIL_OUVERT)
        return pseudonyme

    def clean_majorite(self):
        if not self.cleaned_data["majorite"] and self._ouvert:
            raise ValidationError(UN_PROFIL_OUVERT)
        return self.cleaned_data["majorite"]

    def clean(self):
        donnees = self.cleaned_data
        if donnees.get("majorite") == REPRESENTE and donnees.get("representant") == "":
            self.add_error("representant", "Écrivez le nom de la personne qui vous représente.")
        return donnees

    @property
    def _ouvert(self) -> bool:
        return self.instance.etat == EtatProfil.ACTIF

    def valeurs(self):
        valeurs = super().valeurs()
        majorite = self.cleaned_data.get("majorite")
        if majorite is None or "representant" not in self.cleaned_data:
            # One of the two is to be corrected: neither is an answer yet.
            valeurs.pop("representant", None)
            return valeurs
        if majorite != REPRESENTE:
            valeurs["representant"] = ""
        return valeurs | {"majeur": majorite in (MAJEUR, REPRESENTE)}

    def invalides(self):
        """With no name of the representative, the choice that asks for it is kept too."""
        trouvees = super().invalides()
        if "representant" in trouvees and "majorite" in self.cleaned_data:
            trouvees.setdefault("majorite", {"saisi": self["majorite"].data, "erreurs": []})
        return trouvees


class CeQueJeSais(SectionDeProfil):
    section = "ce-que-je-sais"
    themes = EtiquettesField(
        label="Thèmes ou maladies", required=False, suggestions=THEMES_SUGGERES
    )

    class Meta:
        model = Profil
        fields = list(PARCOURS["ce-que-je-sais"].champs)
        formfield_callback = champ_de_formulaire

    groupes = [
        (
            "Votre expérience",
            "Ces réponses parlent de votre santé : sans autre choix de votre part, elles ne sont "
            "jamais montrées. Vous pouvez ne rien écrire.",
            ["savoirs", "themes", "amenagements"],
        )
    ]
    aides = {
        "savoirs": (
            "Ce que la maladie, le handicap ou l’accompagnement d’un proche vous ont appris, et "
            "que les soignants ne savent pas. 2 000 caractères au plus."
        ),
        "themes": (
            "Séparez-les par des virgules. Ils servent à trouver les appels qui vous concernent."
        ),
        "amenagements": "Ce qui vous rend la participation possible. 1 000 caractères au plus.",
    }


class CeQueJeCherche(SectionDeProfil):
    section = "ce-que-je-cherche"

    class Meta:
        model = Profil
        fields = list(PARCOURS["ce-que-je-cherche"].champs)
        formfield_callback = champ_de_formulaire

    groupes = [
        ("Ce qui vous attire", "", ["domaines", "missions", "souhaits"]),
        ("En retour", "", ["reconnaissance"]),
    ]
    aides = {
        "domaines": PLUSIEURS,
        "missions": f"{PLUSIEURS} Sans réponse, toutes les missions peuvent vous être proposées.",
        "souhaits": "Ce que vous aimeriez faire, ou ne pas faire. 1 000 caractères au plus.",
        "reconnaissance": f"Ce que vous attendez en retour. {PLUSIEURS}",
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        champ = self.fields["reconnaissance"]
        champ.choices = [choix for choix in champ.choices if choix[0] != "aucune"]
        champ.exclusif = champ.widget.exclusif = ""


class QuandEtOu(SectionDeProfil):
    section = "quand-et-ou"
    sollicitations_par_mois = forms.ChoiceField(
        label="Propositions par mois, au plus",
        choices=[("0", "Aucune : je regarde les appels quand je veux")]
        + [(str(n), str(n)) for n in range(1, SOLLICITATIONS_AU_PLUS + 1)],
        required=False,
        error_messages=CHOIX_INCONNU,
    )
    missions_actives_max = forms.ChoiceField(
        label="Missions en même temps, au plus",
        choices=[(str(n), str(n)) for n in range(1, MISSIONS_AU_PLUS + 1)],
        required=False,
        error_messages=CHOIX_INCONNU,
    )

    class Meta:
        model = Profil
        fields = list(PARCOURS["quand-et-ou"].champs)
        formfield_callback = champ_de_formulaire

    NOMBRES = ("sollicitations_par_mois", "missions_actives_max")
    groupes = [
        ("Où", "", ["territoires", "a_distance"]),
        ("Quand", "", ["disponibilites", "contraintes"]),
        (
            "À quel rythme",
            "Personne ne dépasse ces nombres, pas même l’équipe du hub.",
            list(NOMBRES),
        ),
    ]
    deux_colonnes = ("territoires",)
    aides = {
        "territoires": "Les départements où vous pouvez vous rendre, ou la région entière.",
        "disponibilites": PLUSIEURS,
        "contraintes": "Fatigue, soins, garde d’enfants, trajets… 1 000 caractères au plus.",
        "sollicitations_par_mois": "Deux par mois si vous ne changez rien.",
        "missions_actives_max": "Une seule si vous ne changez rien.",
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["a_distance"].label = "Je peux aussi participer à distance"
        garde = self.instance.a_corriger(self.section) if not self.is_bound else {}
        for nom in self.NOMBRES:
            if nom not in garde:
                self.initial[nom] = str(getattr(self.instance, nom))

    def valeurs(self):
        valeurs = super().valeurs()
        for nom in self.NOMBRES:
            if valeurs.get(nom):
                valeurs[nom] = int(valeurs[nom])
            else:
                valeurs.pop(nom, None)
        return valeurs


class QuiVoitQuoi(FormulaireDeSection):
    section = "qui-voit-quoi"
    champs = {f"regard_{nom}": attribut for nom, attribut in regards.ATTRIBUTS.items()}

    class Meta:
        model = Profil
        fields = []

    groupes = [
        (
            "Votre santé",
            "Sans autre choix, ces réponses ne sont montrées à personne.",
            [nom for nom, attribut in champs.items() if attribut.sante],
        ),
        (
            "Le reste de votre profil",
            "Sans autre choix, une équipe ne lit ces réponses qu’après votre accord et le sien.",
            [nom for nom, attribut in champs.items() if not attribut.sante],
        ),
    ]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for nom, attribut in self.champs.items():
            self.fields[nom] = forms.ChoiceField(
                label=attribut.libelle,
                choices=Regard.choices,
                widget=forms.RadioSelect,
                error_messages=CHOIX_INCONNU,
                required=False,
                help_text=self._aide(attribut),
            )
            self.fields[nom].mention = "facultatif"
            self.initial.setdefault(nom, regards.regard(self.instance, attribut.nom).value)
        self.groupes = self._groupes()
        if not self.is_bound:
            self._montrer_ce_qui_est_a_corriger()

    def _groupes(self):
        """What the person wrote first; the rest apart, so that the page stays short."""
        vides = [
            nom
            for nom, attribut in self.champs.items()
            if not regards.en_mots(self.instance, attribut.nom)
        ]
        groupes = [
            (titre, aide, [nom for nom in noms if nom not in vides])
            for titre, aide, noms in type(self).groupes
        ]
        groupes.append(
            (CE_QUI_EST_VIDE, "Vous pouvez choisir dès maintenant, ou plus tard.", vides)
        )
        return [groupe for groupe in groupes if groupe[2]]

    def _aide(self, attribut) -> str:
        if not attribut.apparie:
            return "Pour le moment, le hub ne compare pas cette réponse aux appels."
        return ""

    def valeurs(self):
        """Every choice is written down, even that of the default: what they saw is what holds."""
        choisis = {
            attribut.nom: self.cleaned_data[nom]
            for nom, attribut in self.champs.items()
            if self.cleaned_data.get(nom)
        }
        return {"visibilites": {**(self.instance.visibilites or {}), **choisis}}


class MesCoordonnees(FormulaireDeSection):
    section = "mes-coordonnees"

    class Meta:
        model = Profil
        fields = list(PARCOURS["mes-coordonnees"].champs)
        formfield_callback = champ_de_formulaire

    groupes = [
        (
            "Après le double accord",
            "Une équipe et vous avez dit oui : elle lit alors votre nom affiché, et ce que vous "
            "choisissez ici. Sinon, vous vous écrivez par le hub, sans montrer d’adresse.",
            ["partage_courriel", "telephone"],
        )
    ]
    aides = {
        "telephone": "Laissez vide pour ne pas le donner.",
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["partage_courriel"].label = "Donner mon adresse e-mail"
        self.fields["telephone"].label = "Donner ce numéro de téléphone"
        self.fields["telephone"].widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}


FORMULAIRES = {
    formulaire.section: formulaire
    for formulaire in (
        QuiJeSuis,
        CeQueJeSais,
        CeQueJeCherche,
        QuandEtOu,
        QuiVoitQuoi,
        MesCoordonnees,
    )
}


class OuvertureForm(forms.Form):
    """What a person agrees to when they open their profile; nothing is ticked beforehand."""

    def __init__(self, *args, deja=(), **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        for finalite in Finalite:
            if finalite not in deja:
                exige = finalite == Finalite.APPARIEMENT
                self.fields[finalite.value] = forms.BooleanField(
                    label=finalite.label,
                    help_text=TEXTES[finalite].accord,
                    required=exige,
                    error_messages={
                        "required": "Sans cet accord, nous ne pouvons rien vous proposer."
                    },
                )

    def finalites(self) -> list[Finalite]:
        return [f for f in Finalite if self.cleaned_data.get(f.value)]


class PauseForm(forms.Form):
    """A rest: a month, three, six, or until a day."""

    sans_mention = True
    JOURS = {"1": 30, "3": 91, "6": 182}
    duree = forms.ChoiceField(
        label="Pendant combien de temps ?",
        choices=[
            ("1", "Un mois"),
            ("3", "Trois mois"),
            ("6", "Six mois"),
            ("date", "Jusqu’à la date ci-dessous"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une durée."},
    )
    jusqu_au = forms.DateField(
        label="Jusqu’au (ce jour compris)",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""

    def clean(self):
        donnees = self.cleaned_data
        aujourdhui = timezone.localdate()
        if donnees.get("duree") in self.JOURS:
            donnees["jusqu_au"] = aujourdhui + timedelta(days=self.JOURS[donnees["duree"]])
            self.errors.pop("jusqu_au", None)
        elif donnees.get("duree") and "jusqu_au" not in self.errors:
            jour = donnees.get("jusqu_au")
            if jour is None:
                self.add_error("jusqu_au", "Choisissez une date.")
            elif not aujourdhui <= jour <= aujourdhui + PAUSE_AU_PLUS:
                self.add_error("jusqu_au", "Choisissez une date à venir, dans l’année.")
        return donnees


class FermetureForm(forms.Form):
    """Closing asks for no reason; the answers may go with it."""

    sans_mention = True
    effacer = forms.BooleanField(
        label="Effacer aussi mes réponses (savoirs, thèmes, disponibilités, coordonnées…)",
        required=False,
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
