"""Writing an appel: sections, other doors, the team; strangers meet nothing."""

import re
import uuid

import pytest

from annuaire.forms.appels import FORMULAIRES
from annuaire.models import Appel, Rattachement
from annuaire.orientation import CODES, PORTES
from annuaire.sections_appel import PARCOURS
from hubpartenariat.socle.formulaires import SaisieEnAttente
from hubpartenariat.socle.typographie import typographier
from tests import fabriques
from tests.annuaire import gens
from tests.annuaire.outils_appels import brouillon, envoye, publie

pytestmark = pytest.mark.django_db
NON = {f"porte_{code}": "non" for code in CODES}
SAISIES = {
    "besoin": {
        "titre": "Relire nos livrets",
        "description": "Avec celles et ceux qui les lisent.",
        "mission": "experience",
        "themes": "Dialyse, dialyse ; Greffe",
        "deja_fait": "Un atelier.",
    },
    "conditions": {
        "departements": ["94"],
        "commune": "Créteil",
        "lieu": "mixte",
        "temps": "Deux heures par mois",
        "disponibilites": ["journee"],
        "places": "2",
        "statut": "defraiement",
        "frais": "rembourses",
        "charte": "oui",
        "mode": "choix",
    },
    "bonne-porte": NON,
}


@pytest.fixture
def claire(personne):
    return personne("claire@exemple.fr", "membre", nom="Claire")


def adresse(appel, page="besoin") -> str:
    return f"/annuaire/appels/brouillons/{appel.uuid}/{page}/"


def ouvrir(client, url) -> dict:
    page = client.get(url).content.decode()
    return dict(re.findall(r'name="(_(?:version|page|rang|empreintes))" value="([^"]*)"', page))


# --- Writing -----------------------------------------------------------------------------------
def test_the_entrance_makes_no_row_and_one_empty_draft_at_most(claire):
    client = fabriques.client_de(claire)
    assert client.get("/annuaire/appels/nouveau/").status_code == 200
    assert Appel.objects.count() == 0
    adresses = {client.post("/annuaire/appels/nouveau/").url for _ in range(3)}
    assert len(adresses) == Appel.objects.count() == 1


def test_every_field_of_the_sections_is_drawn():
    for code, formulaire in FORMULAIRES.items():
        montres = [nom for _, _, noms in formulaire.groupes for nom in noms]
        assert sorted(montres) == sorted(formulaire().fields)
        if code != "bonne-porte":
            assert set(PARCOURS[code].champs) == set(montres)


def test_three_sections_then_the_reading_then_sending(claire):
    structure = gens.structure(nom="Hôpital des Tilleuls")
    Rattachement.objects.create(structure=structure, personne=claire, role="equipe", etat="accepte")
    client = fabriques.client_de(claire)
    suite = client.post("/annuaire/appels/nouveau/").url
    for section in PARCOURS:
        assert suite.endswith(f"/{section.code}/")
        saisie = SAISIES[section.code] | {"structure": str(structure.pk)}
        reponse = client.post(suite, saisie | ouvrir(client, suite) | {"vers": "suivante"})
        assert reponse.status_code == 302, reponse.content.decode()
        suite = reponse.url
    page = client.get(suite).content.decode()
    assert "Hôpital des Tilleuls" in page
    client.post(suite)
    appel = Appel.objects.get()
    assert (appel.etat, appel.alertes) == ("a_moderer", [])
    assert (appel.mission, appel.domaine) == ("experience", "offre"), "the domain follows"
    assert appel.themes == ["dialyse", "Greffe"] or appel.themes == ["Dialyse", "Greffe"]
    assert (appel.commune_id, appel.places, appel.structure) == ("94028", 2, structure)
    assert appel.orientation == dict.fromkeys(CODES, "non")


def test_only_the_structures_one_was_accepted_into_are_offered(claire):
    mienne, demandee, autre = (gens.structure(nom=nom) for nom in ("Mienne", "Voulue", "Autre"))
    Rattachement.objects.create(structure=mienne, personne=claire, role="equipe", etat="accepte")
    Rattachement.objects.create(structure=demandee, personne=claire, role="equipe")
    client, appel = fabriques.client_de(claire), brouillon(claire)
    page = client.get(adresse(appel)).content.decode()
    assert "Mienne" in page
    assert "Pas encore de structure" in page
    assert "Voulue" not in page
    assert "Autre" not in page
    for une in (demandee, autre):
        client.post(adresse(appel), SAISIES["besoin"] | {"structure": str(une.pk), "_version": 1})
        appel.refresh_from_db()
        assert appel.structure is None


