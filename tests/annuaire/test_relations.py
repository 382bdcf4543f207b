"""Two sides choose each other: nothing is shown before, and nothing but a neutral word on a no."""

import re

import pytest

from annuaire.enums import Cote, EtatAppel, EtatRelation
from annuaire.models import MiseEnRelation, Perimetre, Rattachement
from annuaire.transitions.reponses import repondre_a_l_offre, se_dire_interesse
from hubpartenariat.comptes.consentements import Finalite, retirer
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import EntreeJournal
from hubpartenariat.socle.moderation import TransitionRefusee
from tests import fabriques
from tests.annuaire.gens import LIGNES, appel, candidat, membre, offre, secrets_de, structure

pytestmark = pytest.mark.django_db
MARQUE = "RaisonTresPrivee"


@pytest.fixture
def equipe():
    return membre(nom="Équipière Secrète")


@pytest.fixture
def relation(equipe):
    return se_dire_interesse(candidat(), appel(equipe), LIGNES)


def lettres_a(personne) -> str:
    """Everything mailed to this person."""
    return "\n".join(
        f"{une.sujet}\n{une.texte}\n{une.html}"
        for une in Courriel.objects.filter(destinataire=personne.email)
    )


def en_accord(relation, equipe) -> MiseEnRelation:
    relation.accepter(equipe)
    relation.accepter(relation.profil.personne)
    return relation


# --- Two choices ---------------------------------------------------------------------------------
def test_two_yes_make_an_agreement_a_seat_and_a_mission(relation, equipe):
    patient = relation.profil.personne
    relation.accepter(equipe)
    assert (relation.etat, relation.siege) == (EtatRelation.EN_COURS, None)
    assert relation.appel.etat == EtatAppel.EN_CHOIX
    relation.accepter(patient)
    relation.refresh_from_db()
    assert (relation.etat, relation.siege) == (EtatRelation.ACCORDEE, 1)
    assert relation.mission.etat == "a_demarrer"
    assert relation.en_accord
    assert "à vous de choisir" in lettres_a(patient)
    assert "Vous êtes d’accord tous les deux" in lettres_a(equipe)


def test_one_side_cannot_say_both_yes(relation, equipe):
    relation.accepter(equipe)
    with pytest.raises(TransitionRefusee, match="déjà dit oui"):
        relation.accepter(equipe)
    with pytest.raises(TransitionRefusee, match="n’est pas la vôtre"):
        relation.accepter(membre())


def test_the_last_seat_fills_the_appel_and_tells_those_who_wait(equipe):
    un_appel = appel(equipe, places=2)
    trois = [se_dire_interesse(candidat(), un_appel, LIGNES) for _ in range(3)]
    for une in trois[:2]:
        en_accord(une, equipe)
    un_appel.refresh_from_db()
    assert un_appel.etat == EtatAppel.POURVU
    assert sorted(une.siege for une in trois[:2]) == [1, 2]
    with pytest.raises(TransitionRefusee, match="Toutes les places sont prises"):
        trois[2].accepter(equipe)
    assert "Les places sont prises" in lettres_a(trois[2].profil.personne)
    trois[0].se_retirer(trois[0].profil.personne)
    un_appel.refresh_from_db()
    assert un_appel.etat == EtatAppel.EN_CHOIX
    assert trois[0].siege is None
    assert trois[0].mission.etat == "interrompue"
    assert "Une place se libère" in lettres_a(trois[2].profil.personne)
    en_accord(trois[2], equipe)
    assert trois[2].siege == 1


def test_nobody_exceeds_the_missions_they_chose(equipe):
    un = candidat(missions_actives_max=1)
    premiere = se_dire_interesse(un, appel(equipe), LIGNES)
    seconde = se_dire_interesse(un, appel(equipe), LIGNES)
    seconde.accepter(un.personne)
    en_accord(premiere, equipe)
    with pytest.raises(TransitionRefusee, match="ne peut pas s’engager"):
        seconde.accepter(equipe)
    premiere.achever()
    premiere.mission.passer({"a_demarrer"}, "terminee", par=None, action="terminer")
    seconde.accepter(equipe)
    assert seconde.en_accord


