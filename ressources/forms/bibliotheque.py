"""Forms of the library: propose, correct, decline, share."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from hubpartenariat.socle.champs_simples import champ_motif
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.saisie import AdresseWebField, champ_de_formulaire
from hubpartenariat.socle.televersements.formulaire import FichierField
from hubpartenariat.socle.vocabulaires import Territoire
from ressources.bibliotheque import falc
from ressources.enums import EtatRessource
from ressources.models import AncienneVersion, Ressource, Selection

PROPOSITIONS_AU_PLUS = 20
MANQUES = {
    "titre": "Donnez le titre de la ressource.",
    "type_ressource": "Dites ce que c’est.",
    "en_bref": "Résumez-la en deux ou trois phrases simples.",
    "description": "Dites ce qu’on y trouve.",
    "source": "Dites qui l’a écrite ou publiée.",
    "besoins": "Cochez au moins un besoin : c’est ainsi qu’on la trouvera.",
}


class LienField(AdresseWebField):
    """An address of the web, or a page of the hub itself (« /cartographie/ »)."""

    def clean(self, value):
        value = (value or "").strip()
        # « //ailleurs.fr » is a site for a browser, not a page of the hub.
        return value if re.fullmatch(r"/(?!/)[\w/.-]*", value) else super().clean(value)


class RessourceForm(forms.ModelForm):
    """What everybody will read of an entry, and its file."""

    fichier = FichierField(label="Fichier", required=False)

    class Meta:
        model = Ressource
        fields = (
            *("titre", "type_ressource", "en_bref", "description", "lien", "source", "annee"),
            *("version", "licence", "niveau", "besoins", "pas", "publics", "domaines"),
            "departements",
        )
        formfield_callback = champ_de_formulaire

    groupes = [
        ("La ressource", ["titre", "type_ressource", "source", "annee", "version", "licence"]),
        ("Où la lire", ["lien", "fichier"]),
        ("Ce qu’on y trouve", ["en_bref", "description"]),
        ("À qui elle sert", ["besoins", "pas", "niveau", "publics", "domaines", "departements"]),
    ]
    aides = {
        "source": "Qui l’a écrite ou publiée : un organisme plutôt qu’une personne.",
        "annee": "Facultatif. L’année de cette version.",
        "version": "Facultatif. Par exemple : 2, ou mars 2026.",
        "departements": "Là où elle sert. Rien de coché : partout en Île-de-France.",
        "licence": "Facultatif. Ce que l’on peut en faire. Par exemple : Licence Ouverte 2.0.",
        "lien": "L’adresse de la page ou de la vidéo. Par exemple : www.exemple.fr/guide.",
        "en_bref": (
            "Deux ou trois phrases que tout le monde comprend : 15 mots au plus, pas de sigle, "
            "pas de parenthèse, les nombres en chiffres."
        ),
        "description": "Ne nommez personne. 2 000 caractères au plus.",
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.use_required_attribute = False
        self.fields["lien"] = LienField(
            label="Adresse sur internet", required=False, max_length=500
        )
        for nom, phrase in self.aides.items():
            self.fields[nom].help_text = phrase
        for nom, phrase in MANQUES.items():
            self.fields[nom].required = True
            self.fields[nom].error_messages["required"] = phrase
        for nom in ("type_ressource", "niveau"):
            self.fields[nom].choices = [c for c in self.fields[nom].choices if c[0]]
        self.fields["type_ressource"].widget.choices = [
            ("", "Choisissez"),
            *self.fields["type_ressource"].choices,
        ]
        self.fields["departements"].deux_colonnes = True

    def clean_en_bref(self):
        texte = self.cleaned_data["en_bref"].strip()
        if ecarts := falc.ecarts(texte):
            raise ValidationError(ecarts)
        return texte

    def clean_departements(self):
        """An entry that names no place serves everywhere: it is found from everywhere."""
        return self.cleaned_data["departements"] or list(Territoire.values)

    def clean(self):
        donnees = super().clean()
        if not self.errors and not self._se_lit(donnees):
            self.add_error("lien", "Donnez une adresse ou un fichier : il faut pouvoir la lire.")
        return donnees

    def _se_lit(self, donnees) -> bool:
        une = self.instance
        return bool(donnees.get("lien") or donnees.get("fichier") or une.a_un_fichier or une.corps)

    def lignes(self):
        """[(title of the group, its fields)] for the page."""
        return [(t, [self[n] for n in noms if n in self.fields]) for t, noms in self.groupes]


class PropositionForm(RessourceForm):
    """An entry that the library lacks, proposed by a member."""

    def __init__(self, *args, personne, **options):
        super().__init__(*args, **options)
        self.personne = personne

    def clean(self):
        en_attente = Ressource.objects.de(self.personne).filter(etat=EtatRessource.PROPOSEE)
        if en_attente.count() >= PROPOSITIONS_AU_PLUS:
            raise ValidationError(
                f"{PROPOSITIONS_AU_PLUS} de vos propositions attendent déjà une réponse."
            )
        return super().clean()

    @transaction.atomic
    def proposer(self) -> Ressource:
        une = self.save(commit=False)
        une.proposee_par = self.personne
        if depot := self.cleaned_data.get("fichier"):
            une.deposer(depot)
        une.save()
        consigner(une, "proposer", self.personne)
        return une


class CorrectionForm(RessourceForm):
    """An entry corrected by the team, its page text included."""

    class Meta(RessourceForm.Meta):
        fields = (*RessourceForm.Meta.fields, "corps")

    groupes = [
        *RessourceForm.groupes[:3],
        ("Texte de la page, si le hub l’écrit lui-même", ["corps"]),
        RessourceForm.groupes[3],
    ]

    def enregistrer(self, par, version: str) -> bool:
        """Save if nobody did meanwhile; False otherwise, and nothing is written."""
        une = self.instance
        with transaction.atomic():
            verrou = Ressource.objects.select_for_update().filter(pk=une.pk).first()
            if verrou is None or verrou.modifiee_le.isoformat() != version:
                return False
            if depot := self.cleaned_data.get("fichier"):
                une.deposer(depot)
            AncienneVersion.garder(verrou, une)
            une.lien_mort_depuis = None if "lien" in self.changed_data else une.lien_mort_depuis
            une.save()
            consigner(une, "corriger", par)
        return True


class MotifForm(forms.Form):
    """Why an entry is declined."""

    motif = champ_motif(
        "Il est envoyé à la personne qui l’a proposée, et montré sur la page retirée.",
        libelle="Motif",
    )


class RetraitForm(MotifForm):
    """Why an entry is withdrawn, and what replaces it."""

    remplacee_par = forms.ModelChoiceField(
        label="Remplacée par",
        queryset=Ressource.objects.none(),
        required=False,
        empty_label="Rien",
        help_text="Sa page mènera à celle-ci.",
    )

    def __init__(self, *args, ressource, **options):
        super().__init__(*args, **options)
        autres = Ressource.objects.publiees().exclude(pk=ressource.pk)
        self.fields["remplacee_par"].queryset = autres.only("titre").order_by("titre")


class SelectionForm(forms.ModelForm):
    """A selection made of what one keeps."""

    use_required_attribute = False

    class Meta:
        model = Selection
        fields = ("titre", "mot")
        formfield_callback = champ_de_formulaire

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.fields["titre"].required = True
        self.fields["titre"].error_messages["required"] = "Donnez un titre à la sélection."
        self.fields["titre"].help_text = "Par exemple : pour préparer notre première réunion."
        self.fields["mot"].help_text = "Facultatif. Toute personne qui a l’adresse le lira."
