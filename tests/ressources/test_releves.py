"""Records of conclusions: who must validate them, and who is told so."""

from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.utils import timezone

from ressources import migrations
from ressources.models import Participation, Releve, Validation
from ressources.projets import equipe
from ressources.projets.documents import FicheProjetEnPdf
from tests import fabriques
from tests.ressources.test_projets import deux

__all__ = ["deux"]
ENVOI = {"titre": "Première réunion", "tenue_le": "24/11/2026", "texte": "Deux réunions."}
OUI, NON = "Validé par tous", "Pas encore validé par tous"


def ecrire(navigateur, projet, **change) -> Releve:
    navigateur.post(f"/ressources/projets/{projet.uuid}/releves/nouveau/", ENVOI | change)
    return projet.releves.first()


def valider(releve, *navigateurs, revision=0):
    for un in navigateurs:
        un.post(f"{releve.get_absolute_url()}valider/", {"_revision": revision})


def page_de(navigateur, releve) -> str:
    return navigateur.get(releve.get_absolute_url()).content.decode().replace("\xa0", " ")


def au_papier(projet) -> dict:
    return FicheProjetEnPdf().donnees({"projet": str(projet.uuid)})["releves"][0]


@pytest.fixture
def arrivee(deux, client_de):
    """(participation, browser) of somebody who comes into the project later."""

    def arriver():
        qui = fabriques.personne()
        une = Participation.objects.create(projet=deux[0], personne=qui, nom="Tom", voix="patient")
        return une, client_de(qui)

    return arriver


# --- Who must validate ---------------------------------------------------------------------------
def test_a_newcomer_does_not_undo_what_all_have_validated(deux, arrivee):
    projet, _, _, lui, elle = deux
    releve = ecrire(lui, projet)
    valider(releve, lui, elle)
    _, tom = arrivee()
    assert OUI in page_de(lui, releve)
    page = page_de(tom, releve)
    assert "vous n’avez pas à le valider" in page and "ce que nous avons dit" not in page
    valider(releve, tom)
    assert Validation.objects.count() == 2
    assert au_papier(projet)["valides"] == ["Paul", "Inès"]
    assert au_papier(projet)["attendus"] == []


def test_who_leaves_keeps_what_they_validated_and_is_awaited_no_more(deux, arrivee):
    projet, _, patient, lui, elle = deux
    une, tom = arrivee()
    releve = ecrire(lui, projet)
    valider(releve, lui, elle)
    equipe.quitter(projet, patient)
    assert NON in page_de(lui, releve)
    assert "Inès (patient partenaire, a quitté le projet) : le" in page_de(lui, releve)
    assert au_papier(projet)["valides"] == ["Paul", "Inès"]
    assert au_papier(projet)["attendus"] == ["Tom"]
    equipe.quitter(projet, une.personne)
    assert OUI in page_de(lui, releve)


def test_a_correction_asks_those_of_the_day(deux, arrivee):
    projet, _, _, lui, elle = deux
    releve = ecrire(lui, projet)
    valider(releve, lui, elle)
    _, tom = arrivee()
    lui.post(f"{releve.get_absolute_url()}corriger/", ENVOI | {"texte": "Trois.", "_revision": 0})
    assert "ce que nous avons dit" in page_de(tom, releve).replace("’", "'")
    valider(releve, lui, elle, revision=1)
    assert NON in page_de(lui, releve)
    valider(releve, tom, revision=1)
    assert OUI in page_de(lui, releve)


def test_records_already_written_keep_those_who_could_validate_them(deux, arrivee):
    projet, _, patient, lui, elle = deux
    releve = ecrire(lui, projet)
    valider(releve, elle)
    equipe.quitter(projet, patient)
    tard, _ = arrivee()
    Participation.objects.filter(pk=tard.pk).update(
        arrivee_le=timezone.now() + timedelta(minutes=1)
    )
    attendus = releve.attendus
    Releve.objects.update(attendus=[])
    nom = next(un.name for un in iter_modules(migrations.__path__) if "releves" in un.name)
    import_module(f"ressources.migrations.{nom}").figer_les_releves(apps, None)
    releve.refresh_from_db()
    assert releve.attendus == attendus and tard.pk not in attendus
