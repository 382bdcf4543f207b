"""Moderation of appels and offres in the administration: reasons mailed, people protected."""

import pytest

from annuaire.models import Appel, Offre
from hubpartenariat.socle.courriel import Courriel
from tests import fabriques
from tests.annuaire import gens
from tests.annuaire.outils_appels import brouillon, envoye, publie

pytestmark = pytest.mark.django_db
APPELS = "/administration/annuaire/appel/"
OFFRES = "/administration/annuaire/offre/"


@pytest.fixture
def marc(personne):
    return fabriques.client_de(personne("marc@exemple.fr", "moderateur", nom="Marc"), mfa=True)


@pytest.fixture
def claire(personne):
    return personne("claire@exemple.fr", "membre", nom="Claire")


def test_the_queue_shows_what_waits_and_what_the_hub_noticed(marc, claire):
    envoye(claire, titre="Atelier", description="Du coaching, et une guérison garantie.")
    publie(claire, titre="Déjà ouvert")
    brouillon(claire, titre="Encore un brouillon")
    page = marc.get(APPELS).content.decode()
    assert "Atelier" in page
    assert "Semble promettre une guérison" in page
    assert "Déjà ouvert" not in page
    assert "Déjà ouvert" in marc.get(f"{APPELS}?etat=tous").content.decode()
    for filtre in ("?etat=tous", "?etat=brouillon", "?etat=rien", "?q=brouillon"):
        assert "Encore un brouillon" not in marc.get(APPELS + filtre).content.decode()
    assert "Atelier" in marc.get(f"{APPELS}?alerte=miracle").content.decode()
    assert "Atelier" not in marc.get(f"{APPELS}?alerte=coordonnees").content.decode()


def test_nobody_else_moderates(claire, personne):
    appel = envoye(claire)
    relecteur = personne("ars@exemple.fr", "relecteur_ars")
    for compte in (claire, relecteur):
        client = fabriques.client_de(compte, mfa=compte == relecteur)
        for adresse in (
            APPELS,
            f"{APPELS}{appel.pk}/change/",
            f"{APPELS}{appel.pk}/decider/publier/",
        ):
            assert client.post(adresse).status_code in (302, 403)
    appel.refresh_from_db()
    assert appel.etat == "a_moderer"


def test_a_draft_is_its_team_s(marc, claire):
    appel = brouillon(claire)
    for page in ("change/", "decider/publier/"):
        assert marc.get(f"{APPELS}{appel.pk}/{page}").status_code in (302, 404)


def test_publishing_asks_for_a_confirmation(marc, claire):
    appel = envoye(claire)
    page = marc.get(f"{APPELS}{appel.pk}/change/").content.decode()
    assert f"{APPELS}{appel.pk}/decider/publier/" in page
    assert "La bonne porte" in page
    assert marc.get(f"{APPELS}{appel.pk}/decider/publier/").status_code == 200
    assert Appel.objects.get().etat == "a_moderer"
    marc.post(f"{APPELS}{appel.pk}/decider/publier/")
    assert Appel.objects.get().etat == "ouvert"
    assert marc.get(f"{APPELS}{appel.pk}/decider/soumettre/").status_code == 404
    assert marc.get(f"{APPELS}{appel.pk}/decider/refuser/", follow=True).status_code == 200


@pytest.mark.parametrize(
    ("transition", "etat"), [("demander_complements", "brouillon"), ("refuser", "sans_suite")]
)
def test_a_reason_is_owed_and_mailed(transition, etat, marc, claire):
    appel = envoye(claire)
    adresse = f"{APPELS}{appel.pk}/decider/{transition}/"
    assert "Dites pourquoi" in marc.post(adresse, {"motif": " "}).content.decode()
    marc.post(adresse, {"motif": "Précisez le rôle proposé."})
    assert Appel.objects.get().etat == etat
    recu = Courriel.objects.get(texte__contains="Précisez le rôle proposé.")
    assert recu.destinataire == claire.email


def test_an_incomplete_appel_says_why_it_cannot_be_published(marc, claire):
    appel = envoye(claire)
    Appel.objects.update(frais="")
    page = marc.get(f"{APPELS}{appel.pk}/change/").content.decode()
    assert "n’est pas possible" in page
    assert "frais" in page
    marc.post(f"{APPELS}{appel.pk}/decider/publier/")
    assert Appel.objects.get().etat == "a_moderer"


# --- Offres ------------------------------------------------------------------------------------
@pytest.fixture
def offre():
    profil = gens.candidat()
    une = gens.offre(profil, etat="brouillon", titre="Je témoigne", publiee_le=None)
    une.soumettre(profil.personne)
    return une


def test_moderators_see_a_pseudonym_and_never_the_person(marc, offre):
    profil = offre.profil
    decisions = ("publier", "demander_complements", "refuser")
    pages = [OFFRES, f"{OFFRES}{offre.pk}/change/"]
    pages += [f"{OFFRES}{offre.pk}/decider/{decision}/" for decision in decisions]
    for adresse in pages:
        page = marc.get(adresse).content.decode()
        assert "Je témoigne" in page
        for secret in gens.secrets_de(profil):
            assert secret not in page, adresse
    assert profil.pseudonyme in marc.get(OFFRES).content.decode()
    for cherche in (profil.personne.email, profil.personne.nom, profil.pseudonyme):
        assert "Je témoigne" not in marc.get(f"{OFFRES}?q={cherche}").content.decode()


def test_offres_are_published_asked_and_refused(marc, offre):
    marc.post(f"{OFFRES}{offre.pk}/decider/demander_complements/", {"motif": "À quel rythme ?"})
    assert Offre.objects.get().etat == "brouillon"
    assert marc.get(f"{OFFRES}{offre.pk}/change/").status_code in (302, 404)
    offre.refresh_from_db()
    offre.soumettre(offre.profil.personne)
    marc.post(f"{OFFRES}{offre.pk}/decider/publier/")
    assert Offre.objects.get().etat == "ouverte"
    page = marc.get(f"{OFFRES}{offre.pk}/change/").content.decode()
    assert offre.profil.personne.nom not in page
    marc.post(f"{OFFRES}{offre.pk}/decider/refuser/", {"motif": "Signalement fondé."})
    assert Offre.objects.get().etat == "retiree"
