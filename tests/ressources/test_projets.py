"""A project that two sides share: invited, written, signed, changed, signed again."""

import io
import re

import pytest
from django.core import mail
from django.test import Client
from odfdo import Document

from hubpartenariat.socle.models import Courriel
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.models import Ecrit, Participation, Projet, Signature, Version
from ressources.projets import ecrits
from tests import fabriques
from tests.outils.simultanes import ensemble
from tests.ressources.outils_deux_voix import projet_a_deux

NOUVEAU = "/ressources/projets/nouveau/"


def formulaire(page, **change) -> dict:
    """What the page of clauses would send, with some fields changed."""
    jeu = page.context["clauses"]
    envoi = {"_revision": page.context["revision"]}
    envoi |= {f"clause-{nom}": v for nom, v in jeu.management_form.initial.items()}
    for form in jeu:
        for champ in ("titre", "texte"):
            envoi[form.add_prefix(champ)] = form[champ].value() or ""
        envoi[form.add_prefix("ORDER")] = form["ORDER"].value() or ""
    return envoi | change


def lien(courriel: str, sujet: str) -> str:
    """The path of the link of the last mail with this subject."""
    texte = Courriel.objects.filter(destinataire=courriel, sujet__contains=sujet).latest("pk").texte
    return re.search(r"https?://[^/\s]+(/\S+)", texte)[1]


@pytest.fixture
def deux(db, client_de):
    """(project, professional, patient, their browsers)."""
    projet, pro, patient = projet_a_deux("Relire les livrets")
    return projet, pro, patient, client_de(pro), client_de(patient)


def charte(navigateur, projet) -> Ecrit:
    navigateur.post(f"/ressources/projets/{projet.uuid}/charte/")
    return Ecrit.objects.get(projet=projet, genre="charte")


def proposer(navigateur, ecrit, **change):
    page = navigateur.get(ecrit.adresse("ecrit_modifier"))
    envoi = formulaire(page, vers="proposer", **change)
    return navigateur.post(ecrit.adresse("ecrit_modifier"), envoi, follow=True)


def signer(navigateur, ecrit, nom="Un nom", **autres):
    version = ecrits.derniere(ecrit)
    envoi = {"nom": nom, "lu": "on", "empreinte": version.empreinte} | autres
    return navigateur.post(ecrit.adresse("ecrit_signer"), envoi, follow=True)


# --- The team ------------------------------------------------------------------------------------
def test_opened_then_joined_by_a_link_that_serves_once(
    personne, client_de, django_capture_on_commit_callbacks
):
    pro, patient = personne("paul@exemple.fr"), personne("ines@exemple.fr")
    lui, elle = client_de(pro), client_de(patient)
    with django_capture_on_commit_callbacks(execute=True):
        lui.post(NOUVEAU, {
            "titre": "Livret relu", "resume": "", "fiche": "", "pas": "idee",
            "moi-nom": "Paul", "moi-voix": "professionnel",
        })  # fmt: skip
        projet = Projet.objects.get(titre="Livret relu")
        page = lui.get(projet.get_absolute_url()).content.decode()
        assert "Il manque une voix" in page
        assert elle.get(projet.get_absolute_url()).status_code == 404
        lui.post(
            f"/ressources/projets/{projet.uuid}/inviter/",
            {"courriel": "Ines@exemple.fr", "voix": "patient"},
        )
    adresse = lien("ines@exemple.fr", "Rejoindre le projet")
    # Somebody else who gets the link cannot enter with it.
    intrus = client_de(personne("autre@exemple.fr"))
    intrus.post(adresse, {"nom": "Intrus"})
    assert not Participation.objects.filter(nom="Intrus").exists()
    elle.post(adresse, {"nom": "Inès"})
    assert "Inès" in lui.get(projet.get_absolute_url()).content.decode()
    assert Participation.objects.get(nom="Inès").voix == "patient"
    elle.post(f"/ressources/projets/{projet.uuid}/quitter/")
    assert "déjà servi" in elle.get(adresse).content.decode()
    elle.post(adresse, {"nom": "Inès"})
    assert elle.get(projet.get_absolute_url()).status_code == 404


def test_the_page_of_a_project_is_the_same_for_both(deux):
    projet, _, _, lui, elle = deux
    charte(lui, projet)
    vues = [
        re.search(r"<main.*</main>", qui.get(projet.get_absolute_url()).content.decode(), re.S)[0]
        for qui in (lui, elle)
    ]
    sans_jeton = [re.sub(r'value="\w{64}"', "", vue) for vue in vues]
    assert sans_jeton[0] == sans_jeton[1]


