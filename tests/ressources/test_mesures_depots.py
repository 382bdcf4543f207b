"""What the bench counts of files that are sent: queries and bytes, and nothing is left behind."""

import pytest

from hubpartenariat import mesures_depots
from hubpartenariat.socle.televersements import modele
from ressources.models import Ressource


@pytest.fixture
def mesures(personne, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    personne("camille@exemple.fr", nom="Camille Inventée")
    monkeypatch.setattr(mesures_depots, "TOURS", 1)
    avant = Ressource.objects.count()
    faites = {une["page"]: une for une in mesures_depots.mesurer()}
    assert Ressource.objects.count() == avant and not list(modele.dossier().glob("*/*"))
    return faites


def test_uploads_are_counted_in_queries_and_in_bytes(mesures):
    sans = mesures.pop("proposer sans fichier")
    assert sans["requetes"] > 0 and sans["envoyes"] == sans["gardes"] == 0
    assert len(mesures) == 3
    for une in mesures.values():
        assert une["requetes"] == sans["requetes"]  # a file costs no query: it is on the disk
        assert une["envoyes"] > 10_000 and une["gardes"] > 10_000
        assert une["p50_ms"] > 0 and une["adresse"]
        assert f"{une['requetes']} requêtes" in mesures_depots.ligne(une)
