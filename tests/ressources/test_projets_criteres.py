"""Criteria are dated when they are first written, and recalled where the bilan is written."""

from datetime import timedelta

from django.template.loader import render_to_string
from django.utils import timezone

from hubpartenariat.socle.typographie import date_en_mots
from ressources.accompagnement import bilan
from ressources.accompagnement.documents import BilanEnPdf
from ressources.models import FicheProjet
from ressources.projets.fiche import enregistrer
from tests.ressources.test_projets import PARTIES, deux

__all__ = ["deux"]
PREMIERE_FOIS = "pour la première fois le"


def ecrire(projet, revision, criteres):
    enregistrer(projet, PARTIES | {"criteres": criteres}, [], revision, None)
    return FicheProjet.objects.get(projet=projet)


def page(navigateur, projet, suite) -> str:
    lue = navigateur.get(projet.get_absolute_url() + suite).content.decode()
    return lue.replace("\xa0", " ").replace("’", "'")


def test_the_day_is_that_of_the_first_words(deux):
    projet = deux[0]
    assert ecrire(projet, 0, "").criteres_le is None
    assert ecrire(projet, 1, "Moins de rappels.").criteres_le
    avant = timezone.now() - timedelta(days=90)
    FicheProjet.objects.update(criteres_le=avant)
    assert ecrire(projet, 2, "Moins de rappels, moins d’attente.").criteres_le == avant
    assert ecrire(projet, 3, "").criteres_le is None
    assert ecrire(projet, 4, "D’autres.").criteres_le > avant


def test_the_bilan_recalls_the_criteria_where_it_is_read_written_and_printed(deux):
    projet, _, _, lui, _ = deux
    assert "critères d'évaluation" not in page(lui, projet, "bilan/modifier/")
    ecrire(projet, 0, "Moins de rappels.")
    jour = timezone.now() - timedelta(days=90)
    FicheProjet.objects.update(criteres_le=jour)
    dit = f"{PREMIERE_FOIS} {date_en_mots(timezone.localdate(jour))}".replace("\xa0", " ")
    bilan.enregistrer(projet, dict.fromkeys(bilan.CHAMPS, "Un effet."), 0, None)
    for suite in ("fiche/", "bilan/", "bilan/modifier/"):
        lue = page(lui, projet, suite)
        assert "Moins de rappels." in lue and dit in lue, suite
    genre, demande = BilanEnPdf(), {"projet": str(projet.uuid)}
    donnees = genre.donnees(demande)
    papier = render_to_string(
        genre.gabarit,
        {"donnees": donnees, "titre": "Bilan", "adresse": "https://hub/", "empreinte": "x"},
    )
    assert papier.index("Moins de rappels.") < papier.index("Les effets du projet")
    assert "Écrits pour la première fois le" in papier


def test_criteria_without_a_day_are_recalled_without_one(deux):
    projet, _, _, lui, _ = deux
    FicheProjet.objects.create(projet=projet, criteres="Écrits avant.")
    lue = page(lui, projet, "bilan/modifier/")
    assert "Écrits avant." in lue and PREMIERE_FOIS not in lue
