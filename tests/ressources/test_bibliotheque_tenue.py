"""The library kept in order: what ships can be read, versions stay, years pass, formats agree."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hubpartenariat.socle.televersements.modele import retirer_les_orphelins
from hubpartenariat.socle.vocabulaires import Territoire
from ressources.bibliotheque.chargement import entrees
from ressources.enums import TypeRessource
from ressources.models import AncienneVersion, Ressource
from tests import fabriques
from tests.outils.fichiers_hostiles import pdf
from tests.ressources.test_bibliotheque import publiee

ADMIN = "/administration/ressources/ressource/"


@pytest.fixture
def equipe(personne, client_de):
    return client_de(personne("pole@exemple.fr", "moderateur"), mfa=True)


# --- What ships ----------------------------------------------------------------------------------
def test_every_entry_that_ships_can_be_read_and_says_what_may_be_done_of_it(db):
    for une in entrees():
        assert une["lien"] or une.get("corps"), une["slug"]
        assert une["licence"], une["slug"]
    assert {une["type_ressource"] for une in entrees()} == set(TypeRessource.values)


def test_what_serves_everywhere_is_found_from_everywhere(client, db):
    tout = client.get("/ressources/ressources.json").json()["total"]
    for code in Territoire.values:
        assert client.get(f"/ressources/ressources.json?departement={code}").json()["total"] == tout
    page = client.get("/ressources/premier-rendez-vous/").content.decode()
    assert "Toute l’Île-de-France" in page and "version 1, 2026" in page.replace("\xa0", " ")


# --- Versions ------------------------------------------------------------------------------------
def corriger(equipe, une, **change):
    page = equipe.get(f"{ADMIN}{une.pk}/corriger/")
    form = page.context["form"]
    envoi = {champ.html_name: champ.value() for champ in form if champ.value()}
    envoi |= {"_version": page.context["version"]} | change
    return equipe.post(f"{ADMIN}{une.pk}/corriger/", envoi)


def test_a_replaced_file_and_text_stay_readable(equipe, client):
    une = publiee(lien="", corps="Le premier texte.", version="1")
    page = une.get_absolute_url()
    premier = SimpleUploadedFile("premier.pdf", pdf())
    assert corriger(equipe, une, fichier=premier).status_code == 302
    second = SimpleUploadedFile("second.txt", b"La suite.")
    change = {"fichier": second, "version": "2", "corps": "Le second texte."}
    assert corriger(equipe, une, **change).status_code == 302
    retirer_les_orphelins(timezone.now() + timedelta(days=3))
    lue = client.get(page).content.decode().replace("\xa0", " ")
    assert "Le second texte." in lue and "Le premier texte." not in lue
    avant = AncienneVersion.objects.exclude(fichier_nom="").get()
    assert f"{page}versions/{avant.uuid}/" in lue
    ancienne = client.get(f"{page}versions/{avant.uuid}/").content.decode()
    assert "Le premier texte." in ancienne and "premier.pdf" in ancienne
    servi = client.get(f"{page}versions/{avant.uuid}/fichier/")
    assert servi["Content-Disposition"].startswith("attachment")
    assert servi.getvalue().startswith(b"%PDF-")
    autre = publiee(titre="Une autre", lien="https://exemple.fr/")
    assert client.get(f"{autre.get_absolute_url()}versions/{avant.uuid}/").status_code == 404


def test_a_slip_of_the_pen_makes_no_version(equipe):
    une = publiee(lien="https://exemple.fr/")
    corriger(equipe, une, titre="Guide de l’accueil, corrigé")
    assert Ressource.objects.get(pk=une.pk).titre == "Guide de l’accueil, corrigé"
    assert not AncienneVersion.objects.exists()


# --- A year --------------------------------------------------------------------------------------
def test_after_a_year_the_team_is_asked_to_read_an_entry_over(equipe):
    une = publiee(lien="https://exemple.fr/")
    accueil = "/administration/"
    assert "non relue depuis un an" not in equipe.get(accueil).content.decode()
    ancienne = timezone.localdate() - timedelta(days=366)
    Ressource.objects.filter(pk=une.pk).update(relue_le=ancienne)
    page = equipe.get(accueil).content.decode()
    assert "1 ressource non relue depuis un an" in page.replace("\xa0", " ")
    file = equipe.get(f"{ADMIN}?etat=publiee&entretien=a_relire").content.decode()
    assert une.titre in file and file.count('class="field-titre') == 1
    assert "Un an sans relecture" in equipe.get(f"{ADMIN}{une.pk}/change/").content.decode()
    equipe.post(f"{ADMIN}{une.pk}/decider/relire/", {"confirmation": "oui"})
    une.refresh_from_db()
    assert une.relue_le == timezone.localdate() and not une.a_relire
    assert "non relue depuis un an" not in equipe.get(accueil).content.decode()


def test_a_silent_link_waits_for_the_team(equipe):
    une = publiee(lien="https://exemple.fr/")
    Ressource.objects.filter(pk=une.pk).update(lien_mort_depuis=timezone.localdate())
    page = equipe.get("/administration/").content.decode().replace("\xa0", " ")
    assert "1 ressource au lien muet" in page
    file = equipe.get(f"{ADMIN}?etat=publiee&entretien=lien_mort").content.decode()
    assert une.titre in file and file.count('class="field-titre') == 1


# --- Formats -------------------------------------------------------------------------------------
def lignes(client, suite="") -> list[dict]:
    texte = client.get(f"/ressources/ressources.csv{suite}").getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texte), delimiter=";"))


def test_page_csv_and_json_say_the_same_under_every_facet(client, db):
    formule = publiee(titre="=1+1", lien="https://exemple.fr/", version="3", besoins=["roles"])
    json = client.get("/ressources/ressources.json").json()
    assert len(lignes(client)) == json["total"] == Ressource.objects.publiees().count()
    for nom, champ in (("besoin", "besoins"), ("etape", "pas"), ("public", "publics")):
        for code, nombre in json["facettes"][nom].items():
            suite = f"?{nom}={code}"
            a_la_main = [u for u in Ressource.objects.publiees() if code in getattr(u, champ)]
            assert nombre == len(a_la_main) == len(lignes(client, suite)), suite
    [sienne] = [u for u in lignes(client) if u["identifiant"] == str(formule.uuid)]
    assert not sienne["titre"].startswith("=") and sienne["version"] == "3"
    assert sienne["relue le"] == timezone.localdate().isoformat()
    vue = client.get("/ressources/ressources.json?q=%3D1%2B1").json()
    cles = {"niveau", "licence", "etapes", "publics", "domaines", "version"}
    assert cles <= set(client.get("/ressources/ressources.json").json()["ressources"][0]), vue


def test_what_a_summary_says_is_also_said_on_the_page(client, db):
    une = publiee(corps="Le texte.", description="Un mot rare : ornithorynque.", lien="")
    assert une.titre in client.get("/ressources/?q=ornithorynque").content.decode()
    assert "ornithorynque" in client.get(une.get_absolute_url()).content.decode()


# --- From a need to what helps -------------------------------------------------------------------
def test_a_fiche_leads_to_what_answers_its_needs(client, personne):
    utile = publiee(titre="Pour être reconnus", besoins=["reconnaissance"], lien="https://ex.fr/")
    autre = publiee(titre="Tout autre chose", besoins=["evaluation"], lien="https://ex.fr/")
    Ressource.objects.exclude(pk__in=[utile.pk, autre.pk]).delete()
    fiche = fabriques.fiche(personne(), "publiee", besoins=["reconnaissance", "cadre"])
    page = client.get(f"/cartographie/fiches/{fiche.slug}/").content.decode()
    assert utile.get_absolute_url() in page and autre.titre not in page
    assert "?besoin=reconnaissance&amp;besoin=cadre" in page
    fiche.besoins = []
    fiche.save()
    assert "Ce qui aide" not in client.get(f"/cartographie/fiches/{fiche.slug}/").content.decode()
