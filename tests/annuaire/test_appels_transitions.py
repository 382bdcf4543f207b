"""The life of an appel: every refusal has its reason, and the database refuses what the code may
forget."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annuaire.models import Appel, MiseEnRelation
from annuaire.transitions.appels import DUREE, TransitionsDAppel
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.annuaire import gens
from tests.annuaire.outils_appels import brouillon, envoye, publie

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire(personne):
    return personne("claire@exemple.fr", "membre", nom="Claire")


@pytest.fixture
def marc(personne):
    return personne("marc@exemple.fr", "moderateur", nom="Marc")


def refus(acte, *arguments) -> str:
    with pytest.raises(TransitionRefusee) as trouve:
        acte(*arguments)
    return str(trouve.value)


# --- Sending and publishing --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("manque", "mot"),
    [
        ({"titre": ""}, "titre"),
        ({"description": ""}, "ce que vous cherchez"),
        ({"mission": ""}, "mission"),
        ({"departements": []}, "territoire"),
        ({"lieu": ""}, "sur place ou à distance"),
        ({"statut": ""}, "statut"),
        ({"frais": ""}, "frais"),
        ({"places": 1}, "ne cherchez qu’une personne"),
        ({"orientation": {}}, "la bonne porte"),
        ({"orientation": {"instance": "non", "mandat": "non"}}, "la bonne porte"),
    ],
)
def test_nothing_incomplete_is_sent_nor_published(manque, mot, claire, marc):
    appel = brouillon(claire, **manque)
    assert mot in refus(appel.soumettre, claire)
    champs = {"pourquoi_une_place": " "} if "places" in manque else {}
    Appel.objects.filter(pk=appel.pk).update(etat="a_moderer", **champs)
    appel.refresh_from_db()
    assert mot in refus(appel.publier, marc)
    appel.refresh_from_db()
    assert appel.etat == "a_moderer"


@pytest.mark.parametrize("porte", ["instance", "mandat", "permanence", "prestation"])
def test_a_need_that_belongs_elsewhere_is_not_sent(porte, claire):
    reponses = dict.fromkeys(("instance", "mandat", "permanence", "prestation"), "non")
    appel = brouillon(claire, orientation=reponses | {porte: "oui"})
    assert "Une autre porte" in refus(appel.soumettre, claire)
    appel.refresh_from_db()
    assert appel.etat == "brouillon"


@pytest.mark.parametrize(
    "champs",
    [
        {"statut": ""},
        {"frais": ""},
        {"titre": ""},
        {"slug": None},
        {"expire_le": None},
        {"places": 1},
    ],
)
def test_the_database_too_refuses_to_publish_without_what_is_owed(champs, claire):
    appel = envoye(claire)
    complets = {
        "etat": "ouvert",
        "slug": "livrets",
        "publie_le": timezone.now(),
        "expire_le": timezone.now() + DUREE,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Appel.objects.filter(pk=appel.pk).update(**complets | champs)
    Appel.objects.filter(pk=appel.pk).update(**complets)


def test_from_draft_to_open(claire, marc):
    appel = brouillon(claire)
    appel.soumettre(claire)
    assert (appel.etat, appel.alertes) == ("a_moderer", ["sans_structure"])
    appel.publier(marc)
    assert appel.etat == "ouvert"
    assert appel.slug == "relire-nos-livrets-daccueil"
    assert appel.expire_le - appel.publie_le == timedelta(days=30)
    assert [entree.action for entree in histoire(appel)] == ["publier", "soumettre"]
    assert all("titre" not in str(entree.detail) for entree in histoire(appel))
    sujets = set(Courriel.objects.values_list("sujet", flat=True))
    assert len(sujets) == 2


def test_two_appels_of_the_same_title_have_two_addresses(claire, marc):
    adresses = []
    for titre in ("Nouveau", "Nouveau", "!!"):
        appel = envoye(claire, titre=titre)
        appel.publier(marc)
        adresses.append(appel.slug)
    assert adresses[:2] == ["nouveau-2", "nouveau-3"], "/appels/nouveau/ is the form"
    assert adresses[2].startswith("appel-")


def test_only_the_right_people_act(claire, marc, personne):
    passant = personne("passant@exemple.fr", "membre")
    appel = brouillon(claire)
    assert "équipe qui porte" in refus(appel.soumettre, passant)
    appel.soumettre(claire)
    for acte in (appel.publier, lambda p: appel.refuser(p, "non")):
        assert "l’équipe qui modère" in refus(acte, claire)
    appel.equipe.add(marc)
    assert "une autre personne" in refus(appel.publier, marc)
    appel.publier(personne("chef@exemple.fr", "administrateur"))
    for acte in (appel.fermer_les_candidatures, appel.prolonger):
        assert "équipe qui porte" in refus(acte, passant)
    assert "équipe qui porte" in refus(appel.sans_suite, passant, "parce que")
    assert "équipe qui porte" in refus(appel.changer_les_places, passant, 3)


def test_moderators_ask_and_refuse_with_a_reason(claire, marc):
    appel = envoye(claire)
    assert "pourquoi" in refus(appel.demander_complements, marc, " \x00 ")
    appel.demander_complements(marc, "Dites le temps demandé.")
    assert (appel.etat, appel.motif) == ("brouillon", "Dites le temps demandé.")
    appel.soumettre(claire)
    assert appel.motif == ""
    appel.refuser(marc, "Hors sujet.")
    assert (appel.etat, appel.slug) == ("sans_suite", None)
    appel.reprendre(claire)
    assert appel.etat == "brouillon"
    assert Courriel.objects.filter(texte__contains="Hors sujet.").count() == 1


def test_a_published_text_does_not_change(claire, marc):
    appel = publie(claire)
    assert "publié" in appel.raison_de_ne_pas_ecrire(claire)
    with pytest.raises(TransitionRefusee):
        appel.enregistrer_section("besoin", {"titre": "Autre"}, par=claire, version=1)
    for acte in (appel.soumettre, appel.reprendre, appel.supprimer_brouillon):
        assert "état" in refus(acte, claire)


# --- Open, and after ---------------------------------------------------------------------------
def test_closing_then_ending_without_having_found(claire):
    appel = publie(claire)
    relation = MiseEnRelation.objects.create(
        appel=appel, profil=gens.candidat(), motivation=gens.LIGNES
    )
    appel.fermer_les_candidatures(claire)
    assert "déjà fermées" in refus(appel.fermer_les_candidatures, claire)
    assert "pourquoi" in refus(appel.sans_suite, claire, "")
    appel.sans_suite(claire, "RaisonSecrète : le projet est reporté.")
    relation.refresh_from_db()
    assert (appel.etat, relation.etat) == ("sans_suite", "sans_suite")
    candidat = relation.profil.personne.email
    recus = Courriel.objects.filter(destinataire=candidat)
    assert all("RaisonSecrète" not in courriel.texte for courriel in recus)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appel.objects.filter(pk=appel.pk).update(motif="")


def test_once_a_seat_is_given_the_team_cannot_say_it_found_nobody(claire, marc):
    appel = publie(claire)
    accorder(appel, 1)
    assert "déjà donnée" in refus(appel.sans_suite, claire, "Finalement non")
    appel.sans_suite(marc, "Signalement fondé.")
    assert appel.etat == "sans_suite"


def test_prolonging_works_once(claire):
    appel = publie(claire)
    fin = appel.expire_le
    appel.prolonger(claire)
    assert appel.expire_le == fin + timedelta(days=30)
    assert "déjà été prolongé" in refus(appel.prolonger, claire)


def accorder(appel, siege: int) -> MiseEnRelation:
    maintenant = timezone.now()
    return MiseEnRelation.objects.create(
        appel=appel,
        profil=gens.candidat(),
        motivation=gens.LIGNES,
        etat="accordee",
        siege=siege,
        accord_equipe_le=maintenant,
        accord_patient_le=maintenant,
    )


def test_seats_never_go_below_those_given(claire):
    appel = publie(claire, places=4)
    accorder(appel, 1)
    accorder(appel, 3)
    assert "3 places sont déjà données" in refus(appel.changer_les_places, claire, 2)
    appel.changer_les_places(claire, 3)
    assert (appel.places, appel.etat) == (3, "ouvert")
    accorder(appel, 2)
    appel.changer_les_places(claire, 3)
    assert appel.etat == "pourvu"
    appel.changer_les_places(claire, 5)
    assert appel.etat == "en_choix"
    assert appel.expire_le > timezone.now() + timedelta(days=29)


def test_one_seat_says_why(claire):
    appel = publie(claire)
    assert "À deux" in refus(appel.changer_les_places, claire, 1)
    appel.changer_les_places(claire, 1, "Un seul bureau, une seule chaise.")
    assert (appel.places, appel.pourquoi_une_place) == (1, "Un seul bureau, une seule chaise.")


def test_every_transition_says_why_not_and_has_its_method():
    from annuaire.enums import TransitionAppel

    for transition in TransitionAppel:
        assert callable(getattr(TransitionsDAppel, transition.value))
        assert callable(getattr(TransitionsDAppel, f"raison_de_ne_pas_{transition.value}"))
