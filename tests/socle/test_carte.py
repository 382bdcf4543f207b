"""The map: outlines without gaps, every département reachable, zeros visible, PDFs alike."""

import time
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from hubpartenariat.socle.carte import carte_departement, carte_region, paliers
from hubpartenariat.socle.contours import (
    decoder,
    deplier,
    lire_brut,
    vue_departement,
    vue_region,
)
from hubpartenariat.socle.extraction import ATTENDUS
from hubpartenariat.socle.extraction.topologie import croisements
from hubpartenariat.socle.territoire import DOSSIER_GEO
from hubpartenariat.socle.vocabulaires import Departement

SVG = "{http://www.w3.org/2000/svg}"
COMPTES = {"75": 3, "77": 0, "78": 1, "91": 1, "92": 2, "93": 2, "94": 3, "95": 1, "region": 4}
VUES = [("departements.json", "region"), ("departements.json", "couronne")] + [
    (f"communes/{code}.json", "communes") for code in ATTENDUS
]


def lien(code):
    return f"/cartographie/?departement={code}&tri=a"


def lire(svg):
    """Elements of one or several svg, parsed as XML."""
    return ElementTree.fromstring(f"<racine>{svg}</racine>")  # noqa: S314


def liens_de(svg):
    return lire(svg).findall(f".//{SVG}a")


# --- Outlines --------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ATTENDUS)
def test_each_departement_has_all_its_communes(code):
    sans_paris = ATTENDUS[code] - (code == "75")  # the city is drawn as its arrondissements
    assert len(vue_departement(code).traces) == sans_paris


@pytest.mark.parametrize(("fichier", "vue"), VUES)
def test_neighbours_share_the_same_border(fichier, vue):
    """No gap is possible: an inner arc has exactly two owners, who run along it both ways."""
    brut = lire_brut(fichier, vue)
    usages = Counter(n for anneaux in brut["zones"].values() for a in anneaux for n in a)
    par_arc = Counter(max(n, ~n) for n in usages.elements())
    assert set(par_arc) == set(range(len(brut["arcs"])))
    for n, fois in par_arc.items():
        assert fois in {1, 2}
        if fois == 2:
            assert usages[n] == usages[~n] == 1
    bouts = Counter()  # the arcs with one owner close into outlines
    for n, fois in par_arc.items():
        if fois == 1:
            points = decoder(brut["arcs"][n])
            bouts.update([points[0], points[-1]])
    assert all(nombre % 2 == 0 for nombre in bouts.values())


@pytest.mark.parametrize(("fichier", "vue"), VUES)
def test_no_border_crosses_another(fichier, vue):
    assert croisements([decoder(arc) for arc in lire_brut(fichier, vue)["arcs"]]) == set()


@pytest.mark.parametrize(("fichier", "vue"), VUES)
def test_every_outline_is_closed_and_has_a_surface(fichier, vue):
    brut = lire_brut(fichier, vue)
    arcs = [decoder(arc) for arc in brut["arcs"]]
    for zone, anneaux in brut["zones"].items():
        surface = 0
        for anneau in anneaux:
            points = deplier(arcs, anneau)
            assert points[0] == points[-1]
            surface += sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points))
        assert abs(surface) > 40, zone  # the smallest: Vaudherland, 9 ha


def test_the_region_is_one_outline_with_its_eight_departements():
    assert set(vue_region().traces) == set(Departement.values)
    assert vue_region().pourtour.count("z") == 1


def test_files_stay_small():
    tailles = [f.stat().st_size for f in DOSSIER_GEO.rglob("*") if f.is_file()]
    assert sum(tailles) < 600_000


# --- Region ----------------------------------------------------------------------------------


def test_every_departement_is_a_link_with_its_name_and_count():
    noms = {a.get("aria-label"): a.get("href") for a in liens_de(carte_region(COMPTES, lien).svg)}
    assert noms["Val-de-Marne (94) : 3 fiches"] == lien("94")
    assert noms["Yvelines (78) : 1 fiche"] == lien("78")
    assert noms["Seine-et-Marne (77) : aucune fiche"] == lien("77")
    assert len(noms) == 8


def test_keyboard_meets_each_departement_once():
    arrets = [a for a in liens_de(carte_region(COMPTES, lien).svg) if a.get("tabindex") != "-1"]
    assert sorted(a.get("href") for a in arrets) == sorted(lien(c) for c in Departement.values)


def test_zero_is_written_and_hatched():
    carte = carte_region(COMPTES, lien)
    racine = lire(carte.svg)
    (zone,) = [a for a in liens_de(carte.svg) if "Seine-et-Marne" in a.get("aria-label")]
    assert zone.find(f"{SVG}path").get("fill") == "url(#hachures-region)"
    assert racine.find(f".//{SVG}pattern[@id='hachures-region']") is not None
    textes = ["".join(t.itertext()) for t in racine.iter(f"{SVG}text")]
    assert "0Seine-et-Marne" in textes


def test_fiches_of_the_whole_region_stay_apart():
    carte = carte_region(COMPTES, lien)
    assert (carte.a_part.nombre, carte.a_part.url) == (4, lien("region"))
    assert [x.nombre for x in carte.lignes] == [3, 0, 1, 1, 2, 2, 3, 1, 4]


