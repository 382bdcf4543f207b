"""Référents: who is named, what their list counts, a summary once a month; never a person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annuaire.models import Appel, MiseEnRelation, Perimetre, Profil
from annuaire.referents import a_faire, resumer
from annuaire.tasks import resumer_aux_referents
from hubpartenariat.celery import app
from hubpartenariat.comptes.roles import charger_roles
from hubpartenariat.socle.courriel import Courriel
from tests.annuaire.outils_structures import structure

pytestmark = pytest.mark.django_db
LISTE = "/annuaire/a-faire/"
IL_Y_A_11_JOURS = timedelta(days=11)


@pytest.fixture(autouse=True)
def _roles():
    charger_roles()


@pytest.fixture
def rene(personne):
    """Covers Val-de-Marne."""
    rene = personne("rene@exemple.fr", "referent_territorial", nom="René")
    Perimetre.objects.create(personne=rene, departements=["94"])
    return rene


def appel(rang, *, depuis=11, **champs):
    maintenant = timezone.now()
    publie = maintenant - timedelta(days=depuis)
    return Appel.objects.create(
        **(
            {
                "titre": f"Appel {rang}",
                "slug": f"appel-{rang}",
                "etat": "ouvert",
                "departements": ["94"],
                "statut": "benevolat",
                "frais": "rembourses",
                "publie_le": publie,
                "expire_le": maintenant + timedelta(days=20),
                "places": 2,
            }
            | champs
        )
    )


@pytest.fixture
def candidat(personne):
    rangs = iter(range(1000))

    def creer():
        qui = personne(f"candidat{next(rangs)}@exemple.fr", nom="Nom Secret")
        return Profil.objects.create(
            personne=qui, pseudonyme="Pseudo-Secret", majeur=True, themes=["Maladie-Secrète"]
        )

    return creer


def relation(un_appel, profil, depuis=11, **champs):
    quand = timezone.now() - timedelta(days=depuis)
    return MiseEnRelation.objects.create(
        appel=un_appel, profil=profil, motivation="Motivation-Secrète", creee_le=quand, **champs
    )


def accordee(un_appel, profil, siege):
    maintenant = timezone.now()
    dates = {"accord_equipe_le": maintenant, "accord_patient_le": maintenant}
    return relation(un_appel, profil, etat="accordee", siege=siege, **dates)


def test_the_list_holds_what_waits_in_the_territory(rene, candidat, client_de):
    seul = appel("sans réponse")
    appel("récent", depuis=9)
    appel("ailleurs", departements=["75"])
    appel("fermé", etat="pourvu")
    moitie = appel("à moitié")
    accordee(moitie, candidat(), 1)
    complet = appel("complet")
    for siege in (1, 2):
        accordee(complet, candidat(), siege)
    lent = appel("lent", places=3)
    relation(lent, candidat())
    relation(lent, candidat(), depuis=2)
    demande = relation(lent, candidat(), tiers_demande_le=timezone.now())
    liste = a_faire(rene)
    assert liste.sans_candidature == [seul]
    assert liste.a_completer == [moitie]
    assert [(a, a.en_attente) for a in liste.sans_reponse] == [(lent, 2)]
    assert [(a, a.demandes) for a in liste.tiers] == [(lent, 1)]
    assert liste.accompagnees == []
    assert liste.nombre == 5
    demande.tiers = rene
    demande.save()
    liste = a_faire(rene)
    assert (liste.tiers, liste.accompagnees) == ([], [demande])
    html = client_de(rene).get(LISTE).content.decode()
    assert "Appel lent" in html
    assert "Secr" not in html
    assert "candidat" not in html.replace("candidature", "")


def test_a_region_or_a_group_covers_its_own(personne):
    partout, groupe, rien = (personne(f"{n}@exemple.fr") for n in ("p", "g", "r"))
    Perimetre.objects.create(personne=partout, departements=["region"])
    Perimetre.objects.create(personne=groupe, groupe="Groupe Est")
    hier = timezone.localdate() - timedelta(days=1)
    Perimetre.objects.create(personne=rien, departements=["75"], jusqu_au=hier)
    du_groupe = appel("groupe", departements=["75"], structure=structure(groupe="GROUPE EST"))
    autre = appel("autre", departements=["77"], structure=structure())
    assert set(a_faire(partout).sans_candidature) == {du_groupe, autre}
    assert a_faire(groupe).sans_candidature == [du_groupe]
    assert a_faire(rien).sans_candidature == []


def test_the_list_is_for_them_alone(rene, personne, client_de, client):
    assert client_de(rene).get(LISTE).status_code == 200
    for roles in (["membre"], ["moderateur"], ["referent_structure"]):
        autre = client_de(personne(f"{roles[0]}@exemple.fr", *roles), mfa="moderateur" in roles)
        assert autre.get(LISTE).status_code == 404
    assert client.get(LISTE).status_code == 302
    avec_role = personne("sans@exemple.fr", "referent_territorial")
    assert "Aucun périmètre" in client_de(avec_role).get(LISTE).content.decode()


def test_the_list_costs_the_same_at_every_size(rene, candidat, client_de, sans_n_plus_1):
    rangs = iter(range(1000))

    def ajouter(nombre):
        for _ in range(nombre):
            appel(f"a{next(rangs)}")
            relation(appel(f"b{next(rangs)}"), candidat(), tiers_demande_le=timezone.now())
            relation(appel(f"c{next(rangs)}"), candidat(), tiers=rene)
            accordee(appel(f"d{next(rangs)}"), candidat(), 1)

    sans_n_plus_1(client_de(rene), LISTE, ajouter)


def test_the_public_page_names_only_who_agreed(rene, personne, client, sans_n_plus_1):
    publique = personne("claire@exemple.fr", nom="Claire Publique")
    texte = "Infirmière de coordination."
    Perimetre.objects.create(
        personne=publique,
        departements=["93"],
        groupe="Groupe Nord",
        presentation=texte,
        public=True,
    )
    sans_nom = personne("sans.nom@exemple.fr")
    Perimetre.objects.create(personne=sans_nom, departements=["77"], public=True)
    Perimetre.objects.create(personne=personne("c@exemple.fr", nom="C"), groupe="Groupe Caché")
    html = client.get("/annuaire/referents/").content.decode()
    assert html.count("Claire Publique") == 2
    assert texte in html
    assert "Groupe Nord" in html
    assert "René" not in html
    assert "Groupe Caché" not in html
    assert "sans.nom" not in html
    assert html.count("Un référent couvre ce territoire") == 2

    def ajouter(nombre):
        for _ in range(nombre):
            Perimetre.objects.create(personne=publique, departements=["94"], public=True)

    sans_n_plus_1(client, "/annuaire/referents/", ajouter)


def test_one_summary_a_month_with_counts_and_a_link(rene, candidat, personne, monkeypatch):
    un = appel("x")
    relation(un, candidat(), tiers_demande_le=timezone.now())
    ferme = personne("ferme@exemple.fr", is_active=False)
    Perimetre.objects.create(personne=ferme, departements=["94"])
    Perimetre.objects.create(personne=rene, departements=["75"])
    for _ in range(3):
        resumer_aux_referents()
    courriel = Courriel.objects.get()
    assert courriel.destinataire == "rene@exemple.fr"
    assert "2 points à suivre" in courriel.sujet
    assert "/annuaire/a-faire/" in courriel.texte
    for secret in ("Secr", "Appel x", "candidat"):
        assert secret not in courriel.texte.replace("candidature", "")
    suivant = timezone.now() + timedelta(days=40)
    monkeypatch.setattr("annuaire.referents.timezone.localdate", lambda: suivant.date())
    resumer()
    assert Courriel.objects.count() == 2


def test_the_clock_knows_the_summary():
    tache = app.conf.beat_schedule["resumer_aux_referents"]
    assert tache["task"] == resumer_aux_referents.name
    assert tache["schedule"].day_of_month == {1, 2, 3}