def test_a_mission_that_ended_does_not_give_its_seat_back(equipe):
    un_appel = appel(equipe, places=1, pourquoi_une_place="Un seul fauteuil")
    premiere = en_accord(se_dire_interesse(candidat(), un_appel, LIGNES), equipe)
    premiere.achever()
    assert (premiere.etat, premiere.siege) == (EtatRelation.CLOSE, 1)
    un_appel.refresh_from_db()
    assert un_appel.etat == EtatAppel.POURVU
    with pytest.raises(TransitionRefusee):
        se_dire_interesse(candidat(), un_appel, LIGNES)


# --- A no ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("qui", list(Cote))
def test_the_reason_of_a_no_reaches_nobody(relation, equipe, client_de, qui):
    """The marker is looked for in every page, mail and journal that the other side may read."""
    patient = relation.profil.personne
    acteur, autre = (equipe, patient) if qui == Cote.EQUIPE else (patient, equipe)
    relation.decliner(acteur, MARQUE)
    assert MiseEnRelation.objects.get().raison == MARQUE, "the crawl looks for something real"
    pages = [f"/annuaire/mises-en-relation/{relation.uuid}/", "/annuaire/mises-en-relation/"]
    pages += ["/annuaire/propositions/", "/mon-espace/"]
    pages += [f"/annuaire/appels/{relation.appel.uuid}/candidatures/"]
    client = client_de(autre)
    vues = [client.get(page) for page in pages]
    assert [vue.status_code for vue in vues][:2] == [200, 200]
    for vue in vues:
        assert MARQUE not in vue.content.decode()
        assert "close_par" not in vue.content.decode()
    assert MARQUE not in lettres_a(autre)
    assert "sans suite" in vues[0].content.decode().lower()
    assert not EntreeJournal.objects.filter(detail__icontains=MARQUE).exists()
    mienne = client_de(acteur).get(pages[0]).content.decode()
    assert MARQUE in mienne, "its author finds it again"


def test_a_no_a_withdrawal_and_silence_read_the_same(equipe, client_de):
    """The other side cannot tell which of the three it was, nor who ended it."""
    textes = []
    for fin in ("decliner", "se_retirer", "expirer"):
        relation = se_dire_interesse(candidat(), appel(equipe, titre="Le même"), LIGNES)
        getattr(relation, fin)(*([] if fin == "expirer" else [equipe]))
        patient = relation.profil.personne
        page = client_de(patient).get(f"/annuaire/mises-en-relation/{relation.uuid}/")
        texte = page.content.decode().split("<main")[1].split("</main>")[0]
        texte = re.sub(r'csrfmiddlewaretoken" value="\w+"|' + str(relation.uuid), "", texte)
        lettre = Courriel.objects.filter(destinataire=patient.email).latest("pk")
        textes.append(
            (texte, lettre.texte.replace(str(relation.uuid), "").replace(patient.nom, ""))
        )
    assert textes[0] == textes[1] == textes[2]


def test_withdrawing_is_one_click(relation, equipe, client_de):
    en_accord(relation, equipe)
    adresse = f"/annuaire/mises-en-relation/{relation.uuid}/se-retirer/"
    reponse = client_de(relation.profil.personne).post(adresse)
    assert reponse.status_code == 302
    relation.refresh_from_db()
    assert (relation.etat, relation.siege) == (EtatRelation.CLOSE, None)
    assert "prend fin" in lettres_a(equipe)


# --- Who may apply -------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["gestionnaire", "referent"])
def test_who_is_in_charge_of_the_structure_cannot_apply(role, client_de, equipe):
    une = structure()
    un, un_appel = candidat(), appel(equipe, structure=une)
    lien = {"structure": une, "personne": un.personne, "role": role}
    Rattachement.objects.create(**lien, etat="accepte")
    with pytest.raises(TransitionRefusee, match="vous ne pouvez pas y répondre"):
        se_dire_interesse(un, un_appel, LIGNES)
    adresse = f"/annuaire/appels/{un_appel.slug}/interesse/"
    page = client_de(un.personne).post(adresse, {"motivation": LIGNES})
    assert "vous ne pouvez pas y répondre" in page.content.decode().replace("\xa0", " ")
    assert not MiseEnRelation.objects.exists()


