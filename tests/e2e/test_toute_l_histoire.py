"""The whole hub, once, in real browsers: from a fiche to the yearly report.

A professional describes an approach; the Pôle asks for a correction and publishes it. A patient
partenaire makes a profile, answers the team's appel; both agree; they sign a charter and score the
barometer blind. Thirty people answer a consultation; the team publishes its results with a
computed sentence. The reviewer of the ARS asks for the yearly report, and reads the same figures.
"""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from annuaire import tour
from annuaire.models import MiseEnRelation, Profil, Rattachement
from cartographie.models import Fiche
from consultation.models import Consultation, Reponse
from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.comptes.roles import charger_roles
from ressources.deux_voix.outils import BAROMETRE
from ressources.models import Projet
from tests import fabriques
from tests.annuaire import gens
from tests.consultation.outils import ouverte
from tests.consultation.test_repondre import remplir
from tests.e2e import parcours
from tests.e2e.personnage import Personnage, debut
from tests.e2e.test_barometre import noter
from tests.e2e.test_mise_en_relation import TITRE as APPEL
from tests.e2e.test_mise_en_relation import ecrire_un_appel
from tests.e2e.test_projet import document, lien_recu, signer
from tests.outils.navigateur import Navigateur, servir
from tests.ressources.outils_deux_voix import PATIENT, PROFESSIONNEL

pytestmark = [pytest.mark.django_db, pytest.mark.e2e]
NORA, LEA = "nora@exemple.fr", "lea@exemple.fr"
PHRASE = "{repondants} personnes ont répondu ; A convient tout à fait à {part A pertinence oui}."


@pytest.fixture(scope="module")
def navigateur():
    un = Navigateur()
    yield un
    un.fermer()


@pytest.fixture
def site(db, settings):
    cache.clear()
    charger_roles()
    with servir() as adresse:
        settings.ADRESSE_PUBLIQUE = adresse
        yield adresse


@pytest.fixture
def arriver(navigateur, site):
    """Factory: somebody in a browser of their own, signed in (with the second step) or not."""
    presents = []

    def entrer(compte=None, *, javascript=True, mfa=False) -> Personnage:
        biscuits = fabriques.client_de(compte, mfa=mfa).cookies if compte else {}
        cookies = {nom: biscuit.value for nom, biscuit in biscuits.items()}
        presents.append(Personnage(navigateur, site, javascript=javascript, cookies=cookies))
        return presents[-1]

    yield entrer
    for present in presents:
        present.partir()


def decrire_et_publier(nora, marc) -> Fiche:
    """A fiche, from the account to the map, with one correction on the way."""
    parcours.s_inscrire(nora, NORA)
    nora.appuyer("Commencer")
    for remplir_la_section in (
        parcours.remplir_les_informations,
        parcours.remplir_les_acteurs,
        parcours.remplir_le_fonctionnement,
    ):
        remplir_la_section(nora)
        nora.appuyer("Enregistrer et continuer")
    parcours.remplir_les_besoins(nora)
    nora.appuyer("Enregistrer et relire")
    parcours.envoyer(nora)
    parcours.demander_une_precision(marc)
    parcours.repondre_a_la_remarque(nora)
    parcours.publier(marc)
    return Fiche.objects.get(titre=parcours.TITRE)


def cocher(qui: Personnage, **reponses) -> None:
    """Boxes and buttons by the name of their question and their value."""
    for nom, valeur in reponses.items():
        qui.faire(
            lambda n=nom, v=valeur: qui.page.locator(f'[name="{n}"][value="{v}"]').first.check()
        )


