"""Charts: the drawing and its table say the same, on a page and on paper, without colour too."""

import re
from fractions import Fraction
from io import BytesIO
from xml.etree import ElementTree

import pikepdf
import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from hubpartenariat.socle.graphiques import (
    NON_PUBLIE,
    Axe,
    Echelle,
    LigneDeBarres,
    LigneDEcart,
    PointDeMatrice,
    barres_divergentes,
    barres_empilees,
    ecarts,
    matrice,
    rangs,
    tranches,
)
from hubpartenariat.socle.pdf import rendre
from hubpartenariat.socle.statistiques import Repartition, rangs_du_vote
from hubpartenariat.vitrine_graphiques import exemples

SVG = "{http://www.w3.org/2000/svg}"
OUI_NON = Echelle(("Oui, tout à fait", "Oui, en partie", "Plutôt non", "Non"), 2)
EXEMPLES = {g.cle: g for g in exemples()}


def lire(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 — drawn by us


def textes(svg):
    return [t.text for t in lire(svg).iter(f"{SVG}text")]


def cellules(table):
    racine = lire(str(table).replace("&nbsp;", " "))
    lignes = racine.findall("tbody/tr")
    return {tr[0].text: [td.text for td in tr[1:]] for tr in lignes}


def barres(*effectifs, dessiner=barres_divergentes, **options):
    lignes = [
        LigneDeBarres(f"P{i}", n and Repartition(n, **options)) for i, n in enumerate(effectifs, 1)
    ]
    return dessiner("essai", "Essai", lignes, OUI_NON)


# --- Whatever the chart ------------------------------------------------------------------------
@pytest.mark.parametrize("cle", EXEMPLES)
def test_a_chart_is_an_image_with_a_name_and_a_description(cle):
    racine = lire(EXEMPLES[cle].svg)
    assert racine.get("role") == "img"
    titre, texte = racine.find(f"{SVG}title"), racine.find(f"{SVG}desc")
    assert racine.get("aria-labelledby") == titre.get("id") and titre.text
    assert racine.get("aria-describedby") == texte.get("id") and len(texte.text) > 20
    assert EXEMPLES[cle].alternative.startswith(titre.text)


@pytest.mark.parametrize("cle", EXEMPLES)
def test_a_chart_carries_its_colours_and_no_style(cle):
    """WeasyPrint reads no style sheet in a drawing; our policy allows no inline style."""
    svg = str(EXEMPLES[cle].svg)
    assert "style" not in svg and "<script" not in svg and "<a" not in svg
    for element in lire(svg).iter():
        if element.tag.rpartition("}")[2] in ("rect", "circle", "text"):
            assert element.get("fill"), ElementTree.tostring(element)
        if element.tag.rpartition("}")[2] in ("line",):
            assert element.get("stroke")


def test_identifiers_of_several_charts_never_meet():
    identifiants = [i for g in EXEMPLES.values() for i in re.findall(r' id="([^"]+)"', str(g.svg))]
    assert len(identifiants) == len(set(identifiants)) > 10
    for g in EXEMPLES.values():
        for cible in re.findall(r"url\(#([^)]+)\)", str(g.svg)):
            assert f'id="{cible}"' in str(g.svg)


@pytest.mark.parametrize("cle", EXEMPLES)
def test_a_chart_has_its_table(cle):
    table = lire(str(EXEMPLES[cle].table))
    assert table.find("caption").text
    assert all(th.get("scope") == "col" for th in table.findall("thead/tr/th"))
    largeur = len(table.findall("thead/tr/th"))
    for tr in table.findall("tbody/tr"):
        assert tr[0].get("scope") == "row" and len(tr) == largeur


def test_words_are_escaped_everywhere():
    mechant = '<b>"&'
    ligne = [LigneDeBarres(mechant, Repartition((3, 2, 1, 0)))]
    g = barres_empilees("essai", mechant, ligne, Echelle((mechant, "b", "c", "d"), 2))
    assert "<b>" not in str(g.svg) and "<b>" not in str(g.table)
    lire(g.svg), lire(g.table)


# --- Bars --------------------------------------------------------------------------------------
def test_figures_of_the_bars_are_those_of_the_table():
    g = barres((57, 15, 3, 1), sans_avis=1, manquants=1)
    assert cellules(g.table)["P1"] == [
        "75,0\u202f% (57)", "19,7\u202f% (15)", "3,9\u202f% (3)", "1,3\u202f% (1)",
        "94,7\u202f%", "76", "1", "1",
    ]  # fmt: skip
    assert {"75,0", "19,7"} <= set(textes(g.svg))
    assert "Favorables 94,7\u202f%, 76 avis" in textes(g.svg)


def test_hidden_and_empty_are_drawn_alike():
    cachee, vide = barres((5, 4, 3, 2), None), barres((5, 4, 3, 2), (0, 0, 0, 0))
    assert cachee.svg == vide.svg and cachee.table == vide.table
    assert any(t.startswith("Non publié") for t in textes(cachee.svg))
    assert set(cellules(cachee.table)["P2"]) == {"–"}
    assert "Aucun résultat publié" in barres(None, None).alternative


def aires(svg):
    """(x, width, fill) of the bars, in per cent."""
    return [
        (float(r.get("x")[:-1]), float(r.get("width")[:-1]), r.get("fill"))
        for r in lire(svg).iter(f"{SVG}rect")
        if r.get("width").endswith("%")
    ]


@given(st.lists(st.tuples(*[st.integers(0, 40)] * 4), min_size=1, max_size=6))
@settings(deadline=None)
def test_bars_hold_in_the_drawing_and_measure_their_share(lignes):
    for dessiner in (barres_divergentes, barres_empilees):
        g = barres(*lignes, dessiner=dessiner)
        segments = aires(g.svg)
        assert len(segments) == sum(n > 0 for ligne in lignes for n in ligne)
        for x, largeur, _ in segments:
            assert x >= -0.01 and x + largeur <= 100.01
        if dessiner is barres_empilees:
            total = sum(largeur for _, largeur, _ in segments)
            assert total == pytest.approx(99.4 * sum(any(x) for x in lignes), abs=0.1)


def test_favourable_answers_start_on_one_line():
    g = barres((40, 20, 10, 5), (10, 10, 30, 20))
    bords = [x for x, _, remplissage in aires(g.svg) if remplissage == "#84c0c5"]
    assert len(bords) == 2 and bords[0] == pytest.approx(bords[1], abs=0.02)


def test_categories_differ_without_colour():
    """Plain dark, plain light, then two different hatchings."""
    assert OUI_NON.aires() == ("fort", "moyen", "reserve", "contre")
    motifs = re.findall(
        r'<pattern id="essai-(\w+)".*?<path [^>]*d="([^"]+)"', str(barres((1, 1, 1, 1)).svg)
    )
    assert [nom for nom, _ in motifs] == ["contre", "reserve"]
    assert len({trace for _, trace in motifs}) == 2
    with pytest.raises(ValueError, match="three favourable"):
        Echelle(("a", "b", "c", "d", "e"), 1).aires()


# --- Matrix ------------------------------------------------------------------------------------
QUADRANTS = ("haut gauche", "haut droite", "bas gauche", "bas droite")
AXES = (Axe("Faisabilité"), Axe("Impact"))


def test_the_matrix_names_quadrants_from_the_medians():
    points = [PointDeMatrice("A", "", 10, 90), PointDeMatrice("B", "", 50, 50),
              PointDeMatrice("C", "", 90, 10), PointDeMatrice("D", "", None, 20)]  # fmt: skip
    g = matrice("m", "Matrice", points, AXES, QUADRANTS)
    vues = cellules(g.table)
    assert vues["A"] == ["10,0", "90,0", "haut gauche"]
    assert vues["B"] == ["50,0", "50,0", "haut droite"]  # on the medians: up and right
    assert vues["C"] == ["90,0", "10,0", "bas droite"]
    assert vues["D"] == ["–", "20", "–"] or vues["D"] == ["–", "20,0", "–"]
    assert vues["Médiane"][:2] == ["50,0", "50,0"]
    assert set(QUADRANTS) <= set(textes(g.svg))
    assert "haut gauche\u00a0: A." in g.alternative and "bas gauche\u00a0: aucune" in g.alternative


def test_points_at_one_place_share_a_mark_and_every_code_is_written():
    points = [PointDeMatrice("P1", "", 40, 40), PointDeMatrice("P2", "", 40, 40),
              PointDeMatrice("P3", "", 60, 50)]  # fmt: skip
    g = matrice("m", "Matrice", points, AXES, QUADRANTS)
    assert len(list(lire(g.svg).iter(f"{SVG}circle"))) == 2
    assert {"P1, P2", "P3"} <= set(textes(g.svg))


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=21))
@settings(deadline=None)
def test_marks_stay_inside_the_frame(paires):
    points = [PointDeMatrice(f"P{i}", "", x, y) for i, (x, y) in enumerate(paires)]
    g = matrice("m", "Matrice", points, AXES, QUADRANTS)
    marques = [
        m for m in lire(g.svg).iter(f"{SVG}svg") if m.find(f"{SVG}circle") is not None
    ]  # fmt: skip
    assert len(marques) == len(set(paires))
    for marque in marques:
        assert 11 <= float(marque.get("x")[:-1]) <= 97


