"""Nobody is written to more often than they said, by whatever way; everybody has their turn."""

import pytest
from django.utils import timezone

from annuaire import appariement, tour
from annuaire.enums import Canal
from annuaire.models import Profil, Rattachement, Sollicitation
from annuaire.propositions import RAISONS
from annuaire.sollicitations import Demande, solliciter, solliciter_plusieurs
from annuaire.transitions.reponses import se_dire_interesse
from hubpartenariat.comptes.consentements import Consentement, Finalite, retirer
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.annuaire.gens import LIGNES, appel, candidat, membre, secrets_de, structure

pytestmark = pytest.mark.django_db


def propositions_a(un) -> int:
    return Courriel.objects.filter(
        destinataire=un.personne.email, cle__startswith="proposition:"
    ).count()


# --- The ceiling -----------------------------------------------------------------------------
@pytest.mark.parametrize("plafond", [0, 1, 2, 8])
def test_the_ceiling_of_the_month_holds_whatever_the_way(plafond):
    un = candidat(sollicitations_par_mois=plafond)
    for rang in range(plafond + 3):
        canal = Canal.INVITATION if rang % 2 else Canal.HEBDOMADAIRE
        try:
            solliciter(un, appel(), canal)
        except TransitionRefusee:
            assert rang >= plafond
    tour.faire()
    assert un.sollicitations.count() == plafond
    assert propositions_a(un) <= plafond


def test_lowering_the_ceiling_counts_at_once_and_a_new_month_gives_it_back(monkeypatch):
    un = candidat(sollicitations_par_mois=2)
    solliciter(un, appel(), Canal.INVITATION)
    Profil.objects.update(sollicitations_par_mois=1)
    with pytest.raises(TransitionRefusee):
        solliciter(un, appel(), Canal.INVITATION)
    Sollicitation.objects.update(mois="2020-01")
    solliciter(un, appel(), Canal.INVITATION)


REFUS = {
    "en pause": lambda un, a: Profil.objects.update(pause_jusqu_au=timezone.localdate()),
    "fermé": lambda un, a: Profil.objects.update(etat="ferme"),
    "sans accord": lambda un, a: retirer(un.personne, Finalite.APPARIEMENT),
    "sans contact": lambda un, a: retirer(un.personne, Finalite.CONTACT),
    "accord périmé": lambda un, a: Consentement.objects.update(expire_le=timezone.now()),
    "compte fermé": lambda un, a: un.personne.activer(False),
    "déjà candidat": lambda un, a: se_dire_interesse(un, a, LIGNES),
    "déjà proposé": lambda un, a: solliciter(un, a, Canal.INVITATION),
    "équipe": lambda un, a: a.equipe.add(un.personne),
    "dirige": lambda un, a: Rattachement.objects.create(
        structure=a.structure, personne=un.personne, role="gestionnaire", etat="accepte"
    ),
    "appel clos": lambda un, a: type(a).objects.update(etat="expire"),
    "échéance passée": lambda un, a: type(a).objects.update(expire_le=timezone.now()),
}


@pytest.mark.parametrize("cas", REFUS)
@pytest.mark.parametrize("plan", ["avant", "après"])
def test_who_may_not_be_asked_is_not(cas, plan):
    """Neither by the plan of the round, nor when the rule changes after the plan was made."""
    un, un_appel = candidat(), appel(structure=structure())
    if plan == "avant":
        trouves = appariement.candidats(un_appel, 5, graine="g")
        assert [t.profil_id for t in trouves] == [un.pk], "the case is a case only if it matched"
    REFUS[cas](un, un_appel)
    avant = Sollicitation.objects.count()
    if plan == "avant":
        demandes = [Demande(t.profil_id, un_appel, t.raisons) for t in trouves]
        assert solliciter_plusieurs(demandes, Canal.HEBDOMADAIRE) == []
    else:
        tour.faire()
        with pytest.raises(TransitionRefusee, match="ne peut pas recevoir cet appel maintenant"):
            solliciter(un, un_appel, Canal.INVITATION)
    assert Sollicitation.objects.count() == avant


