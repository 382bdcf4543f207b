"""Words changed while people answer: results say which others were answered."""

import pytest
from django.core.cache import cache

from consultation import demo, publication
from tests.consultation.outils import ouverte

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    cache.clear()
    return ouverte()


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def repondre(consultation, debut: int, nombre: int) -> None:
    gens = [
        {"profil": {"profil": "pp"}, "avis": {("A", "pertinence"): "oui"}, "priorites": []}
        for _ in range(debut + nombre)
    ]
    demo.remplir(consultation, gens)  # those who are there already are not written twice


def corriger(consultation, code: str, **mots) -> None:
    consultation.propositions.filter(code=code).update(**mots)


def test_a_proposition_says_the_other_words_that_were_answered(client, consultation):
    repondre(consultation, 0, 20)
    corriger(consultation, "A", titre="Proposition A, mieux dite")
    repondre(consultation, 20, 5)
    corriger(consultation, "A", texte="Et expliquée.")  # nobody answers after this one
    consultation.fermer()
    publication.publier(consultation)

    page = lu(client.get("/consultations/essai/propositions/A/"))
    assert "Ces réponses viennent de plusieurs formulations" in page
    section = page[page.index("titre-formulations") :].split("</section>")[0]
    assert "<blockquote><p>Proposition A</p></blockquote>" in section
    assert "<blockquote><p>Proposition A, mieux dite</p></blockquote>" in section
    assert "Et expliquée." not in section, "the words printed above are not others"
    assert "formulations" not in lu(client.get("/consultations/essai/propositions/B/"))
    resultats = lu(client.get("/consultations/essai/resultats/"))
    methode = resultats[resultats.index('id="methode"') :]
    assert "Les mots de ces propositions ont changé" in methode
    assert methode.count("/propositions/A/") == 1 and "/propositions/B/" not in methode
    donnees = client.get("/consultations/essai/resultats.json").json()
    dites = {p["code"]: p["autres_formulations"] for p in donnees["propositions"]}
    assert [mots["titre"] for mots in dites["A"]] == ["Proposition A", "Proposition A, mieux dite"]
    assert dites["B"] == []


def test_words_changed_before_anybody_answered_are_not_told(client, consultation):
    corriger(consultation, "A", titre="Proposition A, mieux dite")
    repondre(consultation, 0, 20)
    consultation.fermer()
    publication.publier(consultation)
    assert "formulations" not in lu(client.get("/consultations/essai/propositions/A/"))
    assert "formulations" not in consultation.resultats.get().contenu
