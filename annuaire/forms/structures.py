"""Forms about structures: propose, edit, claim, decide."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from annuaire.enums import EtatStructure, RoleRattachement, TransitionStructure
from annuaire.models import Structure
from annuaire.preuves import normaliser, raison_de_refuser
from hubpartenariat.socle.champs import CommuneField
from hubpartenariat.socle.champs_simples import champ_motif
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.saisie import CHOIX_INCONNU, champ_de_formulaire, en_clair

DOMAINES_AU_PLUS = 8
PROPOSITIONS_AU_PLUS = 10
CONTENU = (
    "nom",
    "type_structure",
    "groupe",
    "departements",
    "commune",
    "page_web",
    "presentation",
    "partenariat",
    "domaines",
    "formes",
)
MANQUES = {
    "nom": "Donnez le nom de la structure.",
    "type_structure": "Choisissez le type de structure.",
    "departements": "Cochez au moins un territoire.",
}


class DomainesField(forms.CharField):
    """Ends of addresses, typed with commas; none that everybody may have."""

    def __init__(self, **options):
        super().__init__(max_length=1000, **options)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def prepare_value(self, value):
        return value if isinstance(value, str) else ", ".join(value or [])

    def clean(self, value):
        morceaux = super().clean(value).replace(";", ",").replace("\n", ",").split(",")
        domaines = list(dict.fromkeys(filter(None, map(normaliser, morceaux))))
        if raisons := [raison for d in domaines if (raison := raison_de_refuser(d))]:
            raise ValidationError(raisons)
        if len(domaines) > DOMAINES_AU_PLUS:
            raise ValidationError(f"Gardez {DOMAINES_AU_PLUS} fins d’adresses au plus.")
        return domaines


class StructureForm(forms.ModelForm):
    """What everybody reads of a structure."""

    commune = CommuneField(required=False)

    class Meta:
        model = Structure
        fields = CONTENU
        formfield_callback = champ_de_formulaire

    groupes = [
        ("La structure", ["nom", "type_structure", "groupe", "page_web"]),
        ("Où elle agit", ["departements", "commune"]),
        ("Le partenariat", ["presentation", "partenariat", "domaines", "formes"]),
    ]
    aides = {
        "nom": "Comme on le dit chez vous, en entier. 160 caractères au plus.",
        "groupe": "Si elle en fait partie : groupe hospitalier, fédération, réseau.",
        "page_web": "Par exemple : www.exemple.fr.",
        "departements": "Cochez tous les départements où elle agit, ou la région entière.",
        "commune": "Son nom ou son code postal : la structure sera sur la carte.",
        "presentation": (
            "Qui elle est, en quelques phrases. Ne nommez personne. 1 200 caractères au plus."
        ),
        "partenariat": (
            "Ce que patients et professionnels y font ensemble, ou voudraient commencer. "
            "2 000 caractères au plus."
        ),
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.use_required_attribute = False
        for nom, phrase in self.aides.items():
            if nom in self.fields:
                self.fields[nom].help_text = phrase
        for nom, phrase in MANQUES.items():
            self.fields[nom].required = True
            self.fields[nom].error_messages["required"] = phrase
        self.fields["departements"].deux_colonnes = True
        self.fields["type_structure"].choices = [
            ("", "Choisissez"),
            *[choix for choix in self.fields["type_structure"].choices if choix[0]],
        ]

    def clean_nom(self):
        return " ".join(self.cleaned_data["nom"].split())

    def lignes(self):
        """[(title of the group, its fields)] for the page."""
        return [
            (titre, [self[nom] for nom in noms if nom in self.fields])
            for titre, noms in self.groupes
        ]


class PropositionForm(StructureForm):
    """A structure that the directory lacks."""

    domaines_courriel = DomainesField(
        label="Fins d’adresses e-mail de la structure",
        required=False,
        help_text=(
            "Facultatif. Par exemple : hopital-exemple.fr. Les personnes dont l’adresse vérifiée "
            "finit ainsi pourront représenter la structure sans attendre."
        ),
    )

    class Meta(StructureForm.Meta):
        fields = (*CONTENU, "domaines_courriel")

    groupes = [*StructureForm.groupes, ("Qui pourra la représenter", ["domaines_courriel"])]

    def __init__(self, *args, personne, **options):
        super().__init__(*args, **options)
        self.personne = personne
        self.doublon = None

    def clean(self):
        donnees = super().clean()
        nom, departements = donnees.get("nom"), donnees.get("departements")
        if nom and departements:
            self.doublon = (
                Structure.objects.publiees()
                .filter(nom__iexact=nom, departements__overlap=departements)
                .first()
            )
        if self.doublon:
            self.add_error(
                "nom",
                "Cette structure est déjà dans l’annuaire : ouvrez sa page pour la représenter.",
            )
        return donnees

    def proposer(self) -> Structure:
        """Write the proposal; the same one sent twice by the same person is written once."""
        from django.contrib.auth import get_user_model

        with transaction.atomic():
            get_user_model().objects.select_for_update().get(pk=self.personne.pk)
            miennes = Structure.objects.filter(
                proposee_par=self.personne, etat=EtatStructure.PROPOSEE
            )
            if deja := miennes.filter(nom__iexact=self.cleaned_data["nom"]).first():
                return deja
            if miennes.count() >= PROPOSITIONS_AU_PLUS:
                raise ValidationError(
                    f"{PROPOSITIONS_AU_PLUS} de vos propositions attendent déjà une réponse. "
                    "Revenez quand l’équipe les aura lues."
                )
            structure = self.save(commit=False)
            structure.proposee_par = self.personne
            structure.enregistrer_a_une_adresse_libre()
            consigner(structure, "proposer", self.personne)
        return structure


class EditionForm(StructureForm):
    """The page of a structure, as its referents change it: a stale save changes nothing."""

    etats = (EtatStructure.PUBLIEE,)

    @property
    def version(self) -> str:
        return self.instance.modifiee_le.isoformat()

    def enregistrer(self, par, version: str) -> bool:
        """Write unless the row moved since ``version`` (or is no more published)."""
        valeurs = {nom: self.cleaned_data[nom] for nom in self.fields}
        try:
            lue = timezone.datetime.fromisoformat(version)
        except ValueError:
            return False
        if timezone.is_naive(lue):
            return False
        with transaction.atomic():
            ecrites = Structure.objects.filter(
                pk=self.instance.pk, etat__in=self.etats, modifiee_le=lue
            ).update(**valeurs, modifiee_le=timezone.now())
            if ecrites:
                consigner(self.instance, "modifier", par)
        return bool(ecrites)

    def ecarts(self, actuelle: Structure) -> list[tuple[str, str]]:
        """(label, what somebody else wrote) for each answer that differs from what is typed."""
        autre = type(self)(instance=actuelle)
        return [
            (champ.label, en_clair(autre[champ.name].field, autre[champ.name].value()))
            for champ in self
            if en_clair(champ.field, champ.value())
            != en_clair(autre[champ.name].field, autre[champ.name].value())
        ]


class CorrectionForm(EditionForm):
    """The same by the moderators, before publication too, with what proves that one belongs."""

    etats = (EtatStructure.PROPOSEE, EtatStructure.PUBLIEE, EtatStructure.RETIREE)
    domaines_courriel = DomainesField(
        label="Fins d’adresses e-mail de la structure",
        required=False,
        help_text="Une adresse vérifiée qui finit ainsi prouve qu’on en fait partie.",
    )

    class Meta(StructureForm.Meta):
        fields = (*CONTENU, "domaines_courriel")

    groupes = [*StructureForm.groupes, ("Qui peut la représenter", ["domaines_courriel"])]


class RevendicationForm(forms.Form):
    """What am I to this structure?"""

    sans_mention = True
    role = forms.ChoiceField(
        label="Vous êtes",
        choices=RoleRattachement.choices,
        widget=forms.RadioSelect,
        error_messages=CHOIX_INCONNU | {"required": "Choisissez ce que vous êtes pour elle."},
    )
    montre_mon_nom = forms.BooleanField(
        label="Montrer mon nom affiché sur la page publique de la structure",
        required=False,
        help_text=(
            "Seulement si vous la représentez. Vous pourrez le changer. Jamais votre adresse."
        ),
    )
    message = forms.CharField(
        label="Un mot pour l’équipe qui vérifie",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text="Facultatif. Votre fonction, un moyen de vérifier. 1 000 caractères au plus.",
    )


class MotifForm(forms.Form):
    """Why a structure is refused or withdrawn."""

    motif = champ_motif("Les personnes concernées liront ce texte par e-mail.")


class FusionForm(forms.Form):
    """Which structure remains."""

    dans = forms.CharField(
        label="Adresse ou nom exact de la structure à garder",
        max_length=300,
        widget=forms.TextInput(attrs={"size": 60, "autocomplete": "off"}),
        help_text="La fin de l’adresse de sa page, cette adresse entière, ou son nom.",
        error_messages={"required": "Dites quelle structure reste."},
    )

    def clean_dans(self):
        texte = self.cleaned_data["dans"].strip()
        slug = texte.rstrip("/").rpartition("/")[2]
        publiees = Structure.objects.publiees()
        trouvees = list(publiees.filter(slug=slug)) or list(publiees.filter(nom__iexact=texte)[:2])
        if len(trouvees) != 1:
            raise ValidationError(
                "Plusieurs structures portent ce nom : donnez l’adresse de la page."
                if trouvees
                else "Aucune structure publiée n’a cette adresse ni ce nom."
            )
        return trouvees[0]


A_MOTIVER = {TransitionStructure.REFUSER, TransitionStructure.RETIRER}
