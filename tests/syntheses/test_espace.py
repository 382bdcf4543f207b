"""The space of the reviewers: what is frozen stays, who may read reads, everything is written."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from hubpartenariat.socle import tasks
from hubpartenariat.socle.documents import DemandeDocument, EtatDocument, purger
from hubpartenariat.socle.journal import EntreeJournal, histoire
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.rapports import Portee, rapports
from hubpartenariat.syntheses import editions
from hubpartenariat.syntheses.models import Annotation, Edition
from tests.syntheses.outils import semer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ars(personne):
    return personne("ars@exemple.fr", "relecteur_ars", nom="Claude")


@pytest.fixture
def equipe(personne):
    return personne("equipe@exemple.fr", "moderateur", nom="Maxime")


@pytest.fixture
def brouillon():
    semer(1, 12)
    return Edition.preparer(rapports()["cartographie"], Portee("region", timezone.localdate()))[0]


@pytest.fixture
def publiee(brouillon, equipe):
    brouillon.publier(equipe)
    return brouillon


def fichier(client, edition) -> bytes:
    """Ask for the PDF, let a worker make it, download it."""
    reponse = client.post(reverse("syntheses:edition_pdf", args=[edition.uuid]))
    demande = DemandeDocument.objects.get(pk=reponse["Location"].strip("/").split("/")[-1])
    tasks.preparer_document(str(demande.pk))
    demande.refresh_from_db()
    assert demande.etat == EtatDocument.PRET, demande.erreur
    reponse = client.get(reverse("documents:telecharger", args=[demande.pk]))
    return b"".join(reponse.streaming_content)


def test_a_published_edition_never_changes(client_de, ars, publiee):
    client = client_de(ars, mfa=True)
    avant = fichier(client, publiee)
    semer(99, 30)  # the map goes on
    DemandeDocument.objects.update(termine_le=timezone.now() - timezone.timedelta(days=900))
    purger()
    assert fichier(client, publiee) == avant
    chiffres = reverse("syntheses:edition_chiffres", args=[publiee.uuid])
    blocs = client.get(chiffres).json()["chapitres"][0]["blocs"]
    assert blocs[0]["chiffres"][0]["valeur"] == 12


def test_every_download_is_in_the_journal(client, client_de, ars, publiee, equipe):
    fichier(client_de(ars, mfa=True), publiee)
    adresse = reverse("syntheses:edition_donnees", args=[publiee.uuid, "freins", "csv"])
    client_de(ars, mfa=True).get(adresse)
    client_de(ars, mfa=True).get(reverse("syntheses:edition_chiffres", args=[publiee.uuid]))
    publiee.ouvrir(equipe)
    client.get(adresse)
    actes = [(e.action, e.qui) for e in histoire(publiee) if e.action == "telecharger"]
    assert sorted(actes, key=str) == sorted(
        [("telecharger", ars)] * 3 + [("telecharger", None)], key=str
    )


def test_what_is_taken_of_a_report_that_is_not_open_is_in_the_journal(client, client_de, ars):
    lecteur = client_de(ars, mfa=True)
    for code in ("etat-annuel", "cartographie"):
        json = lecteur.get(reverse("syntheses:rapport_chiffres", args=[code])).json()
        cle = next(b["cle"] for c in json["chapitres"] for b in c["blocs"] if "cle" in b)
        for ext in ("csv", "xlsx"):
            lecteur.get(reverse("syntheses:rapport_donnees", args=[code, cle, ext]))
        lecteur.post(reverse("syntheses:rapport_pdf", args=[code]))
        demande = DemandeDocument.objects.get(genre=f"rapport_{code}")
        tasks.preparer_document(str(demande.pk))
        assert lecteur.get(reverse("documents:telecharger", args=[demande.pk])).status_code == 200
    dits = EntreeJournal.objects.filter(action="telecharger_un_rapport", qui=ars)
    assert sorted(une.detail["format"] for une in dits) == ["csv", "json", "pdf", "xlsx"]
    assert {une.detail["rapport"] for une in dits} == {"etat-annuel"}


def test_editions_are_numbered_by_year_and_territory(publiee, equipe):
    assert publiee.libelle_du_numero == f"édition {publiee.annee}-1"
    suite, _ = Edition.preparer(rapports()["cartographie"], Portee("region", timezone.localdate()))
    suite.publier(equipe)
    assert suite.numero == 2
    autre, _ = Edition.preparer(rapports()["cartographie"], Portee("94", timezone.localdate()))
    autre.publier(equipe)
    assert autre.numero == 1
    with pytest.raises(TransitionRefusee):
        Edition.objects.get(pk=suite.pk).publier(equipe)


def test_two_people_publish_at_once_one_wins(brouillon, equipe):
    autre = Edition.objects.get(pk=brouillon.pk)
    brouillon.publier(equipe)
    with pytest.raises(TransitionRefusee, match="entre-temps"):
        autre.publier(equipe)
    assert Edition.objects.get(pk=brouillon.pk).numero == 1


def test_the_next_edition_is_compared_with_the_former(publiee):
    semer(50, 5)
    suite, _ = Edition.preparer(rapports()["cartographie"], Portee("region", timezone.localdate()))
    premier = suite.donnees["chapitres"][0]["blocs"][0]["chiffres"][0]
    assert (premier["valeur"], premier["avant"]) == (17, 12)


def test_a_reviewer_asks_reads_annotates_and_marks_as_read(client_de, ars):
    semer(2, 6)
    client = client_de(ars, mfa=True)
    reponse = client.post(
        reverse("syntheses:demander"), {"rapport": "etat-annuel", "territoire": "75"}
    )
    une = Edition.objects.get()
    assert reponse["Location"] == une.get_absolute_url()
    assert (une.etat, une.territoire, une.demandee_par) == ("brouillon", "75", ars)
    champs = {"chapitre": "zones-blanches", "page": "4", "texte": "À préciser."}
    client.post(reverse("syntheses:annoter", args=[une.uuid]), champs)
    page = client.get(une.get_absolute_url()).content.decode()
    assert "À préciser." in page
    assert "page 4" in page
    client.post(reverse("syntheses:lue", args=[une.uuid]))
    client.post(reverse("syntheses:lue", args=[une.uuid]))
    assert une.lectures.count() == 1


@pytest.mark.parametrize(
    "champs",
    [
        {"texte": ""},
        {"texte": "x", "chapitre": "inconnu"},
        {"texte": "x", "page": "-3"},
        {"texte": "x" * 2001},
    ],
)
def test_a_bad_remark_is_refused_and_kept_on_the_page(client_de, ars, publiee, champs):
    reponse = client_de(ars, mfa=True).post(
        reverse("syntheses:annoter", args=[publiee.uuid]), champs
    )
    assert reponse.status_code == 400
    assert not Annotation.objects.exists()
    assert champs["texte"] in reponse.content.decode()


def test_a_reviewer_decides_nothing(client_de, ars, brouillon, publiee):
    client = client_de(ars, mfa=True)
    for acte in ("publier", "ouvrir", "retirer", "jeter"):
        reponse = client.post(reverse(f"syntheses:{acte}", args=[publiee.uuid]), {"motif": "x"})
        assert reponse.status_code == 404
    publiee.refresh_from_db()
    assert (publiee.etat, publiee.ouverte) == ("publiee", False)


def test_withdrawn_its_reason_is_read_and_its_file_is_not(client_de, ars, equipe, publiee):
    client = client_de(ars, mfa=True)
    fichier(client, publiee)
    demande = DemandeDocument.objects.get()
    lieu = reverse("syntheses:retirer", args=[publiee.uuid])
    assert client_de(equipe, mfa=True).post(lieu, {"motif": " "}).status_code == 400
    client_de(equipe, mfa=True).post(lieu, {"motif": "Un nombre était faux."})
    assert "Un nombre était faux." in client.get(publiee.get_absolute_url()).content.decode()
    assert client.get(reverse("documents:telecharger", args=[demande.pk])).status_code == 404
    chiffres = reverse("syntheses:edition_chiffres", args=[publiee.uuid])
    assert client.get(chiffres).status_code == 404


def test_open_to_the_public_then_closed(client, client_de, equipe, publiee):
    accueil, lieu = reverse("syntheses:accueil"), reverse("syntheses:ouvrir", args=[publiee.uuid])
    assert publiee.get_absolute_url() not in client.get(accueil).content.decode()
    client_de(equipe, mfa=True).post(lieu)
    assert publiee.get_absolute_url() in client.get(accueil).content.decode()
    assert client.get(publiee.get_absolute_url()).status_code == 200
    client_de(equipe, mfa=True).post(lieu, {"ouverte": "non"})
    assert client.get(publiee.get_absolute_url()).status_code == 302


def test_the_address_printed_on_a_closed_edition_leads_through_the_sign_in(client, publiee):
    reponse = client.get(publiee.get_absolute_url(), follow=True)
    assert reponse.redirect_chain[-1][0].startswith(reverse("account_login"))
    inventee = reverse("syntheses:edition", args=["00000000-0000-4000-8000-000000000000"])
    autre = client.get(inventee, follow=True)
    assert autre.redirect_chain[-1][0].startswith(reverse("account_login"))


@pytest.mark.parametrize("suite", ["https://ailleurs.example/", "//ailleurs.example", "/comptes/"])
def test_the_way_in_leads_nowhere_else(client_de, ars, suite):
    reponse = client_de(ars, mfa=True).get(reverse("syntheses:entrer"), {"suite": suite})
    assert reponse["Location"] == reverse("syntheses:accueil")


def test_quarterly_drafts_are_made_once():
    semer(4, 3)
    jour = timezone.localdate()
    assert editions.preparer_le_trimestre(jour) == len(rapports())
    assert editions.preparer_le_trimestre(jour) == 0
    assert Edition.objects.filter(etat="brouillon").count() == len(rapports())


def test_small_groups_of_the_directory_are_hidden():
    donnees = Edition.preparer(rapports()["etat-annuel"], Portee("region", timezone.localdate()))[
        0
    ].donnees
    from annuaire.rapports import publiable

    assert [publiable(n) for n in (0, 1, 4, 5, 12)] == [0, None, None, 5, 12]
    assert "@" not in json.dumps(donnees)


def test_a_visitor_may_not_ask_for_the_yearly_report():
    from hubpartenariat.socle.documents import GENRES

    parametres = {"territoire": "region", "au": "2026-11-26"}
    assert not GENRES["rapport_etat-annuel"].autorise(AnonymousUser(), parametres)


def test_older_editions_stay_within_reach(client, publiee, equipe):
    publiee.ouvrir(equipe)
    accueil = reverse("syntheses:accueil")
    assert "?annee=" not in client.get(accueil).content.decode()  # one year: nothing to choose
    jadis, _ = Edition.preparer(rapports()["cartographie"], Portee("region", timezone.localdate()))
    jadis.publier(equipe)
    jadis.ouvrir(equipe)
    Edition.objects.filter(pk=jadis.pk).update(arretee_au="2021-03-31", annee=2021)
    page = client.get(f"{accueil}?annee=2021").content.decode()
    assert jadis.get_absolute_url() in page and publiee.get_absolute_url() not in page
    assert publiee.get_absolute_url() in client.get(f"{accueil}?annee=zz").content.decode()


def test_the_map_and_the_results_lead_to_the_reports(client):
    semer(2, 1)
    assert reverse("syntheses:rapport", args=["cartographie"]) in (
        client.get("/cartographie/").content.decode()
    )
    resultats = client.get("/consultations/consultation-2025/resultats/").content.decode()
    assert f'href="{reverse("syntheses:accueil")}">Les synthèses' in resultats
