"""The whole pairing, played by three browsers: a team and two patients partenaires.

Everything that the browser of the team receives before the double agreement is kept, and searched
for the names, the addresses and the illnesses of the two others.
"""

import re

import pytest

from annuaire import tour
from annuaire.models import Appel, MiseEnRelation
from hubpartenariat.comptes.roles import charger_roles
from hubpartenariat.socle.courriel import Courriel
from tests import fabriques
from tests.annuaire import gens
from tests.e2e.personnage import Personnage, debut
from tests.outils.navigateur import Navigateur, servir

pytestmark = [pytest.mark.django_db, pytest.mark.e2e]
TITRE = "Préparer ensemble la consultation d’annonce"
RAISON = "MotifQuePersonneNeLit"
RECHARGEMENTS = 40  # two orders of two people: the same one so often is no chance


class Temoin(Personnage):
    """Somebody in front of a browser, which remembers every page that it received."""

    def _entrer(self, cookies):
        self.recus: list[str] = []
        super()._entrer(cookies)

    def faire(self, fonction, *args):
        resultat = super().faire(fonction, *args)
        page = super().faire(self._page)
        if page and (not self.recus or self.recus[-1] != page):
            self.recus.append(page)
        return resultat

    def _page(self) -> str:
        ouverte = hasattr(self, "page") and not self.page.is_closed()
        return self.page.content() if ouverte else ""

    def a_recu(self, mot: str) -> bool:
        return any(mot in page for page in self.recus)


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
    """Factory: somebody in front of a browser of their own, signed in or not."""
    presents = []

    def entrer(compte=None, *, javascript: bool) -> Temoin:
        biscuits = fabriques.client_de(compte).cookies if compte else {}
        cookies = {nom: biscuit.value for nom, biscuit in biscuits.items()}
        presents.append(Temoin(navigateur, site, javascript=javascript, cookies=cookies))
        return presents[-1]

    yield entrer
    for present in presents:
        present.partir()


def ecrire_un_appel(equipe: Temoin):
    equipe.aller("/annuaire/appels/nouveau/")
    equipe.appuyer("Commencer")
    equipe.cocher("Votre structure", "Hôpital des Tilleuls")
    equipe.ecrire("Titre", TITRE)
    besoin = equipe.faire(
        lambda: equipe.page.get_by_role("textbox", name=debut("Ce que vous cherchez"))
    )
    equipe.faire(besoin.fill, "Deux personnes pour écrire avec nous.")
    equipe.choisir("La mission", "Soutenir d’autres patients à partir de son expérience")
    equipe.appuyer("Enregistrer et continuer")
    equipe.cocher("Territoire", "94 – Val-de-Marne")
    equipe.cocher("Lieu", "Sur place")
    equipe.choisir("Statut proposé", "Défraiement (déplacement, repas, garde)")
    equipe.cocher("Frais", "Remboursés sur justificatif")
    equipe.appuyer("Enregistrer et continuer")
    for question in equipe.faire(lambda: equipe.page.get_by_role("radio", name="Non").all()):
        equipe.faire(question.check)
    equipe.appuyer("Enregistrer et relire")
    equipe.appuyer("Envoyer à la relecture")
    return Appel.objects.get(titre=TITRE)


def lien_recu(profil) -> str:
    """The personal link of the last mail to this person."""
    lettre = Courriel.objects.filter(destinataire=profil.personne.email).order_by("pk").last()
    assert TITRE not in lettre.sujet
    assert not any(theme in lettre.texte for theme in profil.themes), "no illness in a mail"
    return re.search(r"/annuaire/lien/[\w-]+/", lettre.texte)[0]


def dire_interesse(elle: Temoin, lignes: str):
    elle.ecrire("Quelques lignes pour l’équipe", lignes)
    elle.appuyer("Cela m’intéresse")


def ordre(equipe: Temoin, *lignes: str) -> tuple:
    lu = equipe.lu
    return tuple(sorted(lignes, key=lu.index))