def faire_un_profil(lea) -> Profil:
    """A profile of a patient partenaire, filled then opened, without a script."""
    lea.aller("/annuaire/profil/")
    lea.appuyer("Commencer mon profil")
    lea.ecrire("Pseudonyme", "Hirondelle")
    cocher(lea, majorite="majeur")
    lea.appuyer("Enregistrer et continuer")
    lea.ecrire("Thèmes ou maladies", "Greffe")
    lea.appuyer("Enregistrer et continuer")
    cocher(lea, domaines="parcours", missions="soutien")
    lea.appuyer("Enregistrer et continuer")
    cocher(lea, territoires="94", disponibilites="soiree")
    lea.appuyer("Enregistrer et continuer")
    lea.aller("/annuaire/profil/ouvrir/")
    for accord in ("appariement", "contact"):
        lea.faire(lambda a=accord: lea.page.locator(f'[name="{a}"]').check())
    lea.appuyer("Ouvrir mon profil")
    assert "Votre profil est ouvert" in lea.lu
    return Profil.objects.get(personne__email=LEA)


def se_trouver(nora, lea, marc_compte) -> None:
    """The appel goes to who it concerns; both say yes; then, and only then, they know who."""
    appel = ecrire_un_appel(nora)
    appel.publier(marc_compte)
    assert tour.faire().personnes >= 1
    lea.aller("/annuaire/propositions/")
    assert APPEL in lea.lu
    lien = lea.faire(
        lambda: lea.page.get_by_role("link", name=debut("Répondre")).first.get_attribute("href")
    )
    lea.aller(lien)
    lea.ecrire("Quelques lignes pour l’équipe", "Je sais ce que l’on n’ose pas demander.")
    lea.appuyer("Cela m’intéresse")
    relation = MiseEnRelation.objects.get(profil__personne__email=LEA)
    page = f"/annuaire/mises-en-relation/{relation.uuid}/"
    for qui in (nora, lea):
        qui.aller(page)
        assert "Léa Inventée" not in nora.lu
        qui.suivre("Dire oui")
        qui.appuyer("Dire oui")
    nora.aller(page)
    assert "Léa Inventée" in nora.lu


def travailler_ensemble(nora, lea, fiche) -> None:
    """A project from the fiche, a charter signed by both, the barometer blind."""
    nora.aller(f"/ressources/projets/nouveau/?fiche={fiche.slug}")
    assert nora.valeur("Titre") == fiche.titre
    nora.ecrire("Votre nom dans le projet", "Nora")
    nora.cocher("Vous y parlez comme", "Professionnel")
    nora.appuyer("Ouvrir le projet")
    assert "Le projet est ouvert" in nora.lu, nora.lu
    nora.suivre("Inviter une personne")
    nora.ecrire("Adresse e-mail", LEA)
    nora.cocher("Cette personne parlera comme", "Patient partenaire")
    nora.appuyer("Envoyer l’invitation")
    lea.aller(lien_recu(LEA, "Rejoindre le projet"))
    lea.appuyer("Rejoindre le projet")
    projet = Projet.objects.get(fiche=fiche)
    nora.aller(projet.get_absolute_url())
    nora.appuyer("Commencer la charte")
    nora.suivre("Changer le texte")
    nora.appuyer("Enregistrer et proposer à la signature")
    signer(nora, "Nora", 1)
    lea.aller(lien_recu(LEA, "À relire et à signer"))
    signer(lea, "Léa Inventée", 1)
    nora.aller(projet.get_absolute_url())
    assert "signée par tous" in nora.lu
    nora.suivre(BAROMETRE.titre)
    nora.appuyer("Commencer")
    page = nora.chemin
    noter(nora, PROFESSIONNEL)
    lea.aller(page)
    assert "checked" not in lea.faire(lea.page.content)
    noter(lea, PATIENT)
    nora.aller(page)
    assert "7 accords sur 11" in nora.lu


def consulter(lea) -> Consultation:
    """Thirty people: one in front of a browser, the others by the same pages."""
    consultation = ouverte()
    base = f"/consultations/{consultation.slug}/"
    lea.aller(f"{base}repondre/")
    lea.appuyer("Commencer ma réponse")
    lea.aller(f"{base}reponse/page/cadre/")
    lea.faire(lambda: lea.page.get_by_label("Oui", exact=True).first.check())
    lea.appuyer("Enregistrer et continuer")
    lea.aller(f"{base}reponse/page/vous/")
    lea.faire(lambda: lea.page.get_by_label("Catégorie pp").check())
    lea.appuyer("Enregistrer et relire")
    lea.appuyer("Envoyer ma réponse")
    assert "est envoyée" in lea.lu
    for rang in range(29):
        autre = Client()
        autre.post(f"{base}repondre/")
        avis = "oui" if rang < 23 else "non"
        remplir(autre, f"{base}reponse/page/cadre/", A__pertinence=avis, A__impact="fort")
        categorie = "pp" if rang % 2 else "medecin"
        remplir(autre, f"{base}reponse/page/vous/", profil=categorie)
        autre.post(f"{base}reponse/envoyer/")
    assert Reponse.objects.filter(etat="envoyee").count() == 30
    return consultation


