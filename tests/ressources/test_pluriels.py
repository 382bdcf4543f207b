"""French plurals of what a document counts: from two on, and never before."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from ressources.accompagnement.documents import _en_heures
from ressources.deux_voix import documents
from ressources.deux_voix.donnees import d_un_essai
from ressources.deux_voix.outils import BAROMETRE

TABLE = "ressources/deux_voix/_table.html"


def _dit(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def _papier_et_page(professionnel, patient, precisions=()) -> list[str]:
    """What the document and the page say of these answers."""
    reste = [""] * (11 - len(professionnel))
    lues = {"professionnel": [*professionnel, *reste], "patient": [*patient, *reste]}
    donnees = d_un_essai(BAROMETRE, lues, date(2026, 11, 27))
    donnees |= {"date": "2026-11-27", "precisions": list(precisions)}
    contexte = documents.contexte(donnees) | {"donnees": donnees, "titre": "", "a_la_main": False}
    papier = {"adresse": "", "empreinte": "", "graphique": None}
    return [
        _dit(render_to_string(documents.GABARIT, contexte | papier)),
        _dit(render_to_string(TABLE, contexte)),
    ]


@pytest.mark.parametrize(
    ("professionnel", "patient", "compte", "ecart"),
    [
        (["4"], ["4"], "1 accord sur 1 critère auquel les deux voix", "0,0 niveau sur 4"),
        (["4"], ["2"], "0 accord sur 1 critère auquel les deux voix", "2,0 niveaux sur 4"),
        (["4", "4", "3"], ["2", "2", "0"], "sur 3 critères auxquels", "2,3 niveaux sur 4"),
        (["2", "2", "2"], ["1", "0", "0"], "sur 3 critères auxquels", "1,7 niveau sur 4"),
    ],
)
def test_levels_and_criteria_are_counted_in_french(professionnel, patient, compte, ecart):
    for dit in _papier_et_page(professionnel, patient):
        assert compte in dit and ecart in dit


def test_one_criterion_is_named_alone():
    une = {"voix": "Professionnel", "numeros": [2], "texte": "Arrivée en mars."}
    papier, _ = _papier_et_page(["4"], ["4"], [une, une | {"numeros": [2, 5]}])
    assert ", critère 2 :" in papier and ", critères 2, 5 :" in papier


@pytest.mark.parametrize(
    ("quantite", "mots"),
    [("0.5", "0,5 heure"), ("1", "1 heure"), ("1.5", "1,5 heure"), ("2", "2 heures")],
)
def test_hours_of_an_attestation(quantite, mots):
    assert _en_heures(Decimal(quantite)) == mots
