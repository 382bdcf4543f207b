"""Nothing hidden can be rebuilt from what the site answers, whatever is asked of it."""

from random import Random

import pytest
from django.core.cache import cache

from consultation import demo, publication, reunions
from consultation.differences import AUTRES, Trop, trop_petite
from consultation.models import CategorieDeProfil, Consultation, Reponse
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.statistiques import petits_groupes
from tests.consultation.attaquant import (
    AttaquantDesPages,
    cases_de_la_coupe,
    rangs_du_csv,
    verite,
)
from tests.consultation.outils import les_21, plus
from tests.outils import bilan

pytestmark = pytest.mark.django_db

QUESTIONS = [("P1", "pertinence"), ("P17", "pertinence"), ("P1", "priorite")]


@pytest.fixture
def close():
    """78 people who answered as those of 2025 are said to have, the consultation closed."""
    cache.clear()
    consultation = les_21()
    demo.remplir(consultation, demo.repondants_de_2025())
    consultation.fermer()
    return consultation


def publie(client, consultation) -> dict:
    publication.publier(consultation)
    return client.get(f"/consultations/{consultation.slug}/resultats.json").json()


def trouves(client, consultation) -> dict:
    """Hidden counts that are pinned down, by name: (least, most)."""
    attaquant = AttaquantDesPages(
        verite(consultation, QUESTIONS), publie(client, consultation), QUESTIONS
    )
    assert len(attaquant.secrets) > 50  # an attack on nothing would prove nothing
    bilan.dire(f"attack on the results: {len(attaquant.secrets)} hidden counts, two programs each")
    return {n: (b, h) for n, (b, h) in attaquant.attaquer().items() if h - b < 1 - 1e-4}


def test_a_solver_that_reads_everything_published_finds_no_hidden_count(client, close):
    assert trouves(client, close) == {}


def test_the_same_solver_finds_them_when_suppression_is_turned_off(client, close, monkeypatch):
    monkeypatch.setattr(petits_groupes, "_protege", lambda *a: True)
    pris = trouves(client, close)
    seule = "categorie ['exercice_coordonne'], question 0, column 0"
    assert seule in pris  # the one person of their category
    vrai = sum(
        p[0] == "exercice_coordonne" and p[2][0] == 0 for p in verite(close, QUESTIONS).personnes
    )
    assert pris[seule] == pytest.approx((vrai, vrai), abs=1e-4)


def test_page_csv_and_json_hide_the_same_cells_under_every_filter(client, close):
    """And nothing but a dash is said of them, whether hidden or empty."""
    donnees = publie(client, close)
    base = f"/consultations/{close.slug}/"
    table = rangs_du_csv(client.get(f"{base}resultats.csv").content.decode())
    contenu = Consultation.objects.get(pk=close.pk).resultats.get().contenu["questionnaire"]
    ordre = {q["code"]: [c["code"] for c in q["categories"]] + [""] for q in contenu["profil"]}
    ordre["college"] = [c["code"] for c in contenu["colleges"]] + [""]
    vus = {True: 0, False: 0}
    for variable, codes in ordre.items():
        for echelle in (e["code"] for e in contenu["echelles"]):
            page = client.get(f"{base}resultats/", {"par": variable, "echelle": echelle})
            lignes = cases_de_la_coupe(page.content.decode())
            for p in donnees["propositions"]:
                coupe = p["criteres"][echelle]["coupes"][variable]
                assert set(coupe) <= set(codes)
                for code, dite in zip(codes, lignes[p["code"]], strict=True):
                    rang = coupe.get(code)
                    nom = (p["code"], echelle, variable, code or "non_precise")
                    assert (table[nom] is None) == (rang is None), nom
                    assert (dite.strip() == "–") == (rang is None), (nom, dite)
                    vus[rang is None] += 1
    assert vus[True] > 100 and vus[False] > 100


