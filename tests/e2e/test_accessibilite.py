"""Every page that the walk knows, in a real browser: axe, both widths, both themes, keyboard.

Per page: axe at 1280 px in light, its contrasts again in dark, axe at 320 px; no horizontal scroll
at 320 px, at 200 % and with the text spacing of WCAG 1.4.12; no error in the console, nothing
refused by the content security policy, nothing asked of another host.
"""

from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from tests.outils import bilan
from tests.outils.navigateur import Navigateur, servir
from tests.outils.pages import pages

pytestmark = [pytest.mark.django_db, pytest.mark.e2e]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
REGLES = [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice", "RGAAv4",
]  # fmt: skip
LARGE, ETROIT, DOUBLE = 1280, 320, 640  # 640: what is left of 1280 at 200 %
ECOUTE = """document.addEventListener('securitypolicyviolation', e =>
    console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))"""
# WCAG 1.4.12: what a person may impose on the text of any page.
ESPACES = """() => { const feuille = new CSSStyleSheet();
    feuille.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [feuille] }"""
DEBORDE = """() => { const large = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= large) return '';
    const contenu = (e) => { for (let a = e.parentElement; a; a = a.parentElement)
        if (getComputedStyle(a).overflowX !== 'visible') return true; return false };
    const dehors = [...document.querySelectorAll('body *')].filter(e => {
        const r = e.getBoundingClientRect();
        return r.right > large + 1 && r.width > 0 && getComputedStyle(e).position !== 'fixed' });
    // What a region that scrolls holds is not what makes the page scroll.
    const fautif = dehors.find(e => !contenu(e)) || dehors[0];
    return fautif ? fautif.outerHTML.slice(0, 160) : 'unknown element' }"""
# Contrast is measured on colours that have finished changing.
SANS_TRANSITION = """() => { const feuille = new CSSStyleSheet();
    feuille.replaceSync('* { transition: none !important; animation: none !important }');
    document.adoptedStyleSheets = [feuille] }"""
SAUTE = """() => [...document.querySelectorAll('[tabindex]')]
    .filter(e => e.tabIndex > 0).map(e => e.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def navigateur():
    un = Navigateur()
    yield un
    un.fermer()


@pytest.fixture(scope="module")
def site(monde):
    with servir() as adresse:
        yield adresse


@pytest.fixture(scope="module")
def toutes(monde):
    trouvees = pages(monde)
    bilan.dire(f"{len(trouvees)} pages in the browser, 3 axe runs and 4 widths each")
    return trouvees


def cookies(monde, role, site) -> list[dict]:
    return [
        {"name": nom, "value": morceau.value, "url": site}
        for nom, morceau in monde.client(role).cookies.items()
    ]


class Regard:
    """One person's browser. ``fautes`` gathers what is wrong on each page."""

    def __init__(self, chromium, site, cookies, **options):
        self.site, self.fautes, self.ici = site, [], ""
        self.contexte = chromium.new_context(
            viewport={"width": LARGE, "height": 900}, reduced_motion="reduce", **options
        )
        self.contexte.add_cookies(cookies)
        self.contexte.add_init_script(ECOUTE)
        self.page = self.contexte.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda erreur: self.noter(f"script: {erreur}"))
        self.page.on("request", self._requete)

    def noter(self, faute: str) -> None:
        self.fautes.append(f"{self.ici}: {faute}")

    def _console(self, message) -> None:
        attendu = "Failed to load resource" in message.text and self.statut >= 400
        if message.type in ("error", "warning") and not attendu:
            self.noter(f"console: {message.text[:200]}")

    def _requete(self, requete) -> None:
        adresse = urlsplit(requete.url)
        if adresse.scheme not in ("data", "blob") and not requete.url.startswith(self.site):
            self.noter(f"asked {adresse.netloc}")

    def aller(self, nom: str, chemin: str, statut: int = 200) -> None:
        self.ici, self.statut = f"{nom} ({chemin})", statut
        reponse = self.page.goto(self.site + chemin)
        if statut != 302:
            arrivee = urlsplit(self.page.url).path
            if arrivee != urlsplit(chemin).path:
                self.noter(f"final address {arrivee}")
            if reponse.status != statut:
                self.noter(f"answered {reponse.status} instead of {statut}")

    def axe(self, quoi: str, regles=None) -> None:
        if not self.page.evaluate("typeof window.axe === 'object'"):
            self.page.evaluate(AXE)
        # Without preload: axe would read the style sheets again, by a way that our policy closes.
        options = {"resultTypes": ["violations"], "preload": False}
        if regles:
            options["runOnly"] = {"type": "rule", "values": regles}
        else:
            options["runOnly"] = {"type": "tag", "values": REGLES}
            options["rules"] = {"target-size": {"enabled": True}}
        resultat = self.page.evaluate("options => axe.run(document, options)", options)
        for violation in resultat["violations"]:
            ou = "; ".join(noeud["html"][:140] for noeud in violation["nodes"][:2])
            details = violation["nodes"][0].get("failureSummary", "").splitlines()[1:2]
            self.noter(f"axe {quoi}: {violation['id']} {details} at {ou}")

    def largeur(self, pixels: int, quoi: str) -> None:
        self.page.set_viewport_size({"width": pixels, "height": 900})
        if fautif := self.page.evaluate(DEBORDE):
            self.noter(f"scrolls sideways at {quoi}: {fautif}")

    def examiner(self) -> None:
        """All that is looked at on the page that is shown."""
        self.page.set_viewport_size({"width": LARGE, "height": 900})
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.evaluate(SANS_TRANSITION)
        self.axe("1280 light")
        self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        self.axe("1280 dark", ["color-contrast", "link-in-text-block"])
        self.largeur(DOUBLE, "200 %")
        self.largeur(ETROIT, "320 px")
        self.axe("320 dark")
        for fautif in self.page.evaluate(SAUTE):
            self.noter(f"positive tabindex: {fautif}")
        self.page.evaluate(ESPACES)
        self.largeur(ETROIT, "320 px with wide text spacing")
        self.page.set_viewport_size({"width": LARGE, "height": 900})
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")