def test_a_matrix_without_point_is_refused():
    with pytest.raises(ValueError, match="one point"):
        matrice("m", "Matrice", [PointDeMatrice("A", "", None, None)], AXES, QUADRANTS)


# --- Gaps and ranks ----------------------------------------------------------------------------
def test_gaps_are_sorted_and_signed():
    lignes = [
        LigneDEcart("petit", Fraction(1, 2), Fraction(2, 5)),
        LigneDEcart("cache", None, Fraction(1, 2)),
        LigneDEcart("grand", Fraction(1, 4), Fraction(3, 4)),
    ]
    g = ecarts("e", "Écarts", lignes, ("Personnes concernées", "Professionnels"))
    vues = cellules(g.table)
    assert list(vues) == ["grand", "petit", "cache"]
    assert vues["grand"] == ["25,0\u202f%", "75,0\u202f%", "−50,0"]
    assert vues["cache"] == ["–", "50,0\u202f%", "–"]
    assert "grand, 50,0 points" in g.alternative
    assert any(t.startswith(NON_PUBLIE[:10]) for t in textes(g.svg))
    formes = [m[0].tag.rpartition("}")[2] for m in lire(g.svg).iter(f"{SVG}svg") if len(m) == 1]
    assert {"circle", "path"} <= set(formes)  # two shapes, not two colours