def agir(lui, liste: str, ligne: str, action: str) -> None:
    """An action of the administration on the row with these words."""
    lui.aller(f"/administration/consultation/{liste}/")
    lui.faire(
        lambda: (
            lui.page.locator("tr", has_text=ligne).locator("input.action-select").check(),
            lui.page.locator("select[name=action]").select_option(label=action),
            lui.page.locator("button[name=index]").click(),
            lui.page.wait_for_load_state("load"),
        )
    )


def publier_les_resultats(marc, consultation) -> str:
    """Closed, published, said in a sentence whose numbers are computed; the sentence as shown."""
    agir(marc, "consultation", consultation.titre, "Clore : ne plus accepter de réponses")
    agir(
        marc,
        "consultation",
        consultation.titre,
        "Publier les résultats (une version figée et numérotée)",
    )
    marc.aller("/administration/consultation/phrase/add/")
    marc.choisir("Consultation", consultation.titre)
    marc.faire(lambda: marc.page.locator("[name=texte]").fill(PHRASE))
    marc.faire(lambda: marc.page.locator("input[name=_save]").click())
    action = "Relire : montrer ces phrases avec leurs nombres d’aujourd’hui"
    agir(marc, "phrase", "30 personnes", action)
    marc.aller(f"/consultations/{consultation.slug}/resultats/")
    trouvee = re.search(r"30 personnes ont répondu ; A convient tout à fait à [\d,]+ %\.", marc.lu)
    assert trouvee, marc.lu[:2000]
    return trouvee[0]


def lire_le_rapport(ars, phrase: str) -> None:
    """The page and the document of the year say what the story has done."""
    ars.aller("/syntheses/rapports/etat-annuel/")
    page = ars.lu
    assert phrase in page
    ars.appuyer("Télécharger en PDF")
    papier = document(ars, "rapport_etat-annuel")
    assert phrase.replace(" ", "") in papier.replace(" ", "")
    chiffres = ars.telecharger("/syntheses/rapports/etat-annuel/chiffres.json")
    for dit in ("1 démarche", "appels publiés dans l’année"):
        assert dit.replace(" ", "") in (papier + chiffres).replace(" ", "").replace("\u202f", "")
    assert "Léa" not in papier and "Greffe" not in papier.split("Démarches")[0]


def test_from_a_fiche_to_the_yearly_report(arriver, navigateur, site):
    nora, marc = arriver(), parcours.moderateur(navigateur, site)
    fiche = decrire_et_publier(nora, marc)
    parcours.etre_trouvee(arriver(javascript=False))

    compte_lea = fabriques.personne(LEA, nom="Léa Inventée")
    lea = arriver(compte_lea, javascript=False)
    faire_un_profil(lea)
    compte_nora = Utilisateur.objects.get(email=NORA)
    Utilisateur.objects.filter(pk=compte_nora.pk).update(nom="Nora Inventée")
    Rattachement.objects.create(
        structure=gens.structure(nom="Hôpital des Tilleuls"),
        personne=compte_nora,
        role="equipe",
        etat="accepte",
        preuve="moderation",
    )
    se_trouver(nora, lea, Utilisateur.objects.get(nom="Marc"))
    travailler_ensemble(nora, lea, fiche)

    consultation = consulter(arriver(javascript=False))
    phrase = publier_les_resultats(marc, consultation)
    marc.partir()
    relecteur = fabriques.personne("ars@exemple.fr", "relecteur_ars")
    lire_le_rapport(arriver(relecteur, mfa=True), phrase)