def parcourir(navigateur, monde, site, liste) -> list[str]:
    """Examine pages, one browser context per person."""
    biscuits = {role: cookies(monde, role, site) for role in {page.role for page in liste}}

    def faire(chromium):
        fautes = []
        for role, siens in biscuits.items():
            regard = Regard(chromium, site, siens)
            for page in liste:
                if page.role == role:
                    regard.aller(page.nom, page.chemin, page.statut)
                    regard.examiner()
            fautes += regard.fautes
            regard.contexte.close()
        return fautes

    return navigateur.executer(faire)


@pytest.mark.parametrize("zone", ["public", "comptes", "connecte", "administration"])
def test_every_page(navigateur, monde, site, toutes, zone):
    liste = [page for page in toutes if page.zone == zone]
    assert len(liste) >= 8
    fautes = parcourir(navigateur, monde, site, liste)
    assert not fautes, f"{len(fautes)} faults on {len(liste)} pages:\n" + "\n".join(fautes)


# Forms sent empty (the browser's own checks off): the errors are pages too.
EN_ERREUR = (
    ("visiteur", "/comptes/login/"),
    ("visiteur", "/comptes/signup/"),
    ("visiteur", "/comptes/login/code/"),
    ("visiteur", "/comptes/password/reset/"),
    ("auteur", "/comptes/password/change/"),
    ("auteur", "/comptes/email/"),
    ("auteur", "/comptes/2fa/totp/activate/"),
    ("auteur", "/cartographie/brouillons/{publiee}/archiver/"),
    ("auteur", "/cartographie/brouillons/{brouillon}/auteurs/"),
)
# A section with values that it refuses, typed as a person would.
MAUVAISES_VALEURS = {
    "annee_debut": "l’an dernier",
    "page_web": "pas une adresse",
    "contact_courriel": "personne",
    "themes": ", ".join(f"thème {n}" for n in range(20)),
    "commune": "Introuvable-sur-Seine",
}


def test_forms_with_errors(navigateur, monde, site):
    uuids = {etat: str(fiche.uuid) for etat, fiche in monde.fiches.items()}
    biscuits = {role: cookies(monde, role, site) for role in ("visiteur", "auteur")}

    def faire(chromium):
        fautes = []
        for role, siens in biscuits.items():
            regard = Regard(chromium, site, siens)
            for celui, chemin in EN_ERREUR:
                if celui != role:
                    continue
                chemin = chemin.format(**uuids)
                regard.aller("formulaire vide", chemin)
                regard.statut = 422
                if not regard.page.locator("main form[method=post]").count():
                    regard.noter("no form in the main part of the page")
                    continue
                with regard.page.expect_navigation():
                    regard.page.evaluate(
                        "() => { const f = [...document.querySelectorAll('main form[method=post]')]"
                        ".find(un => un.querySelector('input:not([type=hidden]), textarea'));"
                        "f.noValidate = true;"
                        "f.requestSubmit(f.querySelector('button:not([type=button])')) }"
                    )
                if not regard.page.locator("[aria-invalid=true]").count():
                    regard.noter("no field is marked as invalid")
                for champ in regard.page.locator("[aria-invalid=true]").all():
                    decrit = champ.get_attribute("aria-describedby") or ""
                    if not any(
                        regard.page.locator(f"[id='{un}']").count() for un in decrit.split()
                    ):
                        regard.noter(f"error not tied to {champ.get_attribute('name')}")
                regard.examiner()
            fautes += regard.fautes
            regard.contexte.close()
        return fautes

    fautes = navigateur.executer(faire)
    assert not fautes, "\n".join(fautes)


