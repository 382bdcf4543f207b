"""The four sections of the form, and what a fiche must hold before it is sent.

Completeness is asked only when submitting; it may be asked for at any time.
"""

from typing import NamedTuple

from django.utils.text import capfirst

from hubpartenariat.socle.formulaires import Parcours, Section

PARCOURS = Parcours(
    [
        Section(
            code="informations-generales",
            titre="Informations générales",
            minutes=6,
            champs=(
                "titre",
                "resume",
                "type_structure",
                "structure_nom",
                "structure",
                "departements",
                "commune",
                "themes",
                "public",
                "annee_debut",
                "avancement",
                "page_web",
                "contact_nom",
                "contact_courriel",
                "contact_telephone",
                "contact_visibilite",
            ),
        ),
        Section(
            code="acteurs-et-partenariat",
            titre="Acteurs et type de partenariat",
            minutes=4,
            champs=(
                "acteurs",
                "nb_patients",
                "nb_professionnels",
                "domaines",
                "formes",
                "degre",
                "etapes",
            ),
        ),
        Section(
            code="fonctionnement",
            titre="Fonctionnement",
            minutes=5,
            champs=(
                "recrutements",
                "statuts",
                "formation",
                "formation_texte",
                "pilotage",
                "cadres",
                "evaluation",
                "financement",
                "check_list",
            ),
        ),
        Section(
            code="leviers-freins-besoins",
            titre="Leviers, freins et besoins d’appui",
            minutes=5,
            champs=(
                "leviers",
                "leviers_texte",
                "freins",
                "freins_texte",
                "besoins",
                "besoins_texte",
                "resultats",
                "conseils",
                "liens",
            ),
        ),
    ]
)

# Every column that the authors fill: what a revision copies, and pours back.
CHAMPS_DU_CONTENU = tuple(
    champ for section in PARCOURS for champ in section.champs if champ != "liens"
)

# Columns that the form asks through several fields: the first of them, for links and remarks.
ANCRES = {"check_list": "check_1", "liens": "lien_1_titre"}


def ancre(champ: str) -> str:
    """Where a column stands in the page of its section."""
    return f"id_{ANCRES.get(champ, champ)}_champ"


# Fields without which a fiche helps nobody: (field, sentence that asks for it).
EXIGENCES = (
    ("titre", "Donnez un titre à votre démarche."),
    ("resume", "Décrivez la démarche en quelques phrases."),
    ("type_structure", "Indiquez le type de structure qui la porte."),
    ("structure_nom", "Nommez la structure qui la porte."),
    ("departements", "Cochez au moins un territoire."),
    ("avancement", "Dites où en est la démarche."),
    ("acteurs", "Cochez au moins un acteur impliqué."),
    ("domaines", "Cochez au moins un domaine d’intervention."),
    ("formes", "Cochez au moins une forme d’action."),
    ("degre", "Choisissez le degré d’engagement."),
    ("recrutements", "Dites comment vous avez rencontré les patients partenaires."),
    ("statuts", "Dites sous quel statut ils interviennent, même si c’est « aucune à ce jour »."),
    ("cadres", "Dites ce qui formalise le partenariat, même si c’est « aucun »."),
)


class Manque(NamedTuple):
    """One thing to fill or to correct before sending, and where."""

    section: Section
    champ: str
    phrase: str

    @property
    def ancre(self) -> str:
        return ancre(self.champ)


def manques(fiche) -> list[Manque]:
    """What ``fiche`` lacks, in the order of the form. No query."""
    trouves = [
        Manque(PARCOURS.section_de(champ), champ, phrase)
        for champ, phrase in EXIGENCES
        if not getattr(fiche, champ) and not fiche.saisie_a_corriger(champ)
    ]
    if not (fiche.leviers or fiche.freins or fiche.besoins):
        trouves.append(
            Manque(
                PARCOURS.section_de("leviers"),
                "leviers",
                "Dites au moins un levier, un frein ou un besoin d’appui.",
            )
        )
    for section in PARCOURS:
        for champ, saisie in fiche.a_corriger(section.code).items():
            if saisie["erreurs"]:
                phrase = f"{_nom_de_la_reponse(fiche, champ)} : {' '.join(saisie['erreurs'])}"
                trouves.append(Manque(section, champ, phrase))
    return sorted(trouves, key=lambda manque: PARCOURS.rang_du_champ(manque.section, manque.champ))


def _nom_de_la_reponse(fiche, champ: str) -> str:
    if champ.startswith("lien_"):
        return f"Lien {champ.split('_')[1]}"
    if champ.startswith("check_"):
        return f"Repère {champ.removeprefix('check_')}"
    return capfirst(fiche._meta.get_field(champ).verbose_name)


def manques_par_section(fiche) -> list[tuple[Section, list[Manque]]]:
    """The same, grouped: a long list discourages, a section to open does not."""
    tous = manques(fiche)
    groupes = [(section, [m for m in tous if m.section == section]) for section in PARCOURS]
    return [(section, siens) for section, siens in groupes if siens]
