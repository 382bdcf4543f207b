"""Who is in a project: call an invitation back, correct one's name."""

import pytest
from django.db import IntegrityError

from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.models import InvitationAuProjet, Participation
from ressources.projets import equipe
from tests import fabriques
from tests.ressources.test_projets import charte, deux, lien, proposer, signer

__all__ = ["deux"]
ERREUR = "inconnue@exemple.fr"


@pytest.fixture
def invitee(deux, django_capture_on_commit_callbacks):
    """The invitation that the professional sent to a wrong address."""
    projet, _, _, lui, _ = deux
    with django_capture_on_commit_callbacks(execute=True):
        inviter(lui, projet)
    return projet.invitations.get()


def inviter(navigateur, projet, adresse=ERREUR):
    ici = f"/ressources/projets/{projet.uuid}/inviter/"
    return navigateur.post(ici, {"courriel": adresse, "voix": "patient"})


def annuler(navigateur, invitation):
    ici = f"/ressources/projets/{invitation.projet.uuid}/invitations/{invitation.uuid}/annuler/"
    return navigateur.post(ici)


def page(navigateur, projet, suite="") -> str:
    return navigateur.get(projet.get_absolute_url() + suite).content.decode().replace("\xa0", " ")


# --- Invitations ---------------------------------------------------------------------------------
def test_only_its_author_reads_the_address_and_calls_it_back(deux, invitee, client_de):
    projet, _, _, lui, elle = deux
    assert ERREUR in page(lui, projet, "inviter/")
    for suite in ("", "inviter/"):
        assert ERREUR not in page(elle, projet, suite)
    assert ERREUR not in page(lui, projet)
    assert "Patient partenaire : invitation envoyée le" in page(elle, projet)
    assert annuler(elle, invitee).status_code == 404
    assert annuler(client_de(fabriques.personne()), invitee).status_code == 404
    assert equipe.ouvertes(projet).exists()
    annuler(lui, invitee)
    assert ERREUR not in page(lui, projet, "inviter/")
    assert "invitation envoyée" not in page(elle, projet)


def test_a_cancelled_invitation_opens_nothing(deux, invitee, client_de):
    projet, _, _, lui, _ = deux
    adresse, elle = lien(ERREUR, "Rejoindre le projet"), client_de(fabriques.personne(ERREUR))
    annuler(lui, invitee)
    lue = elle.get(adresse).content.decode()
    assert "a été annulée" in lue and "Relire les livrets" not in lue
    elle.post(adresse, {"nom": "Trop tard"})
    assert not Participation.objects.filter(nom="Trop tard").exists()
    with pytest.raises(TransitionRefusee):
        equipe.annuler(projet, invitee, projet.presents().first().personne)


def test_the_same_address_may_be_asked_again_and_still_counts(deux, invitee):
    projet, pro, _, lui, _ = deux
    annuler(lui, invitee)
    for _ in range(2):
        inviter(lui, projet)
        annuler(lui, equipe.ouvertes(projet).get())
    assert InvitationAuProjet.objects.filter(creee_par=pro).count() == 3
    inviter(lui, projet)  # the fourth in a day goes nowhere
    assert not equipe.ouvertes(projet).exists()


def test_two_invitations_may_not_wait_at_one_address(deux, invitee):
    projet, pro, *_ = deux
    with pytest.raises(IntegrityError):
        projet.invitations.create(courriel=ERREUR, voix="patient", creee_par=pro)


# --- One's name ----------------------------------------------------------------------------------
def test_a_participant_corrects_their_name_and_nobody_elses(deux):
    projet, _, _, lui, elle = deux
    texte = charte(lui, projet)
    proposer(lui, texte)
    signer(elle, texte, "Inès Inventée")
    ici = f"{projet.get_absolute_url()}mon-nom/"
    assert elle.post(ici, {"nom": "   "}).status_code == 422
    elle.post(ici, {"nom": "Inès  Bel"})
    noms = list(projet.presents().values_list("nom", flat=True))
    assert noms == ["Paul", "Inès Bel"]
    assert "Inès Bel" in page(lui, projet)
    assert "Inès Inventée (Inès Bel dans le projet)" in page(lui, projet, f"ecrits/{texte.uuid}/")
