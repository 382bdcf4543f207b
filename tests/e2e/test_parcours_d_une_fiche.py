"""A new person describes an approach, loses the session, is moderated and found: in Chromium."""

import pytest

from cartographie.models import Fiche
from hubpartenariat.comptes.roles import charger_roles
from hubpartenariat.socle.courriel import Courriel
from tests.e2e import parcours
from tests.e2e.personnage import Personnage
from tests.outils.navigateur import Navigateur, servir

pytestmark = [pytest.mark.django_db, pytest.mark.e2e]
COURRIEL = "nora@exemple.fr"


@pytest.fixture(scope="module")
def navigateur():
    un = Navigateur()
    yield un
    un.fermer()


@pytest.fixture
def site(db, settings):
    charger_roles()
    with servir() as adresse:
        settings.ADRESSE_PUBLIQUE = adresse
        yield adresse


@pytest.fixture
def arriver(navigateur, site):
    """Factory: somebody in front of a browser; leaving says what went wrong in the console."""
    presents = []

    def entrer(*, javascript: bool) -> Personnage:
        presents.append(Personnage(navigateur, site, javascript=javascript))
        return presents[-1]

    yield entrer
    for present in presents:
        present.partir()


def test_from_a_new_account_to_the_map_without_javascript(arriver, navigateur, site):
    nora = arriver(javascript=False)
    parcours.s_inscrire(nora, COURRIEL)
    nora.appuyer("Commencer")
    parcours.remplir_les_informations(nora)
    nora.appuyer("Enregistrer et continuer")

    parcours.remplir_les_acteurs(nora)
    nora.perdre_sa_session()
    nora.appuyer("Enregistrer et continuer")
    parcours.se_reconnecter(nora, COURRIEL)
    assert "avant de vous reconnecter est enregistré" in nora.lu
    assert nora.valeur("Nombre de patients partenaires") == "6"
    nora.appuyer("Enregistrer et continuer")

    parcours.remplir_le_fonctionnement(nora)
    nora.passer_a("Leviers, freins et besoins d’appui")
    parcours.remplir_les_besoins(nora)
    nora.appuyer("Enregistrer et relire")
    suite(nora, arriver, navigateur, site, javascript=False)


def test_from_a_new_account_to_the_map_with_javascript(arriver, navigateur, site):
    nora = arriver(javascript=True)
    parcours.s_inscrire(nora, COURRIEL)
    nora.appuyer("Commencer")
    parcours.remplir_les_informations(nora)
    nora.attendre("Enregistré à")
    nora.recharger()
    assert nora.valeur("Titre de la démarche") == parcours.TITRE, "saved without any button"
    nora.appuyer("Enregistrer et continuer")

    nora.hors_ligne(True)
    nora.ecrire("Nombre de patients partenaires", "5")
    nora.attendre("Hors ligne")
    nora.hors_ligne(False)
    nora.attendre("Enregistré à")

    nora.perdre_sa_session()
    parcours.remplir_les_acteurs(nora)
    nora.attendre("Votre session a expiré")
    nora.appuyer("Enregistrer")
    parcours.se_reconnecter(nora, COURRIEL)
    assert "avant de vous reconnecter est enregistré" in nora.lu
    assert nora.valeur("Nombre de patients partenaires") == "6"
    nora.appuyer("Enregistrer et continuer")

    parcours.remplir_le_fonctionnement(nora)
    nora.cocher("Cadre formalisé", "Aucun")
    nora.cocher("Cadre formalisé", "Charte")
    nora.attendre("Enregistré à")
    assert Fiche.objects.get(titre=parcours.TITRE).cadres == ["charte"], "« aucun » stepped back"
    nora.appuyer("Enregistrer et continuer")
    parcours.remplir_les_besoins(nora)
    nora.appuyer("Enregistrer et relire")
    suite(nora, arriver, navigateur, site, javascript=True)


def suite(nora, arriver, navigateur, site, *, javascript):
    """Sent, asked for a correction, corrected, published, found."""
    parcours.envoyer(nora)
    marc = parcours.moderateur(navigateur, site)
    parcours.demander_une_precision(marc)
    assert "Dites depuis quand" in Courriel.objects.filter(destinataire=COURRIEL).first().texte
    parcours.repondre_a_la_remarque(nora)
    parcours.publier(marc)
    marc.partir()
    lettre = Courriel.objects.filter(destinataire=COURRIEL).first().texte
    assert Fiche.objects.get(titre=parcours.TITRE).slug in lettre
    parcours.etre_trouvee(arriver(javascript=javascript))


# --- What scripts add ----------------------------------------------------------------------
def test_two_tabs_are_told_and_nothing_is_lost(arriver):
    nora = arriver(javascript=True)
    parcours.s_inscrire(nora, COURRIEL)
    nora.appuyer("Commencer")
    nora.ecrire("Titre de la démarche", "Au départ")
    nora.attendre("Enregistré à")
    ici = nora.page
    nora.page = nora.faire(nora.contexte.new_page)
    ailleurs = nora.page
    nora.faire(lambda: ailleurs.goto(ici.url))
    nora.ecrire("Titre de la démarche", "Depuis l’autre onglet")
    nora.attendre("Enregistré à")
    nora.appuyer("Enregistrer")
    nora.page = ici
    nora.ecrire("Titre de la démarche", "Depuis le premier onglet")
    nora.attendre("modifiée ailleurs")
    nora.appuyer("Enregistrer")
    assert "Une réponse a deux versions" in nora.lu
    assert "Depuis l’autre onglet" in nora.lu
    assert nora.valeur("Titre de la démarche") == "Depuis le premier onglet"
    nora.appuyer("Enregistrer")
    assert Fiche.objects.get().titre == "Depuis le premier onglet"


def test_leaving_at_once_saves_what_was_typed(arriver):
    nora = arriver(javascript=True)
    parcours.s_inscrire(nora, COURRIEL)
    nora.appuyer("Commencer")
    nora.ecrire("Titre de la démarche", "Tapé puis parti")
    nora.passer_a("Fonctionnement")
    assert Fiche.objects.get().titre == "Tapé puis parti"


def test_signing_in_from_another_tab_does_not_stop_the_saving(arriver):
    """The token of the page is renewed by the script."""
    nora = arriver(javascript=True)
    parcours.s_inscrire(nora, COURRIEL)
    nora.appuyer("Commencer")
    nora.faire(
        lambda: nora.page.evaluate(
            "document.querySelector('#saisie [name=csrfmiddlewaretoken]').value = 'x'.repeat(64)"
        )
    )
    nora.ecrire("Titre de la démarche", "Malgré tout")
    nora.attendre("Enregistré à")
    assert Fiche.objects.get().titre == "Malgré tout"
