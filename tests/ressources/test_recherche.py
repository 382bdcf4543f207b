"""Thirty searches as people type them, written before the search: what should come first."""

import pytest

from hubpartenariat.socle.facettes import compter, identifiants
from hubpartenariat.socle.liste import Demande
from hubpartenariat.socle.synonymes import charger_synonymes
from ressources.bibliotheque.chargement import charger_bibliotheque
from ressources.models import Ressource
from ressources.recherche.bibliotheque import INDEX

ATTENDUES_AU_MOINS = 27
RECHERCHES = (
    ("charte", "modele-de-charte"),
    ("modèle de charte de partenariat", "modele-de-charte"),
    ("lettre de mission", "modele-de-lettre-de-mission"),
    ("lettre d'engagement", "modele-de-lettre-de-mission"),
    ("fiche projet", "modele-de-fiche-projet"),
    ("remplir la fiche projet", "aphp-remplir-la-fiche-projet"),
    ("baromètre", "barometre-croise"),
    ("evaluer une action", "guide-evaluation-agir-tot"),
    ("check list HAS", "check-list-a-deux-voix"),
    ("sommes nous prêts", "check-list-a-deux-voix"),
    ("premier rendez-vous", "premier-rendez-vous"),
    ("première rencontre", "premier-rendez-vous"),
    ("rembourser frais de transport", "rembourser-les-frais"),
    ("défraiement", "rembourser-les-frais"),
    ("indemnisation", "rembourser-les-frais"),
    ("maison de santé", "has-maisons-et-centres-de-sante"),
    ("animer une réunion", "reunion-accessible"),
    ("deux patients partenaires", "jamais-seul"),
    ("conflit", "quand-cela-se-passe-mal"),
    ("trouver un patient expert", "aphp-identifier-un-patient-partenaire"),
    ("guide de recrutement", "occitanie-guides-de-recrutement"),
    ("savoirs experientiels", "has-experience-et-savoir"),
    ("reconnaissance des usagers", "has-reconnaissance-sociale"),
    ("décision partagée", "has-decision-partagee"),
    ("certification hôpital", "has-certification"),
    ("vocabulaire du partenariat", "occitanie-lexique"),
    ("RGPD", "cnil-securite-des-donnees"),
    ("recherche avec des patients", "tous-chercheurs"),
    ("patients enseignants", "enseignement-patients-formateurs"),
    ("PREMs", "has-indicateurs-rapportes-par-les-patients"),
)


@pytest.fixture
def bibliotheque(db):
    charger_synonymes()
    charger_bibliotheque()


def premiere(q: str) -> str:
    demande = Demande(INDEX, q=q)
    trouvees = identifiants(demande, compter(demande), 0, 1)
    return Ressource.objects.get(pk=trouvees[0]).slug if trouvees else ""


def test_the_right_entry_comes_first(bibliotheque):
    assert len(RECHERCHES) == 30
    autres = {q: (premiere(q), voulue) for q, voulue in RECHERCHES}
    ratees = {q: paire for q, paire in autres.items() if paire[0] != paire[1]}
    assert len(RECHERCHES) - len(ratees) >= ATTENDUES_AU_MOINS, ratees
