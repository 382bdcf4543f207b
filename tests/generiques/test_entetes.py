"""Headers of every answer, errors and static files included; cookies; weight of the first load."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from hubpartenariat.socle import contexte
from tests.generiques.adresses import adresses
from tests.outils import bilan
from tests.outils.pages import pages

pytestmark = pytest.mark.django_db

POIDS_MAXIMAL = 60_000  # bytes, compressed, besides the font
INTERDIT = ("unsafe-inline", "unsafe-eval", "*", "http:", "https:", "blob:")
QR = "/comptes/2fa/totp/activate/"


def directives(reponse) -> dict[str, str]:
    texte = reponse.headers.get("Content-Security-Policy", "")
    return dict(un.strip().partition(" ")[::2] for un in texte.split(";") if un.strip())


def fautes_d_entetes(reponse, chemin: str) -> list[str]:
    """What is missing from the headers of one answer."""
    fautes, politique = [], directives(reponse)
    if politique.get("default-src") not in ("'self'", "'none'"):
        fautes.append(f"policy {politique}")
    if any(mot in valeur.split() for valeur in politique.values() for mot in INTERDIT):
        fautes.append(f"too open: {politique}")
    if any("data:" in valeur for valeur in politique.values()) and chemin != QR:
        fautes.append("data: is for the QR code of the second factor only")
    if "sandbox" not in politique:
        for nom in ("base-uri", "frame-ancestors", "form-action", "object-src"):
            if nom not in politique:
                fautes.append(f"policy without {nom}")
    if reponse.headers.get("X-Content-Type-Options") != "nosniff":
        fautes.append("no nosniff")
    if reponse.headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        fautes.append(f"Referrer-Policy {reponse.headers.get('Referrer-Policy')}")
    if "Permissions-Policy" not in reponse.headers:
        fautes.append("no Permissions-Policy")
    if reponse.headers.get("X-Frame-Options") != "DENY":
        fautes.append("may be framed by an old browser")
    if reponse.headers.get("Cross-Origin-Opener-Policy") != "same-origin":
        fautes.append("keeps a hand on the window that opened it")
    # Open data may be read from other sites; nothing else.
    ouvert = reponse.headers.get("Access-Control-Allow-Origin") == "*"
    permis = {"same-origin", "cross-origin"} if ouvert else {"same-origin"}
    if reponse.headers.get("Cross-Origin-Resource-Policy") not in permis:
        fautes.append("may be embedded by other sites")
    return fautes


@pytest.mark.parametrize("role", ["visiteur", "auteur", "administrateur"])
def test_every_answer_has_the_security_headers(monde, role):
    """Whatever the status: pages, redirects, refusals, files."""
    fautes = []
    for adresse in adresses(monde):
        for methode in ("get", "post"):
            reponse = getattr(monde.client(role), methode)(adresse.chemin)
            fautes += [
                f"{methode} {adresse.nom} ({reponse.status_code}): {faute}"
                for faute in fautes_d_entetes(reponse, adresse.chemin)
            ]
    assert not fautes, "\n".join(fautes[:40])


def test_errors_have_the_security_headers_too(monde):
    """A host that is not ours, a form without its token, a page that does not exist."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    reponses = {
        400: client.get("/", HTTP_HOST="ailleurs.example"),
        403: client.post("/comptes/login/", {"login": "a"}),
        404: client.get("/n-existe-pas/"),
    }
    for statut, reponse in reponses.items():
        assert reponse.status_code == statut
        assert not fautes_d_entetes(reponse, "/"), statut


def test_a_failing_view_answers_with_a_page_of_ours(monde, monkeypatch):
    """The 500 page says nothing of the cause, and keeps the policy."""
    monkeypatch.setattr(contexte, "portes", lambda chemin: 1 / 0)
    reponse = Client(raise_request_exception=False).get("/accessibilite/")
    assert reponse.status_code == 500
    assert not fautes_d_entetes(reponse, "/")
    assert "ZeroDivisionError" not in reponse.content.decode()
    assert "<html" in reponse.content.decode()


def test_public_pages_set_no_cookie_for_a_reader(monde):
    """Nobody is followed; and a page without a cookie can be kept by a cache."""
    fautes, lues = [], 0
    for page in pages(monde):
        if page.role == "visiteur" and page.statut == 200:
            client = Client()
            reponse = client.get(page.chemin)
            lues += 1
            forme = b"csrfmiddlewaretoken" in reponse.content
            poses = [nom for nom in reponse.cookies if not (forme and nom == "csrftoken")]
            if poses or "sessionid" in reponse.cookies:
                fautes.append(f"{page.chemin}: {poses}")
    assert lues > 20
    assert not fautes, "\n".join(fautes)


def test_public_pages_that_only_inform_hold_no_form_that_needs_a_cookie(monde):
    """The pages that everybody reads set no cookie at all, not even against CSRF."""
    for chemin in ("/", "/cartographie/", "/recherche/", "/plan-du-site/", "/mentions-legales/"):
        assert not Client().get(chemin).cookies, chemin


