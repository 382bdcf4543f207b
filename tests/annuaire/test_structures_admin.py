"""Moderation of structures: the queue, decisions, doubles, requests; concurrent merges."""

import threading

import pytest
from django.db import connections

from annuaire.enums import EtatStructure
from annuaire.models import Appel, MiseEnRelation, Perimetre, Rattachement, Structure
from hubpartenariat.comptes.roles import charger_roles
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import EntreeJournal
from hubpartenariat.socle.moderation import TransitionRefusee
from tests import fabriques
from tests.annuaire.outils_structures import rattacher, structure

pytestmark = pytest.mark.django_db
LISTE = "/administration/annuaire/structure/"
LIENS = "/administration/annuaire/rattachement/"


@pytest.fixture(autouse=True)
def _roles():
    charger_roles()


@pytest.fixture
def marc(personne):
    return personne("marc@exemple.fr", "moderateur", nom="Marc")


@pytest.fixture
def moderation(client_de, marc):
    return client_de(marc, mfa=True)


def test_the_queue_shows_what_waits(moderation, sans_n_plus_1):
    structure("proposee", nom="En attente")
    structure(nom="Déjà là")
    html = moderation.get(LISTE).content.decode()
    assert "En attente" in html
    assert "Déjà là" not in html
    assert "Déjà là" in moderation.get(f"{LISTE}?etat=publiee").content.decode()
    sans_n_plus_1(moderation, LISTE, lambda n: [structure("proposee") for _ in range(n)])


def test_publish_refuse_withdraw(moderation, personne, client):
    claire = personne("claire@exemple.fr")
    une, autre = (structure("proposee", proposee_par=claire) for _ in range(2))
    decider = f"{LISTE}{{}}/decider/{{}}/"
    assert moderation.get(decider.format(une.pk, "publier")).status_code == 200
    moderation.post(decider.format(une.pk, "publier"), {"confirmation": "oui"})
    assert client.get(f"/annuaire/structures/{une.slug}/").status_code == 200
    moderation.post(decider.format(autre.pk, "refuser"), {"motif": ""})
    moderation.post(decider.format(autre.pk, "refuser"), {"motif": "Hors d’Île-de-France."})
    assert client.get(f"/annuaire/structures/{autre.slug}/").status_code == 404
    rattacher(claire, une)
    moderation.post(decider.format(une.pk, "retirer"), {"motif": "Elle a fermé."})
    assert client.get(f"/annuaire/structures/{une.slug}/").status_code == 410
    assert [c.sujet.split("»")[1].strip() for c in Courriel.objects.order_by("pk")] == [
        "est dans l’annuaire",
        "n’est pas publiée dans l’annuaire",
        "est retirée de l’annuaire",
    ]
    des_structures = EntreeJournal.objects.filter(type_objet__model="structure").order_by("pk")
    actions = list(des_structures.values_list("action", flat=True))
    assert actions == ["publier", "refuser", "retirer"]
    assert "fermé" not in str(list(EntreeJournal.objects.values()))


def test_only_moderators_come_here(personne, client_de):
    une = structure("proposee")
    paul = personne("paul@exemple.fr", "membre")
    for adresse in (LISTE, LIENS, f"{LISTE}{une.pk}/fusionner/"):
        assert client_de(paul).get(adresse).status_code in (302, 403, 404), adresse
    for raison in (une.raison_de_ne_pas_publier, une.raison_de_ne_pas_fusionner):
        assert "Seule l’équipe" in raison(paul)


def test_the_team_corrects_a_page(moderation):
    une = structure("proposee")
    adresse = f"{LISTE}{une.pk}/corriger/"
    donnees = {"nom": "Corrigée", "type_structure": "ville", "departements": ["75"]}
    donnees |= {"domaines_courriel": "structure.fr", "_version": une.modifiee_le.isoformat()}
    assert moderation.get(adresse).status_code == 200
    assert moderation.post(adresse, donnees).status_code == 302
    une.refresh_from_db()
    assert (une.nom, une.domaines_courriel) == ("Corrigée", ["structure.fr"])
    assert "a changé" in moderation.post(adresse, donnees).content.decode()
    refusee = moderation.post(adresse, donnees | {"domaines_courriel": "gmail.com"})
    assert "sert à beaucoup" in refusee.content.decode()


def test_requests_are_decided(moderation, marc, personne):
    une = structure()
    demandes = [
        une.revendiquer(personne(f"p{rang}@exemple.fr", nom=f"P{rang}"), "referent")
        for rang in range(2)
    ]
    html = moderation.get(LIENS).content.decode()
    assert "P0" in html
    moderation.post(f"{LIENS}{demandes[0].pk}/change/", {"geste": "accepter"})
    moderation.post(f"{LIENS}{demandes[1].pk}/change/", {"geste": "refuser"})
    etats = list(Rattachement.objects.order_by("pk").values_list("etat", "preuve"))
    assert etats == [("accepte", "moderation"), ("refuse", "")]
    mienne = une.revendiquer(marc, "referent")
    moderation.post(f"{LIENS}{mienne.pk}/change/", {"geste": "accepter"})
    mienne.refresh_from_db()
    assert mienne.etat == "demande", "nobody verifies their own request"