def test_two_characteristics_together_are_refused(client, close):
    publication.publier(close)
    page = f"/consultations/{close.slug}/resultats/?par=profil&par=territoire"
    assert client.get(page).status_code == 400


def test_a_version_that_differs_by_few_people_is_refused(close):
    """Two editions compared would give the answers of the people between them."""
    publication.publier(close)
    Reponse.objects.filter(consultation=close).first().delete()
    with pytest.raises(TransitionRefusee, match="1 réponse"):
        publication.publier(close)


def _de(variable: str, code: str) -> dict:
    """One of the 78 who gave this category."""
    return next(un for un in demo.repondants_de_2025() if un["profil"].get(variable) == code)


def _publiables(consultation) -> list[tuple[str, str]]:
    """(variable, category) of the profile, published in the last version."""
    contenu = publication.derniere(consultation).contenu
    return [
        (q["code"], c["code"])
        for q in contenu["questionnaire"]["profil"]
        for c in q["categories"]
        if contenu["effectifs"][q["code"]].get(c["code"])
    ]


def test_five_more_people_in_five_groups_are_not_published(close):
    """The total grows by five, each group by one: the difference would be each one’s answers."""
    publication.publier(close)
    variable = _publiables(close)[0][0]
    codes = [code for nom, code in _publiables(close) if nom == variable]
    assert len(codes) >= 2
    gens = [_de(variable, codes[n % len(codes)]) for n in range(5)]
    plus(close, gens)
    with pytest.raises(TransitionRefusee, match="en comparant les deux"):
        publication.publier(close)


def test_somebody_replaced_by_somebody_else_is_not_published(close):
    """As many answers as before, one of them another: the total says nothing, the groups do."""
    publication.publier(close)
    Reponse.objects.filter(consultation=close).first().delete()
    plus(close, [demo.repondants_de_2025()[-1]])
    with pytest.raises(TransitionRefusee, match="en comparant les deux"):
        publication.publier(close)


def test_as_many_more_people_as_were_there_make_a_new_version(close):
    publication.publier(close)
    plus(close, demo.repondants_de_2025())
    assert publication.publier(close).numero == 2
    plus(close, demo.repondants_de_2025()[:1])
    with pytest.raises(TransitionRefusee):
        publication.publier(close)  # too close to the second


def test_what_is_hidden_cannot_be_read_as_what_is_left():
    """The whole grows by six, a published group by five: the sixth is in the others."""

    def contenu(tout, un):
        ligne = {"colonnes": [[0], [1]], "comptes": un}
        coupes = {"metier": {"a": ligne, "b": None, "c": None}}
        categories = [{"code": c, "libelle": c, "college": ""} for c in "abc"]
        profil = [{"code": "metier", "categories": categories}]
        return {
            "questionnaire": {"colleges": [], "profil": profil},
            "questions": {"P1": {"e": {"comptes": tout, "coupes": coupes}}},
        }

    avant = contenu([20, 20], [10, 10])
    assert trop_petite(avant, contenu([23, 23], [13, 12]), 5, 5) == Trop(AUTRES, 1)
    assert trop_petite(avant, contenu([25, 25], [13, 12]), 5, 5) is None
    assert trop_petite(avant, contenu([20, 26], [10, 10]), 5, 5) is None
    # Columns added together in one version are compared as such.
    large = contenu([25, 20], [15, 10])
    large["questions"]["P1"]["e"]["coupes"]["metier"]["a"] = {
        "colonnes": [[0, 1]], "comptes": [25],
    }  # fmt: skip
    assert trop_petite(avant, large, 5, 5) is None
    large["questions"]["P1"]["e"]["coupes"]["metier"]["a"]["comptes"] = [23]
    assert trop_petite(avant, large, 5, 5) == Trop("a", 3)


