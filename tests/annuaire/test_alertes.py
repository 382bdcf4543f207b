"""What the moderators are warned of: true sentences are, innocent ones are not."""

import pytest

from annuaire.alertes import reperer

COMMERCIALES = [
    "Coaching individuel pour mieux vivre sa maladie",
    "Je suis coach de vie certifiée",
    "Trois séances payantes de relaxation",
    "Consultations tarifées sur rendez-vous",
    "60 € la séance, tarif dégressif",
    "Première séance offerte",
    "Découvrez mes tarifs et mes prestations",
    "Naturopathe, je propose un bilan",
    "Réservez dans mon cabinet",
    "Devis sur demande",
]
MIRACLES = [
    "Une guérison garantie en trois semaines",
    "Guérir définitivement du diabète",
    "La méthode miracle contre la douleur",
    "Un remède secret venu d’ailleurs",
    "Arrêtez vos traitements, le corps sait",
    "J’ai guéri mon cancer par le jeûne",
    "Un protocole révolutionnaire, 100 % naturel",
    "Ce que les médecins vous cachent",
]
INNOCENTES = [
    "Nous cherchons deux personnes pour relire nos livrets d’accueil.",
    "Le défraiement est de 30 € par réunion, repas compris.",
    "Une indemnité de 50 euros par demi-journée, versée par l’hôpital.",
    "Ce rôle ne remplace pas un traitement ni un avis médical.",
    "Animer des séances d’éducation thérapeutique avec une infirmière.",
    "Accompagner l’annonce de la guérison, ou de la rechute.",
    "Le service d’oncologie suit des personnes guéries depuis cinq ans.",
    "Une consultation d’annonce, à laquelle le patient partenaire prend part.",
    "Participer aux entretiens de bilan du programme.",
    "Nous ne voulons pas de coaching commercial : sans coaching, ensemble.",
    "Le 16/12/2025 à 14 h 30, puis le 13 janvier 2026.",
    "Sans arrêter son traitement, on peut apprendre à vivre avec.",
    "Un patient coach forme les nouveaux patients partenaires.",
]


@pytest.mark.parametrize("texte", COMMERCIALES)
def test_a_commercial_offer_is_noticed(texte):
    assert "commercial" in reperer(texte)


@pytest.mark.parametrize("texte", MIRACLES)
def test_a_promise_of_cure_is_noticed(texte):
    assert "miracle" in reperer(texte)


@pytest.mark.parametrize("texte", INNOCENTES)
def test_an_innocent_sentence_is_not(texte):
    assert reperer(texte) == []


def test_case_accents_and_place_do_not_matter():
    assert reperer("", "Un projet", "COACHING à domicile") == ["commercial"]
    assert reperer("guerison\u00a0garantie") == ["miracle"]


def test_no_structure_and_contact_details_are_noticed():
    assert reperer("Un projet", sans_structure=True) == ["sans_structure"]
    assert reperer("Écrivez à nom@exemple.fr") == ["coordonnees"]
    assert reperer("Coaching et cure miracle au 06 12 34 56 78", sans_structure=True) == [
        *["commercial", "miracle", "sans_structure", "coordonnees"]
    ]


def test_texts_are_read_apart():
    """The end of one text and the start of another make no sentence."""
    assert reperer("Le mot de la fin : guérison", "Garantie de l’emploi") == []
