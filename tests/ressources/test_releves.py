"""Records of conclusions: who must validate them, and who is told so."""

from datetime import date, timedelta
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.utils import timezone

from hubpartenariat.socle.models import Courriel
from ressources import migrations
from ressources.accompagnement import attestations
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


# --- Who is told ---------------------------------------------------------------------------------
def espace(navigateur) -> str:
    return navigateur.get("/mon-espace/").content.decode().replace("\xa0", " ")


ATTEND = "Relevé de conclusions : votre accord est attendu"


def test_everyone_asked_is_told_and_finds_it_in_their_space(deux):
    projet, pro, patient, lui, elle = deux
    releve = ecrire(lui, projet)
    courriels = Courriel.objects.filter(sujet__startswith="Un relevé à valider")
    assert [un.destinataire for un in courriels] == [patient.email]
    assert releve.get_absolute_url() in courriels.get().texte
    assert ATTEND in espace(elle) and ATTEND in espace(lui)
    valider(releve, elle)
    assert ATTEND not in espace(elle)
    elle.post(f"{releve.get_absolute_url()}corriger/", ENVOI | {"texte": "Trois.", "_revision": 0})
    assert ATTEND in espace(elle) and ATTEND in espace(lui)
    assert "est corrigé et attend de nouveau" in courriels.get(destinataire=pro.email).texte
    assert courriels.all().count() == 2
    equipe.quitter(projet, pro)
    assert ATTEND not in espace(lui)


def test_a_newcomer_is_asked_for_nothing(deux, arrivee):
    projet, _, _, lui, _ = deux
    ecrire(lui, projet)
    _, tom = arrivee()
    assert ATTEND not in espace(tom)


def test_the_page_of_the_project_says_how_many_wait(deux):
    projet, _, _, lui, elle = deux
    releve = ecrire(lui, projet)
    ecrire(lui, projet, titre="Deuxième réunion")
    valider(releve, lui, elle)

    def page(suite=""):
        return lui.get(projet.get_absolute_url() + suite).content.decode().replace("\xa0", " ")

    attendus = [releve.validations.count() for releve in projet.releves.all()]
    assert sorted(attendus) == [0, 2]
    assert "2 relevés de conclusions, 1 à valider" in page()
    assert page("fiche/").count("à valider par Paul, Inès") == 1


def test_an_attestation_to_cosign_waits_in_the_space_of_the_other_side(deux):
    projet, pro, patient, lui, elle = deux
    champs = {"genre": "engagement", "nom": "Inès Inventée", "role": "Relire"}
    champs |= {"du": date(2026, 1, 1), "au": date(2026, 6, 1)}
    une = attestations.demander(projet.presents().get(personne=patient), champs)
    attend = "Attestation demandée par Inès Inventée"
    assert attend in espace(lui) and attend not in espace(elle)
    attestations.cosigner(une, projet.presents().get(personne=pro))
    assert attend not in espace(lui)
