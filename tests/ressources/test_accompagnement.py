"""Support asked and followed, the bilan given back, attestations co-signed and checked."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from hubpartenariat.socle.documents import fabriquer
from hubpartenariat.socle.models import Courriel, DemandeDocument
from ressources.models import Accompagnement, AttestationDeProjet, Bilan, Rencontre
from tests import fabriques
from tests.generiques.marqueurs.lire import texte_du_pdf
from tests.ressources.outils_deux_voix import projet_a_deux

BILAN = {
    nom: f"Sur {nom}."
    for nom in (
        *("effets_patients", "effets_equipe", "effets_suite"),
        *("partenariat_bien", "partenariat_mal", "partenariat_autre"),
    )
}
ATTESTATION = {
    "genre": "engagement",
    "nom": "Inès Inventée",
    "role": "Relecture du livret.",
    "du": "01/09/2026",
    "au": "24/11/2026",
    "heures": "12,5",
}


@pytest.fixture
def deux(db, client_de):
    projet, pro, patient = projet_a_deux("Relire les livrets")
    return projet, pro, patient, client_de(pro), client_de(patient)


@pytest.fixture
def referent(personne, client_de):
    return client_de(personne("referent@exemple.fr", "referent_territorial", nom="Sacha Référent"))


def ici(projet, suite="") -> str:
    return f"/ressources/projets/{projet.uuid}/{suite}"


# --- Support -------------------------------------------------------------------------------------
def test_asked_followed_and_ended(deux, referent, django_capture_on_commit_callbacks):
    projet, pro, _, lui, elle = deux
    lui.post(ici(projet, "accompagnement/"), {"demande": "Nous ne savons pas par où commencer."})
    un = Accompagnement.objects.get()
    appel = Courriel.objects.get(destinataire="referent@exemple.fr")
    assert un.get_absolute_url() in appel.texte and "par où" not in appel.texte
    espace = referent.get("/mon-espace/").content.decode()
    assert "1 équipe attend une réponse" in espace and "/ressources/accompagnements/" in espace
    assert "accompagnements" not in elle.get("/mon-espace/").content.decode()
    assert "Relire les livrets" in referent.get("/ressources/accompagnements/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        referent.post(f"{un.get_absolute_url()}prendre/")
    dit = Courriel.objects.get(destinataire=pro.email, sujet__contains="accompagné")
    assert "Sacha Référent" in dit.texte, "the page promises to say who"
    referent.post(
        un.get_absolute_url(),
        {"tenue_le": "24/11/2026", "decisions": "Écrire la charte.", "suites": "Se revoir."},
    )
    page = elle.get(ici(projet, "accompagnement/")).content.decode()
    assert "Sacha Référent" in page and "Écrire la charte." in page
    with django_capture_on_commit_callbacks(execute=True):
        referent.post(f"{un.get_absolute_url()}clore/")
    un.refresh_from_db()
    assert un.etat == "clos"
    assert Courriel.objects.filter(destinataire=pro.email, sujet__contains="bilan").exists()


def test_one_support_at_a_time_and_one_who_follows(deux, referent, personne, client_de):
    projet, _, _, lui, _ = deux
    for _ in range(2):
        lui.post(ici(projet, "accompagnement/"), {"demande": "Aidez-nous."})
    un = Accompagnement.objects.get()
    referent.post(f"{un.get_absolute_url()}prendre/")
    autre = client_de(personne("autre@exemple.fr", "referent_territorial"))
    assert autre.get(un.get_absolute_url()).status_code == 404
    autre.post(f"{un.get_absolute_url()}prendre/")
    un.refresh_from_db()
    assert un.referent.email == "referent@exemple.fr"


def test_the_pole_sees_every_team_those_that_wait_first(deux, referent, personne, client_de):
    projet, _, _, lui, _ = deux
    lui.post(ici(projet, "accompagnement/"), {"demande": "Aidez-nous."})
    referent.post(f"{Accompagnement.objects.get().get_absolute_url()}prendre/")
    second, pro, _ = projet_a_deux("Second projet")
    client_de(pro).post(ici(second, "accompagnement/"), {"demande": "Nous aussi."})
    pole = client_de(personne("pole@exemple.fr", "moderateur"), mfa=True)
    page = pole.get("/ressources/accompagnements/").content.decode()
    assert page.index("Second projet") < page.index("Relire les livrets")
    assert lui.get("/ressources/accompagnements/").status_code == 404


def _suivi(titre, qui, pris, **rencontre):
    """A support followed since ``pris``, met once if ``rencontre`` says when."""
    projet, *_ = projet_a_deux(titre)
    un = Accompagnement.objects.create(
        projet=projet, etat="suivi", referent=qui, pris_le=pris, demande="Aidez-nous."
    )
    if rencontre:
        Rencontre.objects.create(accompagnement=un, decisions="Se revoir.", **rencontre)
    return un


def test_never_met_comes_before_met_and_says_since_when(referent, personne, client_de):
    qui = get_user_model().objects.get(email="referent@exemple.fr")
    jadis = datetime(2026, 3, 4, 12, tzinfo=UTC)
    _suivi("Vue hier", qui, jadis, tenue_le=timezone.localdate() - timedelta(days=1))
    _suivi("Vue il y a longtemps", qui, jadis, tenue_le=timezone.localdate() - timedelta(days=99))
    _suivi("Jamais vue", qui, jadis)
    page = " ".join(referent.get("/ressources/accompagnements/").content.decode().split())
    places = [page.index(mot) for mot in ("Jamais vue", "Vue il y a longtemps", "Vue hier")]
    assert places == sorted(places)
    assert page.count("En cours depuis le 4 mars 2026") == 3


def test_who_follows_reads_neither_the_charter_nor_the_barometer(deux, referent):
    projet, _, _, lui, _ = deux
    lui.post(ici(projet, "accompagnement/"), {"demande": "Aidez-nous."})
    referent.post(f"{Accompagnement.objects.get().get_absolute_url()}prendre/")
    for suite in ("", "fiche/", "bilan/", "attestations/", "barometre/"):
        assert referent.get(ici(projet, suite)).status_code == 404


# --- Bilan ---------------------------------------------------------------------------------------
def test_two_halves_then_given_back_to_all_who_took_part(deux, django_capture_on_commit_callbacks):
    projet, pro, patient, lui, elle = deux
    lui.post(ici(projet, "bilan/modifier/"), BILAN | {"_revision": 0, "partenariat_bien": "",
        "partenariat_mal": "", "partenariat_autre": ""})  # fmt: skip
    refus = lui.post(ici(projet, "bilan/rendre/"), follow=True).content.decode()
    assert "un bilan a deux moitiés" in refus and not Bilan.objects.get().rendu_le
    elle.post(ici(projet, "bilan/modifier/"), BILAN | {"_revision": 1})
    elle.post(ici(projet, "quitter/"))
    with django_capture_on_commit_callbacks(execute=True):
        lui.post(ici(projet, "bilan/rendre/"), {"_revision": 2})
    for qui in (pro, patient):  # she left: she took part all the same
        texte = Courriel.objects.get(destinataire=qui.email, sujet__contains="bilan").texte
        assert all(phrase in texte for phrase in BILAN.values())
        assert "il n’y avait plus personne" in texte
    page = lui.get(ici(projet, "bilan/")).content.decode()
    assert "Rendu à chacun" in page and "déjà été rendu" in page


def _parti(projet) -> bool:
    return Courriel.objects.filter(sujet=f"Le bilan de « {projet} »").exists()


def test_given_back_only_when_both_sides_agree_to_the_same_words(deux):
    projet, pro, patient, lui, elle = deux
    rendre, page = ici(projet, "bilan/rendre/"), ici(projet, "bilan/")
    lui.post(ici(projet, "bilan/modifier/"), BILAN | {"_revision": 0})
    for _ in range(2):  # a second tap is not the other side
        lui.post(rendre, {"_revision": 1})
    assert not Bilan.objects.get().rendu_le and not _parti(projet)
    demande = Courriel.objects.get(sujet__contains="accord est attendu")
    assert demande.destinataire == patient.email and page in demande.texte
    assert "votre accord est attendu" in elle.get("/mon-espace/").content.decode()
    assert "votre accord est attendu" not in lui.get("/mon-espace/").content.decode()
    assert "Votre côté est d’accord" in lui.get(page).content.decode()
    assert "L’autre côté propose" in elle.get(page).content.decode()
    elle.post(ici(projet, "bilan/modifier/"), BILAN | {"_revision": 1, "effets_suite": "Autre."})
    elle.post(rendre, {"_revision": 1})  # of the words before
    assert not Bilan.objects.get().accord_de
    elle.post(rendre, {"_revision": 2})
    assert not _parti(projet), "his agreement was to other words"
    lui.post(rendre, {"_revision": 2})
    un = Bilan.objects.get()
    assert un.rendu_revision == 2 and _parti(projet) and not un.un_seul_cote
    assert "plus personne" not in lui.get(page).content.decode()


def test_who_changes_side_does_not_agree_with_themself(deux):
    projet, pro, patient, lui, _ = deux
    lui.post(ici(projet, "bilan/modifier/"), BILAN | {"_revision": 0})
    lui.post(ici(projet, "bilan/rendre/"), {"_revision": 1})
    lui.post(ici(projet, "quitter/"))
    projet.participations.create(personne=pro, nom="Paul", voix="patient")
    projet.participations.create(personne=fabriques.personne(), nom="Zoé", voix="professionnel")
    lui.post(ici(projet, "bilan/rendre/"), {"_revision": 1})
    assert not Bilan.objects.get().rendu_le


def test_my_space_says_that_a_bilan_is_to_be_written(deux, referent):
    projet, _, _, lui, elle = deux
    un = _suivi("Autre projet", None, None)
    Accompagnement.objects.filter(pk=un.pk).update(projet=projet, etat="clos")
    dit = "bilan à écrire ensemble"
    assert all(dit in client.get("/mon-espace/").content.decode() for client in (lui, elle))
    assert dit not in referent.get("/mon-espace/").content.decode()
    lui.post(ici(projet, "bilan/modifier/"), BILAN | {"_revision": 0})
    for client in (lui, elle):
        client.post(ici(projet, "bilan/rendre/"), {"_revision": 1})
    assert dit not in lui.get("/mon-espace/").content.decode()


def test_a_stale_bilan_loses_nothing(deux):
    projet, _, _, lui, elle = deux
    lui.post(ici(projet, "bilan/modifier/"), BILAN | {"_revision": 0, "effets_suite": "De Paul."})
    refus = elle.post(
        ici(projet, "bilan/modifier/"), BILAN | {"_revision": 0, "effets_suite": "D’Inès."}
    )
    page = refus.content.decode()
    assert refus.status_code == 409 and "De Paul." in page and "D’Inès." in page


# --- Attestations --------------------------------------------------------------------------------
def test_cosigned_by_the_other_side_then_checked_by_anybody(deux):
    projet, _, _, lui, elle = deux
    elle.post(ici(projet, "attestations/"), ATTESTATION)
    une = AttestationDeProjet.objects.get()
    dehors = Client()
    assert dehors.get(une.verification).status_code == 404  # nobody vouches for it yet
    adresse = ici(projet, f"attestations/{une.uuid}/cosigner/")
    elle.post(adresse)
    une.refresh_from_db()
    assert une.cosignee_le is None
    lui.post(adresse)
    une.refresh_from_db()
    assert une.cosignee_nom == "Paul"
    page = dehors.get(une.verification).content.decode()
    assert "a bien été faite ici" in page and "12,5" in page
    assert "Inès" not in page and "livret" not in page
    assert dehors.get(une.verification.replace("-", "").lower()).status_code == 200
    assert dehors.get("/ressources/attestations/AAAA-AAAA-AAAA-AAAA-AAAA/").status_code == 404

    elle.post(ici(projet, f"attestations/{une.uuid}/pdf/"))
    demande = DemandeDocument.objects.get(genre="attestation_projet")
    assert demande.prendre() and fabriquer(demande)
    demande.refresh_from_db()
    papier = re.sub(r"\s+", " ", texte_du_pdf(demande.chemin.read_bytes()))
    assert "Inès Inventée" in papier and "12,5 heures" in papier and une.en_groupes in papier


@pytest.mark.parametrize("change", [
    {"au": "01/01/2026"}, {"heures": "-3"}, {"heures": "mille"}, {"nom": ""}, {"du": "31/02/2026"},
])  # fmt: skip
def test_what_makes_no_sense_is_refused_and_kept_on_the_page(deux, change):
    projet, _, _, _, elle = deux
    refus = elle.post(ici(projet, "attestations/"), ATTESTATION | change)
    assert refus.status_code == 422 and "Relecture du livret." in refus.content.decode()
    assert not AttestationDeProjet.objects.exists()


def _demandee(projet, elle) -> AttestationDeProjet:
    elle.post(ici(projet, "attestations/"), ATTESTATION)
    return AttestationDeProjet.objects.get()


MIENNES = "/ressources/mes-attestations/"


def test_whoever_leaves_keeps_theirs_and_reads_nothing_else(deux, client_de, personne):
    projet, pro, patient, lui, elle = deux
    une = _demandee(projet, elle)
    elle.post(ici(projet, "quitter/"))
    lui.post(ici(projet, f"attestations/{une.uuid}/cosigner/"))
    dit = Courriel.objects.get(destinataire=patient.email, sujet__contains="cosignée")
    assert MIENNES in dit.texte, "the page of the project is closed to her"
    assert elle.get(ici(projet, "attestations/")).status_code == 404
    page = elle.get(MIENNES).content.decode()
    assert "Cosignée par Paul" in page and "Relire les livrets" in page
    elle.post(f"{MIENNES}{une.uuid}/pdf/")
    demande = DemandeDocument.objects.get(genre="attestation_projet")
    assert demande.prendre() and fabriquer(demande)
    demande.refresh_from_db()
    assert elle.get(f"/documents/{demande.pk}/fichier.pdf").status_code == 200
    autre = client_de(personne("autre@exemple.fr"))
    for client in (autre, Client()):
        assert client.post(f"{MIENNES}{une.uuid}/pdf/").status_code in (302, 404)
        assert client.get(f"/documents/{demande.pk}/fichier.pdf").status_code in (302, 404)
    assert DemandeDocument.objects.count() == 1
    assert lui.get(MIENNES).content.decode().count("Inès") == 0


def test_refused_with_a_reason_then_corrected(deux):
    projet, _, patient, lui, elle = deux
    une = _demandee(projet, elle)
    refuser = ici(projet, f"attestations/{une.uuid}/refuser/")
    assert elle.post(refuser, {"motif": "Moi-même."}).status_code == 302
    assert lui.post(refuser, {"motif": " "}).status_code == 422
    une.refresh_from_db()
    assert une.refusee_le is None
    lui.post(refuser, {"motif": "Plutôt vingt heures."})
    assert "à corriger" in Courriel.objects.get(destinataire=patient.email).sujet
    lui.post(ici(projet, f"attestations/{une.uuid}/cosigner/"))
    une.refresh_from_db()
    assert une.cosignee_le is None, "what was refused is first corrected"

    assert "Plutôt vingt heures." in elle.get(MIENNES).content.decode()
    page = ici(projet, "attestations/")
    lu = elle.get(f"{page}?reprise={une.uuid}").content.decode()
    for dit in ("Plutôt vingt heures.", "Relecture du livret.", "Inès Inventée", "12,5"):
        assert dit in lu
    elle.post(page, ATTESTATION | {"heures": "20", "reprise": str(une.uuid)})
    nouvelle = AttestationDeProjet.objects.get()
    assert nouvelle.heures == 20 and nouvelle.refusee_le is None
    # Somebody else's refused request, or anything else, is never taken up.
    for faux in ("x", str(nouvelle.uuid), "00000000-0000-0000-0000-000000000000"):
        assert "Corriger ma demande" not in lui.get(page, {"reprise": faux}).content.decode()


def test_a_second_tap_asks_once_and_strange_keys_break_nothing(deux):
    projet, _, _, _, elle = deux
    page = ici(projet, "attestations/")
    for _ in range(2):
        assert elle.post(page, ATTESTATION).status_code == 302
    assert AttestationDeProjet.objects.count() == 1
    for cle in ("\x00", "é" * 40, "{", "' or 1=1 --", "1" * 5000):
        assert elle.get(page, {"reprise": cle}).status_code in (200, 400)
        sans = ATTESTATION | {"reprise": cle, "nom": ""}
        assert elle.post(page, sans).status_code in (400, 422)


def test_taken_back_by_whoever_asked_alone_and_not_once_cosigned(deux):
    projet, _, _, lui, elle = deux
    une = _demandee(projet, elle)
    assert lui.post(f"{MIENNES}{une.uuid}/retirer/").status_code == 404
    assert AttestationDeProjet.objects.exists()
    elle.post(f"{MIENNES}{une.uuid}/retirer/")
    assert not AttestationDeProjet.objects.exists()
    une = _demandee(projet, elle)
    lui.post(ici(projet, f"attestations/{une.uuid}/cosigner/"))
    lu = elle.post(f"{MIENNES}{une.uuid}/retirer/", follow=True).content.decode()
    assert "déjà cosignée" in lu and AttestationDeProjet.objects.exists()
