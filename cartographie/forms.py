"""The four sections of the fiche, and the small forms around them."""

from django import forms

from cartographie.enums import GenreRemarque, Transition
from cartographie.models import Fiche, libelle_du_champ
from cartographie.sections import EXIGENCES, PARCOURS
from cartographie.structures import StructureField
from hubpartenariat.socle.champs import CommuneField
from hubpartenariat.socle.champs_simples import champ_motif
from hubpartenariat.socle.saisie import (
    CHOIX_INCONNU,
    SANS_REPONSE,
    AdresseWebField,
    EtiquettesField,
    FormulaireDeSection,
    champ_de_formulaire,
)
from hubpartenariat.socle.vocabulaires import CHECK_LIST_HAS, THEMES_SUGGERES, ReponseCheckList

NOMBRE_DE_LIENS = 5
CONTACT = "Les personnes que vous choisissez plus bas, et l’équipe qui modère."
PLUSIEURS = "Cochez tout ce qui convient."


class SectionDeFiche(FormulaireDeSection):
    pour_l_envoi = tuple(champ for champ, _ in EXIGENCES)


def colonnes(code: str, *sauf: str) -> list[str]:
    return [champ for champ in PARCOURS[code].champs if champ not in sauf]


class InformationsGenerales(SectionDeFiche):
    section = "informations-generales"
    commune = CommuneField(required=False)
    structure = StructureField(label="Sa page dans l’annuaire", required=False)
    themes = EtiquettesField(
        label="Thèmes ou maladies concernés", required=False, suggestions=THEMES_SUGGERES
    )

    class Meta:
        model = Fiche
        fields = colonnes("informations-generales")
        formfield_callback = champ_de_formulaire

    groupes = [
        ("La démarche", "", ["titre", "resume", "themes", "public", "annee_debut", "avancement"]),
        (
            "Qui la porte, et où",
            "",
            ["type_structure", "structure_nom", "structure", "departements", "commune"],
        ),
        (
            "En savoir plus",
            "Ces informations sont facultatives. Pour le contact, vous choisissez qui le voit.",
            [
                "page_web",
                "contact_nom",
                "contact_courriel",
                "contact_telephone",
                "contact_visibilite",
            ],
        ),
    ]
    deux_colonnes = ("departements",)
    aides = {
        "titre": "Quelques mots qui disent ce que vous faites ensemble. 160 caractères au plus.",
        "resume": (
            "Deux ou trois phrases : ce que vous faites, avec qui, pourquoi. "
            "Ne nommez aucun patient. 1 200 caractères au plus."
        ),
        "themes": "Séparez-les par des virgules. Par exemple : Diabète, Santé mentale.",
        "public": "À qui la démarche s’adresse. Par exemple : adultes suivis à domicile.",
        "annee_debut": "En quatre chiffres. Par exemple : 2023.",
        "structure_nom": "Le nom de l’association, de l’établissement, de la maison de santé…",
        "structure": "Si c’est l’une d’elles, la fiche et cette page se répondront.",
        "departements": "Cochez tous les départements concernés, ou la région entière.",
        "commune": (
            "Facultatif. Son nom ou son code postal : la fiche sera placée sur la carte. "
            "À Paris, vous pouvez préciser : Paris 12e."
        ),
        "page_web": "Si la démarche a une page. Par exemple : www.exemple.fr.",
        "contact_nom": "Une personne ou un service.",
        "contact_visibilite": "Sans autre choix, seule l’équipe qui modère le voit.",
    }
    qui_voit = {
        "contact_nom": CONTACT,
        "contact_courriel": CONTACT,
        "contact_telephone": CONTACT,
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["contact_nom"].widget.attrs["autocomplete"] = "name"
        self.fields["contact_courriel"].widget.attrs["autocomplete"] = "email"
        self.fields["contact_telephone"].widget.attrs |= {
            "autocomplete": "tel",
            "inputmode": "tel",
        }
        self._proposer_les_structures()
        visibilite = self.fields["contact_visibilite"]
        visibilite.choices = [choix for choix in visibilite.choices if choix[0]]

    def _proposer_les_structures(self):
        """The pages of the directory that the name of the structure calls to mind."""
        nom = self.data.get("structure_nom") if self.is_bound else self.instance.structure_nom
        actuelle = self.instance.structure_id or ""
        envoyee = self.data.get("structure")
        self.initial["structure"] = str(actuelle)
        if not self.fields["structure"].proposer(nom, actuelle, envoyee):
            self.groupes = [
                (titre, aide, [nom for nom in noms if nom != "structure"])
                for titre, aide, noms in self.groupes
            ]

    def valeurs(self):
        """A page that did not ask for the structure leaves it as it is."""
        valeurs = super().valeurs()
        if "structure" not in self.data:
            valeurs.pop("structure", None)
        return valeurs

    def clean_contact_visibilite(self):
        return self.cleaned_data["contact_visibilite"] or Fiche().contact_visibilite


class ActeursEtPartenariat(SectionDeFiche):
    section = "acteurs-et-partenariat"

    class Meta:
        model = Fiche
        fields = colonnes("acteurs-et-partenariat")
        formfield_callback = champ_de_formulaire

    groupes = [
        ("Qui travaille ensemble", "", ["acteurs", "nb_patients", "nb_professionnels"]),
        ("Ce que vous faites ensemble", "", ["domaines", "formes", "degre", "etapes"]),
    ]
    deux_colonnes = ("acteurs",)
    aides = {
        "acteurs": PLUSIEURS,
        "nb_patients": "Patientes et patients partenaires. Un ordre de grandeur suffit.",
        "nb_professionnels": "Un ordre de grandeur suffit.",
        "domaines": (
            f"{PLUSIEURS} Siéger à la commission des usagers (CDU), au conseil de surveillance ou "
            "au conseil de la vie sociale (CVS) est le rôle des représentants des usagers : "
            "ce n’est pas un partenariat à décrire ici."
        ),
        "formes": PLUSIEURS,
        "degre": "De l’information, où le pouvoir n’est pas partagé, au partenariat, où il l’est.",
        "etapes": "Les moments du projet que patients et professionnels ont menés ensemble.",
    }


class Fonctionnement(SectionDeFiche):
    section = "fonctionnement"

    class Meta:
        model = Fiche
        fields = colonnes("fonctionnement", "check_list")
        formfield_callback = champ_de_formulaire

    criteres = {f"check_{numero}": numero for numero in CHECK_LIST_HAS}
    groupes = [
        ("La place des patients partenaires", "", ["recrutements", "statuts"]),
        (
            "L’organisation",
            "",
            ["formation", "formation_texte", "pilotage", "cadres", "evaluation", "financement"],
        ),
        (
            "Dix repères de la Haute Autorité de santé",
            "Une photographie d’aujourd’hui, déclarée par vous : « non » et « en cours » sont des "
            "réponses utiles. Vous pouvez passer.",
            list(criteres),
        ),
    ]
    aides = {
        "recrutements": f"Comment vous les avez rencontrés. {PLUSIEURS}",
        "statuts": PLUSIEURS,
        "formation": "Au partenariat, avant ou pendant la démarche.",
        "pilotage": "Qui décide, à quel rythme, avec quels patients partenaires.",
        "cadres": f"Les documents qui disent le rôle de chacun. {PLUSIEURS}",
        "evaluation": "Ce que vous regardez pour savoir si cela marche, et qui le regarde.",
        "financement": "D’où viennent les moyens, et jusqu’à quand.",
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        reponses = self.instance.check_list or {}
        for nom, numero in self.criteres.items():
            self.fields[nom] = forms.ChoiceField(
                label=f"{numero}. {CHECK_LIST_HAS[numero]}",
                choices=[("", SANS_REPONSE), *ReponseCheckList.choices],
                widget=forms.RadioSelect,
                error_messages=CHOIX_INCONNU,
                required=False,
            )
            self.fields[nom].deux_colonnes = True
            self.initial.setdefault(nom, reponses.get(numero, ""))
        if not self.is_bound:
            self._montrer_ce_qui_est_a_corriger()

    def valeurs(self):
        reponses = dict(self.instance.check_list or {})
        for nom, numero in self.criteres.items():
            if nom in self.cleaned_data:
                reponses[numero] = self.cleaned_data[nom]
        gardees = {numero: reponses[numero] for numero in CHECK_LIST_HAS if reponses.get(numero)}
        return super().valeurs() | {"check_list": gardees}


class LeviersFreinsBesoins(SectionDeFiche):
    section = "leviers-freins-besoins"

    class Meta:
        model = Fiche
        fields = colonnes("leviers-freins-besoins", "liens")
        formfield_callback = champ_de_formulaire

    lignes = [(f"lien_{n}_titre", f"lien_{n}_url") for n in range(1, NOMBRE_DE_LIENS + 1)]
    groupes = [
        ("Ce qui aide", "", ["leviers", "leviers_texte"]),
        ("Ce qui freine", "", ["freins", "freins_texte"]),
        (
            "Ce dont vous auriez besoin",
            "Vos besoins guident l’appui proposé : ressources, référents, mises en lien.",
            ["besoins", "besoins_texte"],
        ),
        ("Ce que vous transmettez", "", ["resultats", "conseils"]),
        (
            "Documents et liens",
            "Jusqu’à cinq adresses : une page, un document, une vidéo.",
            [nom for ligne in lignes for nom in ligne],
        ),
    ]
    aides = {
        "leviers": PLUSIEURS,
        "freins": PLUSIEURS,
        "besoins": PLUSIEURS,
        "resultats": "Ce qui a changé, pour qui, et comment vous le savez.",
        "conseils": "Ce que vous diriez à une équipe qui commence.",
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        liens = list(self.instance.liens.all()[:NOMBRE_DE_LIENS]) if self.instance.pk else []
        for rang, (titre, url) in enumerate(self.lignes):
            numero = rang + 1
            self.fields[titre] = forms.CharField(
                label=f"Lien {numero} : son titre", max_length=160, required=False
            )
            self.fields[titre].widget.attrs.pop("maxlength", None)
            self.fields[url] = AdresseWebField(
                label=f"Lien {numero} : son adresse", max_length=300, required=False
            )
            self.fields[url].widget.attrs.pop("maxlength", None)
            if rang < len(liens):
                self.initial.setdefault(titre, liens[rang].titre)
                self.initial.setdefault(url, liens[rang].url)
        if not self.is_bound:
            self._montrer_ce_qui_est_a_corriger()

    def clean(self):
        for titre, url in self.lignes:
            adresse_vide = url in self.cleaned_data and not self.cleaned_data[url]
            if self.cleaned_data.get(titre) and adresse_vide:
                self.add_error(url, "Il manque l’adresse de ce lien.")
        return self.cleaned_data

    def invalides(self):
        """With an invalid cell, the other cell of its row is kept too: neither is a link yet."""
        trouvees = super().invalides()
        for ligne in self.lignes:
            if any(nom in trouvees for nom in ligne):
                for nom in ligne:
                    if nom in self.fields:
                        trouvees.setdefault(nom, {"saisi": self[nom].data, "erreurs": []})
        return trouvees

    def relier(self, fiche):
        """Replace the links; a row with an invalid cell stays as it was."""
        avant = [(lien.titre, lien.url) for lien in fiche.liens.all()]
        apres = []
        for rang, (titre, url) in enumerate(self.lignes):
            if titre in self.cleaned_data and url in self.cleaned_data:
                adresse = self.cleaned_data[url]
                if adresse:
                    apres.append((self.cleaned_data[titre] or adresse[:160], adresse))
            elif rang < len(avant):
                apres.append(avant[rang])
        apres += avant[NOMBRE_DE_LIENS:]
        if apres != avant:
            fiche.liens.all().delete()
            for titre, url in apres:
                fiche.liens.create(titre=titre, url=url)


FORMULAIRES = {
    formulaire.section: formulaire
    for formulaire in (
        InformationsGenerales,
        ActeursEtPartenariat,
        Fonctionnement,
        LeviersFreinsBesoins,
    )
}


class MotifForm(forms.Form):
    """Why a fiche is withdrawn or refused."""

    motif = champ_motif()


class InvitationForm(forms.Form):
    """A colleague to write with."""

    courriel = forms.EmailField(
        label="Adresse e-mail de la personne",
        max_length=254,
        error_messages={"required": "Indiquez son adresse e-mail."},
    )


class DecisionForm(forms.Form):
    """A decision of the moderators, with its reason where one is owed to the authors."""

    A_MOTIVER = {Transition.REFUSER, Transition.ARCHIVER}

    def __init__(self, *args, fiche, transition, **options):
        super().__init__(*args, **options)
        if transition in self.A_MOTIVER:
            self.fields["motif"] = MotifForm.base_fields["motif"]
            self.fields["motif"].help_text = "Les auteurs liront ce texte par e-mail."
        else:
            self.fields["confirmation"] = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def arguments(self) -> list:
        return [self.cleaned_data["motif"]] if "motif" in self.fields else []


class RemarquesForm(forms.Form):
    """One remark at most per field of the fiche, and one about the whole."""

    def __init__(self, *args, fiche, transition, **options):
        super().__init__(*args, **options)
        self.fiche = fiche
        for champ in ["", *(champ for section in PARCOURS for champ in section.champs)]:
            libelle = libelle_du_champ(champ) or "La fiche dans son ensemble"
            self.fields[f"genre_{champ}"] = forms.ChoiceField(
                label=f"{libelle} : ce qui ne va pas",
                choices=[("", "Rien à signaler"), *GenreRemarque.choices],
                required=False,
            )
            self.fields[f"texte_{champ}"] = forms.CharField(
                label=f"{libelle} : votre demande",
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
                required=False,
            )

    def clean(self):
        for nom in list(self.fields):
            champ = nom.partition("_")[2]
            genre, texte = self.cleaned_data.get(f"genre_{champ}"), f"texte_{champ}"
            if nom == texte and genre and not self.cleaned_data.get(texte):
                self.add_error(texte, "Dites aux auteurs ce que vous attendez.")
        if not self.errors and not self.remarques():
            self.add_error(None, "Écrivez au moins une remarque : les auteurs sauront quoi faire.")
        return self.cleaned_data

    def remarques(self) -> list[dict]:
        champs = [nom.partition("_")[2] for nom in self.fields if nom.startswith("texte_")]
        return [
            {
                "champ": champ,
                "genre": self.cleaned_data.get(f"genre_{champ}") or GenreRemarque.INCOMPLET,
                "texte": self.cleaned_data[f"texte_{champ}"],
            }
            for champ in champs
            if self.cleaned_data.get(f"texte_{champ}")
        ]

    def arguments(self) -> list:
        return [self.remarques()]

    def groupes(self):
        """[(section title, [(field name, value as words, kind, text)])] for the page."""
        yield "", [("La fiche dans son ensemble", "", self["genre_"], self["texte_"])]
        for section in PARCOURS:
            formulaire = FORMULAIRES[section.code](instance=self.fiche)
            yield (
                section.titre,
                [
                    (
                        libelle_du_champ(champ),
                        formulaire.en_clair(champ) if champ in formulaire.fields else "",
                        self[f"genre_{champ}"],
                        self[f"texte_{champ}"],
                    )
                    for champ in section.champs
                ],
            )
