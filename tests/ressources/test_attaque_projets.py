"""Attacks on the space of a project: each fails when its defence is removed."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from odfdo import Document

from hubpartenariat.socle.conservation import regles
from hubpartenariat.socle.models import Courriel
from ressources.accompagnement import attestations, bilan
from ressources.bibliotheque.transitions import RESERVEES
from ressources.forms.bibliotheque import LienField
from ressources.models import Ecrit, Participation, Projet, Version
from ressources.projets import ecrits, equipe
from ressources.projets.documents import EcritEnPdf
from ressources.urls import urlpatterns
from tests import fabriques
from tests.ressources.outils_deux_voix import projet_a_deux
from tests.ressources.test_projets import charte, deux, fiche, formulaire, proposer, signer

__all__ = ["deux"]


def arriver(projet, nom="Tom", voix="patient"):
    """(participation, person) of somebody who has just come in."""
    qui = fabriques.personne()
    une = Participation.objects.create(projet=projet, personne=qui, nom=nom, voix=voix)
    return une, qui


def page_de(navigateur, adresse) -> str:
    return navigateur.get(adresse).content.decode().replace("\xa0", " ")


# --- Texts that nothing may break ----------------------------------------------------------------
ETRANGES = "a\x01b\x08c\x0bd\x1fe\x7ff\ufffeg\uffffh\u202ei"


def test_strange_characters_never_break_the_paper(deux):
    projet, _, _, lui, _ = deux
    texte = charte(lui, projet)
    proposer(lui, texte, **{"clause-0-titre": ETRANGES, "clause-0-texte": f"<b>{ETRANGES}"})
    contenu = lui.get(texte.adresse("ecrit_odt", 1)).content
    lu = Document(io.BytesIO(contenu)).get_formatted_text()
    assert "<b>" in lu and "abc" in lu


@pytest.mark.parametrize("genre", ["charte", "lettre-de-mission"])
@pytest.mark.parametrize("format_", ["odt", "pdf"])
def test_a_visitor_types_strange_characters(client, db, genre, format_):
    envoi = dict.fromkeys(("projet", "structure", "personne"), ETRANGES) | {"format": format_}
    reponse = client.post(f"/ressources/outils/{genre}/telecharger/", envoi)
    assert reponse.status_code == 200 and "attachment" in reponse["Content-Disposition"]


# --- Nothing typed is lost -----------------------------------------------------------------------
def test_a_clause_sent_twice_is_not_lost_at_the_third(deux):
    """A double click: the second answer (stale) is the one on screen; it is sent again."""
    projet, _, _, lui, _ = deux
    texte = charte(lui, projet)
    adresse, combien = texte.adresse("ecrit_modifier"), len(texte.clauses)
    envoi = formulaire(lui.get(adresse), **{
        f"clause-{combien}-titre": "Nos vacances", f"clause-{combien}-texte": "En août.",
    })  # fmt: skip
    lui.post(adresse, envoi)
    refus = lui.post(adresse, envoi)
    lui.post(adresse, envoi | {"_revision": refus.context["revision"]})
    texte.refresh_from_db()
    assert texte.clauses[-1]["titre"] == "Nos vacances"


def test_a_seat_sent_twice_is_not_lost_at_the_third(deux):
    projet, _, _, lui, _ = deux
    ici = f"/ressources/projets/{projet.uuid}/fiche/"
    envoi = fiche(pilotage=[("Inès", "patient", True)])
    lui.post(f"{ici}modifier/", envoi)
    refus = lui.post(f"{ici}modifier/", envoi)
    assert refus.status_code == 409
    lui.post(f"{ici}modifier/", envoi | {"_revision": refus.context["revision"]})
    assert "Aucun patient partenaire" not in page_de(lui, ici)


def test_a_stale_sheet_shows_the_seats_of_the_other(deux):
    projet, _, _, lui, elle = deux
    ici = f"/ressources/projets/{projet.uuid}/fiche/modifier/"
    lui.post(ici, fiche(pilotage=[("La cadre du service", "professionnel", True)]))
    refus = elle.post(ici, fiche(pilotage=[("Inès", "patient", True)]))
    page = refus.content.decode()
    assert refus.status_code == 409 and "La cadre du service" in page and "Inès" in page


def test_a_stale_record_shows_all_that_the_other_changed(deux):
    projet, _, _, lui, elle = deux
    envoi = {"titre": "Réunion", "tenue_le": "24/11/2026", "texte": "Deux.", "_revision": 0}
    lui.post(f"/ressources/projets/{projet.uuid}/releves/nouveau/", envoi)
    ici = f"{projet.releves.get().get_absolute_url()}corriger/"
    lui.post(ici, envoi | {"titre": "Réunion de rentrée", "tenue_le": "17/11/2026"})
    refus = elle.post(ici, envoi | {"texte": "Trois."})
    page = refus.content.decode().replace("\xa0", " ")
    assert refus.status_code == 409
    assert "Réunion de rentrée" in page and "17 novembre 2026" in page


def test_two_who_change_the_project_at_once_lose_nothing(deux):
    projet, _, _, lui, elle = deux
    ici = f"/ressources/projets/{projet.uuid}/modifier/"
    la_sienne, la_tienne = (
        {champ.html_name: champ.value() or "" for champ in page.context["form"]}
        | {"_etat": page.context["etat"]}
        for page in (lui.get(ici), elle.get(ici))
    )
    lui.post(ici, la_sienne | {"resume": "Le résumé de Paul."})
    refus = elle.post(ici, la_tienne | {"resume": "Le résumé d’Inès."})
    page = refus.content.decode()
    assert refus.status_code == 409
    assert "Le résumé de Paul." in page and "Le résumé d’Inès." in page
    projet.refresh_from_db()
    assert projet.resume == "Le résumé de Paul."
    elle.post(ici, la_tienne | {"resume": "Le résumé d’Inès.", "_etat": refus.context["etat"]})
    projet.refresh_from_db()
    assert projet.resume == "Le résumé d’Inès."


# --- Signing -------------------------------------------------------------------------------------
def test_who_comes_later_may_have_the_same_text_signed_again(deux, client_de):
    projet, _, _, lui, _ = deux
    texte = charte(lui, projet)
    proposer(lui, texte)
    _, tom = arriver(projet)
    lui_aussi = client_de(tom)
    assert "proposez-en une nouvelle" in page_de(lui_aussi, texte.get_absolute_url())
    proposer(lui_aussi, texte)
    assert "Vous avez signé" in signer(lui_aussi, texte).content.decode()
    # Nobody new: the same text is not asked twice.
    proposer(lui, texte)
    assert Version.objects.filter(ecrit=texte).count() == 2


def test_who_has_left_is_not_awaited_for_ever(deux, client_de):
    projet, _, _, lui, _ = deux
    _, tom = arriver(projet)
    texte = charte(lui, projet)
    proposer(lui, texte)
    assert "On attend Paul, Inès, Tom." in page_de(lui, projet.get_absolute_url())
    equipe.quitter(projet, tom)
    assert "On attend Paul, Inès." in page_de(lui, projet.get_absolute_url())


def test_two_who_erased_their_account_have_signed_all_the_same(deux, client_de):
    projet, pro, patient, lui, elle = deux
    _, tom = arriver(projet)
    texte = charte(lui, projet)
    proposer(lui, texte)
    signer(elle, texte, "Inès Inventée")
    signer(client_de(tom), texte, "Tom Inventé")
    patient.delete()
    tom.delete()
    noms = [ligne["nom"] for ligne in ecrits.qui_signe(ecrits.derniere(texte))]
    assert {"Inès Inventée", "Tom Inventé"} <= set(noms)


def test_nobody_signs_in_the_place_of_another(deux):
    projet, _, _, lui, elle = deux
    texte = charte(lui, projet)
    proposer(lui, texte)
    signer(elle, texte, "Paul")
    assert "Paul (Inès dans le projet)" in page_de(lui, texte.get_absolute_url())
    papier = {"version": ecrits.derniere(texte).pk}
    noms = [une["nom"] for une in EcritEnPdf().donnees(papier)["signatures"]]
    assert noms == ["Paul", "Paul (Inès dans le projet)"]


def test_a_letter_says_on_which_side_the_person_is(deux):
    projet, _, _, lui, _ = deux
    for nom, voix in (("Paul", "professionnel"), ("Inès", "patient partenaire")):
        pour = projet.presents().get(nom=nom)
        lui.post(f"/ressources/projets/{projet.uuid}/lettre/", {"pour": pour.pk})
        lettre = Ecrit.objects.get(genre="lettre", pour=pour)
        assert f"{nom} prend part en tant que {voix}" in lettre.clauses[0]["texte"]


# --- The team ------------------------------------------------------------------------------------
def test_the_fiche_of_two_authors_does_not_close_the_project(deux):
    projet, pro, patient, lui, elle = deux
    sienne = fabriques.fiche(pro, "publiee")
    sienne.auteurs.add(patient)
    projet.fiche = sienne
    projet.save()
    ici = f"/ressources/projets/{projet.uuid}/modifier/"
    for qui in (lui, elle):
        page = qui.get(ici)
        assert page.content.decode().count(f'value="{sienne.pk}"') == 1
        envoi = {"titre": "Autre titre", "resume": "", "pas": "idee", "fiche": sienne.pk}
        reponse = qui.post(ici, envoi | {"_etat": page.context["etat"]})
        assert reponse.status_code == 302


def test_nobody_is_flooded_with_invitations(deux):
    projet, _, _, lui, _ = deux
    ici = f"/ressources/projets/{projet.uuid}/inviter/"
    for _ in range(40):
        reponse = lui.post(ici, {"courriel": "victime@exemple.fr", "voix": "patient"})
    assert Courriel.objects.filter(destinataire="victime@exemple.fr").count() <= 3
    assert reponse.status_code == 422 and "déjà" in reponse.content.decode()


def test_a_title_cannot_write_the_mail(deux):
    projet, _, _, lui, _ = deux
    lui.post(f"/ressources/projets/{projet.uuid}/modifier/", {
        "titre": "Livret »\n\nBonjour, votre compte est bloqué.", "resume": "", "fiche": "",
        "pas": "idee", "_etat": lui.get(
            f"/ressources/projets/{projet.uuid}/modifier/").context.get("etat", ""),
    })  # fmt: skip
    lui.post(
        f"/ressources/projets/{projet.uuid}/inviter/",
        {"courriel": "ines@exemple.fr", "voix": "patient"},
    )
    texte = Courriel.objects.get(destinataire="ines@exemple.fr").texte
    assert "\nBonjour, votre compte" not in texte


def test_as_many_queries_for_many_letters(deux, sans_n_plus_1):
    projet, pro, _, lui, _ = deux
    pour = projet.presents().get(nom="Inès")

    def ajouter(combien):
        for _ in range(combien):
            lettre = ecrits.ouvrir_une_lettre(projet, pour, pro)
            ecrits.proposer(lettre, 0, pro)

    sans_n_plus_1(lui, projet.get_absolute_url(), ajouter)


def test_whoever_came_back_gets_the_bilan_once(deux, django_capture_on_commit_callbacks):
    projet, pro, patient, _, _ = deux
    equipe.quitter(projet, patient)
    Participation.objects.create(projet=projet, personne=patient, nom="Inès", voix="patient")
    champs = dict.fromkeys(bilan.CHAMPS, "Un mot.")
    bilan.enregistrer(projet, champs, 0, pro)
    for qui in (patient, pro):
        bilan.rendre(projet, projet.presents().get(personne=qui), 1)
    rendus = Courriel.objects.filter(destinataire=patient.email, sujet__startswith="Le bilan")
    assert rendus.count() == 1


# --- What is kept --------------------------------------------------------------------------------
def purger(quand) -> int:
    """What the rules of the projects concern, run for good."""
    siennes = [regle for regle in regles() if regle.nom in ("projets", "invitations_aux_projets")]
    assert len(siennes) == 2
    return sum(regle.appliquer(quand, True) for regle in siennes)


def test_what_nobody_can_open_is_not_kept(db):
    projet, pro, patient = projet_a_deux()
    vivant, autre, _ = projet_a_deux("Vivant")
    equipe.inviter(vivant, "jamais@exemple.fr", "patient", autre)
    dans = timezone.now() + timedelta(days=40)
    equipe.quitter(projet, pro)
    assert purger(timezone.now()) == 0 and Projet.objects.filter(pk=projet.pk).exists()
    equipe.quitter(projet, patient)
    assert purger(dans) == 2 and purger(dans) == 0
    assert not Projet.objects.filter(pk=projet.pk).exists()
    assert Projet.objects.filter(pk=vivant.pk).exists()
    assert not vivant.invitations.exists()


def test_a_paper_in_somebodys_hands_is_still_checked_when_all_have_left(db, client):
    projet, pro, patient = projet_a_deux()
    moi, autre = (projet.presents().get(personne=qui) for qui in (patient, pro))
    jour = timezone.localdate()
    une = attestations.demander(moi, {
        "genre": "engagement", "nom": "Inès", "role": "Relecture", "du": jour, "au": jour,
        "heures": None,
    })  # fmt: skip
    attestations.cosigner(une, autre)
    for qui in (pro, patient):
        equipe.quitter(projet, qui)
    purger(timezone.now() + timedelta(days=40))
    assert client.get(une.verification).status_code == 200


# --- The library ---------------------------------------------------------------------------------
@pytest.mark.parametrize("adresse", [
    "//ailleurs.exemple.fr/x", "///ailleurs.exemple.fr", "/\\ailleurs.exemple.fr",
])  # fmt: skip
def test_an_address_of_elsewhere_is_never_a_page_of_the_hub(adresse):
    assert LienField().clean("/cartographie/") == "/cartographie/"
    try:
        lu = LienField().clean(adresse)
    except ValidationError:
        return
    assert not lu.startswith("/")


def test_no_entry_takes_the_address_of_a_page():
    premiers = {str(une.pattern).split("/")[0] for une in urlpatterns}
    pages = {segment for segment in premiers if segment and "<" not in segment}
    assert pages <= RESERVEES
