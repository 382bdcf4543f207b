"""The public list, its formats, the page of one appel: exact, constant, nobody named."""

import csv
import io
import random
from collections import Counter

import pytest
from django.http import QueryDict
from django.urls import reverse

from annuaire.models import Appel, Structure
from annuaire.recherche import INDEX_DES_APPELS
from hubpartenariat.socle.facettes import compter, identifiants
from hubpartenariat.socle.liste import Demande
from tests import fabriques
from tests.annuaire import gens
from tests.annuaire.outils_appels import brouillon, envoye, publie

pytestmark = pytest.mark.django_db
LISTE = "/annuaire/appels/"
CHOIX = {
    "mission": ["soutien", "etp", "certification", "copilotage", "pedagogie", "recherche"],
    "lieu": ["sur_place", "distance", "mixte"],
    "statut": ["benevolat", "defraiement", "vacation", "aucune"],
    "etat": ["ouvert", "en_choix", "pourvu", "expire"],
}


@pytest.fixture
def claire(personne):
    return personne("claire@exemple.fr", "membre", nom="Claire Nomdequipe")


def semer(nombre: int, graine: int = 3) -> None:
    hasard = random.Random(graine)
    for _ in range(nombre):
        tire = {nom: hasard.choice(codes) for nom, codes in CHOIX.items()}
        territoires = sorted(
            hasard.sample(["75", "77", "93", "94", "region"], hasard.randint(1, 3))
        )
        domaine = Appel(mission=tire["mission"]) and _domaine(tire["mission"])
        gens.appel(**tire, domaine=domaine, departements=territoires)


def _domaine(mission: str) -> str:
    from annuaire.enums import Mission

    return Mission(mission).domaine.value


def en_python(choix: dict) -> tuple[int, dict, set]:
    """The same counts, by the plainest loops."""
    lignes = [
        {
            "id": une.pk,
            "domaine": {une.domaine},
            "mission": {une.mission},
            "departement": set(une.departements),
            "lieu": {une.lieu},
            "statut": {une.statut},
        }
        for une in Appel.objects.all()
        if une.etat in ("ouvert", "en_choix", "pourvu")
    ]

    def passent(sauf=None):
        return [
            ligne
            for ligne in lignes
            if all(ligne[nom] & set(codes) for nom, codes in choix.items() if nom != sauf)
        ]

    comptes = {}
    for facette in INDEX_DES_APPELS.facettes:
        portes = Counter(code for ligne in passent(facette.nom) for code in ligne[facette.nom])
        comptes[facette.nom] = {code: portes[code] for code in facette.codes}
    return len(passent()), comptes, {ligne["id"] for ligne in passent()}


def test_every_count_equals_plain_python():
    semer(120)
    hasard = random.Random(5)
    facettes = {f.nom: f.codes for f in INDEX_DES_APPELS.facettes}
    combinaisons = [{}] + [{nom: [code]} for nom, codes in facettes.items() for code in codes]
    for _ in range(40):
        noms = hasard.sample(sorted(facettes), hasard.randint(2, 4))
        combinaisons.append({nom: hasard.sample(facettes[nom], 2) for nom in noms})
    for choix in combinaisons:
        demande = Demande.lire(INDEX_DES_APPELS, QueryDict(""))
        for nom, codes in choix.items():
            demande = demande.remplacant(nom, codes)
        comptes = compter(demande)
        total, attendus, cles = en_python(choix)
        assert (comptes.total, comptes.facettes) == (total, attendus), choix
        assert set(identifiants(demande, comptes)) == cles, choix


def test_open_ones_come_first(client):
    for etat in ("pourvu", "ouvert", "en_choix", "ouvert", "pourvu"):
        gens.appel(etat=etat)
    etats = [une["etat"] for une in client.get("/annuaire/appels.json").json()["appels"]]
    assert etats[:2] == ["ouvert", "ouvert"]
    assert "ouvert" not in etats[2:]


def test_the_page_costs_the_same_at_every_size(client, sans_n_plus_1):
    sans_n_plus_1(client, LISTE, lambda n: [gens.appel() for _ in range(n)], beaucoup=20)


