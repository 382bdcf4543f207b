"""The yearly report: every chapter says on paper what its figures say, whatever the year was."""

import random

import pytest
from django.urls import reverse
from django.utils import timezone

from cartographie.models import Fiche
from consultation.restitution import charger_2025
from hubpartenariat.syntheses.management.commands.synthese import rendre
from ressources.deux_voix.outils import BAROMETRE
from ressources.enums import Geste
from ressources.models import Accompagnement, Evenement, Projet, Ressource, Usage
from ressources.projets import ecrits
from tests.outils.pdfua import defauts
from tests.ressources.outils_deux_voix import devoiler, projet_a_deux
from tests.syntheses.outils import ecarts, pages_de, semer

pytestmark = pytest.mark.django_db
JEUX = 5


def travailler(hasard, combien: int) -> None:
    """So many teams: some signed, some supported, each with a barometer of chance."""
    for rang in range(combien):
        projet, pro, patient = projet_a_deux(f"Projet {rang}")
        if hasard.random() < 0.7:
            version = ecrits.proposer(ecrits.ouvrir_la_charte(projet, pro), 0, pro)
            for une in projet.presents():
                ecrits.signer(version, une, une.nom, version.empreinte)
        if hasard.random() < 0.7:
            Accompagnement.objects.create(projet=projet, demande="Aide", etat="suivi")
        codes = [code for code, _ in BAROMETRE.choix]
        deux = ([hasard.choice(codes) for _ in BAROMETRE.criteres] for _ in range(2))
        devoiler(projet, pro, patient, BAROMETRE, *deux)


def servir(hasard) -> None:
    """Pages opened, files taken, meetings held."""
    mois = timezone.localdate().replace(day=1)
    for une in Ressource.objects.publiees().order_by("pk"):
        for geste in Geste.values:
            if hasard.random() < 0.4:
                une.usages.create(mois=mois, geste=geste, nombre=hasard.randint(1, 1500))
    debut = timezone.now()
    for rang in range(hasard.randint(0, 6)):
        Evenement.objects.create(
            titre=f"Rencontre {rang}", description="Parler.", genre="atelier", debut=debut,
            fin=debut + timezone.timedelta(hours=2), lieu="Ici", etat="publie",
        )  # fmt: skip


@pytest.mark.lourd
def test_every_chapter_says_the_same_on_paper(client_de, personne, tmp_path):
    charger_2025()
    ars = client_de(personne("ars@exemple.fr", "relecteur_ars"), mfa=True)
    hasard = random.Random(20261127)  # noqa: S311 — an invented draw
    adresse = reverse("syntheses:rapport_chiffres", args=["etat-annuel"])
    for jeu in range(JEUX):
        for modele in (Projet, Fiche, Usage, Evenement):
            modele.objects.all().delete()
        semer(jeu, hasard.choice([0, 3, 25]))
        travailler(hasard, (0, 4, 5, 8, 9)[jeu])
        servir(hasard)
        territoire = ("region", "region", "region", "93", "region")[jeu]
        json = ars.get(adresse, {"territoire": territoire}).json()
        cles = {c["cle"] for c in json["chapitres"]}
        assert "ressources" in cles
        contenu, _ = rendre("rapport_etat-annuel", {"territoire": territoire, "au": json["date"]})
        assert defauts(contenu) == []
        assert ecarts(json, pages_de(contenu, tmp_path)) == [], (jeu, territoire)
        page = ars.get(
            reverse("syntheses:rapport", args=["etat-annuel"]), {"territoire": territoire}
        )
        assert json["empreinte"] in page.content.decode()
