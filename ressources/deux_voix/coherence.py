"""What the fiche and the project say against a « oui » of the check-list: asked, never ignored."""

from ressources.enums import Voix
from ressources.models import MembreDuPilotage

DEUX_PATIENTS, PILOTAGE, VOIX_DELIBERATIVE, FEUILLE = 2, 3, 4, 5
SANS_CADRE = {"aucun"}


def contradictions(projet, codes) -> dict[int, str]:
    """{number of a criterion answered « oui »: what says otherwise, in French}. Three queries."""
    fiche = projet.fiche
    constats = _du_pilotage(projet)
    if fiche is None or fiche.nb_patients is None:
        constats |= _du_projet(projet)
    if fiche is not None:
        constats |= _de_la_fiche(fiche)
    return {n: mots for n, mots in constats.items() if codes[n - 1] == "oui"}


def _du_projet(projet) -> dict[int, str]:
    presents = projet.presents().filter(voix=Voix.PATIENT).count()
    if presents >= 2:
        return {}
    return {DEUX_PATIENTS: f"Le projet compte {_tant(presents)} dans cet espace."}


def _du_pilotage(projet) -> dict[int, str]:
    """What the steering body of the fiche projet says; an empty one says nothing."""
    sieges = list(MembreDuPilotage.objects.filter(fiche__projet=projet).values_list("voix", "vote"))
    if not sieges or (Voix.PATIENT, True) in sieges:
        return {}
    trouves = {VOIX_DELIBERATIVE: "Dans votre fiche projet, aucun patient partenaire ne vote."}
    if (Voix.PATIENT, False) not in sieges:
        trouves[PILOTAGE] = "Dans votre fiche projet, aucun patient partenaire ne pilote."
    return trouves


def _de_la_fiche(fiche) -> dict[int, str]:
    trouves = {}
    if fiche.nb_patients is not None and fiche.nb_patients < 2:
        trouves[DEUX_PATIENTS] = f"Votre fiche déclare {_tant(fiche.nb_patients)}."
    if set(fiche.cadres) == SANS_CADRE:
        trouves[FEUILLE] = "Votre fiche déclare qu’aucun cadre n’est formalisé."
    for numero, critere in ((n, str(n)) for n in range(1, 11)):
        if fiche.check_list.get(critere) == "non" and numero not in trouves:
            trouves[numero] = "Votre fiche répond « non » à ce critère."
    return trouves


def _tant(nombre: int) -> str:
    if nombre == 0:
        return "aucun patient partenaire"
    return f"{nombre} patient{'s' if nombre > 1 else ''} partenaire{'s' if nombre > 1 else ''}"