def test_only_what_is_published_is_found(client, claire):
    publie(claire, titre="Zinnia publique", description="Un mot rare : glycémie.")
    brouillon(claire, titre="Zinnia brouillon")
    envoye(claire, titre="Zinnia envoyée")
    arrete = publie(claire, titre="Zinnia arrêtée")
    arrete.sans_suite(claire, "Reporté.")
    for adresse in (f"{LISTE}?q=zinnia", "/recherche/?q=zinnia", "/annuaire/appels.csv?q=zinnia"):
        reponse = client.get(adresse)
        page = (reponse.getvalue() if reponse.streaming else reponse.content).decode()
        assert "Zinnia publique" in page, adresse
        for mot in ("brouillon", "envoyée", "arrêtée"):
            assert f"Zinnia {mot}" not in page, adresse
    assert "Zinnia publique" in client.get(f"{LISTE}?q=glycemies").content.decode()


def test_nobody_of_the_team_is_named_anywhere(client, claire):
    publie(claire, titre="Livrets", structure=gens.structure(nom="Hôpital des Tilleuls"))
    for adresse in (LISTE, f"{LISTE}livrets/", *(f"/annuaire/appels.{e}" for e in FORMATS)):
        reponse = client.get(adresse)
        assert reponse.status_code == 200
        texte = (reponse.getvalue() if reponse.streaming else reponse.content).decode()
        assert "Tilleuls" in texte, adresse
        assert "Nomdequipe" not in texte, adresse
        assert "claire@exemple.fr" not in texte, adresse


FORMATS = ("csv", "geojson", "json", "atom")


def test_the_json_has_the_shape_of_the_other_lists(client, claire):
    publie(claire, commune_id="94028")
    reponse = client.get("/annuaire/appels.json?departement=94").json()
    assert list(reponse) == ["total", "page", "pages", "facettes", "appels"]
    assert reponse["facettes"]["departement"]["94"] == 1
    un = reponse["appels"][0]
    assert (un["titre"], un["frais"], un["commune"], un["places"]) == (
        *("Relire nos livrets d’accueil", "rembourses", "94028", 2),
    )
    assert client.get("/annuaire/appels.json?statut=roi").status_code == 400
    lignes = list(csv.reader(io.StringIO(client.get("/annuaire/appels.csv").getvalue().decode())))
    assert len(lignes) == 2


def test_conditions_are_honest(client, claire):
    appel = publie(claire, frais="non_prevus", statut="benevolat", charte="non")
    for page in (f"{LISTE}{appel.slug}/", LISTE):
        texte = client.get(page).content.decode()
        assert "Pas de remboursement prévu" in texte
        assert "Bénévolat" in texte


def test_what_one_may_do_depends_on_who_and_when(client, claire, personne):
    appel = publie(claire)
    url = reverse("annuaire:appel", args=[appel.slug])
    interesse = reverse("annuaire:interesse", args=[appel.slug])
    assert interesse in client.get(url).content.decode()
    mienne = fabriques.client_de(claire).get(url).content.decode()
    assert interesse not in mienne
    assert "Lire les candidatures" in mienne
    appel.fermer_les_candidatures(claire)
    page = client.get(url).content.decode()
    assert interesse not in page
    assert "Les candidatures sont fermées" in page
    appel.sans_suite(claire, "RaisonPrivée")
    reponse = client.get(url)
    assert reponse.status_code == 410
    assert "RaisonPrivée" not in reponse.content.decode()
    assert "livrets" not in reponse.content.decode()


def test_a_structure_that_is_not_published_is_not_shown(client, claire):
    structure = gens.structure(nom="Maison Discrète", etat="proposee")
    appel = publie(claire, structure=structure)
    for adresse in (f"{LISTE}{appel.slug}/", LISTE, "/annuaire/appels.json"):
        assert "Maison Discrète" not in client.get(adresse).content.decode()
    assert client.get("/annuaire/appels.json?q=discrete").json()["total"] == 0
    Structure.objects.filter(pk=structure.pk).update(etat="publiee")
    assert "Maison Discrète" in client.get(LISTE).content.decode()


def test_texts_of_people_are_escaped(client, claire):
    appel = publie(claire, titre="<script>alerte</script>", themes=["<b>x</b>"])
    for adresse in (LISTE, f"{LISTE}{appel.slug}/"):
        page = client.get(adresse).content.decode()
        assert "<script>alerte" not in page
        assert "<b>x" not in page
