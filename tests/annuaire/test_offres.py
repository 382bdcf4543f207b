"""Offres: written from an open profile, read by verified members only, found nowhere else."""

import uuid
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from annuaire.models import MiseEnRelation, Offre
from hubpartenariat.comptes.consentements import Finalite, retirer
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation import TransitionRefusee
from tests import fabriques
from tests.annuaire import gens
from tests.annuaire.test_appels_transitions import refus

pytestmark = pytest.mark.django_db
SAISIE = {
    "titre": "Je peux témoigner",
    "texte": "Auprès d’étudiants, une fois par mois.",
    "domaine": "formation",
    "departements": ["94"],
}


@pytest.fixture
def lea():
    """The profile of a patient partenaire."""
    return gens.candidat()


@pytest.fixture
def marc(personne):
    return personne("marc@exemple.fr", "moderateur", nom="Marc")


@pytest.fixture
def membre(personne):
    return fabriques.client_de(personne("membre@exemple.fr", "membre"))


def ecrite(profil, **champs) -> Offre:
    return gens.offre(profil, etat="brouillon", publiee_le=None, expire_le=None, **champs)


def url(offre, suite="") -> str:
    return f"/annuaire/offres/{offre.uuid}/{suite}"


# --- Writing -----------------------------------------------------------------------------------
def test_from_the_form_to_the_members(lea, marc, membre):
    client = fabriques.client_de(lea.personne)
    client.post("/annuaire/offres/nouvelle/", SAISIE)
    offre = Offre.objects.get()
    assert (offre.etat, offre.profil) == ("brouillon", lea)
    client.post(url(offre, "modifier/"), SAISIE | {"texte": "Autre.", "envoyer": "oui"})
    offre.refresh_from_db()
    assert (offre.etat, offre.texte) == ("a_moderer", "Autre.")
    assert membre.get(url(offre)).status_code == 404
    offre.publier(marc)
    assert offre.expire_le > timezone.now() + timedelta(days=89)
    page = membre.get(url(offre)).content.decode()
    assert lea.pseudonyme in page
    assert f"{url(offre)}repondre/" in page
    assert lea.pseudonyme in membre.get("/annuaire/offres/").content.decode()


def test_without_an_open_profile_nothing_is_written(personne, lea):
    client = fabriques.client_de(personne("sans@exemple.fr"))
    assert client.post("/annuaire/offres/nouvelle/", SAISIE).status_code == 200
    assert not Offre.objects.exists()
    offre = ecrite(lea)
    type(lea).objects.update(etat="ferme")
    offre = Offre.objects.get()
    assert "profil" in refus(offre.soumettre, lea.personne)


@pytest.mark.parametrize("champ", ["titre", "texte"])
@pytest.mark.parametrize(
    "coordonnees", ["lea@exemple.fr", "06 12 34 56 78", "www.exemple.fr", "lea arobase exemple"]
)
def test_contact_details_are_refused_and_the_text_is_kept(champ, coordonnees, lea):
    client = fabriques.client_de(lea.personne)
    reponse = client.post(
        "/annuaire/offres/nouvelle/", SAISIE | {champ: f"Appelez-moi : {coordonnees}"}
    )
    page = reponse.content.decode()
    assert "Les équipes vous répondent par le hub" in page
    assert coordonnees in page
    assert not Offre.objects.exists()
    offre = ecrite(lea, **{champ: f"Appelez-moi : {coordonnees}"})
    assert "reconnaître" in refus(offre.soumettre, lea.personne)


def test_every_answer_is_asked(lea):
    client = fabriques.client_de(lea.personne)
    for nom in SAISIE:
        donnees = {cle: valeur for cle, valeur in SAISIE.items() if cle != nom}
        assert client.post("/annuaire/offres/nouvelle/", donnees).status_code == 200
    assert not Offre.objects.exists()


def test_what_the_hub_noticed_is_for_the_moderators(lea):
    offre = ecrite(lea, texte="Du coaching, et une cure miracle.")
    offre.soumettre(lea.personne)
    assert offre.alertes == ["commercial", "miracle"]


