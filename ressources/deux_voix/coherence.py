"""What the fiche and the project say against a « oui » of the check-list: asked, never ignored."""

from ressources.enums import Voix

DEUX_PATIENTS, PILOTAGE, FEUILLE = 2, 3, 5
SANS_CADRE = {"aucun"}


def contradictions(projet, codes) -> dict[int, str]:
    """{number of a criterion answered « oui »: what says otherwise, in French}. Two queries."""
    fiche = projet.fiche
    constats = {}
    if fiche is not None:
        constats |= _de_la_fiche(fiche)
    elif (presents := _patients_du_projet(projet)) < 2:
        constats[DEUX_PATIENTS] = f"Le projet compte {_tant(presents)} dans cet espace."
    return {n: mots for n, mots in constats.items() if codes[n - 1] == "oui"}


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


def _patients_du_projet(projet) -> int:
    return projet.participations.filter(voix=Voix.PATIENT, partie_le=None).count()


def _tant(nombre: int) -> str:
    if nombre == 0:
        return "aucun patient partenaire"
    return f"{nombre} patient{'s' if nombre > 1 else ''} partenaire{'s' if nombre > 1 else ''}"
