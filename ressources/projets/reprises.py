"""What our clauses and the sheet begin with: words that the team has already written elsewhere.

Nothing is invented: what nobody wrote leaves no sentence. Of the fiche, only what is published is
read, since everyone of the project will read it here. All of it may be changed afterwards.
"""

from django.utils.text import Truncator

from hubpartenariat.socle.vocabulaires import Statut
from ressources.enums import Voix
from ressources.projets.fiche import la_fiche

LONGUEUR = 1500  # a clause holds 4 000 characters, ours included


def fiche_publiee(projet):
    """The published fiche of the project, or None."""
    fiche = projet.fiche
    return fiche if fiche is not None and fiche.etat == "publiee" else None


# --- The clauses ---------------------------------------------------------------------------------
def reprises(projet, pour=None) -> dict[str, str]:
    """{word of the models: what it adds to its clause, nothing when nobody wrote it}.

    ``pour``: whom the letter is for; the status that the fiche declares is that of patients.
    """
    fiche, feuille = fiche_publiee(projet), la_fiche(projet)
    return {
        "visee": _visee(projet, fiche, feuille),
        "patients": _patients(projet, fiche),
        "pilotage": _pilotage(fiche, feuille),
        "statut": "" if pour and pour.voix != Voix.PATIENT else _statut(fiche),
        "moyens": _suite("Moyens prévus", feuille.moyens, fiche and fiche.financement),
        "calendrier": _suite("Calendrier du projet", feuille.calendrier),
        "criteres": _suite(
            "Ce que nous regarderons ensemble", feuille.criteres, fiche and fiche.evaluation
        ),
    }


def _suite(debut: str, *textes) -> str:
    """The first text that somebody wrote, on its own line; nothing when nobody did."""
    texte = next((t.strip() for t in textes if t and t.strip()), "")
    texte = texte.replace("\r\n", "\n")
    return f"\n{debut} : {Truncator(texte).chars(LONGUEUR)}" if texte else ""


def _visee(projet, fiche, feuille) -> str:
    return _suite("Ce que le projet vise", feuille.objectifs) or _suite(
        "En quelques mots", projet.resume, fiche and fiche.resume
    )


def _patients(projet, fiche) -> str:
    if fiche and fiche.nb_patients:
        return f" Notre fiche de la cartographie en compte {fiche.nb_patients}."
    presents = projet.presents().filter(voix=Voix.PATIENT).count()
    return f" À ce jour, l’espace du projet en compte {presents}." if presents else ""


def _pilotage(fiche, feuille) -> str:
    membres = feuille.pilotage.all() if feuille.pk else []
    noms = "\n".join(
        f"– {m.nom}, {m.get_voix_display().lower()}, {'avec' if m.vote else 'sans'} voix"
        for m in membres
    )
    if noms:
        return f"\nQui pilote le projet :\n{Truncator(noms).chars(LONGUEUR)}"
    return _suite("Notre pilotage", fiche and fiche.pilotage)


def _statut(fiche) -> str:
    codes = [code for code in fiche.statuts if code != Statut.AUCUNE] if fiche else []
    mots = ", ".join(_en_minuscule(Statut(code).label) for code in codes)
    return _suite("Statut et reconnaissance déclarés dans notre fiche", mots)


def _en_minuscule(mot: str) -> str:
    return mot[:1].lower() + mot[1:]


# --- The sheet -----------------------------------------------------------------------------------
def depart_de_la_fiche(projet) -> dict[str, str]:
    """What the form of the sheet shows the first time: {part: text}, only what is written."""
    fiche = fiche_publiee(projet)
    textes = {"objectifs": projet.resume}
    if fiche:
        textes = {
            "objectifs": projet.resume or fiche.resume,
            "moyens": fiche.financement,
            "criteres": fiche.evaluation,
        }
    return {nom: texte for nom, texte in textes.items() if texte}
