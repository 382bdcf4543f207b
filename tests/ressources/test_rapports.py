"""What the yearly report says of the library: what serves, and nothing small about teams."""

from datetime import date

import pytest
from django.utils import timezone

from hubpartenariat.socle.rapports import Portee
from ressources import rapports
from ressources.bibliotheque import usages
from ressources.enums import Geste
from ressources.models import Accompagnement, Projet, Ressource
from ressources.projets import ecrits
from tests.ressources.outils_deux_voix import devoiler, projet_a_deux

REGION = Portee("region", timezone.localdate())


def nombres(blocs, cle) -> dict:
    bloc = next(b for b in blocs if b["cle"] == cle)
    return {une["libelle"]: une["valeur"] for une in bloc["chiffres"]}


def test_what_was_opened_this_year_and_what_each_need_has(db):
    une = Ressource.objects.get(slug="jamais-seul")
    for _ in range(3):
        usages.compter(une, Geste.OUVERTE)
    une.usages.create(mois=date(2020, 1, 1), geste=Geste.OUVERTE, nombre=50)
    blocs = rapports.ressources(REGION)
    dits = nombres(blocs, "ressources")
    assert dits["pages ouvertes dans l’année"] == 3
    assert dits["ressources publiées"] == Ressource.objects.publiees().count()
    servies = next(b for b in blocs if b["cle"] == "ressources-servies")
    assert servies["lignes"][0] == [une.titre, 3]
    besoins = next(b for b in blocs if b["cle"] == "ressources-besoins")
    assert len(besoins["lignes"]) == 11 and all(n > 0 for _, n in besoins["lignes"])


def _projet_signe(titre):
    projet, pro, patient = projet_a_deux(titre)
    charte = ecrits.ouvrir_la_charte(projet, pro)
    version = ecrits.proposer(charte, 0, pro)
    for une in projet.presents():
        ecrits.signer(version, une, une.nom, version.empreinte)
    Accompagnement.objects.create(projet=projet, demande="Aide", etat="suivi")
    return projet, pro, patient


@pytest.mark.parametrize(("combien", "dit"), [(4, None), (5, 5)])
def test_teams_are_counted_from_five_and_for_the_region_alone(db, combien, dit):
    for rang in range(combien):
        devoiler(*_projet_signe(f"Projet {rang}"))
    blocs = rapports.outils_partages(REGION)
    assert set(nombres(blocs, "outils-partages").values()) == {dit}
    assert any(b["cle"] == "barometre-ensemble" for b in blocs) == (combien >= 5)
    assert rapports.outils_partages(Portee("75", timezone.localdate())) == []


def test_a_charter_changed_after_its_signatures_is_not_signed_any_more(db):
    projets = [_projet_signe(f"Projet {rang}") for rang in range(6)]
    projet, pro, _ = projets[0]
    charte = projet.ecrits.get()
    ecrits.ecrire(charte, [{"titre": "Autre", "texte": "Un autre texte."}], 0, pro)
    ecrits.proposer(charte, 1, pro)
    dits = nombres(rapports.outils_partages(REGION), "outils-partages")
    assert dits["chartes dont la dernière version est signée par tous"] == 5


def test_invented_projects_are_never_counted(db):
    for rang in range(6):
        projet, _, _ = _projet_signe(f"Projet {rang}")
        Projet.objects.filter(pk=projet.pk).update(exemple=True)
    assert set(nombres(rapports.outils_partages(REGION), "outils-partages").values()) == {0}