# --- The rule --------------------------------------------------------------------------------
TROUVE = {"domaine", "mission", "territoire"}
REGLE = (
    ({}, {}, TROUVE),
    ({"domaine": "recherche", "mission": "recherche"}, {}, None),
    ({"domaine": "recherche"}, {}, {"mission", "territoire"}),
    ({"departements": ["77"]}, {}, None),
    ({"departements": ["region"]}, {}, TROUVE),
    ({"departements": ["77"]}, {"territoires": ["region"]}, TROUVE),
    ({"departements": ["77"], "lieu": "distance"}, {"a_distance": False}, None),
    ({"departements": ["77"], "lieu": "distance"}, {}, {"domaine", "mission", "distance"}),
    ({"departements": ["77"], "lieu": "mixte"}, {}, {"domaine", "mission", "distance"}),
    ({"departements": ["94"], "lieu": "distance"}, {"a_distance": False}, None),
    ({"themes": ["insuffisance RENALE"]}, {"themes": ["Insuffisance rénale"]}, TROUVE | {"theme"}),
    ({"themes": ["Diabète"]}, {"themes": ["Greffe"]}, None),
    ({"themes": ["Diabète"]}, {"themes": []}, TROUVE),
    ({"themes": ["Diabète"]}, {"visibilites": {"themes": "jamais"}}, TROUVE),
    ({}, {"visibilites": {"territoires": "jamais"}}, None),
    ({"disponibilites": ["samedi"]}, {}, None),
    ({"disponibilites": ["samedi", "soiree"]}, {}, TROUVE | {"moment"}),
    ({"themes": ["Greffe"]}, {"domaines": [], "missions": [], "themes": ["Greffe"]},
     {"theme", "territoire"}),
    ({}, {"domaines": [], "missions": []}, None),
)  # fmt: skip


@pytest.mark.parametrize(("cherche", "profil", "raisons"), REGLE)
def test_the_rule(cherche, profil, raisons):
    un, un_appel = candidat(**profil), appel(**cherche)
    trouves = appariement.candidats(un_appel, 5, graine="g")
    assert [set(t.raisons) for t in trouves] == ([] if raisons is None else [raisons])
    lus = appariement.appels_pour(un)
    assert [set(r) for _, r in lus] == ([] if raisons is None else [raisons]), "the same rule"
    assert set().union(*(t.raisons for t in trouves)) <= set(RAISONS)


def test_the_mail_says_why_and_never_the_illness():
    un = candidat(themes=["MaladieSecrete"])
    un_appel = appel(membre(), titre="Parlons de MaladieSecrete", themes=["Maladiesecrète"])
    tour.faire()
    lettre = Courriel.objects.get(destinataire=un.personne.email)
    assert "un thème de votre profil" in lettre.texte
    for mot in ("MaladieSecrete", un_appel.titre, "SavoirSecret"):
        assert mot.lower() not in (lettre.sujet + lettre.texte + lettre.html).lower()
    assert lettre.confidentiel


# --- The round -------------------------------------------------------------------------------
def test_the_round_asks_enough_people_once_and_in_one_mail_each():
    gens = [candidat() for _ in range(30)]
    for _ in range(4):
        appel(places=1, pourquoi_une_place="Un bureau")
    bilan = tour.faire()
    assert (bilan.propositions, bilan.appels) == (20, 4)
    assert Sollicitation.objects.count() == 20
    assert Courriel.objects.filter(cle__startswith="proposition:").count() == bilan.personnes
    encore = tour.faire()
    assert (encore.propositions, encore.personnes) == (0, 0)
    assert max(propositions_a(un) for un in gens) == 1