def test_ties_and_intervals_of_ranks_are_written():
    estimes = rangs_du_vote([["a"], ["a"], ["b"], ["b"], ["c"], []], "abc")
    g = rangs("r", "Priorités", estimes, {"a": "Le premier"}, 6)
    vues = cellules(g.table)
    assert vues["a Le premier"][:3] == ["2", "33,3\u202f%", "1 ex æquo"]
    assert vues["b"][3] == "1 à 3" and vues["b"][4] == "a, c"
    assert any("ex æquo (de 1 à 3)" in t for t in textes(g.svg))
    assert "En tête\u00a0: a, b, que le hasard seul ne sépare pas de c." in g.alternative


# --- Page and paper ----------------------------------------------------------------------------
def test_the_page_shows_the_drawing_and_its_table():
    g = EXEMPLES["ex-rangs"]
    page = render_to_string("composants/graphique.html", {"graphique": g, "ouvert": True})
    assert str(g.svg) in page and str(g.table) in page and "<details" in page and " open" in page


def test_the_same_drawing_goes_on_paper_with_its_words():
    graphiques = list(EXEMPLES.values())
    corps = "".join(
        render_to_string("composants/graphique_pdf.html", {"graphique": g}) for g in graphiques
    )
    html = f'<html lang="fr"><head><title>x</title></head><body>{corps}</body></html>'
    brut = rendre(html, titre="x", date="2025-12-16", images={g.cle: g.svg for g in graphiques})
    with pikepdf.open(BytesIO(brut if isinstance(brut, bytes) else brut[0])) as document:
        alternatives = {
            str(o.Alt) for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and "/Alt" in o
        }  # fmt: skip
    assert {g.alternative for g in graphiques} <= alternatives


def test_long_charts_are_cut_evenly_for_paper():
    assert [len(t) for t in tranches(range(21))] == [7, 7, 7]
    assert tranches([]) == [] and [len(t) for t in tranches(range(8))] == [8]


def test_the_head_of_a_long_vote_keeps_its_intervals_inside_the_picture():
    """Ten options of twenty-one, whose ranks may go to the last: nothing is drawn outside."""
    codes = [f"p{n}" for n in range(21)]
    bulletins = [[codes[n % 21], codes[(n * 5 + 1) % 21], codes[(n * n) % 21]] for n in range(78)]
    estimes = rangs_du_vote(bulletins, codes)
    g = rangs("r", "Priorités", estimes[:10], {}, 78, 104)
    assert max(x.haut for x in estimes[:10]) > 10
    places = [
        float(valeur.removesuffix("%"))
        for element in lire(g.svg).iter()
        for nom, valeur in element.attrib.items()
        if nom in ("x", "x1", "x2", "cx") and valeur.endswith("%")
    ]
    assert len(places) > 30 and min(places) >= 0 and max(places) <= 100
    assert "Part des 104 personnes" in g.table.replace("\xa0", " ")
