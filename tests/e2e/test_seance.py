"""A live session in real browsers, and three hundred people on the real processes."""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.cache import cache

from tests.consultation.test_seances import preparer_une_seance, question
from tests.e2e.personnage import Personnage
from tests.outils import bilan
from tests.outils.navigateur import Navigateur, servir
from tests.outils.serveur import Hub
from tests.outils.serveur import Navigateur as Telephone

PERSONNES, EN_MEME_TEMPS, SECONDES = 300, 40, 10
CREATION = """
from consultation.models import Seance
s = Seance.objects.create(titre="En grand", date="2026-11-20", code="GRANDE")
q = s.questions.create(genre="mot", intitule="Un mot ?")
s.ouvrir(); q.ouvrir()
print(q.pk)
"""
CONSTAT = """
from consultation.models import Contribution, Participant
print(Contribution.objects.count(), Participant.objects.count(),
      len(set(Contribution.objects.values_list("texte", flat=True))))
"""


@pytest.mark.lourd
def test_three_hundred_people_within_ten_seconds_lose_nothing():
    """Supervisor, gunicorn, PostgreSQL. Everybody has the page open, then all answer; each sends
    once more, as on a bad network. What is timed is the three hundred answers, received."""
    with tempfile.TemporaryDirectory(prefix="hub-", ignore_cleanup_errors=True) as dossier:
        hub = Hub(Path(dossier) / "var")
        hub.demarrer("--sans-demo")
        try:
            cle = hub.executer(CREATION).split()[-1]

            telephones = [Telephone(hub) for _ in range(PERSONNES)]

            def repondre(rang: int) -> bool:
                envoi = {"question": cle, "reponse": f"mot {rang}"}
                return telephones[rang].envoyer("/seance/GRANDE/", envoi)[0] == 302

            with ThreadPoolExecutor(EN_MEME_TEMPS) as fils:
                list(fils.map(lambda telephone: telephone.lire("/seance/GRANDE/"), telephones))
                debut = time.monotonic()
                assert all(fils.map(repondre, range(PERSONNES)))
                duree = time.monotonic() - debut
                assert all(fils.map(repondre, range(PERSONNES))), "sent again"
            assert hub.executer(CONSTAT).split() == [str(PERSONNES)] * 3
            bilan.dire(f"live session: {PERSONNES} answers received in {duree:.1f} s")
            assert duree <= SECONDES
        finally:
            hub.arreter()


@pytest.fixture(scope="module")
def navigateur():
    un = Navigateur()
    yield un
    un.fermer()


@pytest.mark.e2e
@pytest.mark.django_db
def test_the_screen_follows_by_itself_and_never_disturbs_who_types(navigateur, settings):
    cache.clear()
    seance = preparer_une_seance()
    question(seance, "mot")
    with servir() as adresse:
        settings.ADRESSE_PUBLIQUE = adresse
        ada = Personnage(navigateur, adresse, javascript=True)
        bo = Personnage(navigateur, adresse, javascript=False)
        ecran = Personnage(navigateur, adresse, javascript=True)
        ecran.aller(f"/seance/{seance.code}/ecran/")
        for qui in (ada, bo):
            qui.aller(f"/seance/{seance.code}/")
            qui.ecrire("Le partenariat en un mot", "Confiance")
            qui.appuyer("Envoyer")
            assert "C’est reçu" in qui.lu
        ecran.attendre("Confiance")

        question(seance, "texte")
        ada.attendre("Une nouvelle question est ouverte")
        ada.suivre("Une nouvelle question est ouverte : y aller")
        ada.ecrire("Que faudrait-il changer", "Une phrase à moitié")
        question(seance, "choix")
        ada.attendre("Une nouvelle question est ouverte")
        assert ada.valeur("Que faudrait-il changer") == "Une phrase à moitié"
        ecran.attendre("Commencer par quoi")
        ada.appuyer("Envoyer")
        assert "Une phrase à moitié" in ada.lu, "too late, and given back"
        for qui in (ada, bo, ecran):
            qui.partir()
