"""The blind barometer in two real browsers: a professional with scripts, a patient without any."""

import json

import pytest
from django.core.cache import cache

from hubpartenariat.socle.typographie import typographier
from ressources.deux_voix.outils import BAROMETRE
from tests import fabriques
from tests.e2e.personnage import SESSION, Personnage
from tests.outils.navigateur import Navigateur, servir
from tests.ressources.outils_deux_voix import PATIENT, PROFESSIONNEL, page_de, projet_a_deux


@pytest.fixture(scope="module")
def navigateur():
    un = Navigateur()
    yield un
    un.fermer()


def entrer(navigateur, adresse, compte, *, javascript) -> Personnage:
    cookie = fabriques.client_de(compte).cookies[SESSION].value
    return Personnage(navigateur, adresse, javascript=javascript, cookies={SESSION: cookie})


def noter(qui: Personnage, codes) -> None:
    libelles = dict(BAROMETRE.choix)
    for critere, code in zip(BAROMETRE.criteres, codes, strict=True):
        qui.cocher(typographier(f"{critere.numero}. {critere.texte}"), typographier(libelles[code]))
    qui.appuyer("Envoyer mes réponses")


@pytest.mark.e2e
@pytest.mark.django_db
def test_two_people_score_blind_then_conclude(navigateur, settings):
    cache.clear()
    projet, pro, patient = projet_a_deux("Livret relu à deux")
    with servir() as adresse:
        settings.ADRESSE_PUBLIQUE = adresse
        paul = entrer(navigateur, adresse, pro, javascript=True)
        ines = entrer(navigateur, adresse, patient, javascript=False)

        # Paul starts from the page of the tool; Inès finds what waits for her in her space.
        paul.aller("/ressources/outils/barometre/")
        paul.suivre("Livret relu à deux")
        paul.appuyer("Commencer")
        page = paul.chemin
        noter(paul, PROFESSIONNEL)
        assert "Vos réponses sont envoyées" in paul.lu
        ines.aller("/mon-espace/")
        assert "Vos réponses sont attendues" in ines.lu

        # Before she scores, nothing of his is in what she receives.
        ines.aller(page)
        assert "L’autre côté a répondu" in ines.lu
        source = ines.faire(ines.page.content)
        assert "checked" not in source
        avant = json.loads(ines.telecharger(f"{page}resultats.json"))
        assert {c["professionnel"] for c in avant["criteres"]} == {None}
        noter(ines, PATIENT)

        # Both read the same page.
        for qui in (paul, ines):
            qui.aller(page)
            assert "7 accords sur 11" in qui.lu
            assert qui.faire(qui.page.locator("svg.graphique__svg--polaire").count) == 1
            # On a phone, the columns of both sides are seen at once.
            qui.faire(qui.page.set_viewport_size, {"width": 320, "height": 700})
            tableau = qui.page.locator(".deux-voix").locator("..")
            assert qui.faire(tableau.evaluate, "t => t.scrollWidth <= t.clientWidth")
            qui.faire(qui.page.set_viewport_size, {"width": 1024, "height": 900})
        apres = json.loads(paul.telecharger(f"{page}resultats.json"))
        assert apres == json.loads(ines.telecharger(f"{page}resultats.json"))
        assert [c["ecart"] for c in apres["criteres"]][:4] == [4, 2, 1, None]

        # A joint value, a sentence, an action where they are far apart.
        ines.suivre("Écrire nos réponses communes")
        ines.appuyer("Mon côté est d’accord avec ces réponses")
        assert "points restent à revoir" in ines.lu
        for numero in range(1, 12):
            ines.choisir(
                f"Critère {numero} : notre réponse commune", typographier(BAROMETRE.choix[2][1])
            )
            ines.ecrire(f"Critère {numero} : en une phrase", f"Phrase {numero}.")
        for numero in (1, 2):
            ines.ecrire(f"Critère {numero} : notre action", f"Action {numero}.")
        ines.appuyer("Mon côté est d’accord avec ces réponses")
        assert "Votre accord est noté" in ines.lu
        paul.aller(page)
        paul.suivre("Continuer nos réponses communes")
        assert "est d’accord avec ces réponses" in paul.lu
        paul.appuyer("Nous sommes d’accord : conclure pour de bon")
        assert "C’est conclu" in paul.lu
        assert "Action : Action 2." in paul.lu
        for qui in (paul, ines):
            qui.partir()
    assert page.startswith(page_de(projet))
