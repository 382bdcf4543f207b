"""How easily each public page reads, measured and printed; summaries keep the rules of FALC."""

import pytest
from django.urls import reverse

from hubpartenariat.pages import PAGES_PUBLIQUES
from ressources.bibliotheque import falc
from ressources.bibliotheque.chargement import entrees
from ressources.bibliotheque.parcours import ETAPES
from ressources.models import Ressource
from tests.outils import bilan
from tests.outils.lisibilite import mesurer, paragraphes, syllabes

# The index of Kandel and Moles below which a page must be written again.
AU_MOINS = 55
AU_MOINS_EN_BREF = 70
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
