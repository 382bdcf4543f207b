"""The generator of profiles and appels: the same for one seed, valid, added to."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from annuaire.enums import EtatAppel
from annuaire.models import Appel, Profil, Structure
from hubpartenariat.comptes.consentements import Consentement

pytestmark = pytest.mark.django_db
DATES = {"id", "cree_le", "creee_le", "modifiee_le", "etat_depuis", "expire_le", "personne_id"}


def contenu(modele) -> list[dict]:
    return [
        {nom: valeur for nom, valeur in ligne.items() if nom not in DATES | {"structure_id"}}
        for ligne in modele.objects.order_by("uuid").values()
    ]


def test_same_seed_same_contents_and_more_only_adds():
    call_command("semer", profils=15, appels=12, graine=7, verbosity=0)
    premiers = contenu(Profil), contenu(Appel)
    assert [len(lignes) for lignes in premiers] == [15, 12]
    Profil.objects.all().delete()
    Appel.objects.all().delete()
    get_user_model().objects.all().delete()
    call_command("semer", profils=25, appels=20, graine=7, verbosity=0)
    assert all(ligne in contenu(Profil) for ligne in premiers[0])
    assert all(ligne in contenu(Appel) for ligne in premiers[1])
    call_command("semer", profils=25, appels=20, graine=7, verbosity=0)
    assert (Profil.objects.count(), Appel.objects.count()) == (25, 20)


def test_sown_rows_are_valid_and_open():
    call_command("semer", profils=20, appels=20, graine=3, verbosity=0)
    for objet in [*Profil.objects.all(), *Appel.objects.all(), *Structure.objects.all()]:
        objet.full_clean()
    assert Profil.objects.actifs().count() == 20
    assert Appel.objects.filter(etat=EtatAppel.OUVERT).count() == 20
    assert Consentement.objects.count() == 60
    for profil in Profil.objects.all():
        assert profil.criteres["themes"] and profil.criteres["domaines"]


def test_simulating_writes_nothing(capsys):
    call_command("semer", profils=4, appels=3, simuler=True)
    sortie = capsys.readouterr().out
    assert "profils : 4 seraient écrits" in sortie and "appels : 3 seraient écrits" in sortie
    assert not Profil.objects.exists() and not Appel.objects.exists()
