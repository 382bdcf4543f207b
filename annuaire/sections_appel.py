"""The three sections of an appel, and what it must hold before it is sent."""

from typing import NamedTuple

from django.utils.text import capfirst

from annuaire.orientation import ailleurs, sans_reponse
from hubpartenariat.socle.formulaires import Parcours, Section

PARCOURS = Parcours(
    [
        Section(
            code="besoin",
            titre="Le besoin",
            minutes=6,
            champs=("structure", "titre", "description", "mission", "themes", "deja_fait"),
        ),
        Section(
            code="conditions",
            titre="Les conditions",
            minutes=5,
            champs=(
                "departements",
                "commune",
                "lieu",
                "temps",
                "disponibilites",
                "places",
                "pourquoi_une_place",
                "statut",
                "frais",
                "charte",
                "mode",
            ),
        ),
        Section(code="bonne-porte", titre="La bonne porte", minutes=1, champs=("orientation",)),
    ]
)

# Fields without which nobody can answer honestly: (field, sentence that asks for it).
EXIGENCES = (
    ("titre", "Donnez un titre à votre appel."),
    ("description", "Dites ce que vous cherchez, et pour quoi faire."),
    ("mission", "Choisissez la mission proposée."),
    ("departements", "Cochez au moins un territoire."),
    ("lieu", "Dites si cela se passe sur place ou à distance."),
    ("statut", "Dites sous quel statut, même si c’est « aucune à ce jour »."),
    ("frais", "Dites ce que deviennent les frais, même si rien n’est prévu."),
)
JAMAIS_SEUL = (
    "Vous ne cherchez qu’une personne : dites pourquoi. À deux, personne ne porte seul la parole "
    "des patients."
)


class Manque(NamedTuple):
    """One thing to fill or to correct before sending, and where."""

    section: Section
    champ: str
    phrase: str

    @property
    def ancre(self) -> str:
        return f"id_{self.champ}_champ"


def manques(appel) -> list[Manque]:
    """What ``appel`` lacks, in the order of the form. No query."""
    trouves = [
        Manque(PARCOURS.section_de(champ), champ, phrase)
        for champ, phrase in EXIGENCES
        if not getattr(appel, champ) and not appel.saisie_a_corriger(champ)
    ]
    if appel.places < 2 and not appel.pourquoi_une_place.strip():
        trouves.append(Manque(PARCOURS["conditions"], "pourquoi_une_place", JAMAIS_SEUL))
    porte = PARCOURS["bonne-porte"]
    trouves += [
        Manque(porte, f"porte_{question.code}", "Répondez par oui ou par non : « la bonne porte ».")
        for question in sans_reponse(appel.orientation)[:1]
    ]
    trouves += [
        Manque(porte, f"porte_{autre.code}", f"Une autre porte : {autre.titre}.")
        for autre in ailleurs(appel.orientation)
    ]
    for section in PARCOURS:
        for champ, saisie in appel.a_corriger(section.code).items():
            if saisie["erreurs"]:
                phrase = f"{_nom(appel, champ)} : {' '.join(saisie['erreurs'])}"
                trouves.append(Manque(section, champ, phrase))
    return sorted(trouves, key=lambda manque: PARCOURS.rang_du_champ(manque.section, manque.champ))


def _nom(appel, champ: str) -> str:
    if champ.startswith("porte_"):
        return "La bonne porte"
    return capfirst(appel._meta.get_field(champ).verbose_name)


def manques_par_section(appel) -> list[tuple[Section, list[Manque]]]:
    """The same, grouped: a long list discourages, a section to open does not."""
    tous = manques(appel)
    groupes = [(section, [m for m in tous if m.section == section]) for section in PARCOURS]
    return [(section, siens) for section, siens in groupes if siens]