@pytest.mark.parametrize("javascript", [False, True], ids=["sans scripts", "avec scripts"])
def test_two_candidates_and_a_team(arriver, javascript):
    structure = gens.structure(nom="Hôpital des Tilleuls")
    compte = gens.membre(structure, email="equipe@exemple.fr", nom="Dr Ferrand")
    ada = gens.candidat(partage_courriel=False)
    bao = gens.candidat(partage_courriel=False, disponibilites=["soiree", "journee"])
    secrets = [*gens.secrets_de(ada), *gens.secrets_de(bao)]
    equipe = arriver(compte, javascript=javascript)
    appel = ecrire_un_appel(equipe)
    appel.publier(fabriques.personne("marc@exemple.fr", "moderateur"))

    # The round of the week brings it to both: one answers from the mail, the other signed in.
    assert tour.faire().personnes == 2
    chez_ada = arriver(javascript=javascript)
    chez_ada.aller(lien_recu(ada))
    dire_interesse(chez_ada, "Je sais ce que l’on n’ose pas demander.")
    chez_bao = arriver(bao.personne, javascript=javascript)
    chez_bao.aller("/annuaire/propositions/")
    assert TITRE in chez_bao.lu and "correspond à" in chez_bao.lu
    repondre = chez_bao.faire(
        lambda: chez_bao.page.get_by_role("link", name=debut("Répondre")).get_attribute("href")
    )
    chez_bao.aller(repondre)
    dire_interesse(chez_bao, "J’aimerais relire vos documents.")
    avec_ada, avec_bao = (MiseEnRelation.objects.get(profil=profil) for profil in (ada, bao))

    # The team reads motivations, in another order at each visit.
    lignes = ("Je sais ce que l’on n’ose pas demander.", "J’aimerais relire vos documents.")
    ordres = set()
    for _ in range(RECHARGEMENTS):
        equipe.aller(f"/annuaire/appels/{appel.uuid}/candidatures/")
        ordres.add(ordre(equipe, *lignes))
        if len(ordres) == 2:
            break
    assert len(ordres) == 2
    for relation in (avec_ada, avec_bao):
        equipe.aller(f"/annuaire/mises-en-relation/{relation.uuid}/")

    # Yes to one, no to the other, with a reason that nobody reads.
    equipe.suivre("Dire non")
    equipe.ecrire("Pourquoi", RAISON)
    equipe.appuyer("Dire non")
    equipe.aller(f"/annuaire/mises-en-relation/{avec_ada.uuid}/")
    equipe.suivre("Dire oui")
    equipe.appuyer("Dire oui")
    assert [mot for mot in secrets if equipe.a_recu(mot)] == []

    chez_bao.aller(f"/annuaire/mises-en-relation/{avec_bao.uuid}/")
    assert "Sans suite" in chez_bao.lu
    chez_bao.aller("/annuaire/mises-en-relation/")
    assert not chez_bao.a_recu(RAISON) and not chez_bao.a_recu("Ferrand")
    lettres = Courriel.objects.exclude(destinataire=compte.email)
    assert not lettres.filter(texte__contains=RAISON).exists()
    assert not lettres.filter(texte__contains="Ferrand").exists()

    # The second yes, and only it, says who is who.
    ici = arriver(ada.personne, javascript=javascript)
    ici.aller(f"/annuaire/mises-en-relation/{avec_ada.uuid}/")
    assert "Ferrand" not in ici.lu
    ici.suivre("Dire oui")
    ici.appuyer("Dire oui")
    assert "Dr Ferrand" in ici.lu
    equipe.aller(f"/annuaire/mises-en-relation/{avec_ada.uuid}/")
    assert ada.personne.nom in equipe.lu and ada.savoirs in equipe.lu
    assert not equipe.a_recu(ada.personne.email), "the address was not shared"
    assert not equipe.a_recu(ada.amenagements), "never shown"
    assert [mot for mot in gens.secrets_de(bao) if equipe.a_recu(mot)] == []
    mission = f"/annuaire/missions/{avec_ada.mission.uuid}/"
    for qui in (ici, equipe):
        qui.aller(mission)
        assert TITRE in qui.lu
    chez_bao.aller(mission)
    assert TITRE not in chez_bao.lu