def test_an_older_version_stays_the_one_read_from_link_to_link(client, close):
    """Page, CSV, JSON, order and cut of version 1 are those of version 1."""
    publication.publier(close)
    plus(close, demo.repondants_de_2025())
    publication.publier(close)
    base = f"/consultations/{close.slug}/resultats"
    page = client.get(f"{base}/?version=1").content.decode()
    assert f"{base}.json?version=1" in page and f"{base}.csv?version=1" in page
    assert '?version=1&amp;tri=priorites#tableau"' in page
    assert '<input type="hidden" name="version" value="1">' in page
    assert client.get(f"{base}.json?version=1").json()["repondants"] == 78
    assert f'{base}.csv"' in client.get(f"{base}/").content.decode()


def des_familles(consultation) -> None:
    """Wider categories: in each collège, and for the territories."""
    for code in ("pro_sante_ville", "exercice_coordonne"):
        _large(consultation, code, "Soins de ville")
    for code in ("autre", "direction", "recherche_enseignement"):
        _large(consultation, code, "Direction, recherche et autres")
    for code in ("proche_aidant", "personne_concernee"):
        _large(consultation, code, "Personnes concernées et proches")
    for code in ("77", "78", "91", "95"):
        _large(consultation, code, "Grande couronne")
    for code in ("92", "93", "94"):
        _large(consultation, code, "Petite couronne")


def _large(consultation, code, libelle):
    CategorieDeProfil.objects.filter(question__consultation=consultation, code=code).update(
        parent=libelle
    )


@pytest.fixture
def avec_familles():
    cache.clear()
    consultation = les_21()
    des_familles(consultation)
    return consultation


@pytest.mark.parametrize("graine", [None, 1, 2])
def test_wider_categories_give_no_hidden_count_away(client, avec_familles, graine):
    """The people of 2025, then others whose categories are drawn, some of them rare."""
    gens = demo.repondants_de_2025()
    if graine is not None:
        hasard = Random(graine)  # noqa: S311 — invented people
        for variable in ("profil", "territoire"):
            codes = sorted({une["profil"][variable] for une in gens})
            poids = [hasard.choice((1, 2, 5, 14)) for _ in codes]
            for une, code in zip(gens, hasard.choices(codes, poids, k=len(gens)), strict=True):
                une["profil"][variable] = code
    demo.remplir(avec_familles, gens)
    avec_familles.fermer()
    assert trouves(client, avec_familles) == {}
    publie = avec_familles.resultats.get().contenu
    assert publie["reunions"]
    for variable, tailles in publie["effectifs"].items():
        for famille in familles_de(publie, variable):
            apart = set(famille) & set(tailles)
            assert not apart or all(tailles[code] is not None for code in famille), (
                "apart only when the size of each is printed"
            )


def familles_de(publie: dict, variable: str) -> list[tuple[str, ...]]:
    questions = [q for q in publie["questionnaire"]["profil"] if q["code"] == variable]
    return [f.codes for question in questions for f in reunions.familles(question)]


def test_a_category_too_small_is_read_in_the_wider_one_on_page_and_in_files(client, avec_familles):
    gens = demo.repondants_de_2025()
    for une in [x for x in gens if x["profil"]["territoire"] == "75"][:6]:
        une["profil"].pop("territoire")
    demo.remplir(avec_familles, gens)
    avec_familles.fermer()
    donnees = publie(client, avec_familles)
    couronne = {"77", "78", "91", "95"}
    [code] = [f["code"] for f in donnees["reunions"]["territoire"] if set(f["codes"]) == couronne]
    tailles = donnees["effectifs"]["territoire"]
    assert not couronne & set(tailles)
    assert tailles[code] == sum(une["profil"].get("territoire") in couronne for une in gens) > 11
    assert None not in tailles.values(), "nothing is left to hide"
    page = client.get("/consultations/les-21/resultats/?par=territoire").content.decode()
    coupe = page[page.index('id="selon"') :]
    assert coupe.count("Grande couronne") == 1 and "Yvelines" not in coupe
    table = rangs_du_csv(client.get("/consultations/les-21/resultats.csv").content.decode())
    assert table["P1", "pertinence", "territoire", code]