@pytest.mark.parametrize(
    ("places", "gardees", "statut"),
    [("", 2, 302), ("1", 1, 302), ("0", 2, 422), ("51", 2, 422), ("deux", 2, 422)],
)
def test_seats_are_two_unless_one_says_otherwise(places, gardees, statut, claire):
    client, appel = fabriques.client_de(claire), brouillon(claire)
    saisie = SAISIES["conditions"] | {"places": places, "_version": 1, "vers": "suivante"}
    reponse = client.post(adresse(appel, "conditions"), saisie)
    assert reponse.status_code == statut
    appel.refresh_from_db()
    assert appel.places == gardees


def test_one_seat_is_asked_why_before_sending(claire):
    client, appel = fabriques.client_de(claire), brouillon(claire, places=1)
    page = client.get(adresse(appel, "relecture")).content.decode()
    assert "À deux, personne ne porte seul" in page
    assert "Envoyer à la relecture" not in page
    assert "Jamais seul" in client.get(adresse(appel, "conditions")).content.decode()


def test_nul_and_forged_values_do_no_harm(claire):
    client, appel = fabriques.client_de(claire), brouillon(claire)
    saisie = {"titre": "a\x00b", "mission": "siege", "themes": "\x00", "_version": 1}
    assert client.post(adresse(appel), saisie | {"vers": "ici"}).status_code == 422
    saisie = {"porte_mandat": "peut-être", "_version": 1, "vers": "ici"}
    assert client.post(adresse(appel, "bonne-porte"), saisie).status_code == 422
    appel.refresh_from_db()
    assert appel.orientation["mandat"] == "non"


def test_a_stale_save_is_refused_and_nothing_is_lost(claire):
    client, appel = fabriques.client_de(claire), brouillon(claire)
    reponse = client.post(adresse(appel), SAISIES["besoin"] | {"_version": 0})
    assert reponse.status_code == 409
    assert "Relire nos livrets d’accueil" in reponse.content.decode()


def test_a_text_sent_after_the_session_expired_waits(claire):
    appel = brouillon(claire)
    client = fabriques.client_de()
    reponse = client.post(adresse(appel), SAISIES["besoin"])
    assert "/comptes/" in reponse.url
    assert SaisieEnAttente.objects.count() == 1
    client.post(adresse(Appel(uuid=uuid.uuid4())), SAISIES["besoin"])
    assert SaisieEnAttente.objects.count() == 1


# --- The right door ------------------------------------------------------------------------------
@pytest.mark.parametrize("porte", PORTES, ids=CODES)
def test_each_yes_leads_to_its_own_door_and_the_draft_stays(porte, claire):
    client, appel = fabriques.client_de(claire), brouillon(claire)
    saisie = NON | {f"porte_{porte.code}": "oui", "_version": 1, "vers": "suivante"}
    reponse = client.post(adresse(appel, "bonne-porte"), saisie)
    assert reponse.url == adresse(appel, "autre-porte")
    page = client.get(reponse.url).content.decode()
    assert typographier(porte.titre) in page
    assert "Haute Autorité de santé" in page
    for autre in PORTES:
        assert (typographier(autre.titre) in page) == (autre == porte)
    client.post(adresse(appel, "relecture"))
    appel.refresh_from_db()
    assert (appel.etat, appel.orientation[porte.code]) == ("brouillon", "oui")
    client.post(adresse(appel, "bonne-porte"), NON | {"_version": 2, "vers": "suivante"})
    assert client.get(adresse(appel, "autre-porte")).url == adresse(appel, "relecture")
    client.post(adresse(appel, "relecture"))
    appel.refresh_from_db()
    assert appel.etat == "a_moderer"