def test_section_with_errors_says_what_and_where(navigateur, monde, site):
    chemin = f"/cartographie/brouillons/{monde.fiches['vide'].uuid}/informations-generales/"
    siens = cookies(monde, "auteur", site)

    def faire(chromium):
        regard = Regard(chromium, site, siens)
        regard.aller("section", chemin)
        for nom, valeur in MAUVAISES_VALEURS.items():
            regard.page.fill(f"[name={nom}]", valeur)
        regard.statut = 422
        regard.page.keyboard.press("Escape")
        regard.page.click("button[name=vers][value=ici]")
        regard.page.wait_for_selector("[aria-invalid=true]")
        marques = {
            champ.get_attribute("name")
            for champ in regard.page.locator("[aria-invalid=true]").all()
        }
        if manquent := set(MAUVAISES_VALEURS) - marques:
            regard.noter(f"not marked as invalid: {manquent}")
        for nom, valeur in MAUVAISES_VALEURS.items():
            if regard.page.input_value(f"[name={nom}]") != valeur:
                regard.noter(f"what was typed in {nom} is lost")
        for lien in regard.page.locator(".erreurs a, [role=alert] a").all():
            ancre = lien.get_attribute("href").split("#")[-1]
            if not regard.page.locator(f"[id='{ancre}']").count():
                regard.noter(f"the summary leads to #{ancre}, which is not there")
        regard.examiner()
        regard.contexte.close()
        return regard.fautes

    fautes = navigateur.executer(faire)
    assert not fautes, "\n".join(fautes)


ACTIF = """() => { const e = document.activeElement; if (!e || e === document.body) return null;
    const r = e.getBoundingClientRect();
    return {html: e.outerHTML.slice(0, 120), x: r.x, y: r.y, w: r.width, h: r.height,
        cle: [...document.querySelectorAll('*')].indexOf(e)} }"""
MARGE = 8
FOYERS = 45  # elements reached by Tab on each page


def foyers_invisibles(page) -> list[str]:
    """Press Tab through the page; an element that looks the same without the focus is a fault."""
    fautes, vus = [], set()
    for _ in range(FOYERS):
        page.keyboard.press("Tab")
        actif = page.evaluate(ACTIF)
        if actif is None or actif["cle"] in vus:
            break
        vus.add(actif["cle"])
        cadre = {
            "x": max(actif["x"] - MARGE, 0),
            "y": max(actif["y"] - MARGE, 0),
            "width": min(actif["w"] + 2 * MARGE, 1200),
            "height": min(actif["h"] + 2 * MARGE, 600),
        }
        avec = page.screenshot(clip=cadre)
        page.evaluate("() => { window.foyer = document.activeElement; window.foyer.blur() }")
        sans = page.screenshot(clip=cadre)
        page.evaluate("() => window.foyer.focus({preventScroll: true})")
        if avec == sans:
            fautes.append(actif["html"])
    if len(vus) < 5:
        fautes.append(f"only {len(vus)} elements reached with Tab")
    return fautes


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_focus_is_visible(navigateur, monde, site, theme):
    uuid = monde.fiches["brouillon"].uuid
    chemins = [
        "/cartographie/",
        f"/cartographie/brouillons/{uuid}/informations-generales/",
        "/comptes/email/",
        "/administration/",
    ]
    siens = cookies(monde, "auteur", site), cookies(monde, "administrateur", site)

    def faire(chromium):
        fautes = []
        for chemin in chemins:
            qui = siens[chemin.startswith("/administration/")]
            regard = Regard(chromium, site, qui, color_scheme=theme)
            regard.aller("focus", chemin)
            fautes += [f"{chemin}: {html}" for html in foyers_invisibles(regard.page)]
            regard.contexte.close()
        return fautes

    fautes = navigateur.executer(faire)
    assert not fautes, "focus cannot be seen on:\n" + "\n".join(fautes)


def test_main_form_with_the_keyboard_alone(navigateur, monde, site):
    """From the top of the page to the next section without touching the mouse."""
    uuid = monde.fiches["vide"].uuid
    siens = cookies(monde, "auteur", site)

    def tabuler(page, nom, limite=80):
        for _ in range(limite):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.name") == nom:
                return
        raise AssertionError(f"{nom} was not reached with Tab")

    def faire(chromium):
        regard = Regard(chromium, site, siens)
        page = regard.page
        regard.aller("clavier", f"/cartographie/brouillons/{uuid}/informations-generales/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the first thing reached skips to the content
        assert page.evaluate("() => location.hash") == "#contenu"
        tabuler(page, "titre")
        page.keyboard.type("Au clavier seulement")
        tabuler(page, "avancement")
        page.keyboard.press("Space")
        tabuler(page, "departements")
        page.keyboard.press("Space")
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.value") == "suivante":
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/acteurs-et-partenariat/**")
        regard.contexte.close()
        return regard.fautes

    assert not navigateur.executer(faire)
    fiche = monde.fiches["vide"]
    fiche.refresh_from_db()
    assert fiche.titre == "Au clavier seulement"
    assert fiche.departements
    assert fiche.avancement
