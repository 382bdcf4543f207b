"""A professional (with scripts) and a patient (without any), in two real browsers: a project, a
charter signed, changed and signed again, the barometer blind, the documents."""

import json
import re

import pytest
from django.core.cache import cache

from hubpartenariat.socle.documents import fabriquer
from hubpartenariat.socle.models import Courriel, DemandeDocument
from hubpartenariat.socle.typographie import typographier
from ressources.deux_voix.outils import BAROMETRE
from ressources.models import Ecrit, Projet
from tests import fabriques
from tests.e2e.test_barometre import entrer, noter
from tests.generiques.marqueurs.lire import texte_du_pdf
from tests.outils.navigateur import Navigateur, servir
from tests.ressources.outils_deux_voix import PATIENT, PROFESSIONNEL


@pytest.fixture(scope="module")
def navigateur():
    un = Navigateur()
    yield un
    un.fermer()


def lien_recu(adresse: str, sujet: str) -> str:
    """The path of the link in the last mail with this subject."""
    texte = Courriel.objects.filter(destinataire=adresse, sujet__contains=sujet).latest("pk").texte
    return re.search(r"https?://[^/\s]+(/\S+)", texte)[1]


def signer(qui, nom: str, version: int) -> None:
    qui.ecrire("Votre nom, comme vous signez", nom)
    qui.faire(lambda: qui.page.get_by_label("Lu et approuvé").check())
    qui.appuyer(f"Signer la version {version}")
    assert f"version {version}" in qui.lu and "Vous avez signé" in qui.lu


def document(qui, genre: str) -> str:
    """Make the document that this person has just asked for; its text."""
    demande = DemandeDocument.objects.filter(genre=genre).latest("cree_le")
    if not demande.existe:
        assert demande.prendre() and fabriquer(demande)
        demande.refresh_from_db()
    adresse = f"/documents/{demande.pk}/fichier.pdf"
    contenu = qui.faire(lambda: qui.contexte.request.get(qui.adresse + adresse).body())
    assert contenu.startswith(b"%PDF-")
    return re.sub(r"\s+", " ", re.sub(r"[\u202f\u00a0]", " ", texte_du_pdf(contenu)))


@pytest.mark.e2e
@pytest.mark.django_db
def test_two_people_start_sign_change_and_score(navigateur, settings):
    cache.clear()
    pro = fabriques.personne("paul@exemple.fr", nom="Paul Inventé")
    patient = fabriques.personne("ines@exemple.fr", nom="Inès Inventée")
    with servir() as adresse:
        settings.ADRESSE_PUBLIQUE = adresse
        paul = entrer(navigateur, adresse, pro, javascript=True)
        ines = entrer(navigateur, adresse, patient, javascript=False)

        # He opens the project from the page of the charter; she comes by the link of the mail.
        paul.aller("/ressources/outils/charte/")
        paul.suivre("Ouvrir un projet")
        paul.ecrire("Titre", "Livret relu à deux")
        paul.cocher("Vous y parlez comme", "Professionnel")
        paul.appuyer("Ouvrir le projet")
        assert "Il manque une voix" in paul.lu
        paul.suivre("Inviter une personne")
        paul.ecrire("Adresse e-mail", patient.email)
        paul.cocher("Cette personne parlera comme", "Patient partenaire")
        paul.appuyer("Envoyer l'invitation".replace("'", "’"))
        ines.aller(lien_recu(patient.email, "Rejoindre le projet"))
        ines.appuyer("Rejoindre le projet")
        assert "Vous êtes dans le projet" in ines.lu
        projet = Projet.objects.get(titre="Livret relu à deux")
        espace = projet.get_absolute_url()

        # The charter: written by him, signed by him, then by her.
        paul.aller(espace)
        assert "Il manque une voix" not in paul.lu
        paul.appuyer("Commencer la charte")
        paul.suivre("Changer le texte")
        paul.appuyer("Enregistrer et proposer à la signature")
        signer(paul, "Paul Inventé", 1)
        ines.aller(espace)
        assert "1 signature sur 2. On attend Inès Inventée." in ines.lu
        ines.aller(lien_recu(patient.email, "À relire et à signer"))
        signer(ines, "Inès Inventée", 1)
        ines.aller(espace)
        assert "signée par tous" in ines.lu

        # She changes a clause: both see what changed, both sign again.
        charte = Ecrit.objects.get(projet=projet)
        ines.aller(charte.get_absolute_url())
        ines.suivre("Changer le texte")
        ines.faire(
            lambda: ines.page.locator("#id_clause-0-texte").fill("Nous relisons à voix haute.")
        )
        ines.appuyer("Enregistrer et proposer à la signature")
        signer(ines, "Inès Inventée", 2)
        paul.aller(charte.adresse("ecrit_version", 2))
        ajoute = paul.faire(lambda: " ".join(paul.page.locator("ins").all_inner_texts()))
        assert "voix" in ajoute and "haute" in ajoute
        paul.aller(charte.get_absolute_url())
        signer(paul, "Paul Inventé", 2)
        empreinte = charte.versions.get(numero=2).empreinte
        assert empreinte in paul.lu

        # The document says what the page says.
        paul.appuyer("Version 2 en PDF")
        papier = document(paul, "ecrit")
        assert "Nous relisons à voix haute." in papier
        assert empreinte in papier.replace(" ", "")
        assert "Inès Inventée" in papier and "pas encore" not in papier

        # The barometer, blind: before she scores, nothing of his is in what she receives.
        paul.aller(espace)
        paul.suivre(BAROMETRE.titre)
        paul.appuyer("Commencer")
        page = paul.chemin
        noter(paul, PROFESSIONNEL)
        ines.aller(page)
        source = ines.faire(ines.page.content)
        assert "checked" not in source and "L’autre côté a répondu" in ines.lu
        noter(ines, PATIENT)

        # The same numbers in the page, the JSON and the PDF.
        lus = json.loads(ines.telecharger(f"{page}resultats.json"))
        ines.aller(page)
        tableau = ines.lu
        ines.appuyer(typographier("Préparer le PDF"))
        papier = document(ines, "deux_voix")
        accords = f"{lus['accords']} accords sur {lus['compares']}"
        assert accords in tableau and accords in papier
        ecart = f"{lus['ecart_moyen']:.1f}".replace(".", ",")
        assert f"Écart moyen : {ecart}" in papier
        for critere in lus["criteres"]:
            cases = [critere["professionnel"], critere["patient"]]
            dits = " ".join("sans objet" if c == "so" else str(c) for c in cases if c is not None)
            assert f"{critere['numero']}. " in papier and dits in papier
        for qui in (paul, ines):
            qui.partir()
