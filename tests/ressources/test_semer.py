"""Seeded projects: the same for one seed, written once, read by the pages."""

from io import StringIO

from django.core.management import call_command

from ressources.models import Passage, Projet, ReponseDeVoix


def _semer(*options) -> str:
    sortie = StringIO()
    call_command("semer", *options, stdout=sortie)
    return sortie.getvalue()


def _codes() -> list:
    lues = ReponseDeVoix.objects.order_by("passage_id", "voix")
    return list(lues.values_list("codes", flat=True))


def test_seeded_once_and_the_same(db, client_de):
    _semer("--projets", "3")
    avant = list(
        ReponseDeVoix.objects.order_by("passage_id", "voix").values_list("codes", flat=True)
    )
    assert "0 écrits" in _semer("--projets", "3")
    assert (Projet.objects.count(), Passage.objects.count()) == (3, 9)
    projet = Projet.objects.get(titre="Café des pairs 1")
    qui = projet.participations.get(voix="patient").personne
    lu = client_de(qui).get(f"/ressources/projets/{projet.uuid}/barometre/")
    assert "D’une date à l’autre" in lu.content.decode()
    Projet.objects.all().delete()
    type(qui).objects.filter(email__endswith="@semis.hub.example").delete()
    _semer("--projets", "5")
    apres = list(
        ReponseDeVoix.objects.order_by("passage_id", "voix").values_list("codes", flat=True)
    )
    assert apres[:18] == avant


def test_seeded_stories_are_read_and_counted_alike(db, client_de):
    _semer("--paroles", "30")
    assert "0 écrits" in _semer("--paroles", "30")
    lue = client_de().get("/ressources/paroles/")
    assert (lue.context["total"], len(lue.context["lignes"])) == (30, 20)
