"""Somebody in front of a browser: acts by the words on the page, as a person or a reader does."""

import re
from urllib.parse import urlsplit

from hubpartenariat.socle.courriel import Courriel
from tests.outils.navigateur import Navigateur

SESSION = "session_hub"
DELAI = 15_000


def debut(texte: str) -> re.Pattern:
    """Words at the beginning, whatever the kind of their spaces."""
    return re.compile(r"^\s*" + re.escape(texte).replace(r"\ ", r"\s"))


class Personnage:
    """One browser context. Everything of Playwright runs in the browser's own thread."""

    def __init__(self, navigateur: Navigateur, adresse: str, *, javascript: bool, cookies=None):
        self.navigateur, self.adresse, self.javascript = navigateur, adresse, javascript
        self.incidents: list[str] = []
        self.faire(self._entrer, cookies or {})

    def _entrer(self, cookies):
        self.contexte = self.navigateur.chromium.new_context(
            java_script_enabled=self.javascript,
            locale="fr-FR",
            viewport={"width": 1024, "height": 900},
        )
        for nom, valeur in cookies.items():
            self.contexte.add_cookies([{"name": nom, "value": valeur, "url": self.adresse}])
        self.page = self.contexte.new_page()
        self.page.set_default_timeout(DELAI)
        self.page.on("pageerror", lambda erreur: self.incidents.append(str(erreur)))
        self.page.on("console", self._ecouter)

    def _ecouter(self, message):
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.incidents.append(message.text)

    def faire(self, fonction, *args):
        return self.navigateur.executer(lambda _: fonction(*args))

    def partir(self):
        self.faire(self.contexte.close)
        assert self.incidents == []

    # --- Acts ----------------------------------------------------------------------------
    def aller(self, chemin: str):
        self.faire(self.page.goto, self.adresse + chemin)

    def suivre(self, texte: str):
        """Follow the link with these words."""
        self.faire(self._cliquer, "link", texte)

    def appuyer(self, texte: str):
        """Press the button with these words."""
        self.faire(self._cliquer, "button", texte)

    def passer_a(self, etape: str):
        """Press the step of the form whose name begins so (its progress follows the name)."""
        motif = debut(etape)
        self.faire(lambda: self.page.get_by_role("button", name=motif).first.click())
        self.faire(self.page.wait_for_load_state, "load")

    def _cliquer(self, role, texte):
        avant = self.page.url
        self.page.get_by_role(role, name=texte, exact=True).first.click()
        self.page.wait_for_load_state("load")
        return avant

    def ecrire(self, libelle: str, texte: str):
        """Type in the field whose label begins with these words."""
        motif = debut(libelle)
        self.faire(lambda: self.page.get_by_label(motif).first.fill(texte))

    def cocher(self, question: str, *reponses: str):
        """Check answers of a question (checkboxes or radio buttons of one fieldset)."""
        for reponse in reponses:
            self.faire(self._cocher, question, reponse)

    def _cocher(self, question, reponse):
        groupe = self.page.get_by_role("group", name=debut(question))
        groupe.get_by_label(reponse, exact=True).first.check()

    def choisir(self, libelle: str, reponse: str):
        motif = debut(libelle)
        self.faire(lambda: self.page.get_by_label(motif).first.select_option(label=reponse))

    def deplier(self, texte: str):
        """Open the folded part whose title begins with these words."""
        self.faire(lambda: self.page.locator("summary").filter(has_text=debut(texte)).first.click())

    def perdre_sa_session(self):
        self.faire(lambda: self.contexte.clear_cookies(name=SESSION))

    def hors_ligne(self, oui: bool):
        self.faire(self.contexte.set_offline, oui)

    def recharger(self):
        self.faire(self.page.reload)

    # --- What they see --------------------------------------------------------------------
    @property
    def chemin(self) -> str:
        return self.faire(lambda: urlsplit(self.page.url).path)

    @property
    def lu(self) -> str:
        """The words on the page, with ordinary spaces."""
        texte = self.faire(lambda: self.page.locator("main, #container").first.inner_text())
        return re.sub(r"[\u202f\u00a0]", " ", texte)

    def valeur(self, libelle: str) -> str:
        motif = debut(libelle)
        return self.faire(lambda: self.page.get_by_label(motif).first.input_value())

    def attendre(self, texte: str):
        """Wait until these words are on the page (scripts only)."""
        motif = re.compile(re.escape(texte).replace(r"\ ", r"\s"))
        self.faire(lambda: self.page.get_by_text(motif).first.wait_for())

    def telecharger(self, chemin: str) -> str:
        reponse = self.faire(lambda: self.contexte.request.get(self.adresse + chemin).text())
        return reponse


def code_recu(adresse: str) -> str:
    """The code of the last mail sent to this address."""
    lettre = Courriel.objects.filter(destinataire=adresse).order_by("pk").last()
    assert lettre, f"no mail for {adresse}"
    return re.search(r"^\s*([0-9A-Z]{3,10}(?:-[0-9A-Z]{3,10})?)\s*$", lettre.texte, re.M).group(1)