# --- Doubles ------------------------------------------------------------------------------------
def test_a_merge_moves_everything_and_the_old_address_leads_there(
    moderation, marc, personne, client
):
    garde, double = structure(nom="CHU des Ormes"), structure(nom="C.H.U. des Ormes")
    Structure.objects.filter(pk=double.pk).update(domaines_courriel=["ormes.fr"])
    plus_ancien = structure("fusionnee", fusionnee_dans=double)
    claire, paul = personne("claire@exemple.fr"), personne("paul@exemple.fr")
    rattacher(claire, garde, etat="demande")
    rattacher(claire, double)
    rattacher(paul, double, "equipe")
    fiche = fabriques.fiche(claire, "publiee", moderateur=marc, structure=double)
    appel = Appel.objects.create(titre="Un appel", structure=double)
    adresse = f"{LISTE}{double.pk}/fusionner/"
    assert "Aucune structure" in moderation.post(adresse, {"dans": "Inconnue"}).content.decode()
    assert "à elle-même" in moderation.post(adresse, {"dans": double.slug}).content.decode()
    html = moderation.post(adresse, {"dans": garde.slug}).content.decode()
    assert "Il n’y a pas de retour possible" in html
    double.refresh_from_db()
    assert double.etat == "publiee", "nothing before the confirmation"
    moderation.post(adresse, {"dans": garde.slug, "confirmer": "Réunir"})
    for objet in (fiche, appel, double, garde, plus_ancien):
        objet.refresh_from_db()
    assert fiche.structure == appel.structure == garde
    assert (double.etat, double.fusionnee_dans) == ("fusionnee", garde)
    assert plus_ancien.fusionnee_dans == garde, "an address never leads to an address that leads"
    assert garde.domaines_courriel == ["ormes.fr"]
    assert garde.est_referent(claire)
    assert garde.rattachements.filter(etat="accepte").count() == 2
    assert garde.rattachements.filter(personne=claire, etat__in=["demande", "accepte"]).count() == 1
    for slug in (double.slug, plus_ancien.slug):
        reponse = client.get(f"/annuaire/structures/{slug}/")
        assert (reponse.status_code, reponse["Location"]) == (
            301,
            f"/annuaire/structures/{garde.slug}/",
        )
    assert fiche.titre in client.get(f"/annuaire/structures/{garde.slug}/").content.decode()
    assert EntreeJournal.objects.filter(action__in=["fusionner", "recevoir_double"]).count() == 2
    with pytest.raises(TransitionRefusee):
        double.fusionner(garde, None)


def test_an_edit_begun_before_the_merge_is_not_lost(personne, client_de):
    garde, double = structure(nom="Garde"), structure(nom="Double")
    claire = personne("claire@exemple.fr")
    rattacher(claire, double)
    version = double.modifiee_le.isoformat()
    double.fusionner(garde, None)
    reponse = client_de(claire).post(
        f"/annuaire/structures/{double.slug}/modifier/",
        {
            "nom": "Double",
            "type_structure": "hopital",
            "departements": ["94"],
            "partenariat": "Un long texte.",
            "_version": version,
        },
    )
    assert reponse.status_code == 409
    assert "Un long texte." in reponse.content.decode()
    garde.refresh_from_db()
    assert garde.partenariat == ""


def test_a_fiche_linked_to_a_double_after_the_merge_is_still_found(personne, client):
    garde, double = structure(), structure()
    fiche = fabriques.fiche(personne(), "publiee", titre="Arrivée après")
    double.fusionner(garde, None)
    type(fiche).objects.filter(pk=fiche.pk).update(structure=double)
    assert "Arrivée après" in client.get(f"/annuaire/structures/{garde.slug}/").content.decode()
    assert MiseEnRelation.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_crossed_merges_and_claims_at_once_leave_one_page():
    """A into B, B into A, and people who claim both: no deadlock, one stays, nobody is lost."""
    a, b = structure(nom="A"), structure(nom="B")
    gens = [fabriques.personne(f"p{rang}@exemple.fr") for rang in range(4)]
    imprevus, barriere = [], threading.Barrier(6)

    def faire(acte):
        try:
            barriere.wait(10)
            acte()
        except TransitionRefusee:
            pass
        except Exception as erreur:  # noqa: BLE001 — told to the test, which fails
            imprevus.append(erreur)
        finally:
            connections.close_all()

    actes = [lambda: a.fusionner(b, None), lambda: b.fusionner(a, None)]
    for rang, qui in enumerate(gens):
        visee = Structure.objects.get(pk=(a, b)[rang % 2].pk)
        actes.append(lambda qui=qui, visee=visee: visee.revendiquer(qui, "equipe"))
    fils = [threading.Thread(target=faire, args=(acte,)) for acte in actes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(60)
    assert imprevus == []
    [reste] = Structure.objects.publiees()
    [partie] = Structure.objects.filter(etat=EtatStructure.FUSIONNEE)
    assert partie.fusionnee_dans == reste
    assert not partie.rattachements.exists()


def test_perimetres_are_written_by_the_team(moderation, personne):
    claire = personne("claire@exemple.fr")
    page = "/administration/annuaire/perimetre/add/"
    assert moderation.get(page).status_code == 200
    moderation.post(page, {"personne": claire.pk, "departements": ["93"], "public": "on"})
    assert Perimetre.objects.get().departements == ["93"]
    assert "93" in moderation.get("/administration/annuaire/perimetre/").content.decode()
