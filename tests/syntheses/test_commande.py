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
