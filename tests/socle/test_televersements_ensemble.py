"""Files that arrive at once, and hostile ones through a real form: memory, words, what is kept."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from hubpartenariat.socle.televersements import accueil
from ressources.models import Ressource
from tests.outils import bilan
from tests.outils.fichiers_hostiles import REFUSE, hostiles, image
from tests.ressources.test_bibliotheque import PROPOSITION

JPEG = b"\xff\xd8".hex()
A_LA_FOIS = 2  # cleaners in one process of the site: 1.4 GB is all that they may hold
PAR_NETTOYEUR = 700  # MB: the address space that each is given
SITE = 60  # MB


def test_several_heavy_files_at_once_hold_a_bounded_memory():
    """Six photographs of 25 million points: two cleaners at a time, the site itself stays flat."""
    programme = Path(__file__).parents[1] / "outils" / "depots_simultanes.py"
    sortie = subprocess.run(
        [sys.executable, programme, "5000", "6"],
        env=os.environ | {"PYTHONPATH": str(settings.BASE_DIR)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    vu = json.loads(sortie.stdout)
    bilan.dire(f"six photographies à la fois : {vu}")
    assert set(vu["faits"]) <= {JPEG, accueil.OCCUPE} and JPEG in vu["faits"]
    assert 1 <= vu["ensemble"] <= A_LA_FOIS
    assert 50 < vu["plus_gros_mo"] < PAR_NETTOYEUR  # 50: it did see the cleaners
    assert vu["memoire_mo"] < A_LA_FOIS * PAR_NETTOYEUR
    assert vu["site_mo"] < SITE


def test_a_cleaner_may_not_take_more_memory_than_it_is_given():
    """The limit is set before the file is read: what wants more is stopped by the system."""
    essai = (
        f"import sys; sys.path.insert(0, {str(accueil.NETTOYAGE)!r}); import __main__, runpy;"
        f"m = runpy.run_path({str(accueil.NETTOYAGE / '__main__.py')!r}); m['borner']();"
        "bytearray(m['MEMOIRE'] - 200 * 2**20); print('assez');"
        "bytearray(m['MEMOIRE'])"
    )
    fait = subprocess.run([sys.executable, "-I", "-c", essai], capture_output=True, text=True)
    assert fait.stdout == "assez\n" and "MemoryError" in fait.stderr


def test_who_waits_too_long_is_asked_to_try_again(monkeypatch):
    monkeypatch.setattr(accueil, "ATTENTE", 0.05)
    tenues = [accueil._PLACES.acquire() for _ in range(accueil.NETTOYEURS_A_LA_FOIS)]
    try:
        with pytest.raises(ValidationError) as refus:
            accueil.nettoyer(image(), accueil.FORMATS["png"])
        assert refus.value.messages == [accueil.OCCUPE] and "dans un instant" in accueil.OCCUPE
    finally:
        for _ in tenues:
            accueil._PLACES.release()
    assert accueil.nettoyer(image(), accueil.FORMATS["png"])


def test_a_place_is_given_back_whatever_the_file_does(monkeypatch):
    monkeypatch.setattr(accueil, "SECONDES", 0.001)
    for _ in range(accueil.NETTOYEURS_A_LA_FOIS + 1):
        with pytest.raises(ValidationError):
            accueil.nettoyer(image(), accueil.FORMATS["png"])
    assert accueil._PLACES._value == accueil.NETTOYEURS_A_LA_FOIS


def test_waiting_and_cleaning_end_before_the_proxy_gives_up():
    conf = (Path(settings.BASE_DIR) / "deploiement" / "nginx.conf").read_text(encoding="utf-8")
    patience = int(conf.partition("proxy_read_timeout ")[2].partition("s;")[0])
    assert patience > accueil.ATTENTE + accueil.SECONDES


def test_a_clean_file_that_became_too_heavy_is_not_read_back(monkeypatch):
    monkeypatch.setattr(accueil, "TAILLE_AU_PLUS", 10)
    with pytest.raises(ValidationError, match="plus de 10 Mo"):
        accueil.nettoyer(image(), accueil.FORMATS["png"])


@pytest.fixture
def membre(personne):
    return personne("camille@exemple.fr", nom="Camille Inventée")


def echantillon() -> dict[str, tuple[str, bytes]]:
    """One hostile file of each kind: {what it is: (name, content)}."""
    pris = {
        un.quoi: (un.nom, un.contenu) for un in hostiles() if un.attendu == REFUSE and un.contenu
    }
    return pris | {
        "vide": ("guide.pdf", b""),
        "trop lourd": ("guide.pdf", b"%PDF-" + b"x" * accueil.TAILLE_AU_PLUS),
    }


REPONSES = (
    "ne s’ouvre pas",
    "Ce genre de fichier",
    "pas le document que son nom",
    "est vide",
    "une macro ou un autre fichier",
    "nom de fichier dangereux",
    "trop grand.",
    "trop de morceaux",
    "va chercher des données ailleurs",
    "d’une façon inhabituelle",
    "mot de passe",
    "plus de 10 Mo",
    "est trop grande",
    "n’est pas un texte",
    "pas en UTF-8",
    "d’une façon inhabituelle",
    "deux fois le même morceau",
    "va chercher des données ailleurs",
)


def test_hostile_files_through_the_real_form_say_why_and_keep_the_text(membre, client_de):
    lui, envois = client_de(membre), echantillon()
    assert len(envois) >= 10
    lus = set()
    for quoi, (nom, contenu) in envois.items():
        fichier = SimpleUploadedFile(nom, contenu, "application/octet-stream")
        reponse = lui.post("/ressources/proposer/", PROPOSITION | {"fichier": fichier})
        page = reponse.content.decode().replace("\xa0", " ")
        dits = {dit for dit in REPONSES if dit in page}
        assert reponse.status_code == 422, quoi
        assert len(dits) == 1, (quoi, dits)
        assert PROPOSITION["titre"] in page and PROPOSITION["en_bref"] in page, quoi
        lus |= dits
    bilan.dire(f"fichiers hostiles par le formulaire : {len(envois)}, {len(lus)} raisons dites")
    assert len(lus) >= 10
    assert not Ressource.objects.filter(proposee_par=membre).exists()


def test_a_busy_hub_keeps_the_text_of_the_form(membre, client_de, monkeypatch):
    monkeypatch.setattr(accueil, "ATTENTE", 0.01)
    monkeypatch.setattr(accueil, "_PLACES", threading.BoundedSemaphore(1))
    accueil._PLACES.acquire()
    fichier = SimpleUploadedFile("photo.png", image())
    reponse = client_de(membre).post("/ressources/proposer/", PROPOSITION | {"fichier": fichier})
    page = reponse.content.decode().replace("\xa0", " ")
    assert reponse.status_code == 422
    assert "réessayez dans un instant" in page and PROPOSITION["titre"] in page
