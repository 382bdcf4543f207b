"""Pages that anyone may open: frame, weight, honesty, addresses."""

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from cartographie.models import Fiche
from hubpartenariat import views
from hubpartenariat.socle.secours import page_de_secours

pytestmark = pytest.mark.django_db

PUBLIQUES = [
    "/",
    "/annuaire/",
    "/ressources/",
    "/consultations/",
    "/donnees/",
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/plan-du-site/",
    "/nulle-part/",
]
LIMITE = 60_000


def corps(client, adresse):
    return client.get(adresse).content.decode()


@pytest.fixture
def fiche():
    return Fiche.objects.create(
        slug="ateliers-a-deux-voix",
        etat="publiee",
        publiee_le=timezone.now(),
        titre="Ateliers à deux voix",
        resume="Une infirmière et une patiente animent ensemble.",
        type_structure="hopital",
        departements=["75", "region"],
    )


@pytest.mark.parametrize("adresse", PUBLIQUES)
def test_frame_of_a_page(client, adresse):
    page = corps(client, adresse)
    assert page.count("<h1") == 1
    assert '<html lang="fr">' in page
    assert re.search(r"<title>[^<]+ – Hub du partenariat en santé</title>", page)
    liens = re.findall(r'<a [^>]*href="([^"]+)"', page)
    assert liens[0] == "#contenu"
    assert page.count('id="contenu"') == 1
    identifiants = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiants) == len(set(identifiants))
    niveaux = [int(n) for n in re.findall(r"<h([1-6])", page)]
    assert all(b - a <= 1 for a, b in zip(niveaux, niveaux[1:], strict=False)), niveaux


@pytest.mark.parametrize("adresse", PUBLIQUES)
def test_titles_differ(client, adresse):
    def titre(url):
        return re.search(r"<title>(.+?)</title>", corps(client, url)).group(1)

    assert [a for a in PUBLIQUES if titre(a) == titre(adresse)] == [adresse]


@pytest.mark.parametrize("adresse", PUBLIQUES)
def test_first_load_is_light(client, adresse, fiche):
    """Page, style sheets, scripts and images, compressed, the font apart."""
    page = corps(client, adresse)
    poids = len(gzip.compress(page.encode()))
    charges = set(re.findall(r'(?:src|href)="/statique/([^"]+)"', page))
    for chemin in charges:
        if not chemin.startswith("fonts/"):
            poids += len(gzip.compress(Path(finders.find(chemin)).read_bytes()))
    assert poids <= LIMITE


def test_font_is_light_and_preloaded(client):
    (police,) = re.findall(r'rel="preload" href="/statique/([^"]+)" as="font"', corps(client, "/"))
    assert Path(finders.find(police)).stat().st_size < 100_000


@pytest.mark.parametrize("adresse", ["/annuaire/", "/ressources/", "/consultations/"])
def test_menu_says_where_one_is(client, adresse):
    page = corps(client, adresse)
    courants = re.findall(r'class="menu__lien" href="([^"]+)" aria-current="page"', page)
    assert set(courants) == {adresse}


def test_home_counts_what_is_published(client, fiche):
    Fiche.objects.create(titre="Brouillon secret", departements=["77"])
    page = corps(client, "/")
    assert "Ateliers à deux voix" in page
    assert "Brouillon secret" not in page
    manquants = re.search(r"Aucune fiche dans ces départements[^<]+", page).group()
    assert "Seine-et-Marne" in manquants
    assert "Paris" not in manquants
    assert re.search(r"<dt>départements sur 8[^<]+</dt><dd>1</dd>", page)
    assert "Université, organisme de formation ou de recherche" in page


def test_home_is_honest_when_empty(client):
    page = corps(client, "/")
    assert "Aucune démarche n’est encore publiée" in page
    assert "Décrire votre démarche" in page


def test_home_asks_few_questions(client, fiche, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get("/")


def test_operator_is_named_or_marked_to_complete(client, settings):
    assert "à compléter par l’exploitant" in corps(client, "/mentions-legales/")
    settings.EXPLOITANT = dict.fromkeys(settings.EXPLOITANT, "Organisme & Cie")
    page = corps(client, "/mentions-legales/")
    assert "à compléter" not in page
    assert "Organisme &amp; Cie" in page


def test_site_map_lists_public_pages_and_published_fiches(client, fiche):
    Fiche.objects.create(titre="Brouillon", slug="brouillon-secret")
    reponse = client.get("/sitemap.xml")
    assert reponse["Content-Type"].startswith("application/xml")
    racine = ElementTree.fromstring(reponse.content)
    adresses = [loc.text for loc in racine.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(adresses) == len(set(adresses))
    assert any(adresse.endswith("/accessibilite/") for adresse in adresses)
    assert not any("brouillon" in adresse for adresse in adresses)
    assert "Sitemap: " in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("adresse", ["/plan-du-site/", "/"])
def test_every_internal_link_of_a_page_leads_somewhere(client, adresse):
    for lien in set(re.findall(r'<a [^>]*href="(/[^"#?]*)', corps(client, adresse))):
        assert client.get(lien).status_code in (200, 302), lien


def test_error_pages_say_what_to_do(client, settings):
    settings.DEBUG = False
    page = client.get("/nulle-part/")
    assert page.status_code == 404
    assert "Revenir à l’accueil" in page.content.decode()


@pytest.mark.parametrize(("vue", "statut"), [("erreur_400", 400), ("erreur_403", 403)])
def test_error_views(vue, statut, client):
    requete = client.get("/").wsgi_request
    assert getattr(views, vue)(requete, Exception("")).status_code == statut


def test_500_needs_neither_database_nor_session(django_assert_num_queries):
    with django_assert_num_queries(0):
        reponse = views.erreur_500(RequestFactory().get("/"))
    page = reponse.content.decode()
    assert reponse.status_code == 500
    assert page.count("<h1") == 1
    assert "css/tokens" in page


@pytest.mark.parametrize("gabarit", ["500.html", "503.html"])
def test_error_pages_are_in_the_design_of_the_hub(gabarit):
    page = page_de_secours(gabarit)
    assert page.count("<h1") == 1
    assert "css/tokens" in page


def test_error_page_comes_out_even_without_style_sheets(settings):
    """Static files not collected: the real storage knows none of them."""
    settings.STATIC_ROOT = "/nonexistent"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    assert "Ce n’est pas de votre fait" in page_de_secours("500.html")


def test_csrf_failure_keeps_the_text_in_mind():
    from django.test import Client

    reponse = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x"})
    assert reponse.status_code == 403
    assert "rien n’a été envoyé" in reponse.content.decode()


def test_components_are_for_the_staff(client, personne):
    assert client.get("/composants/").status_code == 302
    client.force_login(personne("membre@exemple.fr"))
    assert client.get("/composants/").status_code == 302


def test_components_show_every_state(personne, client_de):
    equipe = client_de(personne("equipe@exemple.fr", is_staff=True), mfa=True)
    reponse = equipe.get("/composants/")
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert page.count("<h1") == 1
    for classe in ["avis--erreur", "champ--erreur", "facette__lien--zero", "puce", "etat__pas"]:
        assert f'{classe}"' in page or f"{classe} " in page, classe
    identifiants = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiants) == len(set(identifiants))
