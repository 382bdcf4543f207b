"""Filling a fiche: nothing that was typed is lost, and nobody else reads or writes it."""

import re
import uuid

import pytest
from django.urls import reverse

from cartographie.forms import FORMULAIRES
from cartographie.models import Fiche
from cartographie.sections import CHAMPS_DU_CONTENU, PARCOURS
from hubpartenariat.socle.formulaires import LONGUEUR_GARDEE
from tests.cartographie.outils import (
    ACTEURS,
    AUTOMATIQUE,
    FONCTIONNEMENT,
    GENERALES,
    LEVIERS,
    SAISIES,
    adresse,
    connexion,
    ouvrir,
)

pytestmark = pytest.mark.django_db


# --- Entrance ----------------------------------------------------------------------------
def test_the_entrance_makes_no_row_and_one_empty_draft_at_most(claire):
    client = connexion(claire)
    assert "vingt minutes" in client.get("/cartographie/nouvelle/").content.decode()
    assert Fiche.objects.count() == 0
    adresses = {client.post("/cartographie/nouvelle/").url for _ in range(3)}
    assert len(adresses) == Fiche.objects.count() == 1


def test_the_entrance_offers_to_resume(claire, brouillon):
    client = connexion(claire)
    assert "déjà une fiche" not in client.get("/cartographie/nouvelle/").content.decode()
    client.post(adresse(brouillon), {"titre": "Café"})
    page = client.get("/cartographie/nouvelle/").content.decode()
    assert "Vous avez déjà une fiche en cours" in page
    assert f"/cartographie/brouillons/{brouillon.uuid}/relecture/" in page


# --- Saving ------------------------------------------------------------------------------
def test_every_column_of_the_content_has_its_field():
    demandes = {nom for formulaire in FORMULAIRES.values() for nom in formulaire().fields}
    assert set(CHAMPS_DU_CONTENU) - demandes == {"check_list"}
    for formulaire in FORMULAIRES.values():
        montres = [nom for _, _, noms in formulaire.groupes for nom in noms]
        assert sorted(montres) == sorted(formulaire().fields), "asked but never drawn"


def test_four_sections_then_the_reading_then_sending(claire, brouillon):
    client, suite = connexion(claire), adresse(brouillon)
    for section in PARCOURS:
        assert suite == adresse(brouillon, section.code)
        caches = ouvrir(client, brouillon, section.code)
        reponse = client.post(suite, SAISIES[section.code] | caches | {"vers": "suivante"})
        assert reponse.status_code == 302, reponse.content.decode()
        suite = reponse.url
    assert suite == reverse("cartographie:relecture", args=[brouillon.uuid])
    page = client.get(suite).content.decode()
    assert "Café des pairs" in page
    assert "Envoyer à la modération" in page

    fiche = Fiche.objects.get()
    assert fiche.departements == ["75", "94"], "in the order of the vocabulary"
    assert fiche.commune_id == "94028"
    assert fiche.themes == ["Greffe", "dialyse"]
    assert fiche.page_web == "https://www.exemple.fr/cafe"
    assert fiche.check_list == {"1": "oui", "10": "en_cours"}
    assert [(lien.titre, lien.url) for lien in fiche.liens.all()] == [
        ("Le bilan", "https://exemple.fr/bilan"),
        ("https://exemple.fr/video", "https://exemple.fr/video"),
    ]
    client.post(suite)
    fiche.refresh_from_db()
    assert fiche.etat == "soumise"


def test_an_incomplete_fiche_is_not_sent_and_says_what_is_missing(claire, brouillon):
    client = connexion(claire)
    client.post(adresse(brouillon), {"titre": "Café"})
    relecture = reverse("cartographie:relecture", args=[brouillon.uuid])
    page = client.get(relecture).content.decode()
    assert "Envoyer à la modération" not in page
    assert f'{adresse(brouillon)}#id_resume_champ"' in page
    assert "Il reste" in client.post(relecture, follow=True).content.decode()
    brouillon.refresh_from_db()
    assert brouillon.etat == "brouillon"