# --- The charter ---------------------------------------------------------------------------------
def test_written_signed_changed_and_signed_again(deux, django_capture_on_commit_callbacks):
    projet, pro, patient, lui, elle = deux
    texte = charte(lui, projet)
    assert "Relire les livrets" in texte.clauses[0]["texte"]
    with django_capture_on_commit_callbacks(execute=True):
        proposer(lui, texte)
    signer(lui, texte, "Paul Inventé")
    page = elle.get(projet.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert "1 signature sur 2. On attend Inès." in page

    # Inès signs with the link of her mail, without being signed in; it serves once.
    adresse, dehors = lien(patient.email, "À relire et à signer"), Client()
    page = dehors.get(adresse)
    assert page["Referrer-Policy"] == "same-origin"  # the link is told to no other site
    empreinte = ecrits.derniere(texte).empreinte
    assert empreinte in page.content.decode()
    dehors.post(adresse, {"nom": "Inès Inventée", "lu": "on", "empreinte": empreinte})
    encore = dehors.post(
        adresse, {"nom": "Encore", "lu": "on", "empreinte": empreinte}, follow=True
    )
    assert "Vous avez déjà signé cette version" in encore.content.decode()
    assert Signature.objects.count() == 2
    assert "signée par tous" in lui.get(projet.get_absolute_url()).content.decode()

    # She changes a clause: the signatures stay on version 1, both are asked again.
    proposer(elle, texte, **{"clause-0-texte": "Nous relisons les livrets à voix haute."})
    version = ecrits.derniere(texte)
    assert version.numero == 2 and not version.signatures.exists()
    page = lui.get(texte.adresse("ecrit_version", 2)).content.decode()
    assert re.search(r"<ins>.*voix haute", page, re.S) and "<del>" in page
    signer(lui, texte, "Paul Inventé")
    assert Version.objects.get(ecrit=texte, numero=1).signatures.count() == 2
    assert version.signatures.count() == 1
    # The old link signs nothing of the new version.
    dehors.post(adresse, {"nom": "Inès", "lu": "on", "empreinte": version.empreinte})
    assert version.signatures.count() == 1


def test_nobody_signs_what_they_have_not_read(deux):
    projet, _, _, lui, elle = deux
    texte = charte(lui, projet)
    proposer(lui, texte)
    page = signer(elle, texte, empreinte="0" * 64)
    assert "n’est pas celui de cette version" in page.content.decode()
    assert signer(elle, texte, lu="").status_code == 422
    assert not Signature.objects.exists()


def test_a_version_waits_for_both_sides(personne, client_de):
    pro = personne("seul@exemple.fr")
    projet = Projet.objects.create(titre="Seul")
    Participation.objects.create(projet=projet, personne=pro, nom="Paul", voix="professionnel")
    lui = client_de(pro)
    texte = charte(lui, projet)
    page = proposer(lui, texte).content.decode()
    assert "une personne de chaque côté" in page and not Version.objects.exists()


def test_two_who_write_at_once_lose_nothing(deux):
    projet, _, _, lui, elle = deux
    texte = charte(lui, projet)
    adresse = texte.adresse("ecrit_modifier")
    la_sienne = formulaire(lui.get(adresse), **{"clause-1-texte": "Le texte de Paul."})
    la_tienne = formulaire(elle.get(adresse), **{"clause-1-texte": "Le texte d’Inès."})
    lui.post(adresse, la_sienne)
    refus = elle.post(adresse, la_tienne)
    page = refus.content.decode()
    assert refus.status_code == 409
    assert "Le texte d’Inès." in page and "Paul" in page
    texte.refresh_from_db()
    assert texte.clauses[1]["texte"] == "Le texte de Paul."
    # What the page shows, sent again, is kept.
    elle.post(adresse, la_tienne | {"_revision": refus.context["revision"]})
    texte.refresh_from_db()
    assert texte.clauses[1]["texte"] == "Le texte d’Inès."


def test_clauses_are_added_removed_and_moved(deux):
    projet, _, _, lui, _ = deux
    texte = charte(lui, projet)
    combien = len(texte.clauses)
    page = lui.get(texte.adresse("ecrit_modifier"))
    lui.post(texte.adresse("ecrit_modifier"), formulaire(page, **{
        "clause-0-DELETE": "on",
        f"clause-{combien}-titre": "Nos vacances", f"clause-{combien}-texte": "En août.",
        f"clause-{combien}-ORDER": "0",
    }))  # fmt: skip
    texte.refresh_from_db()
    assert texte.clauses[0] == {"titre": "Nos vacances", "texte": "En août."}
    assert len(texte.clauses) == combien and texte.clauses[1]["titre"] == "Ce que chacun apporte"


def test_a_clause_without_its_text_is_refused_and_kept_on_the_page(deux):
    projet, _, _, lui, _ = deux
    texte = charte(lui, projet)
    page = lui.get(texte.adresse("ecrit_modifier"))
    refus = lui.post(texte.adresse("ecrit_modifier"), formulaire(page, **{"clause-2-texte": ""}))
    assert refus.status_code == 422
    assert "Écrivez le texte de cette clause" in refus.content.decode()


def test_a_letter_is_signed_by_the_person_and_the_other_side(deux, personne):
    projet, _, _, lui, elle = deux
    autre = Participation.objects.create(
        projet=projet, personne=personne("tom@exemple.fr"), nom="Tom", voix="patient"
    )
    pour = projet.presents().get(nom="Inès")
    lui.post(f"/ressources/projets/{projet.uuid}/lettre/", {"pour": pour.pk})
    lettre = Ecrit.objects.get(genre="lettre")
    assert any("Inès" in clause["texte"] for clause in lettre.clauses)
    proposer(lui, lettre)
    demandes = {ligne["nom"] for ligne in ecrits.qui_signe(ecrits.derniere(lettre))}
    assert demandes == {"Paul", "Inès"} and autre.nom not in demandes


def test_the_odt_opens_and_says_what_the_page_says(deux):
    projet, _, _, lui, elle = deux
    texte = charte(lui, projet)
    proposer(lui, texte)
    signer(lui, texte, "Paul & <Fils>")
    contenu = lui.get(texte.adresse("ecrit_odt", 1)).content
    lu = Document(io.BytesIO(contenu)).get_formatted_text()
    for clause in texte.clauses:
        assert clause["titre"] in lu
    assert ecrits.derniere(texte).empreinte in lu and "lu et approuvé le" in lu


@pytest.mark.parametrize("genre", ["charte", "lettre-de-mission"])
@pytest.mark.parametrize("format_", ["odt", "pdf"])
def test_a_model_is_tried_without_an_account_and_nothing_is_kept(client, db, genre, format_):
    avant = Ecrit.objects.count()
    page = client.get(f"/ressources/outils/{genre}/").content.decode()
    assert "juriste" in page
    reponse = client.post(
        f"/ressources/outils/{genre}/telecharger/",
        {"projet": "Mon projet {structure}", "structure": "Chez moi", "format": format_},
    )
    debut = {"odt": b"PK\x03\x04", "pdf": b"%PDF-"}[format_]
    assert reponse.content.startswith(debut)
    assert "attachment" in reponse["Content-Disposition"]
    if format_ == "odt":
        lu = Document(io.BytesIO(reponse.content)).get_formatted_text()
        assert "Mon projet {structure}" in lu and "Chez moi" in lu
    assert Ecrit.objects.count() == avant and not mail.outbox


@pytest.mark.django_db(transaction=True)
def test_signed_once_even_when_sent_ten_times_at_once(client_de):
    projet, pro, patient = projet_a_deux()
    texte = ecrits.ouvrir_la_charte(projet, pro)
    version = ecrits.proposer(texte, 0, pro)
    moi = projet.presents().get(personne=patient)

    def une_fois(_):
        return ecrits.signer(version, moi, "Inès", version.empreinte)

    faits = ensemble(10, une_fois)
    assert Signature.objects.count() == 1
    assert sum(isinstance(fait, Signature) for fait in faits) == 1
    assert sum(isinstance(fait, TransitionRefusee) for fait in faits) == 9


# --- The sheet and its records -------------------------------------------------------------------
PARTIES = {
    nom: f"Le {nom} écrit ensemble."
    for nom in ("diagnostic", "objectifs", "plan", "moyens", "calendrier", "criteres")
}


def fiche(revision=0, pilotage=(), **change) -> dict:
    """What the page of the sheet sends."""
    envoi = {"_revision": revision, "membre-TOTAL_FORMS": len(pilotage), "membre-INITIAL_FORMS": 0}
    for rang, (nom, voix, vote) in enumerate(pilotage):
        envoi |= {f"membre-{rang}-nom": nom, f"membre-{rang}-voix": voix}
        envoi |= {f"membre-{rang}-vote": "on"} if vote else {}
    return envoi | PARTIES | change


def test_the_sheet_asks_for_a_patient_with_a_vote(deux):
    projet, _, _, lui, elle = deux
    ici = f"/ressources/projets/{projet.uuid}/fiche/"
    lui.post(f"{ici}modifier/", fiche(pilotage=[("La cadre", "professionnel", True)]))
    page = elle.get(ici).content.decode()
    assert PARTIES["plan"] in page and "Aucun patient partenaire n’a de voix" in page
    elle.post(f"{ici}modifier/", fiche(1, [("Inès", "patient", True)]))
    page = lui.get(ici).content.decode()
    assert "Aucun patient partenaire" not in page and "La cadre" not in page


def test_a_stale_sheet_shows_both_and_loses_neither(deux):
    projet, _, _, lui, elle = deux
    ici = f"/ressources/projets/{projet.uuid}/fiche/"
    lui.post(f"{ici}modifier/", fiche(plan="Le plan de Paul."))
    refus = elle.post(f"{ici}modifier/", fiche(plan="Le plan d’Inès."))
    page = refus.content.decode()
    assert refus.status_code == 409
    assert "Le plan de Paul." in page and "Le plan d’Inès." in page
    assert "Le plan de Paul." in lui.get(ici).content.decode()


def test_a_record_is_true_once_all_have_said_so_and_again_when_it_changes(deux):
    projet, _, _, lui, elle = deux
    envoi = {"titre": "Première réunion", "tenue_le": "24/11/2026", "texte": "Deux réunions."}
    lui.post(f"/ressources/projets/{projet.uuid}/releves/nouveau/", envoi)
    releve = projet.releves.get()
    ici = releve.get_absolute_url()
    for qui in (lui, elle):
        assert "Pas encore validé par tous" in qui.get(ici).content.decode()
        qui.post(f"{ici}valider/", {"_revision": 0})
    assert "Validé par tous" in lui.get(ici).content.decode()
    elle.post(f"{ici}corriger/", envoi | {"texte": "Trois réunions.", "_revision": 0})
    assert "Pas encore validé par tous" in lui.get(ici).content.decode()
    # Who had the former text under the eyes does not vouch for the new one.
    lui.post(f"{ici}valider/", {"_revision": 0})
    assert "Pas encore" in lui.get(ici).content.decode()
    refus = lui.post(f"{ici}corriger/", envoi | {"texte": "Quatre.", "_revision": 0})
    assert refus.status_code == 409 and "Quatre." in refus.content.decode()
    assert lui.post(f"{ici}corriger/", envoi | {"tenue_le": "hier"}).status_code == 422


@pytest.mark.parametrize("format_", ["odt", "pdf"])
def test_the_blank_sheet_is_taken_away_without_an_account(client, db, format_):
    assert "Six questions" in client.get("/ressources/outils/fiche-projet/").content.decode()
    reponse = client.post("/ressources/outils/fiche-projet/telecharger/", {"format": format_})
    assert reponse.content.startswith({"odt": b"PK\x03\x04", "pdf": b"%PDF-"}[format_])


def test_my_space_says_what_waits_for_my_signature(deux):
    projet, _, _, lui, elle = deux
    texte = charte(lui, projet)
    proposer(lui, texte)
    attend = "votre signature est attendue"
    assert attend in elle.get("/mon-espace/").content.decode()
    signer(elle, texte)
    assert attend not in elle.get("/mon-espace/").content.decode()
    assert projet.titre in elle.get("/mon-espace/").content.decode()
    proposer(lui, texte, **{"clause-0-texte": "Un autre texte."})
    assert attend in elle.get("/mon-espace/").content.decode()


def test_a_project_begins_from_ones_own_fiche(personne, client_de):
    lui = personne("paul@exemple.fr", nom="Paul")
    sienne, autre = (
        fabriques.fiche(lui, "publiee"),
        fabriques.fiche(personne("autre@exemple.fr"), "publiee", titre="Celle d’une autre"),
    )
    navigateur = client_de(lui)
    assert sienne.titre in navigateur.get(f"{NOUVEAU}?fiche={sienne.slug}").content.decode()
    assert autre.titre not in navigateur.get(f"{NOUVEAU}?fiche={autre.slug}").content.decode()
    envoi = {
        "titre": sienne.titre, "resume": "", "pas": "idee",
        "moi-nom": "Paul", "moi-voix": "professionnel",
    }  # fmt: skip
    refus = navigateur.post(NOUVEAU, envoi | {"fiche": autre.pk})
    assert refus.status_code == 422 and not Projet.objects.exists()
    page = navigateur.post(NOUVEAU, envoi | {"fiche": sienne.pk}, follow=True).content.decode()
    assert f"/cartographie/fiches/{sienne.slug}/" in page
    assert Projet.objects.get().fiche == sienne


def test_its_authors_open_a_project_from_the_page_of_their_fiche(personne, client_de):
    lui, autre = personne("paul@exemple.fr"), personne("autre@exemple.fr")
    publiee = fabriques.fiche(lui, "publiee", titre="La publiée")
    fabriques.fiche(lui, "brouillon", titre="Le brouillon")
    fabriques.fiche(lui, "archivee", titre="L’archivée")
    mots, adresse = "Ouvrir un projet à partir de cette fiche", f"{NOUVEAU}?fiche={publiee.slug}"
    navigateur, ici = client_de(lui), f"/cartographie/fiches/{publiee.slug}/"
    for page in (navigateur.get(ici), navigateur.get("/cartographie/mes-fiches/")):
        lue = page.content.decode()
        assert lue.count(mots) == 1 and f'href="{adresse}"' in lue
    assert "La publiée" in navigateur.get(adresse).content.decode()
    for qui in (client_de(autre), Client()):
        assert mots not in qui.get(ici).content.decode()