def test_an_interrupted_round_goes_on_and_writes_to_nobody_twice(monkeypatch):
    gens = [candidat() for _ in range(12)]
    for _ in range(3):
        appel()
    monkeypatch.setattr(tour, "LOT_DE_PERSONNES", 4)
    ordinaire, appels = tour.solliciter_plusieurs, []

    def tomber(demandes, canal):
        appels.append(1)
        if len(appels) == 2:
            raise KeyboardInterrupt
        return ordinaire(demandes, canal)

    monkeypatch.setattr(tour, "solliciter_plusieurs", tomber)
    with pytest.raises(KeyboardInterrupt):
        tour.faire()
    assert sum(propositions_a(un) > 0 for un in gens) == 4
    monkeypatch.setattr(tour, "solliciter_plusieurs", ordinaire)
    tour.faire()
    assert [propositions_a(un) for un in gens] == [1] * 12
    assert all(un.sollicitations.count() <= 2 for un in gens)


def test_those_written_to_least_recently_come_first():
    anciens, recents = [candidat() for _ in range(5)], [candidat() for _ in range(5)]
    for rang, un in enumerate(recents):
        Sollicitation.objects.create(
            appel=appel(etat="expire"), profil=un, canal="invitation", mois="2026-01", rang=rang + 1
        )
    un_appel = appel(places=1, pourquoi_une_place="Un bureau")
    tour.faire()
    assert set(un_appel.sollicitations.values_list("profil", flat=True)) == {a.pk for a in anciens}


def test_simulating_writes_nothing():
    candidat(), appel()
    assert tour.faire(simuler=True).propositions == 1
    assert not Sollicitation.objects.exists()
    assert not Courriel.objects.exists()


def test_the_round_takes_as_many_queries_for_many(django_assert_max_num_queries):
    for _ in range(25):
        candidat()
    for _ in range(10):
        appel()
    with django_assert_max_num_queries(80):
        tour.faire()


def test_my_propositions_are_mine_and_cost_the_same(client_de, sans_n_plus_1):
    un, autre = candidat(), candidat()
    solliciter(autre, appel(titre="Pour autre"), Canal.INVITATION)
    appel(titre="Trouvé", domaine="formation", mission="intervention")
    solliciter(un, appel(titre="Reçu"), Canal.INVITATION)
    page = client_de(un.personne).get("/annuaire/propositions/").content.decode()
    for mot in ("Reçu", "Trouvé", "un domaine que vous avez choisi"):
        assert mot in page
    client = client_de(un.personne)

    def ajouter(nombre):
        for _ in range(nombre):
            appel(structure=structure())

    sans_n_plus_1(client, "/annuaire/propositions/", ajouter)


# --- Invitations of the staff ------------------------------------------------------------------
def test_staff_invite_a_number_and_learn_nobody(client_de, personne):
    gens = [candidat() for _ in range(6)]
    un_appel = appel(places=1, pourquoi_une_place="Un bureau")
    client = client_de(personne("marc@exemple.fr", "moderateur"), mfa=True)
    adresse = f"/administration/annuaire/sollicitation/inviter/{un_appel.pk}/"
    page = client.get(adresse).content.decode()
    assert "6 personnes correspondent" in page
    suite = client.post(adresse, {"nombre": 4}, follow=True).content.decode()
    assert "4 personnes reçoivent cet appel" in suite.replace("\xa0", " ")
    assert "Moins de 5 personnes correspondent" in client.get(adresse).content.decode()
    client.post(adresse, {"nombre": 10})
    assert un_appel.sollicitations.filter(canal="invitation").count() == 6
    une = un_appel.sollicitations.first()
    fiche = client.get(f"/administration/annuaire/sollicitation/{une.pk}/change/").content.decode()
    for un in gens:
        assert not [mot for mot in [un.pseudonyme, *secrets_de(un)] if mot in page + suite + fiche]
        assert propositions_a(un) == 1


def test_only_who_moderates_appels_may_invite(client_de, personne):
    un_appel = appel()
    adresse = f"/administration/annuaire/sollicitation/inviter/{un_appel.pk}/"
    for roles in ((), ("relecteur_ars",)):
        client = client_de(personne(f"x{len(roles)}@exemple.fr", *roles), mfa=True)
        assert client.post(adresse, {"nombre": 1}).status_code in (302, 403)
    assert not Sollicitation.objects.exists()