def test_what_was_sent_does_not_change(lea):
    offre = ecrite(lea)
    offre.soumettre(lea.personne)
    client = fabriques.client_de(lea.personne)
    client.post(url(offre, "modifier/"), SAISIE | {"texte": "Coucou"})
    offre.refresh_from_db()
    assert offre.texte == "Une fois par mois."


def test_three_at_the_same_time_at_most(lea):
    for _ in range(3):
        gens.offre(lea)
    assert "3 offres en cours" in refus(ecrite(lea).soumettre, lea.personne)


# --- Reading -----------------------------------------------------------------------------------
def test_visitors_read_how_it_works_and_no_offre(client, lea, personne):
    offre = gens.offre(lea, titre="OffreSecrète", texte="TexteSecret")
    reponse = client.get("/annuaire/offres/")
    assert reponse.status_code == 200
    assert "Pourquoi elles ne sont pas publiques" in reponse.content.decode()
    non_verifie = personne("nouveau@exemple.fr")
    EmailAddress.objects.filter(user=non_verifie).update(verified=False)
    for lecteur in (client, fabriques.client_de(non_verifie)):
        page = lecteur.get("/annuaire/offres/").content.decode()
        assert "OffreSecrète" not in page
        assert lea.pseudonyme not in page
    assert client.get(url(offre)).status_code == 302
    assert fabriques.client_de(non_verifie).get(url(offre)).status_code == 404


def test_no_search_no_sitemap_no_export_finds_an_offre(client, membre, lea):
    gens.offre(lea, titre="Xylophone", texte="Xylophone encore")
    for lecteur in (client, membre):
        for adresse in (
            "/recherche/?q=xylophone",
            "/sitemap.xml",
            "/annuaire/",
            "/annuaire/appels/?q=xylophone",
            "/annuaire/appels.json",
            "/annuaire/structures.json",
        ):
            contenu = lecteur.get(adresse).content.decode()
            assert "Xylophone" not in contenu, adresse
            assert "/offres/" + str(Offre.objects.get().uuid) not in contenu
        for ext in ("csv", "json", "geojson", "atom"):
            assert lecteur.get(f"/annuaire/offres.{ext}").status_code in (302, 404)


@pytest.mark.parametrize("etat", ["brouillon", "a_moderer", "pourvue", "retiree", "expiree"])
def test_only_open_offres_are_read(etat, lea, membre):
    offre = gens.offre(lea, etat=etat, titre="Pas ouverte")
    assert membre.get(url(offre)).status_code == 404
    assert "Pas ouverte" not in membre.get("/annuaire/offres/").content.decode()
    assert fabriques.client_de(lea.personne).get(url(offre)).status_code == 200


@pytest.mark.parametrize("pourquoi", ["ferme", "pause", "inactif", "consentement"])
def test_an_offre_hides_with_its_profile(pourquoi, lea, membre):
    offre = gens.offre(lea, titre="Cachée")
    assert membre.get(url(offre)).status_code == 200
    if pourquoi == "ferme":
        type(lea).objects.update(etat="ferme")
    elif pourquoi == "pause":
        type(lea).objects.update(pause_jusqu_au=timezone.localdate())
    elif pourquoi == "inactif":
        type(lea.personne).objects.filter(pk=lea.personne_id).update(is_active=False)
    else:
        retirer(lea.personne, Finalite.APPARIEMENT)
    assert membre.get(url(offre)).status_code == 404
    assert "Cachée" not in membre.get("/annuaire/offres/").content.decode()


def test_only_what_is_shown_to_members_is_shown(membre, lea):
    """``themes`` is for members (see gens.candidat); nothing else of the profile is."""
    offre = gens.offre(lea)
    page = membre.get(url(offre)).content.decode()
    assert lea.themes[0] in page
    for secret in (lea.personne.nom, lea.personne.email, lea.telephone, lea.savoirs):
        assert secret not in page
    assert lea.amenagements not in page
    assert lea.themes[0] not in membre.get("/annuaire/offres/").content.decode()


