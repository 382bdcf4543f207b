"""What a team reads: motivations in no order, no identity; a draw it cannot bend; time passing."""

import re

import pytest
from django.utils import timezone

from annuaire import entretien, tirage
from annuaire.models import Appel, Message, MiseEnRelation
from annuaire.transitions.reponses import se_dire_interesse
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.annuaire.gens import LIGNES, appel, candidat, membre, secrets_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def equipe():
    return membre(nom="Équipière")


def repondants(nombre, un_appel):
    return [se_dire_interesse(candidat(), un_appel, LIGNES) for _ in range(nombre)]


def test_the_order_differs_between_two_loads(equipe, client_de):
    un_appel = appel(equipe)
    relations = repondants(8, un_appel)
    client = client_de(equipe)

    def ordre():
        page = client.get(f"/annuaire/appels/{un_appel.uuid}/candidatures/").content.decode()
        return tuple(re.findall(r"Pseudo\d+(?=</h2>)", page))

    vus = [ordre() for _ in range(6)]
    assert all(sorted(un) == sorted(r.profil.pseudonyme for r in relations) for un in vus)
    assert len(set(vus)) >= 5
    assert len({un[0] for un in vus}) >= 2


def test_the_team_reads_pseudonyms_and_lines_and_nothing_else(equipe, client_de):
    un_appel = appel(equipe)
    relation = repondants(1, un_appel)[0]
    page = client_de(equipe).get(f"/annuaire/appels/{un_appel.uuid}/candidatures/")
    lu = page.content.decode()
    assert relation.profil.pseudonyme in lu
    assert LIGNES in lu
    assert not [mot for mot in secrets_de(relation.profil) if mot in lu]
    assert "<time" not in lu, "no date that would tell who answered when"
    assert client_de(membre()).get(page.request["PATH_INFO"]).status_code == 404


def test_the_page_of_the_team_costs_the_same(equipe, client_de, sans_n_plus_1):
    un_appel = appel(equipe, places=50)
    client = client_de(equipe)
    adresse = f"/annuaire/appels/{un_appel.uuid}/candidatures/"
    sans_n_plus_1(client, adresse, lambda nombre: repondants(nombre, un_appel))
    sans_n_plus_1(
        client, "/annuaire/mises-en-relation/", lambda nombre: repondants(nombre, un_appel)
    )


# --- The draw --------------------------------------------------------------------------------
def test_the_draw_is_written_down_and_can_be_done_again_from_the_journal(equipe):
    un_appel = appel(equipe, places=2, mode="tirage")
    relations = repondants(6, un_appel)
    tires = tirage.tirer_au_sort(un_appel, equipe)
    detail = histoire(un_appel).get(action="tirer_au_sort").detail
    assert sorted(detail["volontaires"]) == sorted(str(r.uuid) for r in relations)
    refait = tirage.ordre(detail["graine"], detail["volontaires"])[:2]
    assert [str(r.uuid) for r in tires] == refait == detail["tires"]


def test_the_team_bends_no_draw(equipe):
    un_appel = appel(equipe, places=1, pourquoi_une_place="Un fauteuil", mode="tirage")
    relations = repondants(4, un_appel)
    for relation in relations:
        for acte in ("accepter", "decliner", "se_retirer"):
            with pytest.raises(TransitionRefusee, match="tirage au sort"):
                getattr(relation, acte)(equipe)
    tire = tirage.tirer_au_sort(un_appel, equipe)[0]
    with pytest.raises(TransitionRefusee, match="attendent la réponse"):
        tirage.tirer_au_sort(un_appel, equipe)
    with pytest.raises(TransitionRefusee, match="Seule l’équipe"):
        tirage.tirer_au_sort(un_appel, membre())
    tire.decliner(tire.profil.personne)
    suivant = tirage.tirer_au_sort(un_appel, equipe)[0]
    assert suivant.pk != tire.pk
    suivant.accepter(suivant.profil.personne)
    assert suivant.en_accord


def test_only_volunteers_are_drawn(equipe):
    un_appel = appel(equipe, places=3, mode="tirage")
    non = se_dire_interesse(candidat(), un_appel, LIGNES, tirage=False)
    oui = repondants(1, un_appel)
    assert [r.pk for r in tirage.tirer_au_sort(un_appel, equipe)] == [oui[0].pk]
    assert not MiseEnRelation.objects.get(pk=non.pk).accord_equipe_le


# --- Time ------------------------------------------------------------------------------------
def dans(jours):
    return timezone.now() + timezone.timedelta(days=jours)


def test_whoever_has_not_answered_is_reminded_once_at_ten_days(equipe):
    relation = repondants(1, appel(equipe))[0]
    assert entretien.relancer(dans(9)) == 0
    assert (entretien.relancer(dans(11)), entretien.relancer(dans(12))) == (1, 0)
    relances = Courriel.objects.filter(sujet="On attend votre réponse")
    assert list(relances.values_list("destinataire", flat=True)) == [equipe.email]
    relation.accepter(equipe)
    assert entretien.relancer(dans(11)) == 1
    assert relances.count() == 2
    assert relances.filter(destinataire=relation.profil.personne.email).exists()


def test_silence_ends_it_at_thirty_days_and_an_appel_that_ends_ends_it_too(equipe):
    un_appel, autre = appel(equipe), appel(equipe)
    relation, seconde = repondants(1, un_appel)[0], repondants(1, autre)[0]
    assert entretien.expirer(dans(29)) == 0
    Appel.objects.filter(pk=autre.pk).update(etat="expire")
    assert entretien.expirer() == 1
    seconde.refresh_from_db()
    assert seconde.etat == "sans_suite"
    assert entretien.expirer(dans(31)) == 1
    relation.refresh_from_db()
    assert (relation.etat, relation.close_par) == ("sans_suite", "")


def test_two_years_after_nobody_is_left(equipe):
    relation = repondants(1, appel(equipe))[0]
    relation.accepter(equipe)
    relation.accepter(relation.profil.personne)
    Message.objects.create(relation=relation, cote="equipe", auteur=equipe, texte="Bonjour")
    relation.se_retirer(equipe)
    assert entretien.anonymiser(dans(729)) == 0
    assert entretien.anonymiser(dans(731), simuler=True) == 1
    assert (entretien.anonymiser(dans(731)), entretien.anonymiser(dans(731))) == (1, 0)
    relation.refresh_from_db()
    assert (relation.profil, relation.motivation, relation.raison) == (None, "", "")
    assert not Message.objects.exists()
    assert relation.appel_id, "the facts stay"


def test_my_space_says_what_waits_for_me(equipe, client_de):
    relation = repondants(1, appel(equipe, titre="Le café des pairs"))[0]

    def mon_espace(personne):
        page = client_de(personne).get("/mon-espace/").content.decode()
        return re.sub(r"[\u202f\u00a0]", " ", page)

    assert "1 réponse attend votre choix" in mon_espace(equipe)
    assert "attend votre réponse" not in mon_espace(relation.profil.personne)
    relation.accepter(equipe)
    assert "Une équipe attend votre réponse" in mon_espace(relation.profil.personne)
