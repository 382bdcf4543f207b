"""The commune combobox in a real browser: keyboard, mouse, what is announced."""

import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.conf import settings
from playwright.sync_api import sync_playwright

from hubpartenariat.socle.champs import CommuneField

pytestmark = pytest.mark.e2e
SITE = "http://hub.test"


class Formulaire(forms.Form):
    commune = CommuneField()


@pytest.fixture
def reponses(client, db):
    """What the real view answers while these texts are typed, letter by letter."""
    debuts = {texte[:n] for texte in ("marolles", "creteil", "75012", "zzz") for n in range(1, 9)}
    return {q: client.get("/territoire/communes.json", {"q": q}).json() for q in debuts}


@pytest.fixture
def page(reponses):
    """A page with the field and its script. No database once the browser runs (async loop)."""
    html = (
        '<!DOCTYPE html><html lang="fr"><title>Essai</title>'
        f"<body><form>{Formulaire().as_div()}<button>Envoyer</button></form>"
        '<script type="module" src="/commune.js"></script>'
    )
    script = Path(settings.BASE_DIR, "static/js/commune.js").read_text()

    def repondre(route):
        adresse = urlsplit(route.request.url)
        if adresse.path.startswith("/territoire/"):
            route.fulfill(json=reponses[parse_qs(adresse.query)["q"][0]])
        elif adresse.path == "/commune.js":
            route.fulfill(body=script, content_type="text/javascript")
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = navigateur.new_page()
        page.route("**/*", repondre)
        page.goto(SITE)
        yield page
        navigateur.close()


def test_keyboard_chooses_a_commune(page):
    champ = page.get_by_role("combobox", name="Commune")
    champ.press_sequentially("marolles")
    page.get_by_role("option", name="Marolles-en-Brie (77)").wait_for()
    assert champ.get_attribute("aria-expanded") == "true"
    assert "5 communes" in page.get_by_role("status").inner_text()
    champ.press("ArrowDown")
    champ.press("ArrowDown")
    active = champ.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    champ.press("Enter")
    assert champ.input_value() == "Marolles-en-Brie (94)"
    assert champ.get_attribute("aria-expanded") == "false"


def test_escape_closes_and_keeps_what_was_typed(page):
    champ = page.get_by_role("combobox", name="Commune")
    champ.press_sequentially("creteil")
    page.get_by_role("option").wait_for()
    champ.press("Escape")
    assert not page.get_by_role("listbox").is_visible()
    assert champ.input_value() == "creteil"


def test_mouse_chooses_and_unknown_names_are_announced(page):
    champ = page.get_by_role("combobox", name="Commune")
    champ.press_sequentially("75012")
    page.get_by_role("option", name="Paris 12e arrondissement (75)").click()
    assert champ.input_value() == "Paris 12e arrondissement (75)"
    champ.fill("")
    champ.press_sequentially("zzz")
    page.get_by_text("Aucune commune à ce nom").wait_for()
