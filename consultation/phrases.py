"""Sentences with computed fields: the staff writes words, the numbers come from a version.

Fields stand between braces, in words that the results use::

    {repondants}                                 78
    {propositions}                               21
    {nombre pertinence oui_tout_a_fait > 70}     8
    {liste pertinence oui_tout_a_fait > 70}      P1, P6, P8 …
    {nombre faisabilite favorable >= 75}         favourable answers of the scale, added up
    {nombre pertinence accord consensus_fort}    propositions with this label
    {part P1 pertinence oui_tout_a_fait}         73,1 %
    {avis P1 pertinence}                         expressed answers
    {voix P1}                                    votes among the priorities
    {premieres 4}                                the most voted, ties included

Nothing else is computed: no arithmetic, no access to anything. Percentages are those printed, to
one decimal, so that a reader can check a sentence against the table.
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from hubpartenariat.socle.statistiques import Etiquette
from hubpartenariat.socle.typographie import nombre, sans_accents

LONGUEUR = 600
CHAMP = re.compile(r"\{([^{}]*)\}")
COMPARAISONS: dict[str, Callable] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
}
FAVORABLE, ACCORD = "favorable", "accord"
MODELES = {
    "repondants": "{repondants}",
    "propositions": "{propositions}",
    "nombre": "{nombre pertinence favorable > 70} ou {nombre pertinence accord consensus_fort}",
    "liste": "{liste pertinence favorable > 70} ou {liste pertinence accord consensus_fort}",
    "part": "{part P1 pertinence favorable}",
    "avis": "{avis P1 pertinence}",
    "voix": "{voix P1}",
    "premieres": "{premieres 4}",
}


class PhraseIllisible(ValueError):
    """What is wrong with a sentence, in French, one message per fault."""

    def __init__(self, fautes: list[str]):
        super().__init__(" ".join(fautes))
        self.fautes = fautes


class NonPublie(ValueError):
    """The sentence asks for a number that the results do not show."""


@dataclass(frozen=True)
class Champ:
    """One computed field: ``calculer(data)`` gives its words."""

    source: str
    calculer: Callable[[dict], str]


def code_d_etiquette(etiquette: str) -> str:
    """« consensus fort » → ``consensus_fort``."""
    return re.sub(r"[^a-z0-9]+", "_", sans_accents(etiquette)).strip("_")


ETIQUETTES = {code_d_etiquette(e.value): e.value for e in Etiquette}


def lire(texte: str, questionnaire: dict) -> list[str | Champ]:
    """Words and fields, in order. Raises PhraseIllisible with every fault found."""
    morceaux, fautes, debut = [], [], 0
    for trouve in CHAMP.finditer(texte):
        morceaux.append(texte[debut : trouve.start()])
        debut = trouve.end()
        try:
            morceaux.append(_Lecteur(questionnaire).champ(trouve[1]))
        except PhraseIllisible as erreur:
            fautes += erreur.fautes
    morceaux.append(texte[debut:])
    if any("{" in m or "}" in m for m in morceaux if isinstance(m, str)):
        fautes.append("Une accolade est ouverte ou fermée sans l’autre.")
    if fautes:
        raise PhraseIllisible(fautes)
    return [m for m in morceaux if m]


def ecrire(texte: str, questionnaire: dict, donnees: dict) -> str:
    """The sentence with its numbers. ``donnees``: the public JSON of a version of results."""
    return "".join(
        m.calculer(donnees) if isinstance(m, Champ) else m for m in lire(texte, questionnaire)
    )


class _Lecteur:
    """Reads one field, with the words of one questionnaire."""

    def __init__(self, questionnaire: dict):
        self.echelles = {e["code"]: e for e in questionnaire["echelles"]}
        self.propositions = [p["code"] for t in questionnaire["themes"] for p in t["propositions"]]

    def champ(self, source: str) -> Champ:
        mots = sans_accents(source.replace("\u202f", " ")).split()
        if not mots:
            raise PhraseIllisible(["Un champ est vide : écrivez par exemple {repondants}."])
        faire = getattr(self, f"_{mots[0]}", None) if mots[0] in MODELES else None
        if faire is None:
            connus = ", ".join(MODELES)
            raise PhraseIllisible([f"« {mots[0]} » n’est pas un champ. Champs connus : {connus}."])
        try:
            return Champ(source, faire(*mots[1:]))
        except TypeError:
            modele = MODELES[mots[0]]
            raise PhraseIllisible(
                [f"« {{{source}}} » ne se lit pas. Écrivez par exemple {modele}."]
            ) from None

    # --- One method per field; a wrong number of words is a TypeError --------------------------
    def _repondants(self):
        return lambda donnees: nombre(donnees["repondants"])

    def _propositions(self):
        return lambda donnees: nombre(len(donnees["propositions"]))

    def _nombre(self, *mots):
        choisir = self._choix(*mots)
        return lambda donnees: nombre(len(choisir(donnees)))

    def _liste(self, *mots):
        choisir = self._choix(*mots)
        return lambda donnees: ", ".join(choisir(donnees)) or "aucune"

    def _part(self, proposition, echelle, reponse):
        code, nom = self._proposition(proposition), self._echelle(echelle)
        lue = self._reponse(nom, reponse)

        def calculer(donnees):
            valeur = _part(_critere(donnees, code, nom), lue)
            if valeur is None:
                raise NonPublie(f"La part de {code} n’est pas publiée.")
            return f"{nombre(valeur, 1)}\u202f%"

        return calculer

    def _avis(self, proposition, echelle):
        code, nom = self._proposition(proposition), self._echelle(echelle)

        def calculer(donnees):
            base = _critere(donnees, code, nom).get("exprimes")
            if base is None:
                raise NonPublie(f"Le nombre d’avis sur {code} n’est pas publié.")
            return nombre(base)

        return calculer

    def _voix(self, proposition):
        code = self._proposition(proposition)

        def calculer(donnees):
            voix = _proposition(donnees, code)["priorite_top3"]["voix"]
            if voix is None:
                raise NonPublie(f"Les voix de {code} ne sont pas publiées.")
            return nombre(voix)

        return calculer

    def _premieres(self, combien):
        if not (combien.isascii() and combien.isdigit() and 0 < int(combien) < 100):
            raise PhraseIllisible([f"« {combien} » n’est pas un nombre de propositions."])

        def calculer(donnees):
            voix = {p["code"]: p["priorite_top3"]["voix"] or 0 for p in donnees["propositions"]}
            classees = sorted(voix.values(), reverse=True)
            plancher = classees[min(int(combien), len(classees)) - 1] if classees else 0
            gardees = [c for c, n in voix.items() if n and n >= plancher]
            if not gardees:
                raise NonPublie("Les voix ne sont pas publiées.")
            return ", ".join(sorted(gardees, key=lambda c: -voix[c]))

        return calculer

    # --- What they share -------------------------------------------------------------------
    def _choix(self, echelle, quoi, *suite) -> Callable[[dict], list[str]]:
        """Codes of the propositions that answer the condition."""
        nom = self._echelle(echelle)
        if quoi == ACCORD:
            (etiquette,) = suite if len(suite) == 1 else ("",)
            if etiquette not in ETIQUETTES:
                connues = ", ".join(ETIQUETTES)
                raise PhraseIllisible([f"Après « accord », écrivez un de : {connues}."])
            return lambda donnees: [
                p["code"]
                for p in donnees["propositions"]
                if p["criteres"].get(nom, {}).get("accord") == ETIQUETTES[etiquette]
            ]
        if len(suite) != 2:
            raise TypeError
        lue = self._reponse(nom, quoi)
        comparer, seuil = self._comparaison(*suite)

        def choisir(donnees):
            parts = [
                (p["code"], _part(p["criteres"].get(nom, {}), lue)) for p in donnees["propositions"]
            ]
            return [code for code, part in parts if part is not None and comparer(part, seuil)]

        return choisir

    def _comparaison(self, signe, valeur):
        signe = {"≥": ">=", "≤": "<="}.get(signe, signe)
        if signe not in COMPARAISONS:
            raise PhraseIllisible([f"« {signe} » : écrivez >, >=, <, <= ou =."])
        try:
            seuil = Decimal(valeur.replace(",", ".").rstrip("%"))
        except InvalidOperation:
            seuil = None
        if seuil is None or not 0 <= seuil <= 100:
            raise PhraseIllisible([f"« {valeur} » n’est pas un pourcentage de 0 à 100."])
        return COMPARAISONS[signe], seuil

    def _echelle(self, code: str) -> str:
        if code not in self.echelles:
            connues = ", ".join(self.echelles)
            raise PhraseIllisible([f"« {code} » n’est pas une échelle. Échelles : {connues}."])
        return code

    def _proposition(self, code: str) -> str:
        trouve = next((p for p in self.propositions if sans_accents(p) == code), None)
        if trouve is None:
            raise PhraseIllisible([f"« {code} » n’est pas une proposition de cette consultation."])
        return trouve

    def _reponse(self, echelle: str, code: str) -> str:
        connues = [m["code"] for m in self.echelles[echelle]["modalites"]]
        if code != FAVORABLE and code not in connues:
            liste = ", ".join([FAVORABLE, *connues])
            raise PhraseIllisible(
                [f"« {code} » n’est pas une réponse de l’échelle {echelle} : {liste}."]
            )
        return code


def _proposition(donnees: dict, code: str) -> dict:
    for une in donnees["propositions"]:
        if une["code"] == code:
            return une
    raise NonPublie(f"{code} n’est pas dans ces résultats.")


def _critere(donnees: dict, proposition: str, echelle: str) -> dict:
    return _proposition(donnees, proposition)["criteres"].get(echelle, {})


def _part(critere: dict, reponse: str) -> Decimal | None:
    """The printed percentage of an answer, or of the favourable ones."""
    if reponse == FAVORABLE:
        valeur = critere.get("favorable")
    else:
        valeur = critere.get("modalites", {}).get(reponse, {}).get("pourcentage")
    return None if valeur is None else Decimal(str(valeur))