def test_the_list_costs_the_same_at_every_size(membre, sans_n_plus_1):
    def ajouter(nombre):
        for _ in range(nombre):
            gens.offre(gens.candidat())

    sans_n_plus_1(membre, "/annuaire/offres/", ajouter, beaucoup=15)
    assert membre.get("/annuaire/offres/?page=99").status_code == 404
    assert membre.get("/annuaire/offres/?page=x").status_code == 404


# --- Acts, and strangers -------------------------------------------------------------------------
def test_strangers_meet_the_same_absence_everywhere(lea, membre):
    offre = gens.offre(lea)
    for page in ("modifier/", "reprendre/", "pourvoir/", "retirer/", "supprimer/"):
        for acte in (membre.get, membre.post):
            statuts = {
                acte(f"/annuaire/offres/{cle}/{page}").status_code
                for cle in (offre.uuid, uuid.uuid4())
            }
            assert len(statuts) == 1
            assert statuts <= {404, 405}
    offre.refresh_from_db()
    assert offre.etat == "ouverte"


def test_withdrawing_is_one_click_and_answers_are_told(lea, marc, personne):
    offre = gens.offre(lea)
    relation = MiseEnRelation.objects.create(
        offre=offre, profil=lea, repondant=personne("equipe@exemple.fr"), motivation="Venez."
    )
    client = fabriques.client_de(lea.personne)
    client.post(url(offre, "retirer/"))
    offre.refresh_from_db()
    relation.refresh_from_db()
    assert (offre.etat, relation.etat) == ("retiree", "sans_suite")
    client.post(url(offre, "reprendre/"))
    offre.refresh_from_db()
    assert offre.etat == "brouillon"
    assert client.get(url(offre, "supprimer/")).status_code == 200
    client.post(url(offre, "supprimer/"))
    assert not Offre.objects.exists()


def test_moderation_with_reasons_and_a_journal_without_the_owner(lea, marc, personne):
    offre = ecrite(lea)
    assert "personne qui propose" in refus(offre.soumettre, marc)
    offre.soumettre(lea.personne)
    for acte in (offre.publier, lambda p: offre.refuser(p, "non")):
        assert "l’équipe qui modère" in refus(acte, lea.personne)
    assert "pourquoi" in refus(offre.demander_complements, marc, "")
    offre.demander_complements(marc, "Dites à quel rythme.")
    assert offre.etat == "brouillon"
    assert Courriel.objects.filter(texte__contains="Dites à quel rythme.").count() == 1
    offre.soumettre(lea.personne)
    offre.publier(marc)
    offre.refuser(marc, "Signalement fondé.")
    assert offre.etat == "retiree"
    qui = {entree.qui for entree in histoire(offre)}
    assert qui == {None, marc}, "the journal never names the person who proposes"
    for courriel in Courriel.objects.filter(destinataire=lea.personne.email):
        assert offre.titre not in courriel.sujet


def test_moderators_do_not_publish_their_own(lea, marc):
    lea.personne = marc
    type(lea).objects.filter(pk=lea.pk).update(personne=marc)
    offre = Offre.objects.get(pk=ecrite(lea).pk)
    offre.soumettre(marc)
    assert "la vôtre" in refus(offre.publier, marc)


def test_no_transition_out_of_its_state(lea, marc):
    offre = gens.offre(lea, etat="expiree")
    actes = [offre.soumettre, offre.pourvoir, offre.retirer]
    for acte in actes:
        assert "expirée" in refus(acte, lea.personne)
    with pytest.raises(TransitionRefusee):
        offre.expirer()


def test_a_text_sent_after_the_session_expired_comes_back(lea):
    client = Client()
    client.post("/annuaire/offres/nouvelle/", SAISIE)
    client.force_login(lea.personne)
    page = client.get("/annuaire/offres/nouvelle/").content.decode()
    assert "Auprès d’étudiants" in page
