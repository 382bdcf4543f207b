"""``manage.py synthese``: every kind, now, into a file."""

import pytest
from django.core.management import CommandError, call_command

from hubpartenariat.socle.documents import DemandeDocument
from hubpartenariat.socle.rapports import rapports
from tests.outils.pdfua import defauts
from tests.syntheses.outils import semer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("genre", [*rapports(), "livret"])
def test_each_kind_is_made_now_without_a_row(genre, tmp_path):
    semer(31, 3)
    sortie = tmp_path / "f.pdf"
    call_command("synthese", genre, "--parametre", "territoire=region", sortie=sortie)
    assert defauts(sortie.read_bytes()) == []
    assert not DemandeDocument.objects.exists()


@pytest.mark.parametrize(
    ("genre", "parametre"),
    [("inconnu", []), ("cartographie", ["territoire=zz"]), ("cartographie", ["sans-egal"])],
)
def test_what_means_nothing_is_refused_in_words(genre, parametre, tmp_path):
    with pytest.raises(CommandError):
        call_command("synthese", genre, parametre=parametre, sortie=tmp_path / "f.pdf")


@pytest.mark.parametrize(
    ("genre", "parametre", "dit"),
    [
        ("fiche", ["fiche=pas-un-uuid"], "illisible"),
        ("fiche", ["fiche=00000000-0000-0000-0000-000000000000"], "rien ne porte cette clé"),
        ("edition", ["edition=00000000-0000-0000-0000-000000000000"], "rien ne porte cette clé"),
        ("cartographie", ["au=2025-01-01"], "au jour d’aujourd’hui"),
        ("cartographie", ["au=2999-01-01"], "au jour d’aujourd’hui"),
    ],
)
def test_a_key_that_leads_nowhere_is_refused_in_words(genre, parametre, dit, tmp_path):
    with pytest.raises(CommandError, match=dit):
        call_command("synthese", genre, parametre=parametre, sortie=tmp_path / "f.pdf")
    assert not list(tmp_path.iterdir())
