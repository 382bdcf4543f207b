"""How easily each public page reads, measured and printed; summaries keep the rules of FALC."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from hubpartenariat.pages import PAGES_PUBLIQUES
from ressources.bibliotheque import falc
from ressources.bibliotheque.chargement import entrees
from ressources.bibliotheque.parcours import ETAPES
from ressources.models import Ressource
from ressources.projets.clauses import MODELES
from tests.generiques.adresses import adresses
from tests.generiques.monde import Monde
from tests.outils import bilan
from tests.outils.controle import est_une_page
from tests.outils.lisibilite import mesurer, paragraphes, syllabes

# The index of Kandel and Moles below which a page must be written again.
AU_MOINS = 55
AU_MOINS_EN_BREF = 70
AU_MOINS_RESSOURCE = 40  # each; they name guides, bodies and methods
AU_MOINS_EN_MOYENNE = 55
AU_MOINS_CLAUSES = 55
AU_MOINS_CONNECTE = 55
# Written by the law or by others: measured and printed, not judged.
SANS_JUGEMENT = {"mentions_legales", "donnees_personnelles", "donnees", "ressources:glossaire"}


@pytest.mark.parametrize(("mot", "combien"), [
    ("patient", 2), ("partenaire", 3), ("elle", 1), ("équipe", 2), ("mot", 1), ("réunion", 2),
])  # fmt: skip
def test_syllables(mot, combien):
    assert syllabes(mot) == combien


def test_every_public_page_reads_at_a_level_that_is_printed(client, db):
    adresses = {nom: reverse(nom) for nom, _ in PAGES_PUBLIQUES}
    adresses |= {
        f"ressources:pas {code}": reverse("ressources:pas", args=[code]) for code in ETAPES
    }
    ecrites = Ressource.objects.publiees().exclude(corps="")
    adresses |= {f"ressource {une.slug}": une.get_absolute_url() for une in ecrites}
    lignes, trop_dures = [], {}
    for nom, adresse in adresses.items():
        mesure = mesurer(paragraphes(client.get(adresse).content))
        if mesure.mots < 30:
            continue
        lignes.append(f"{nom} {mesure.indice:.0f}")
        if mesure.indice < AU_MOINS and nom not in SANS_JUGEMENT:
            trop_dures[nom] = round(mesure.indice)
    bilan.dire(f"lisibilité (Kandel-Moles, {len(lignes)} pages) : {', '.join(sorted(lignes))}")
    assert len(lignes) > 20
    assert not trop_dures


def test_summaries_keep_the_rules_of_easy_language():
    resumes = {une["slug"]: une["en_bref"] for une in entrees()}
    resumes |= {code: etape.en_bref for code, etape in ETAPES.items()}
    assert {cle: ecarts for cle, texte in resumes.items() if (ecarts := falc.ecarts(texte))} == {}
    mesure = mesurer(list(resumes.values()))
    bilan.dire(f"lisibilité des {len(resumes)} résumés en mots simples : {mesure.indice:.0f}")
    assert mesure.indice >= AU_MOINS_EN_BREF


def niveaux(textes: dict[str, list[str]], au_moins: int = 30) -> dict[str, int]:
    """{name: index} of those that count enough words for the index to say something."""
    mesures = {nom: mesurer(uns) for nom, uns in textes.items()}
    return {nom: round(une.indice) for nom, une in mesures.items() if une.mots >= au_moins}


def dire(quoi: str, lus: dict[str, int]) -> None:
    """All the levels, the hardest first."""
    tous = ", ".join(f"{nom} {lus[nom]}" for nom in sorted(lus, key=lus.get))
    bilan.dire(f"lisibilité de {quoi} ({len(lus)}) : {tous}")


def test_the_descriptions_of_the_library_read_at_a_level_that_is_printed():
    """Each of the entries that ship, printed; judged with its summary, as people read them, since
    the index says nothing of one sentence; then all the descriptions together."""
    seules = {une["slug"]: [une["description"]] for une in entrees()}
    lues = {une["slug"]: [une["en_bref"], une["description"]] for une in entrees()}
    chaque, entieres = niveaux(seules, au_moins=4), niveaux(lues, au_moins=4)
    dire("chaque description", chaque)
    dire("chaque ressource, son résumé et sa description", entieres)
    ensemble = mesurer([texte for uns in seules.values() for texte in uns]).indice
    bilan.dire(f"lisibilité des descriptions ensemble : {ensemble:.0f}")
    assert set(chaque) == set(entieres) == set(seules) and len(seules) >= 40
    assert {nom: n for nom, n in entieres.items() if n < AU_MOINS_RESSOURCE} == {}
    assert ensemble >= AU_MOINS_EN_MOYENNE


def test_the_clauses_of_our_models_read_at_a_level_that_is_printed():
    clauses = {
        f"{genre} : {titre}": [re.sub(r"\{\w+\}", "nous", texte)]
        for genre, unes in MODELES.items()
        for titre, texte in unes
    }
    lus = niveaux(clauses, au_moins=4)
    dire("chaque clause", lus)
    assert set(lus) == set(clauses)
    for genre in MODELES:
        ensemble = mesurer(
            [un for nom, uns in clauses.items() if nom.startswith(genre) for un in uns]
        )
        bilan.dire(f"lisibilité du modèle {genre} : {ensemble.indice:.0f}")
        assert ensemble.indice >= AU_MOINS_CLAUSES


def pages_connectees(monde: Monde) -> dict[str, list[str]]:
    """{page: its texts} of what the library and the projects show to who signed in, forms too."""
    vues = {}
    for adresse in adresses(monde):
        if not adresse.nom.startswith(("ressources:", "agenda:")):
            continue
        if monde.client("visiteur", Client).get(adresse.chemin).status_code == 200:
            continue
        for role in ("auteur", "membre", "moderateur"):
            reponse = monde.client(role, Client).get(adresse.chemin)
            if reponse.status_code == 200 and est_une_page(reponse):
                vues[adresse.nom] = paragraphes(reponse.content, avec_les_formulaires=True)
                break
    return vues


@pytest.mark.django_db
def test_the_pages_of_who_signed_in_read_at_a_level_that_is_printed(monde):
    lus = niveaux(pages_connectees(monde))
    dire("pages connectées de Ressources", lus)
    assert len(lus) >= 10
    assert {nom: n for nom, n in lus.items() if n < AU_MOINS_CONNECTE} == {}


@pytest.mark.parametrize(
    ("texte", "regle"),
    [
        ("Les professionnels de santé et les patients partenaires écrivent ensemble une charte "
         "qui dit comment ils travaillent.", "mots"),
        ("La HAS aide.", "entier"),
        ("Il y a trois étapes.", "chiffres"),
        ("Une équipe (un patient) parle.", "parenthèse"),
        ("Une équipe parle", "point"),
    ],
)  # fmt: skip
def test_each_rule_bites(texte, regle):
    assert any(regle in ecart for ecart in falc.ecarts(texte))


DEUX_A_MILLE = (
    *("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
    *("treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "vingt", "vingt-et-un"),
    *("trente", "quarante", "cinquante", "soixante", "soixante-dix", "septante", "nonante"),
    *("quatre-vingts", "quatre-vingt-dix", "cent", "cents", "mille", "millions", "milliards"),
)


@pytest.mark.parametrize("nombre", [*DEUX_A_MILLE, "Treize"])
def test_every_number_in_words_is_seen(nombre):
    assert any("chiffres" in ecart for ecart in falc.ecarts(f"Il y a {nombre} étapes."))


@pytest.mark.parametrize(
    "phrase",
    [
        "Le guide est neuf.",
        "Un local neuf accueille une équipe.",
        "La décision est à l’équipe.",
        "La dixième réunion est prévue.",
        "Il y a 9 étapes.",
    ],
)
def test_words_that_are_no_numbers_are_left_alone(phrase):
    assert falc.ecarts(phrase) == []