# --- The team, and strangers -------------------------------------------------------------------
def test_colleagues_of_the_structure_may_join(claire, personne):
    structure = gens.structure()
    collegue = gens.membre(structure, email="collegue@exemple.fr", nom="Karim")
    etranger = personne("ailleurs@exemple.fr", nom="Zoé")
    client, appel = fabriques.client_de(claire), brouillon(claire, structure=structure)
    url = f"/annuaire/mes-appels/{appel.uuid}/equipe/"
    page = client.get(url).content.decode()
    assert "Karim" in page
    assert "Zoé" not in page
    assert client.post(url, {"equipe": []}).status_code == 200
    assert client.post(url, {"equipe": [etranger.pk]}).status_code == 200
    client.post(url, {"equipe": [claire.pk, collegue.pk]})
    assert set(appel.equipe.all()) == {claire, collegue}
    assert fabriques.client_de(collegue).get(adresse(appel)).status_code == 200


PAGES_D_EQUIPE = [
    *(f"appels/brouillons/{{}}/{page}" for page in ("besoin", "relecture", "autre-porte")),
    *(f"mes-appels/{{}}/{page}" for page in ("equipe", "places", "fermer", "sans-suite")),
    *(f"mes-appels/{{}}/{page}" for page in ("supprimer", "reprendre", "prolonger")),
]


@pytest.mark.parametrize("page", PAGES_D_EQUIPE)
def test_a_stranger_meets_the_same_absence_everywhere(page, claire, personne):
    appel = brouillon(claire)
    for autre in (personne("autre@exemple.fr"), personne("marc@exemple.fr", "moderateur")):
        client = fabriques.client_de(autre, mfa=True)
        for acte in (client.get, client.post):
            reponses = [
                acte(f"/annuaire/{page.format(cle)}/") for cle in (appel.uuid, uuid.uuid4())
            ]
            assert {r.status_code for r in reponses} <= {404, 405}
            assert reponses[0].status_code == reponses[1].status_code
    appel.refresh_from_db()
    assert appel.etat == "brouillon"


def test_no_stranger_reads_what_is_not_published(claire, personne):
    client = fabriques.client_de(personne("autre@exemple.fr"))
    appel = envoye(claire)
    Appel.objects.filter(pk=appel.pk).update(slug="a-venir")
    assert client.get("/annuaire/appels/a-venir/").status_code == 404
    assert client.get("/annuaire/appels/n-existe-pas/").status_code == 404


def test_my_appels_say_what_to_do_next(claire, sans_n_plus_1):
    client = fabriques.client_de(claire)
    assert "pas encore d’appel" in client.get("/annuaire/mes-appels/").content.decode()
    for faire in (brouillon, envoye, publie):
        faire(claire)
    page = client.get("/annuaire/mes-appels/").content.decode()
    for mot in ("Relire et envoyer", "Reprendre pour modifier", "Fermer les candidatures"):
        assert mot in page
    sans_n_plus_1(
        client, "/annuaire/mes-appels/", lambda n: [publie(claire) for _ in range(n)], beaucoup=9
    )


def test_acts_of_the_team_through_its_pages(claire):
    client, appel = fabriques.client_de(claire), publie(claire)

    def suivre(page, **donnees):
        reponse = client.post(f"/annuaire/mes-appels/{appel.uuid}/{page}/", donnees, follow=True)
        appel.refresh_from_db()
        return reponse.content.decode()

    assert client.get(f"/annuaire/mes-appels/{appel.uuid}/prolonger/").status_code == 405
    suivre("prolonger")
    assert appel.deja_prolonge
    assert "une seule fois" in suivre("prolonger")
    assert "À deux" in suivre("places", places="1")
    suivre("places", places="3")
    assert appel.places == 3
    assert client.get(f"/annuaire/mes-appels/{appel.uuid}/fermer/").status_code == 200
    assert appel.etat == "ouvert"
    suivre("fermer")
    assert appel.etat == "en_choix"
    assert "Dites pourquoi" in suivre("sans-suite")
    suivre("sans-suite", motif="Le projet est reporté.")
    assert appel.etat == "sans_suite"
    autre = brouillon(claire)
    client.post(f"/annuaire/mes-appels/{autre.uuid}/supprimer/")
    assert not Appel.objects.filter(pk=autre.pk).exists()