@pytest.mark.parametrize("role", ["auteur", "administrateur"])
def test_signed_in_pages_are_not_kept_by_shared_caches(monde, role):
    """Cache-Control private or no-store, or at least never public, with Vary: Cookie."""
    fautes = []
    for page in pages(monde):
        if page.role == "visiteur":
            continue
        reponse = monde.client(role).get(page.chemin)
        if reponse.status_code != 200:
            continue
        controle = reponse.headers.get("Cache-Control", "")
        if not ("private" in controle or "no-store" in controle):
            fautes.append(f"{page.nom} {page.chemin}: Cache-Control {controle!r}")
    assert not fautes, "\n".join(sorted(set(fautes)))


def test_static_files_have_the_headers(monde, tmp_path, settings):
    """As WhiteNoise serves them in production: same policy, nosniff, kept for long."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client()  # its middleware is made anew, with these settings
    page = client.get("/mentions-legales/").content.decode()
    fichiers = set(re.findall(r'(?:href|src)="(/statique/[^"]+)"', page))
    assert len(fichiers) >= 3
    for fichier in fichiers:
        reponse = client.get(fichier, headers={"accept-encoding": "gzip"})
        assert reponse.status_code == 200, fichier
        assert not fautes_d_entetes(reponse, fichier), fichier
        assert "max-age=315360000" in reponse.headers["Cache-Control"], fichier
        if fichier.endswith((".css", ".js")):
            assert reponse.headers["Content-Encoding"] == "gzip", fichier


# --- Weight -----------------------------------------------------------------------------------
def charges(html: str) -> set[str]:
    """Static files that the browser fetches for this page, the font left out."""
    balises = re.findall(r"<(?:link|script|img|source)\b[^>]*>", html)
    trouves = set()
    for balise in balises:
        if balise.startswith("<link") and not re.search(
            r'rel="(?:stylesheet|preload|icon)', balise
        ):
            continue
        trouves |= set(re.findall(r'(?:href|src)="/statique/([^"?]+)"', balise))
    return {nom for nom in trouves if not nom.endswith((".woff2", ".png"))}


def importes(nom: str, vus: set[str]) -> None:
    """Stylesheets and modules that this file imports in its turn."""
    if nom in vus:
        return
    vus.add(nom)
    chemin = finders.find(nom)
    if chemin and nom.endswith((".css", ".js")):
        with open(chemin, encoding="utf-8") as fichier:  # noqa: PTH123 — str from Django
            texte = fichier.read()
        for autre in re.findall(r"""@import\s+(?:url\()?["']([^"']+)["']""", texte):
            importes(f"{nom.rsplit('/', 1)[0]}/{autre.removeprefix('./')}", vus)


def poids(nom: str, _memoire: dict[str, int] = {}) -> int:  # noqa: B006 — files do not change
    if nom not in _memoire:
        chemin = finders.find(nom)
        assert chemin, f"{nom} is referenced and does not exist"
        with open(chemin, "rb") as fichier:  # noqa: PTH123
            _memoire[nom] = len(gzip.compress(fichier.read(), 9))
    return _memoire[nom]


def test_first_load_weighs_little(monde):
    """HTML, styles and scripts of any page of the hub: 60 kB compressed at most."""
    lourdes, plus_lourde = [], (0, "")
    for page in pages(monde):
        if page.zone == "administration" or not page.html:
            continue
        fichiers: set[str] = set()
        for nom in charges(page.html):
            importes(nom, fichiers)
        total = len(gzip.compress(page.html.encode(), 6)) + sum(poids(nom) for nom in fichiers)
        plus_lourde = max(plus_lourde, (total, page.nom))
        if total > POIDS_MAXIMAL:
            lourdes.append(f"{page.nom}: {total} bytes")
    bilan.dire(f"heaviest first load: {plus_lourde[0]} bytes ({plus_lourde[1]})")
    assert not lourdes, "\n".join(lourdes)


def test_no_page_leads_to_a_missing_page(monde):
    """Links inside the hub, as each person sees them, lead to pages that exist."""
    casses, essayes = {}, {}
    for page in pages(monde):
        if page.nom == "composants":  # its links are examples
            continue
        for lien in set(re.findall(r'<a\b[^>]*?href="(/[^"#]*)', page.html)):
            cle = (page.role, lien.replace("&amp;", "&"))
            if lien.startswith("/statique/") or "/logout/" in lien:
                continue
            if cle not in essayes:
                essayes[cle] = monde.client(page.role).get(cle[1]).status_code
            if essayes[cle] in (404, 405, 500) or (essayes[cle] == 403 and page.statut == 200):
                casses[f"{lien} ({essayes[cle]})"] = page.nom
    assert len(essayes) > 100
    assert not casses, "\n".join(f"{lien} on {nom}" for lien, nom in sorted(casses.items()))


def test_head_and_get_agree(monde):
    """Public pages answer HEAD as GET does, without a body."""
    for chemin in ("/", "/cartographie/", "/robots.txt", "/sante/"):
        tete = Client().head(chemin)
        assert tete.status_code == Client().get(chemin).status_code == 200, chemin
        assert not tete.content


def test_missing_page_is_missing_for_everybody(monde):
    """An address that does not exist is a 404 for a visitor, not an invitation to sign in."""
    for role in ("visiteur", "auteur"):
        assert monde.client(role).get("/n-existe-pas/").status_code == 404
