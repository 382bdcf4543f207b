"""The generator: the same contents for one seed, clear refusals."""

import pytest
from django.core.management import CommandError, call_command

from cartographie.models import Fiche
from cartographie.semer import fabriquer

pytestmark = pytest.mark.django_db
HORS_CONTENU = {"id", "creee_le"}


def contenu():
    return [
        {nom: valeur for nom, valeur in ligne.items() if nom not in HORS_CONTENU}
        for ligne in Fiche.objects.order_by("uuid").values()
    ]


def test_same_seed_same_contents():
    call_command("semer", fiches=30, graine=7, verbosity=0)
    premier = contenu()
    assert len(premier) == 30
    Fiche.objects.all().delete()
    call_command("semer", fiches=30, graine=7, verbosity=0)
    assert contenu() == premier
    Fiche.objects.all().delete()
    call_command("semer", fiches=30, graine=8, verbosity=0)
    assert contenu() != premier


def test_more_of_a_seed_adds_to_what_is_there():
    call_command("semer", fiches=10, graine=7, verbosity=0)
    avant = contenu()
    call_command("semer", fiches=25, graine=7, verbosity=0)
    apres = contenu()
    assert len(apres) == 25
    assert all(fiche in apres for fiche in avant)


def test_sown_fiches_are_valid_and_on_the_map(client):
    call_command("semer", fiches=40, graine=1, verbosity=0)
    for fiche in Fiche.objects.all():
        fiche.full_clean()
        assert fiche.ce_qui_manque() == []
    assert client.get("/cartographie/fiches.json").json()["total"] == 40


def test_simulating_writes_nothing(capsys):
    call_command("semer", fiches=12, graine=7, simuler=True)
    assert "fiches : 12 seraient écrits" in capsys.readouterr().out
    assert not Fiche.objects.exists()


@pytest.mark.parametrize(
    ("options", "dit"),
    [
        ({"fiches": 0}, "Dites ce qu’il faut semer"),
        ({"fiches": -3}, "--fiches"),
        ({"fiches": 10**9}, "--fiches"),
        ({"fiches": 1, "graine": -1}, "--graine"),
        ({"fiches": 1, "profils": -5}, "--profils"),
        ({"fiches": 1, "reponses": -5}, "--reponses"),
    ],
)
def test_bad_input_is_refused_with_a_word(options, dit):
    with pytest.raises(CommandError, match=dit):
        call_command("semer", **options)
    assert not Fiche.objects.exists()


def test_a_fiche_depends_on_its_seed_and_rank_alone():
    communes = {code: [f"{code}001"] for code in ("75", "77", "78", "91", "92", "93", "94", "95")}
    une, autre = fabriquer(7, 3, communes), fabriquer(7, 3, communes)
    assert (une.titre, une.resume, une.slug) == (autre.titre, autre.resume, autre.slug)
    assert fabriquer(7, 4, communes).slug != une.slug