def test_the_team_cannot_apply_nor_a_candidate_who_joins_it_be_chosen(relation, equipe):
    un = candidat()
    relation.appel.equipe.add(un.personne)
    with pytest.raises(TransitionRefusee, match="vous ne pouvez pas y répondre"):
        se_dire_interesse(un, relation.appel, LIGNES)
    relation.appel.equipe.add(relation.profil.personne)
    with pytest.raises(TransitionRefusee):
        relation.accepter(equipe)
    with pytest.raises(TransitionRefusee):
        relation.accepter(relation.profil.personne)


def test_a_candidate_who_joined_the_team_does_not_read_the_others(relation, client_de):
    relation.appel.equipe.add(relation.profil.personne)
    se_dire_interesse(candidat(), relation.appel, LIGNES)
    adresse = f"/annuaire/appels/{relation.appel.uuid}/candidatures/"
    assert client_de(relation.profil.personne).get(adresse).status_code == 404


@pytest.mark.parametrize(
    "texte", ["Écrivez-moi : lea@exemple.fr", "06 12 34 56 78", "voir www.exemple.fr/moi"]
)
def test_contact_details_are_refused_and_the_text_stays(texte, client_de, equipe):
    un, un_appel = candidat(), appel(equipe)
    adresse = f"/annuaire/appels/{un_appel.slug}/interesse/"
    page = client_de(un.personne).post(adresse, {"motivation": f"Bonjour. {texte}"})
    lu = page.content.decode()
    assert texte in lu
    assert "aria-invalid" in lu
    with pytest.raises(TransitionRefusee):
        se_dire_interesse(un, un_appel, texte)
    assert not MiseEnRelation.objects.exists()


# --- Offres --------------------------------------------------------------------------------------
def test_a_team_answers_an_offre_and_both_choose(client_de):
    un, une = candidat(), structure()
    repondant = membre(une, nom="Répondante Secrète")
    son_offre = offre(un)
    relation = repondre_a_l_offre(son_offre, une, "Nous vous attendons.", par=repondant)
    page = client_de(un.personne).get(f"/annuaire/mises-en-relation/{relation.uuid}/")
    assert "Nous vous attendons." in page.content.decode()
    assert "Répondante Secrète" not in page.content.decode()
    en_accord(relation, repondant)
    son_offre.refresh_from_db()
    assert son_offre.etat == "pourvue"
    page = client_de(un.personne).get(f"/annuaire/mises-en-relation/{relation.uuid}/")
    assert "Répondante Secrète" in page.content.decode()


def test_answering_an_offre_asks_for_a_verified_structure(client_de):
    son_offre, une = offre(candidat()), structure()
    with pytest.raises(TransitionRefusee, match="rattaché"):
        repondre_a_l_offre(son_offre, une, "Bonjour.", par=membre())
    page = client_de(membre()).get(f"/annuaire/offres/{son_offre.uuid}/repondre/")
    assert "dites d’abord à quelle structure" in page.content.decode()


# --- Help ----------------------------------------------------------------------------------------
def test_a_trusted_third_party_is_no_party_and_learns_no_name(relation, equipe, client_de):
    referente = fabriques.personne("referente@exemple.fr", nom="Référente")
    for personne in (equipe, relation.profil.personne, referente):
        Perimetre.objects.create(personne=personne, departements=["94"])
    assert relation.demander_un_tiers(equipe) == referente
    page = client_de(referente).get(f"/annuaire/mises-en-relation/{relation.uuid}/")
    lu = page.content.decode()
    assert LIGNES in lu
    for fin in ("accepter", "decliner", "se-retirer", "tiers"):
        adresse = f"/annuaire/mises-en-relation/{relation.uuid}/{fin}/"
        assert client_de(referente).post(adresse).status_code == 404
    en_accord(relation, equipe)
    lu += client_de(referente).get(f"/annuaire/mises-en-relation/{relation.uuid}/").content.decode()
    assert not [mot for mot in secrets_de(relation.profil) if mot in lu]


def test_without_the_consent_to_be_written_to_no_mail_goes(relation, equipe):
    patient = relation.profil.personne
    retirer(patient, Finalite.CONTACT)
    relation.accepter(equipe)
    assert not lettres_a(patient)


def test_the_journal_never_says_which_patient_acted(relation, equipe):
    en_accord(relation, equipe)
    relation.se_retirer(relation.profil.personne)
    entrees = EntreeJournal.objects.exclude(qui=equipe)
    assert entrees.exists()
    assert not EntreeJournal.objects.filter(qui=relation.profil.personne).exists()
