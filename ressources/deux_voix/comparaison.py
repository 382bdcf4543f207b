"""The same tool, date after date, as one table. A pure function over what ``lecture`` read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from hubpartenariat.socle.typographie import date_en_mots, nombre
from ressources.deux_voix import calculs
from ressources.deux_voix.outils import Outil

AU_PLUS = 6  # dates side by side, the latest ones


@dataclass(frozen=True)
class DansLeTemps:
    entetes: list[str]
    lignes: list[list[str]]
    bilan: list[str]  # one cell per date, under the table: mean gap, or agreements

    @property
    def rangees(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """[(criterion, [(head of the column, cell)])]: a piled row names its columns itself."""
        return [(ligne[0], self._nommees(ligne[1:])) for ligne in self.lignes]

    @property
    def derniere(self) -> list[tuple[str, str]]:
        return self._nommees([*self.bilan, "–"])

    def _nommees(self, cases: list[str]) -> list[tuple[str, str]]:
        return list(zip(self.entetes[1:], cases, strict=True))


def dans_le_temps(outil: Outil, passages: Sequence) -> DansLeTemps | None:
    """Unveiled uses side by side (``lecture.histoire``); None when there are fewer than two."""
    devoiles = [p for p in passages if p.deux][-AU_PLUS:]
    if len(devoiles) < 2:
        return None
    dates = [date_en_mots(timezone.localtime(p.ouvert_le)) for p in devoiles]
    lignes = []
    for rang, critere in enumerate(outil.criteres):
        valeurs = [_valeur(p, rang) for p in devoiles]
        lignes.append(
            [
                f"{critere.numero}. {critere.texte}",
                *(_case(outil, p, rang) for p in devoiles),
                _evolution(outil, valeurs),
            ]
        )
    return DansLeTemps(
        ["Critère", *dates, "Évolution"], lignes, [_bilan(outil, p) for p in devoiles]
    )


def _valeur(passage, rang: int) -> str:
    professionnel, patient = passage.deux
    return calculs.valeur(professionnel[rang], patient[rang], passage.communes.get(rang + 1, ""))


def _case(outil: Outil, passage, rang: int) -> str:
    un, autre = (codes[rang] for codes in passage.deux)
    commune = passage.communes.get(rang + 1, "")
    mots = outil.court[un] if un == autre else f"{outil.court[un]} / {outil.court[autre]}"
    dite = not commune or commune == un == autre
    return mots if dite else f"{mots}, commun : {outil.court[commune]}"


def _evolution(outil: Outil, valeurs: list[str]) -> str:
    """From the first to the last date that have one value."""
    connues = [v for v in valeurs if v]
    if len(connues) < 2:
        return "–"
    premiere, derniere = connues[0], connues[-1]
    if outil.note:
        gagnes = calculs.evolution(premiere, derniere)
        if gagnes is None:
            return "–"
        return f"+{gagnes}" if gagnes > 0 else nombre(gagnes)
    if premiere == derniere:
        return "sans changement"
    return f"{outil.court[premiere]} → {outil.court[derniere]}"


def _bilan(outil: Outil, passage) -> str:
    compare = calculs.comparer(*passage.deux)
    if outil.note:
        moyen = compare.ecart_moyen
        return "–" if moyen is None else nombre(float(moyen), 1)
    return f"{compare.accords} sur {compare.communs}"
