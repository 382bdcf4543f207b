"""The pages of an answer, in the order of this person: themes, priorities, who they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from consultation import questionnaires
from consultation.forms import PrioritesForm, ThemeForm, VousForm
from consultation.models import Reponse
from consultation.saisie import (
    PRIORITES,
    VOUS,
    ecrire_avis,
    ecrire_priorites,
    ecrire_profil,
    ecrire_remarque,
)

SECONDES_PAR_AVIS = 8


@dataclass(frozen=True)
class Page:
    """One page: its code in the address, its words, how long it takes."""

    code: str
    titre: str
    minutes: int


def pages_de(reponse: Reponse) -> list[Page]:
    """Themes in the order drawn for this person, then priorities and profile."""
    contenu = reponse.questionnaire.contenu
    par_code = {theme["code"]: theme for theme in contenu["themes"]}
    ordre = [code for code in reponse.ordre_des_themes if code in par_code]
    ordre += [code for code in par_code if code not in ordre]
    return _pages(contenu, ordre)


def _pages(contenu: dict, themes: Iterable[str]) -> list[Page]:
    """These themes in this order, then priorities and profile."""
    par_code = {theme["code"]: theme for theme in contenu["themes"]}
    avis = len(contenu["echelles"])
    pages = [
        Page(
            code,
            par_code[code]["titre"],
            max(1, round(len(par_code[code]["propositions"]) * avis * SECONDES_PAR_AVIS / 60)),
        )
        for code in themes
    ]
    pages.append(Page(PRIORITES, "Vos priorités", 2))
    if contenu["profil"]:
        pages.append(Page(VOUS, "Vous, en quelques mots", 1))
    return pages


def minutes(contenu: dict) -> int:
    """How long a whole answer to this questionnaire takes, about."""
    return sum(page.minutes for page in _pages(contenu, [t["code"] for t in contenu["themes"]]))


def formulaire(reponse: Reponse, page: Page, donnees=None):
    """The form of a page, filled with what is kept, or with what was sent."""
    contenu = reponse.questionnaire.contenu
    if page.code == PRIORITES:
        return PrioritesForm(donnees, themes=contenu["themes"], initial=_initial_priorites(reponse))
    if page.code == VOUS:
        return VousForm(donnees, questions=contenu["profil"], initial=reponse.profil)
    return ThemeForm(
        donnees,
        theme=questionnaires.theme(contenu, page.code),
        echelles=contenu["echelles"],
        initial=_initial_theme(reponse, page.code),
    )


def ecrire(page: Page, form):
    """What ``saisie.enregistrer`` runs with the row locked: the valid values of this form."""

    def faire(reponse):
        if page.code == PRIORITES:
            if "priorites" in form.cleaned_data:
                ecrire_priorites(reponse, form.cleaned_data["priorites"])
            if "mots" in form.cleaned_data:
                ecrire_remarque(reponse, None, form.cleaned_data["mots"])
        elif page.code == VOUS:
            ecrire_profil(reponse, form.cleaned_data)
        else:
            codes = [p["code"] for p in form.theme["propositions"]]
            ecrire_avis(reponse, codes, form.choix(), form.remarques())

    return faire


def _initial_theme(reponse, code) -> dict:
    avis = reponse.avis.filter(proposition__theme__code=code)
    valeurs = {
        f"{p}-{e}": modalite or questionnaires.NSP
        for p, e, modalite in avis.values_list(
            "proposition__code", "echelle__code", "modalite__code"
        )
    }
    remarques = reponse.remarques.filter(proposition__theme__code=code)
    return valeurs | {
        f"{p}-mots": texte for p, texte in remarques.values_list("proposition__code", "texte")
    }


def _initial_priorites(reponse) -> dict:
    mots = reponse.remarques.filter(proposition=None).values_list("texte", flat=True).first()
    return {
        "priorites": list(reponse.priorites.values_list("proposition__code", flat=True)),
        "mots": mots or "",
    }


def avancement(reponse: Reponse, pages: list[Page], courante: str = "") -> dict:
    """What the progress component shows: each page, its state, the minutes left. Two queries."""
    contenu = reponse.questionnaire.contenu
    donnes: dict[str, int] = {}
    for code in reponse.avis.values_list("proposition__theme__code", flat=True):
        donnes[code] = donnes.get(code, 0) + 1
    faites = {
        theme["code"]
        for theme in contenu["themes"]
        if donnes.get(theme["code"], 0) == len(theme["propositions"]) * len(contenu["echelles"])
    }
    if reponse.priorites.exists():
        faites.add(PRIORITES)
    if reponse.profil or reponse.versions.get(VOUS):
        faites.add(VOUS)
    commencees = set(donnes) | set(reponse.versions)
    etapes = [
        {
            "code": page.code,
            "titre": page.titre,
            "statut": "courant"
            if page.code == courante
            else "fait"
            if page.code in faites
            else "commence"
            if page.code in commencees
            else "a_faire",
            "avancee": "fait"
            if page.code in faites
            else "commence"
            if page.code in commencees
            else "a_faire",
        }
        for page in pages
    ]
    return {
        "etapes": etapes,
        "faites": len(faites),
        "minutes_restantes": sum(p.minutes for p in pages if p.code not in faites),
    }
