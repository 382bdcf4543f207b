"""Building the geographic files: shared borders, holes closed, clear refusals."""

import csv

import pytest
from django.core.management import CommandError, call_command

from hubpartenariat.socle.extraction.source import nom_complet
from hubpartenariat.socle.extraction.topologie import (
    centre_visuel,
    construire,
    croisements,
    dedans,
    orienter,
    projeter,
    recoudre,
    simplifier,
)
from hubpartenariat.socle.territoire import DOSSIER_GEO


def carre(x, y, cote=10.0):
    return [(x, y), (x + cote, y), (x + cote, y + cote), (x, y + cote), (x, y)]


def test_two_neighbours_share_one_arc():
    cotes = orienter([("a", carre(0, 0)), ("b", carre(10, 0))])
    topologie = construire(cotes, {"a": "a", "b": "b"}.get)
    assert len(topologie.arcs) == 3
    (de_a,), (de_b,) = topologie.zones["a"], topologie.zones["b"]
    assert len({max(n, ~n) for n in de_a} & {max(n, ~n) for n in de_b}) == 1


def test_a_departement_is_the_outline_of_its_communes():
    cotes = orienter([("a", carre(0, 0)), ("b", carre(10, 0))])
    topologie = construire(cotes, lambda commune: "94")
    assert list(topologie.zones) == ["94"]
    (contour,) = topologie.arcs
    assert contour[0] == contour[-1]
    assert len(contour) == 7  # the common border is gone


def test_a_hole_between_communes_is_closed():
    anneaux = [
        (str(i), carre(10 * (i % 3), 10 * (i // 3))) for i in range(9) if i != 4
    ]  # the middle one is missing
    cotes = orienter(anneaux)
    assert recoudre(cotes, frozenset("5")) == [("5", 100.0)]
    assert sum((b, a) not in cotes for a, b in cotes) == 12  # only the outside is left


def test_simplifying_never_lets_borders_cross():
    dents = [(i, 3.0 if i % 2 else 0.0) for i in range(0, 101)]
    haut = [*dents, (100.0, 50.0), (0.0, 50.0), (0.0, 0.0)]
    bas = [*reversed(dents), (0.0, -50.0), (100.0, -50.0), dents[-1]]
    topologie = construire(orienter([("haut", haut), ("bas", bas)]), lambda code: code)
    arcs = simplifier(topologie, lambda p: p, 20.0)
    assert sum(len(arc) for arc in arcs) < 40
    assert croisements(arcs) == set()


def test_crossing_borders_are_seen():
    assert croisements([[(0, 0), (10, 10)], [(0, 10), (10, 0)]]) == {0, 1}


def test_label_point_is_inside_a_hollow_shape():
    croissant = [(0, 0), (30, 0), (30, 30), (0, 30), (0, 25), (25, 25), (25, 5), (0, 5), (0, 0)]
    assert dedans(centre_visuel([croissant]), [croissant])


def test_projection_keeps_distances_near_paris():
    (x1, y1), (x2, y2) = projeter((2.3522, 48.8566)), projeter((2.4555, 48.7904))
    assert ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 == pytest.approx(10_550, rel=0.01)


@pytest.mark.parametrize(
    ("nom", "type_nom", "attendu"),
    [
        ("Haÿ-les-Roses", "5", "L’Haÿ-les-Roses"),
        ("Ulis", "4", "Les Ulis"),
        ("Paris 1er Arrondissement", "0", "Paris 1er arrondissement"),
        ("Créteil", "0", "Créteil"),
    ],
)
def test_names_get_their_article_back(nom, type_nom, attendu):
    assert nom_complet(nom, type_nom) == attendu


def test_a_wrong_path_is_refused_clearly(tmp_path):
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("extraire_territoires", tmp_path / "absent.whl", sortie=tmp_path)
    with pytest.raises(CommandError, match="introuvable"):
        call_command("extraire_territoires", tmp_path, sortie=tmp_path)


def test_positions_not_from_a_town_hall_say_so():
    with (DOSSIER_GEO / "communes.csv").open(encoding="utf-8", newline="") as fichier:
        lignes = {ligne["code"]: ligne for ligne in csv.DictReader(fichier)}
    assert {ligne["position"] for ligne in lignes.values()} == {"mairie", "centre"}
    assert lignes["94028"]["position"] == "mairie"
    assert lignes["75056"]["position"] == "centre"