@pytest.mark.parametrize(
    ("section", "champ", "saisi", "phrase"),
    [
        (GENERALES, "annee_debut", "depuis toujours", "nombre entier, en chiffres"),
        (GENERALES, "annee_debut", "99999999999999999999", "2100"),
        (GENERALES, "contact_courriel", "claire chez exemple", "adresse"),
        (GENERALES, "page_web", "pas une adresse", "https://www.exemple.fr"),
        (GENERALES, "page_web", "javascript:alert(1)", "https://www.exemple.fr"),
        (GENERALES, "commune", "Marseille", "Île-de-France"),
        (GENERALES, "titre", "x" * 161, "160"),
        (GENERALES, "themes", ", ".join(map(str, range(13))), "12 principaux"),
        (ACTEURS, "nb_patients", "une dizaine", "nombre entier, en chiffres"),
        (FONCTIONNEMENT, "cadres", ["aucun", "charte"], "Gardez l’un ou l’autre"),
        (LEVIERS, "lien_2_url", "nulle part", "https://www.exemple.fr"),
    ],
)
def test_an_invalid_value_is_kept_and_shown_again(section, champ, saisi, phrase, claire, brouillon):
    """The valid values are saved, the invalid one comes back as typed, with its error."""
    client, url = connexion(claire), adresse(brouillon, section)
    valides = {nom: v for nom, v in SAISIES[section].items() if nom != champ}
    reponse = client.post(url, valides | {champ: saisi, "vers": "suivante"})
    assert reponse.status_code == 422
    autre = next(iter(FORMULAIRES[section].Meta.fields))
    fiche = Fiche.objects.get()
    if autre != champ and autre in valides:
        assert getattr(fiche, autre) == valides[autre]
    # Later, from a new page:
    page = client.get(url).content.decode()
    assert phrase in page.replace("\u202f", " ").replace("\xa0", " ")
    for valeur in saisi if isinstance(saisi, list) else [saisi]:
        assert valeur in page
    assert any(manque.champ == champ for manque in fiche.ce_qui_manque())
    # Corrected, it disappears.
    client.post(url, SAISIES[section] | ouvrir(client, brouillon, section))
    assert Fiche.objects.get().a_corriger(section) == {}


def test_a_title_of_link_without_address_is_kept(claire, brouillon):
    client, url = connexion(claire), adresse(brouillon, LEVIERS)
    client.post(url, {"lien_1_titre": "Notre charte"})
    page = client.get(url).content.decode()
    assert 'value="Notre charte"' in page
    assert "Il manque l’adresse de ce lien" in page


def test_going_elsewhere_saves_first_even_with_an_error(claire, brouillon):
    client = connexion(claire)
    reponse = client.post(adresse(brouillon), {"annee_debut": "hier", "vers": LEVIERS})
    assert reponse.url == adresse(brouillon, LEVIERS)
    assert "hier" in client.get(adresse(brouillon)).content.decode()


@pytest.mark.parametrize("section", FORMULAIRES)
def test_hostile_values_never_break_a_section(section, claire, brouillon):
    client, url = connexion(claire), adresse(brouillon, section)
    for saisi in ["\x00", "a\x00b", "💥" * 3000, "<script>", "-1", "1e400", "٣", "x" * 100_000]:
        champs = dict.fromkeys(FORMULAIRES[section]().fields, saisi)
        caches = ouvrir(client, brouillon, section)
        assert client.post(url, champs | caches).status_code in (302, 422)
    brouillon.refresh_from_db()
    assert len(str(brouillon.suivi)) < 20 * LONGUEUR_GARDEE
    for version in ["", "-3", "abc", "9" * 400, "\x00"]:
        reponse = client.post(url, {"_version": version, "_rang": version, "_page": version})
        assert reponse.status_code in (302, 409)


# --- Autosave ----------------------------------------------------------------------------
def test_autosave_answers_in_json(claire, brouillon):
    client = connexion(claire)
    caches = ouvrir(client, brouillon)
    donnees = caches | {"titre": "Café", "annee_debut": "hier", "_rang": "1"}
    reponse = client.post(adresse(brouillon), donnees, headers=AUTOMATIQUE)
    corps = reponse.json()
    assert (corps["etat"], corps["version"]) == ("enregistre", 1)
    assert list(corps["a_corriger"]) == ["annee_debut"]
    assert re.fullmatch(r"\d{1,2}.h.\d\d", corps["heure"])
    assert Fiche.objects.get().titre == "Café"


def test_the_same_page_may_save_again_and_again(claire, brouillon):
    """A lost answer is not a conflict; a late one does not undo a newer one."""
    client = connexion(claire)
    caches = ouvrir(client, brouillon)

    def envoyer(titre, rang):
        donnees = caches | {"titre": titre, "_rang": str(rang)}
        return client.post(adresse(brouillon), donnees, headers=AUTOMATIQUE).status_code

    assert [envoyer("un", 1), envoyer("un deux", 2), envoyer("un", 1)] == [200, 200, 200]
    assert Fiche.objects.get().titre == "un deux"
    assert envoyer("un deux trois", 3) == 200
    assert Fiche.objects.get().titre == "un deux trois"


def test_a_double_click_is_harmless(claire, brouillon):
    client = connexion(claire)
    caches = ouvrir(client, brouillon)
    donnees = SAISIES[LEVIERS] | caches | {"vers": "suivante"}
    url = adresse(brouillon, LEVIERS)
    assert [client.post(url, donnees).status_code for _ in range(2)] == [302, 302]
    assert Fiche.objects.get().liens.count() == 2


