"""Kill -9 of anything, at any time: what was acknowledged is there, once.

The hub is run as an operator runs it (supervisor, gunicorn, worker, PostgreSQL), on its own data.
"""

import itertools
import json
import tempfile
import threading
import time
from pathlib import Path

import pytest

from tests.outils.serveur import Hub, Navigateur, champ

pytestmark = pytest.mark.lourd

MOT_DE_PASSE = "motdepasse-long-2026"
SECTION = "informations-generales"
CREATION = """
from django.contrib.auth import get_user_model
from cartographie.models import Fiche
U = get_user_model()
claire = U.objects.create_user("claire@exemple.fr", "%(mot)s", nom="Claire")
claire.emailaddress_set.create(email=claire.email, verified=True, primary=True)
commun = dict(
    resume="Un groupe de travail.", type_structure="hopital", structure_nom="Hôpital d’exemple",
    departements=["94"], avancement="en_cours", acteurs=["soignants"], domaines=["offre"],
    formes=["qualite"], degre="partenariat", recrutements=["patientele"], statuts=["benevolat"],
    cadres=["aucun"], leviers=["vecu"],
)
for n in range(9):
    fiche = Fiche.objects.create(titre=f"Démarche {n}", **commun)
    fiche.auteurs.add(claire)
    if n:
        fiche.soumettre(claire)
        fiche.publier(None)
print(Fiche.objects.get(titre="Démarche 0").uuid)
"""
CONSTAT = """
import json
from collections import Counter
from pathlib import Path
from django.conf import settings
from cartographie.models import Fiche
from hubpartenariat.socle.models import Courriel, DemandeDocument, EntreeJournal
fiche = Fiche.objects.get(titre="Démarche 0")
dossier = Path(settings.VAR) / "documents"
print(json.dumps({
    "resume": fiche.resume,
    "etat": fiche.etat,
    "envois": EntreeJournal.objects.filter(cle_objet=fiche.pk, action="soumettre").count(),
    "courriels": Courriel.objects.filter(texte__contains="Démarche 0").count(),
    "documents": sorted(DemandeDocument.objects.values_list("etat", flat=True)),
    "empreintes": DemandeDocument.objects.values("genre", "empreinte").distinct().count(),
    "fichiers": len([f for f in dossier.rglob("*") if f.is_file()]),
    "connus": DemandeDocument.objects.exclude(fichier="").count(),
}))
"""


@pytest.fixture(scope="module")
def hub():
    """One hub, with a member, her draft and eight published fiches.

    Not under pytest's own temporary folder: run as root, PostgreSQL belongs to another user, from
    whom a second pytest on the machine would close that folder.
    """
    with tempfile.TemporaryDirectory(prefix="hub-", ignore_cleanup_errors=True) as dossier:
        un = Hub(Path(dossier) / "var")
        un.demarrer("--sans-demo")
        un.uuid = un.executer(CREATION % {"mot": MOT_DE_PASSE}).strip().splitlines()[-1]
        yield un
        un.arreter()


def constat(hub) -> dict:
    return json.loads(hub.executer(CONSTAT).strip().splitlines()[-1])


def insister(acte, pendant=240):
    """Do again what a cut connection or a 503 interrupted, as a browser or a person does."""
    fin = time.monotonic() + pendant
    while time.monotonic() < fin:
        try:
            statut, entetes, texte = acte()
        except OSError:
            time.sleep(0.1)
            continue
        if statut not in {502, 503}:
            return statut, entetes, texte
        time.sleep(0.1)
    raise AssertionError(f"no answer within {pendant} s")


def test_acknowledged_saves_survive_every_kill(hub):
    claire = Navigateur(hub)
    claire.entrer("claire@exemple.fr", MOT_DE_PASSE)
    chemin = f"/cartographie/brouillons/{hub.uuid}/{SECTION}/"
    page = claire.lire(chemin)
    fixes = {
        "titre": "Démarche 0",
        "type_structure": "hopital",
        "structure_nom": "Hôpital d’exemple",
        "departements": "94",
        "avancement": "en_cours",
        "contact_visibilite": "moderation",
        "vers": "ici",
        **{nom: champ(page, nom) for nom in ("_version", "_page", "_empreintes")},
    }
    accuses, arret = [], threading.Event()

    def ecrire():
        for n in itertools.count(1):
            if arret.is_set():
                return
            donnees = fixes | {"resume": f"état {n}", "_rang": n}
            statut, _, _ = insister(lambda donnees=donnees: claire.envoyer(chemin, donnees))
            assert statut in {200, 302}, statut
            accuses.append(n)

    fil = threading.Thread(target=ecrire)
    fil.start()
    try:
        for victime in ("gunicorn", "postgres", "celery", "gunicorn", "postgres"):
            avant = len(accuses)
            assert hub.tuer(victime) > 0, victime
            fin = time.monotonic() + 240
            while len(accuses) < avant + 3 and fil.is_alive() and time.monotonic() < fin:
                time.sleep(0.05)
            assert len(accuses) >= avant + 3, f"no save came through after {victime} was killed"
    finally:
        arret.set()
        fil.join()
    hub.tuer_tout()
    hub.demarrer("--sans-demo")
    assert constat(hub)["resume"] == f"état {accuses[-1]}"


def test_a_submission_counts_once(hub):
    claire = Navigateur(hub)
    claire.entrer("claire@exemple.fr", MOT_DE_PASSE)
    chemin = f"/cartographie/brouillons/{hub.uuid}/relecture/"
    claire.lire(chemin)
    coup = threading.Timer(0.02, lambda: (hub.tuer("gunicorn"), hub.tuer("postgres")))
    coup.start()
    insister(lambda: claire.envoyer(chemin, {}))
    coup.join()
    insister(lambda: claire.envoyer(chemin, {}))  # the person, unsure, presses again
    hub.tuer_tout()
    hub.demarrer("--sans-demo")
    vu = constat(hub)
    assert (vu["etat"], vu["envois"], vu["courriels"]) == ("soumise", 1, 1)


def test_every_document_asked_for_ends_once(hub):
    visiteur = Navigateur(hub)
    chemins = [f"/cartographie/fiches/demarche-{n}/" for n in range(1, 9)]
    for chemin in chemins:
        visiteur.lire(chemin)
        statut, _, _ = insister(lambda chemin=chemin: visiteur.envoyer(f"{chemin}pdf/", {}))
        assert statut == 302
    assert hub.tuer("celery") > 0
    time.sleep(1)
    hub.tuer("postgres")
    hub.tuer("celery")
    hub.tuer_tout()
    hub.demarrer("--sans-demo")
    fin = time.monotonic() + 240
    while (vu := constat(hub))["documents"] != ["pret"] * 8 and time.monotonic() < fin:
        time.sleep(1)
    assert vu["documents"] == ["pret"] * 8
    assert vu["empreintes"] == vu["fichiers"] == vu["connus"] == 8


def test_a_second_instance_on_the_same_data_says_so(hub):
    second = Hub(hub.var)
    with pytest.raises(AssertionError, match="did not start"):
        second.demarrer("--sans-demo")
    assert "tourne déjà" in second.erreurs()
    assert Navigateur(hub).lire("/")


def test_stopping_leaves_no_process(hub):
    hub.arreter()
    assert [hub.processus_de(motif) for motif in ("gunicorn", "celery", "postgres")] == [[], [], []]
    hub.demarrer("--sans-demo")
