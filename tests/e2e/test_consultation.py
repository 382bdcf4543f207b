"""Answering with a keyboard alone and no script; the connection lost, resumed elsewhere."""

import re

import pytest
from django.core.cache import cache

from consultation.enums import EtatReponse
from consultation.models import Avis, Reponse
from tests.consultation.outils import ouverte
from tests.e2e.personnage import Personnage
from tests.outils.navigateur import Navigateur, servir

pytestmark = [pytest.mark.django_db, pytest.mark.e2e]
BASE = "/consultations/essai/"


@pytest.fixture(scope="module")
def navigateur():
    un = Navigateur()
    yield un
    un.fermer()


@pytest.fixture
def site(db, settings):
    cache.clear()
    ouverte()
    with servir() as adresse:
        settings.ADRESSE_PUBLIQUE = adresse
        yield adresse


@pytest.fixture
def arriver(navigateur, site):
    presents = []

    def entrer(**options) -> Personnage:
        presents.append(Personnage(navigateur, site, **options))
        return presents[-1]

    yield entrer
    for present in presents:
        present.partir()


class AuClavier:
    """Moves with Tab, arrows, Space and Enter, and knows only where the focus is."""

    def __init__(self, personnage: Personnage):
        self.page, self.faire = personnage.page, personnage.faire

    def _nom(self) -> str:
        return self.page.evaluate(
            "() => { const e = document.activeElement; if (!e) return '';"
            " const l = e.labels && e.labels[0];"
            " return e.tagName + ':' + (e.type || '') + '|' + (l || e).innerText.trim(); }"
        )

    def _aller(self, motif: str, au_plus: int = 90) -> None:
        for _ in range(au_plus):
            self.page.keyboard.press("Tab")
            nom = re.sub(r"[\u202f\u00a0]", " ", self._nom())
            if re.search(motif, nom):
                return
        raise AssertionError(f"Tab never reaches {motif}; last: {nom}")

    def aller(self, motif: str) -> None:
        self.faire(self._aller, motif)

    def touche(self, *touches: str) -> None:
        for touche in touches:
            self.faire(self.page.keyboard.press, touche)

    def _entrer(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def entrer(self) -> None:
        """Enter, then wait for the page that it leads to."""
        self.faire(self._entrer)


def test_a_whole_answer_by_keyboard_alone_without_javascript(arriver):
    ada = arriver(javascript=False)
    clavier = AuClavier(ada)
    ada.aller(BASE)
    clavier.aller("^A:.*Commencer ou reprendre")
    clavier.entrer()
    clavier.aller("^BUTTON.*Commencer ma réponse")
    clavier.entrer()
    pages = 0
    while "/reponse/page/" in ada.chemin:
        pages += 1
        if ada.chemin.endswith(("/cadre/", "/lien/")):
            for _ in range(4 if ada.chemin.endswith("/cadre/") else 2):
                clavier.aller("^INPUT:radio")  # the first radio of the next question
                clavier.touche("Space")
        elif ada.chemin.endswith("/priorites/"):
            for _ in range(2):
                clavier.aller("^INPUT:checkbox")
                clavier.touche("Space")
        else:
            clavier.aller("^INPUT:radio")
            clavier.touche("ArrowDown")
        clavier.aller("^BUTTON.*(Enregistrer et continuer|Enregistrer et relire)")
        clavier.entrer()
    assert pages == 4
    assert ada.chemin == f"{BASE}reponse/"
    clavier.aller("^BUTTON.*Envoyer ma réponse")
    clavier.entrer()
    assert "est envoyée" in ada.lu
    reponse = Reponse.objects.get()
    assert reponse.etat == EtatReponse.ENVOYEE
    assert reponse.avis.count() == 6 and reponse.priorites.count() == 2
    assert reponse.profil["profil"] == "pp"


def test_connection_lost_in_the_middle_then_resumed_on_another_device(arriver):
    ada = arriver(javascript=True)
    ada.aller(f"{BASE}repondre/")
    ada.appuyer("Commencer ma réponse")
    ada.aller(f"{BASE}reponse/page/cadre/")
    ada.faire(lambda: ada.page.get_by_label("Oui", exact=True).first.check())
    ada.attendre("Enregistré à")
    ada.hors_ligne(True)
    ada.faire(lambda: ada.page.get_by_label("Non", exact=True).nth(1).check())
    ada.attendre("Hors ligne")
    ada.hors_ligne(False)
    ada.attendre("Enregistré à")
    ada.aller(f"{BASE}reponse/")
    lien = ada.valeur("Lien privé")

    telephone = arriver(javascript=False)
    telephone.faire(telephone.page.goto, lien)
    assert telephone.chemin == f"{BASE}reponse/"
    assert "Pertinence : Oui" in telephone.lu and "Pertinence : Non" in telephone.lu
    telephone.appuyer("Envoyer ma réponse")
    assert "est envoyée" in telephone.lu
    ada.recharger()
    assert "est envoyée" in ada.lu
    assert Reponse.objects.count() == 1 and Avis.objects.count() == 2
