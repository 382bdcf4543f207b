"""What people wrote about the whole is read wherever the results are, once the team has read it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from consultation import demo, publication
from consultation.enums import EtatVerbatim
from consultation.models import Remarque, Reponse
from hubpartenariat.syntheses.management.commands.synthese import rendre
from tests.consultation.outils import les_21
from tests.syntheses.outils import a_plat, aujourd_hui, pages_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def publiee():
    """Three remarks: two published in the words of the team, one not read yet."""
    cache.clear()
    consultation = les_21()
    demo.remplir(consultation, demo.repondants_de_2025())
    un, deux, trois = Reponse.objects.filter(consultation=consultation)[:3]
    dites = {"texte": "Brut, avec un nom", "etat": EtatVerbatim.PUBLIE}
    p1 = consultation.propositions.get(code="P1")
    Remarque.objects.create(reponse=un, texte_publie="Continuez <ensemble>", **dites)
    Remarque.objects.create(reponse=deux, texte_publie="Sur P1 seule", proposition=p1, **dites)
    Remarque.objects.create(reponse=trois, texte="Pas encore lue")
    consultation.fermer()
    publication.publier(consultation)
    return consultation


def test_the_json_gives_the_published_words_and_no_others(client, publiee):
    reponse = client.get(f"/consultations/{publiee.slug}/resultats.json")
    assert reponse.json()["remarques"] == {
        "ensemble": ["Continuez <ensemble>"],
        "propositions": {"P1": ["Sur P1 seule"]},
    }
    assert "Brut" not in reponse.content.decode() and "Pas encore" not in reponse.content.decode()


def test_the_synthesis_ends_with_them(client, publiee, tmp_path):
    adresse = reverse("syntheses:rapport", args=["consultation"])
    page = client.get(adresse).content.decode()
    assert "Continuez &lt;ensemble&gt;" in page and "Pas encore lue" not in page
    lu = a_plat("".join(pages_de(rendre("rapport_consultation", aujourd_hui())[0], tmp_path)))
    assert a_plat("Continuez <ensemble>") in lu and "Brut" not in lu


def test_without_words_no_empty_chapter(client, publiee):
    Remarque.objects.all().delete()
    page = client.get(reverse("syntheses:rapport", args=["consultation"])).content.decode()
    assert "dans leurs mots" not in page