# --- Two people, two pages -----------------------------------------------------------------
def test_a_stale_save_is_refused_with_both_versions(claire, brouillon, personne):
    lea = personne("lea@exemple.fr", nom="Léa")
    brouillon.auteurs.add(lea)
    client, autre = connexion(claire), connexion(lea)
    client.post(adresse(brouillon), {"titre": "Au départ", "public": "Adultes"})
    mienne, sienne = ouvrir(client, brouillon), ouvrir(autre, brouillon)
    autre.post(adresse(brouillon), sienne | {"titre": "Titre de Léa", "public": "Enfants"})
    reponse = client.post(adresse(brouillon), mienne | {"titre": "Mon titre", "public": "Adultes"})
    assert reponse.status_code == 409
    page = reponse.content.decode()
    assert 'value="Mon titre"' in page
    assert "Titre de Léa" in page
    assert "Léa a enregistré cette section" in page
    # Claire did not touch "public": the other version is proposed.
    assert re.search(r'name="_choix_public" value="autre" checked', page)
    assert re.search(r'name="_choix_titre" value="mienne" checked', page)
    assert Fiche.objects.get().titre == "Titre de Léa", "nothing was written"

    nouvelles = dict(
        re.findall(r'name="(_(?:version|page|rang|empreintes))" value="([^"]*)"', page)
    )
    choix = {"titre": "Mon titre", "public": "Adultes", "_choix_public": "autre"}
    assert client.post(adresse(brouillon), nouvelles | choix).status_code == 302
    fiche = Fiche.objects.get()
    assert (fiche.titre, fiche.public) == ("Mon titre", "Enfants")


def test_a_stale_autosave_is_told_and_writes_nothing(claire, brouillon):
    client = connexion(claire)
    ici, ailleurs = ouvrir(client, brouillon), ouvrir(client, brouillon)
    client.post(adresse(brouillon), ailleurs | {"titre": "Ailleurs"})
    reponse = client.post(adresse(brouillon), ici | {"titre": "Ici"}, headers=AUTOMATIQUE)
    assert (reponse.status_code, reponse.json()["etat"]) == (409, "perimee")
    assert Fiche.objects.get().titre == "Ailleurs"


def test_two_sections_saved_together_do_not_collide(claire, brouillon):
    client = connexion(claire)
    une, autre = ouvrir(client, brouillon), ouvrir(client, brouillon, ACTEURS)
    client.post(adresse(brouillon), une | {"titre": "Café"})
    reponse = client.post(adresse(brouillon, ACTEURS), autre | {"nb_patients": "3"})
    assert reponse.status_code == 302
    fiche = Fiche.objects.get()
    assert (fiche.titre, fiche.nb_patients) == ("Café", 3)
    assert set(fiche.versions) == {GENERALES, ACTEURS}


def test_a_fiche_sent_meanwhile_shows_the_text_to_copy(claire, fiche):
    une, client = fiche(), connexion(claire)
    caches = ouvrir(client, une)
    une.soumettre(claire)
    reponse = client.post(adresse(une), caches | {"titre": "Trop tard"})
    assert reponse.status_code == 409
    assert "Trop tard" in reponse.content.decode()
    assert Fiche.objects.get().titre != "Trop tard"
    reponse = client.post(adresse(une), caches | {"titre": "Trop tard"}, headers=AUTOMATIQUE)
    assert reponse.json()["etat"] == "fermee"


# --- Strangers ---------------------------------------------------------------------------
PAGES = ["relecture", "auteurs", "supprimer", "archiver", "section"]


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("nom", [*PAGES, "reprendre", "mettre_a_jour"])
def test_a_stranger_sees_nothing_and_learns_nothing(nom, methode, brouillon, personne):
    """Same answer for somebody else's draft and for one that does not exist."""
    if methode == "get" and nom in ("reprendre", "mettre_a_jour"):
        pytest.skip("POST only")
    client = connexion(personne("autre@exemple.fr", "membre"))
    reponses = []
    for cle in (brouillon.uuid, uuid.uuid4()):
        suite = [cle, GENERALES] if nom == "section" else [cle]
        url = reverse(f"cartographie:{nom}", args=suite)
        reponses.append(getattr(client, methode)(url, {"titre": "Pris", "motif": "x"}))
    assert [reponse.status_code for reponse in reponses] == [404, 404]
    brouillon.refresh_from_db()
    assert (brouillon.titre, brouillon.versions) == ("", {})


def test_a_moderator_does_not_write_in_the_fiche_of_others(brouillon, marc):
    assert connexion(marc).get(adresse(brouillon)).status_code == 404
