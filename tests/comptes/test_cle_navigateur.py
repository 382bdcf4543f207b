"""Passkeys in a real browser, with Chromium's virtual authenticator, under our real policy."""

import re
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def grave(message) -> bool:
    """The admin's pages name no icon, so Chromium looks for one."""
    return message.type == "error" and not message.location["url"].endswith("/favicon.ico")


@pytest.fixture
def page(live_server, personne):
    """A page of a browser that holds an authenticator. The accounts exist before it starts."""
    from django.core.cache import cache

    cache.clear()
    personne("claire@exemple.fr")
    personne("marc@exemple.fr", "moderateur", sans_etape=True)
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = navigateur.new_page(base_url=live_server.url.replace("127.0.0.1", "localhost"))
        plaintes = []
        page.on(
            "console", lambda m: plaintes.append((m.text, m.location["url"])) if grave(m) else 0
        )
        page.on("pageerror", lambda erreur: plaintes.append(str(erreur)))
        cdp = page.context.new_cdp_session(page)
        cdp.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        options |= {"hasUserVerification": True, "isUserVerified": True}
        cdp.send(
            "WebAuthn.addVirtualAuthenticator",
            {"options": options | {"automaticPresenceSimulation": True}},
        )
        yield page
        navigateur.close()
        assert plaintes == [], "nothing blocked by the policy, no error"


def entrer(page, email, suite=""):
    page.goto(f"/comptes/login/{suite}")
    page.locator("#mdp_login").fill(email)
    page.locator("#mdp_password").fill("motdepasse-long")
    page.get_by_role("button", name="Se connecter", exact=True).last.click()


def enregistrer_une_cle(page, *, seule: bool):
    page.goto("/comptes/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.get_by_label("Mot de passe").fill("motdepasse-long")
        page.get_by_role("button", name="Confirmer").click()
    page.get_by_label("Nom de cette clé").fill("Téléphone")
    if seule:
        page.get_by_label("Me connecter avec cette clé seule").check()
    page.get_by_role("button", name="Enregistrer cette clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes codes de secours")


def sortir(page):
    page.context.clear_cookies()


def test_a_passkey_alone_opens_the_door_where_one_was(page):
    entrer(page, "claire@exemple.fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon espace")
    enregistrer_une_cle(page, seule=True)
    sortir(page)
    page.goto("/mon-espace/nom/")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Changer de nom affiché")


def test_a_passkey_is_the_second_step_of_a_moderator(page):
    entrer(page, "marc@exemple.fr", "?next=/administration/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deuxième étape à la connexion")
    enregistrer_une_cle(page, seule=False)
    page.get_by_role("link", name="Continuer là où vous alliez").click()
    expect(page).to_have_url(re.compile("/administration/$"))
    sortir(page)
    entrer(page, "marc@exemple.fr", "?next=/administration/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deuxième étape")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page).to_have_url(re.compile("/administration/$"))
    page.goto("/comptes/2fa/webauthn/")
    expect(page.get_by_role("heading", name="Téléphone")).to_be_visible()


def test_a_refusal_of_the_device_is_said(page):
    page.goto("/comptes/login/")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    # The authenticator holds no key of ours.
    expect(page.locator("[data-cle-message]")).to_contain_text("L’appareil n’a pas confirmé")
    expect(page.get_by_role("button", name="Utiliser ma clé d’accès")).to_be_enabled()
