"""The demonstration of the directory: complete, consistent, loaded once."""

import pytest
from django.core.management import call_command

from annuaire.enums import EtatAppel, EtatOffre, EtatProfil, EtatRelation
from annuaire.models import Appel, MiseEnRelation, Offre, Profil, Structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    call_command("charger_demo", verbosity=0)


def etats(modele) -> set[str]:
    return set(modele.objects.values_list("etat", flat=True))


def test_the_demo_holds_something_in_every_state(demo):
    assert (Profil.objects.count(), Structure.objects.count()) == (30, 12)
    assert etats(Profil) == set(EtatProfil.values)
    assert etats(Appel) == set(EtatAppel.values)
    assert etats(MiseEnRelation) == set(EtatRelation.values)
    assert etats(Offre) >= {EtatOffre.OUVERTE, EtatOffre.A_MODERER, EtatOffre.POURVUE}


def test_the_demo_respects_the_rules_of_the_forms(demo):
    for modele in (Structure, Profil, Appel, Offre, MiseEnRelation):
        for objet in modele.objects.all():
            objet.full_clean(exclude=["raison"])
    for relation in MiseEnRelation.objects.filter(etat=EtatRelation.ACCORDEE):
        assert relation.mission.rencontres.exists()


def test_everything_is_marked_as_invented(demo):
    for modele in (Structure, Profil, Appel, Offre):
        assert not modele.objects.filter(exemple=False).exists()


def test_fiches_meet_the_pages_of_their_structures(demo):
    liees = Structure.objects.filter(fiches__isnull=False).distinct().count()
    assert liees >= 8


def test_loading_twice_changes_nothing(demo):
    avant = [modele.objects.count() for modele in (Structure, Profil, Appel, MiseEnRelation)]
    call_command("charger_demo", verbosity=0)
    apres = [modele.objects.count() for modele in (Structure, Profil, Appel, MiseEnRelation)]
    assert avant == apres