def test_active_departements_are_told_to_everybody():
    carte = carte_region(COMPTES, lien, actif={"94"})
    (actif,) = [a for a in liens_de(carte.svg) if a.get("aria-current")]
    assert actif.get("href") == lien("94")
    assert "carte__actif" in carte.svg
    assert [x.code for x in carte.lignes if x.actif] == ["94"]


def test_picture_for_a_pdf_stands_alone():
    svg = carte_region(COMPTES).svg
    racine = ElementTree.fromstring(svg)  # noqa: S314
    assert racine.get("role") == "img"
    assert racine.find(f"{SVG}title").text
    assert not liens_de(svg)
    assert "var(" not in svg
    for forme in racine.iter(f"{SVG}path"):
        assert forme.get("fill")
    assert "Région entière : 4 fiches" in svg


def test_the_drawing_is_the_same_twice():
    assert carte_region(COMPTES, lien).svg == carte_region(COMPTES, lien).svg


def test_addresses_are_escaped():
    svg = carte_region(COMPTES, lambda code: f'?d={code}&x="><script>').svg
    assert "<script>" not in svg
    assert liens_de(svg)[0].get("href").endswith('"><script>')


def test_component_shows_the_same_numbers_as_a_table():
    carte = carte_region(COMPTES | {"75": 1234}, lien, actif={"75"})
    page = render_to_string("composants/carte.html", {"carte": carte, "ouverte": True})
    assert page.count("<tr>") == 10
    assert "1\u202f234" in page
    assert 'href="/cartographie/?departement=region&amp;tri=a"' in page
    assert "style=" not in page


@pytest.mark.parametrize("maximum", [0, 1, 2, 3, 4, 5, 6, 11, 14, 99, 1000, 12_345, 100_000])
def test_legend_covers_every_count_once(maximum):
    legende = paliers([maximum])
    assert 1 <= len(legende) <= 6
    assert legende[0].maximum == 0
    for avant, apres in pairwise(legende):
        assert apres.minimum == avant.maximum + 1
    assert legende[-1].maximum >= maximum


# --- Départements ----------------------------------------------------------------------------


def test_communes_with_fiches_are_links_and_named():
    carte = carte_departement("94", {"94028": 2, "94080": 1}, lien, "/cartographie/")
    noms = {a.get("aria-label"): a.get("href") for a in liens_de(carte.svg)}
    assert noms == {"Créteil : 2 fiches": lien("94028"), "Vincennes : 1 fiche": lien("94080")}
    textes = {"".join(t.itertext()) for t in lire(carte.svg).iter(f"{SVG}text")}
    assert {"Créteil 2", "Vincennes 1"} <= textes
    assert [x.code for x in carte.lignes] == ["94028", "94080"]
    assert carte.retour == "/cartographie/"
    assert "2 communes sur 47" in carte.resume


def test_paris_shows_its_twenty_arrondissements_with_zeros():
    carte = carte_departement("75", {"75112": 3, "75056": 2, "75": 1}, lien)
    par_code = {x.code: x.nombre for x in carte.lignes}
    assert par_code["75112"] == 3
    assert par_code["75101"] == 0
    assert carte.a_part.nombre == 3
    assert len(carte.lignes) == 21
    textes = {"".join(t.itertext()) for t in lire(carte.svg).iter(f"{SVG}text")}
    assert {"312e", "018e"} <= textes


def test_empty_departement_says_so():
    carte = carte_departement("77", {}, lien, "/")
    assert carte.lignes == []
    assert "Aucune fiche" in carte.resume
    assert not liens_de(carte.svg)
    lire(carte.svg)


def test_names_do_not_cover_one_another():
    comptes = dict.fromkeys(vue_departement("77").traces, 3)
    carte = carte_departement("77", comptes)
    places = [
        (float(t.get("x")), float(t.get("y")))
        for t in lire(carte.svg).iter(f"{SVG}text")
        if t.get("stroke")
    ]
    assert len(places) > 20
    for i, (x, y) in enumerate(places):
        assert all(abs(x - a) > 40 or abs(y - b) > 40 for a, b in places[i + 1 :])


@pytest.mark.parametrize("code", ATTENDUS)
def test_each_departement_draws_well_formed_in_both_ways(code):
    comptes = {zone: 1 + i % 7 for i, zone in enumerate(vue_departement(code).traces)}
    assert len(liens_de(carte_departement(code, comptes, lien).svg)) == len(comptes)
    assert not liens_de(carte_departement(code, comptes).svg)


def test_drawing_is_quick():
    """3 ms and 10 ms on 2 quiet cores; tripled here, where other tests may run."""
    plein = dict.fromkeys(vue_departement("77").traces, 3)
    for dessiner, limite in (
        (lambda: carte_region(COMPTES, lien), 0.009),
        (lambda: carte_departement("77", plein, lien), 0.030),
    ):
        dessiner()
        durees = []
        for _ in range(7):
            debut = time.perf_counter()
            dessiner()
            durees.append(time.perf_counter() - debut)
        assert min(durees) < limite
