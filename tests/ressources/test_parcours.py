"""« Comment démarrer », and where a project stands on it: ticked together, seen alike."""

import pytest

from ressources.bibliotheque.parcours import ETAPES, SIGNES
from ressources.models import Projet
from tests.ressources.outils_deux_voix import projet_a_deux


@pytest.fixture
def deux(db, client_de):
    projet, pro, patient = projet_a_deux("Relire les livrets")
    return projet, client_de(pro), client_de(patient)


def page(projet) -> str:
    return f"/ressources/projets/{projet.uuid}/avancee/"


def test_what_one_ticks_the_other_sees(deux):
    projet, lui, elle = deux
    lui.post(page(projet), {"pas": "trouver", "fait": ["idee-1", "idee-2"]})
    lue = elle.get(page(projet))
    assert lue.context["faits"] == ["idee-1", "idee-2"]
    assert 'value="trouver" checked' in lue.content.decode()
    accueil = elle.get(f"/ressources/projets/{projet.uuid}/").content.decode()
    assert "Trouver" in accueil and "Pas encore." in accueil
    parcours = elle.get("/ressources/demarrer/").content.decode()
    assert projet.titre in parcours and page(projet) in parcours


def test_two_people_who_tick_at_once_lose_nothing(deux):
    """Each page sends what it showed: only what its reader changed moves."""
    projet, lui, elle = deux
    lui.post(page(projet), {"pas": "idee", "fait": ["idee-1", "idee-2"]})
    lu = ["idee-1", "idee-2"]
    lui.post(page(projet), {"pas": "idee", "lu": lu, "fait": [*lu, "demarrer-1"]})
    elle.post(page(projet), {"pas": "idee", "lu": lu, "fait": ["idee-1", "trouver-1"]})
    projet.refresh_from_db()
    assert projet.faits == ["demarrer-1", "idee-1", "trouver-1"]


def test_what_means_nothing_is_not_kept(deux):
    projet, lui, _elle = deux
    lui.post(page(projet), {"pas": "idee", "fait": ["idee-1", "ailleurs-1", "idee-99"]})
    refus = lui.post(page(projet), {"pas": "nulle-part", "fait": ["idee-2"]}, follow=True)
    assert "Choisissez l’étape" in refus.content.decode()
    assert Projet.objects.get(pk=projet.pk).faits == ["idee-1"]


def test_nobody_else_reads_where_it_stands(deux, client_de, personne):
    projet, _lui, _elle = deux
    autre = client_de(personne())
    assert autre.get(page(projet)).status_code == 404
    assert autre.post(page(projet), {"pas": "trouver"}).status_code == 404
    projet.refresh_from_db()
    assert projet.pas == "idee"


def test_the_path_leads_to_a_project_and_each_step_to_its_tools(client, db):
    assert "/ressources/projets/nouveau/" in client.get("/ressources/demarrer/").content.decode()
    assert len(SIGNES) == sum(len(etape.fait_quand) for etape in ETAPES.values())
    formaliser = client.get("/ressources/demarrer/formaliser/").content.decode()
    assert "/ressources/outils/charte/" in formaliser
    assert "/ressources/outils/lettre-de-mission/" in formaliser
    for code in ETAPES:
        assert "Ouvrir un projet" in client.get(f"/ressources/demarrer/{code}/").content.decode()
