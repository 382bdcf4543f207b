"""What a project has already written elsewhere is not asked again: charter, letter, sheet."""

import pytest

from ressources.models import Ecrit, FicheProjet
from ressources.projets import ecrits
from ressources.projets.fiche import enregistrer
from tests import fabriques
from tests.ressources.outils_deux_voix import projet_a_deux
from tests.ressources.test_projets import PARTIES, charte, formulaire

RESUME = "Nous relisons les livrets avec ceux qui les emportent."
DECLARE = {
    "resume": RESUME,
    "nb_patients": 7,
    "statuts": ["vacation", "aucune"],
    "financement": "Une dotation de l’hôpital.",
    "evaluation": "Un questionnaire à la sortie.",
}


@pytest.fixture
def lie(db, client_de):
    """(project of two linked to a published fiche, the professional, his browser)."""
    projet, pro, _ = projet_a_deux("Relire les livrets")
    projet.fiche = fabriques.fiche(pro, "publiee", **DECLARE)
    projet.save()
    return projet, pro, client_de(pro)


def lu(ecrit) -> str:
    return ecrits.en_texte(ecrit.clauses)


def lettre(projet, nom) -> Ecrit:
    return ecrits.ouvrir_une_lettre(projet, projet.presents().get(nom=nom), None)


def test_the_charter_says_what_the_fiche_declares(lie):
    projet, _, navigateur = lie
    texte = charte(navigateur, projet)
    dit = {clause["titre"]: clause["texte"] for clause in texte.clauses}
    assert RESUME in dit["Notre projet"]
    assert "en compte 7" in dit["Jamais seul"]
    assert "vacation." not in dit["Temps, frais et reconnaissance"]
    assert "fiche : vacation\n" in dit["Temps, frais et reconnaissance"]
    assert "Une dotation" in dit["Temps, frais et reconnaissance"]
    assert "Un questionnaire à la sortie." in dit["Faire le point"]


def test_the_sheet_of_the_project_speaks_before_the_fiche(lie):
    projet, pro, _ = lie
    membre = {"nom": "La cadre", "voix": "professionnel", "vote": True}
    enregistrer(projet, PARTIES, [membre], 0, pro)
    texte = lu(ecrits.ouvrir_la_charte(projet, None))
    for nom in ("objectifs", "moyens", "calendrier", "criteres"):
        assert PARTIES[nom] in texte
    assert "La cadre, professionnel, avec voix" in texte
    assert RESUME not in texte and "Un questionnaire" not in texte
    de_la_lettre = lu(lettre(projet, "Inès"))
    assert PARTIES["calendrier"] in de_la_lettre and PARTIES["objectifs"] in de_la_lettre


def test_the_status_of_patients_is_said_in_their_letters_only(lie):
    projet = lie[0]
    assert "fiche : vacation" in lu(lettre(projet, "Inès"))
    assert "vacation" not in lu(lettre(projet, "Paul"))


def test_nothing_is_invented_and_nothing_unpublished_is_told(db):
    projet, pro, _ = projet_a_deux()
    seul = lu(ecrits.ouvrir_la_charte(projet, None))
    for debut in ("vise", "quelques mots", "Moyens", "Calendrier", "déclarés", "regarderons"):
        assert debut not in seul
    assert "l’espace du projet en compte 1." in seul
    autre, auteur, _ = projet_a_deux("Un autre")
    autre.fiche = fabriques.fiche(auteur, "brouillon", **DECLARE)
    autre.save()
    texte = lu(ecrits.ouvrir_la_charte(autre, None))
    assert RESUME not in texte and "en compte 7" not in texte


def test_long_words_still_make_clauses_that_may_be_saved(lie):
    projet, pro, navigateur = lie
    enregistrer(projet, dict.fromkeys(PARTIES, "un mot\r\n" * 450), [], 0, pro)
    texte = charte(navigateur, projet)
    page = texte.adresse("ecrit_modifier")
    assert navigateur.post(page, formulaire(navigateur.get(page))).status_code == 302


def test_the_sheet_begins_with_the_words_of_the_fiche_and_keeps_what_is_changed(lie):
    projet, _, navigateur = lie
    ici = f"/ressources/projets/{projet.uuid}/fiche/modifier/"
    page = navigateur.get(ici)
    debut = {champ.name: champ.value() for champ in page.context["form"]}
    assert debut["objectifs"] == RESUME
    assert debut["moyens"] == DECLARE["financement"]
    assert debut["criteres"] == DECLARE["evaluation"]
    assert "Déjà écrit ailleurs" in page.content.decode()
    assert not FicheProjet.objects.exists()  # shown, not kept
    envoi = {"_revision": 0, "membre-TOTAL_FORMS": 0, "membre-INITIAL_FORMS": 0}
    navigateur.post(ici, envoi | dict.fromkeys(debut, "") | {"plan": "Notre plan."})
    page = navigateur.get(ici)
    apres = {champ.name: champ.value() for champ in page.context["form"]}
    assert apres["objectifs"] == "" and apres["plan"] == "Notre plan."
    assert "Déjà écrit ailleurs" not in page.content.decode()
